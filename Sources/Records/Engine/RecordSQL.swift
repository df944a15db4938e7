/// An order in Spark's SQL: statements that add up every cell, exactly, so that what is worked out of the sums here is what
/// the files would have given here.
///
/// A record is worked through as ``Registers`` does it (``RegisterSQL``), sums of products are sums of whole numbers
/// (``TermSQL``), and quantiles come of the weights of the distinct values of a group, or of the buckets of
/// ``Distribution`` where there are too many of them. A number that does not fit the engine's decimals ends the run.
package struct RecordSQL {
    let plan: RecordPlan
    private let inputs: [String]
    private let delimiter: UInt8
    private let isSplittable: Bool
    private let registers: RegisterSQL
    let terms: TermSQL
    private let layers: SQLLayers

    /// What marks the engine's lines of ours among those that it says by itself.
    package static let mark = "divide"
    /// In place of whether a record is wanted, where a line tells the weight of a value.
    static let valueMark = "value"
    /// What is wrong with a record whose numbers the engine cannot hold.
    static let rangeFault = "engine-range"
    private static let view = "divide_measured"

    /// - Parameters:
    ///   - plan: What to work out.
    ///   - inputs: What Spark is to read: paths or addresses.
    ///   - delimiter: What stands between fields.
    ///   - isSplittable: Whether no field holds a line break, so that the engine may cut a file at any line and give the
    ///     parts to several workers. The statements make sure of it first: with quotes doubled, as they are, a line that
    ///     begins or ends within quotes has an odd number of them.
    /// - Throws: ``RecordError`` where the order asks for what the engine cannot do exactly.
    package init(
        _ plan: RecordPlan,
        inputs: [String],
        delimiter: UInt8 = UInt8(ascii: ","),
        isSplittable: Bool = false
    ) throws(RecordError) {
        self.plan = plan
        self.inputs = inputs
        self.delimiter = delimiter
        self.isSplittable = isSplittable
        registers = try RegisterSQL(plan)
        var layers = registers.layers
        terms = TermSQL(plan, registers: registers, layers: &layers)
        self.layers = layers
    }

    /// The statements, each ended by a semicolon.
    package var text: String {
        let views = inputs.indices.map(input).joined(separator: "\n")
        let how =
            isSplittable
            ? """
            -- No field may hold a line break: files are cut at lines and read by several workers. That is made sure of first.
            """
            : """
            -- multiLine keeps line breaks in quotes together; Spark then reads each file as a whole, so hand over many part
            -- files, or say --splittable where no field holds a line break.
            """
        let proofs = isSplittable ? inputs.indices.map(proof).joined(separator: "\n") + "\n" : ""
        return """
            -- Made by divide: sums by group of the records of \(inputs.count == 1 ? "one input" : "\(inputs.count) inputs").
            -- Quotes are RFC 4180's.
            \(how)
            SET spark.sql.ansi.enabled=false;
            SET spark.sql.caseSensitive=true;
            SET spark.sql.csv.parser.columnPruning.enabled=false;
            \(views)
            \(proofs)\(measured);
            \(([sums] + distributions).map { $0 + ";" }.joined(separator: "\n"))

            """
    }

    private func input(_ index: Int) -> String {
        """
        CREATE OR REPLACE TEMPORARY VIEW divide_records_\(index) USING csv OPTIONS (
          path \(SQLText.quoted(inputs[index])), header 'true', sep \(SQLText.quoted(separator)), multiLine '\(!isSplittable)',
          quote '"', escape '"', mode 'FAILFAST', inferSchema 'false', enforceSchema 'false', encoding 'UTF-8'
        );
        """
    }

    /// Ends the run where a line has an odd number of quotes.
    private func proof(_ index: Int) -> String {
        let problem = "line break in quotes, or stray quote, in \(inputs[index]): leave --splittable out"
        return """
            CREATE OR REPLACE TEMPORARY VIEW divide_lines_\(index) USING text OPTIONS (path \(SQLText.quoted(inputs[index])));
            SELECT IF(COUNT_IF((LENGTH(value) - LENGTH(REPLACE(value, '"', ''))) % 2 = 1) = 0, 'whole',
              RAISE_ERROR(\(SQLText.quoted(problem)))) AS lines FROM divide_lines_\(index);
            """
    }

    private var separator: String { String(UnicodeScalar(delimiter)) }

    // MARK: Records

    /// Each record's keys, design, weight and values, and what is wrong with it.
    private var measured: String {
        let names = plan.columns.map { SQLText.identifier(plan.header[$0]) }
        let columns = names.isEmpty ? ["1 AS c0"] : names.enumerated().map { "\($1) AS c\($0)" }
        let union = inputs.indices.map { "SELECT \(columns.joined(separator: ", ")) FROM divide_records_\($0)" }
            .joined(separator: "\n  UNION ALL ")
        let fields = columns.indices.map { "c\($0)" }
        let wanted = plan.filter.map { "COALESCE(r\($0), false)" } ?? "true"
        let keys = plan.keys.enumerated().map { "IF(wanted, c\($1), NULL) AS k\($0)" }
        let stratum = plan.strata.map { "c\($0)" } ?? "''"
        let cluster = plan.cluster.map { "c\($0)" } ?? "''"
        let told = keys + ["\(stratum) AS h", "\(cluster) AS i", "\(fault) AS fault"] + domains
        // The statements ask for some columns as they are.
        let summed = layers.columns(fields, askedForBy: results + distributions)
        let layered = layers.text(from: "records", fields, for: summed + told + [wanted])
        let judged = "judged AS (\n  SELECT *, \(wanted) AS wanted FROM \(layered.last)\n)"
        return """
            CREATE OR REPLACE TEMPORARY VIEW \(Self.view) AS
            WITH records AS (
              \(union)
            ), \((layered.text + [judged]).joined(separator: ", "))
            SELECT \((["wanted"] + summed + told).joined(separator: ",\n  "))
            FROM judged
            """
    }

    /// Which records a measure looks at.
    private var domains: [String] {
        plan.domains.enumerated().map { index, domain in
            var conditions = ["wanted"]
            if let condition = domain.condition { conditions.append("COALESCE(r\(condition), false)") }
            for register in [domain.value, domain.divisor].compactMap(\.self) { conditions.append("s\(register) = 1") }
            return "(\(conditions.joined(separator: " AND "))) AS d\(index)"
        }
    }

    /// The code of what is wrong with a record, empty where nothing is; in the order in which it is looked for here.
    private var fault: String {
        func faulty(_ register: Int, where condition: String) -> String {
            "WHEN \(condition) AND s\(register) > 1 THEN CASE s\(register) WHEN 2 THEN 'not-a-number' "
                + "WHEN 4 THEN 'division-by-zero' ELSE '\(Self.rangeFault)' END"
        }
        func unusable(_ column: Int, where condition: String) -> [String] {
            let key = "COALESCE(c\(column), '')"
            return [
                "WHEN \(condition) AND \(key) = '' THEN 'missing-key'",
                "WHEN \(condition) AND OCTET_LENGTH(\(key)) > \(RecordAggregation.keyByteLimit) THEN 'key-too-long'",
            ]
        }
        var cases = plan.filter.map { [faulty($0, where: "true")] } ?? []
        for column in plan.keys { cases += unusable(column, where: "wanted") }
        if let weight = plan.weight {
            cases.append("WHEN wanted AND s\(weight) = 3 THEN '\(Self.rangeFault)'")
            cases.append("WHEN wanted AND s\(weight) = 0 THEN 'missing-weight'")
            cases.append("WHEN wanted AND (s\(weight) > 1 OR r\(weight) < 0) THEN 'unusable-weight'")
        }
        for domain in plan.domains {
            if let condition = domain.condition { cases.append(faulty(condition, where: "wanted")) }
            let looksAt = domain.condition.map { "wanted AND COALESCE(r\($0), false)" } ?? "wanted"
            for register in [domain.value, domain.divisor].compactMap(\.self) {
                cases.append(faulty(register, where: looksAt))
            }
        }
        for column in [plan.strata, plan.cluster].compactMap(\.self) { cases += unusable(column, where: "true") }
        return cases.isEmpty ? "''" : "CASE \(cases.joined(separator: "\n      ")) ELSE '' END"
    }

    // MARK: Sums

    private var keys: [String] { plan.keys.indices.map { "k\($0)" } }

    private var sums: String {
        """
        SELECT CONCAT_WS(',', '\(Self.mark)', \(results.joined(separator: ",\n  "))) AS line
        FROM \(Self.view)
        GROUP BY \((["wanted", "fault"] + keys + ["h", "i"]).joined(separator: ", "))
        """
    }

    private var results: [String] {
        var results = ["IF(wanted, '1', '0')", "fault", "CAST(COUNT(*) AS STRING)"]
        results += keys.map { "HEX(COALESCE(\($0), ''))" } + ["HEX(h)", "HEX(i)"]
        for index in plan.domains.indices { results.append("CAST(SUM(IF(d\(index), 1, 0)) AS STRING)") }
        for (index, term) in plan.terms.enumerated() { results.append(terms.sum(of: index, where: "d\(term.domain)")) }
        for (measure, sums) in zip(plan.measures, plan.sums) where measure.isExtreme {
            guard let value = measure.value else { continue }
            let word = measure.kind == .smallest ? "MIN" : "MAX"
            results.append("COALESCE(CAST(\(word)(IF(d\(sums.domain), r\(value), NULL)) AS STRING), '')")
        }
        return results
    }

    /// For each value of which quantiles are asked for, the weights of its distinct values by group, or those of buckets
    /// where the values are so many that they would come in buckets here. No condition on records stands behind WHERE: an
    /// engine would write out anew for each of its words how it is worked out.
    private var distributions: [String] {
        plan.distributions.enumerated().map { index, distribution in
            let (weight, value) = (plan.weight.map { "r\($0)" } ?? "1", "r\(distribution.value)")
            let (limit, totalLimit) = (plan.order.distinctLimit, plan.order.distinctTotalLimit)
            let by = keys.map { $0 + ", " }.joined()
            let hexadecimal = keys.map { "HEX(\($0)), " }.joined()
            return """
                WITH weighed AS (
                  SELECT \(by)h, i, \(value) AS v, SUM(IF(fault = '' AND d\(distribution.domain), \(weight), 0)) AS w
                  FROM \(Self.view) GROUP BY \(by)h, i, \(value) HAVING w > 0
                ), cells AS (
                  SELECT SUM(LEAST(n, \(limit + 1))) AS total FROM (SELECT COUNT(*) AS n FROM weighed GROUP BY \(by)h, i) AS counted
                ), grouped AS (
                  SELECT \(by)v, SUM(w) AS w FROM weighed GROUP BY \(by)v
                ), sized AS (
                  SELECT *, COUNT(*) OVER (\(keys.isEmpty ? "" : "PARTITION BY \(keys.joined(separator: ", "))")) AS n FROM grouped
                ), told AS (
                  SELECT \(by)w, n > \(limit) OR total > \(totalLimit) AS isMany, \(Distribution.sqlBucket(of: "v")) AS bucket, v
                  FROM sized CROSS JOIN cells
                ), placed AS (
                  SELECT \(by)w, isMany, IF(isMany, CAST(bucket AS STRING), CAST(v AS STRING)) AS place FROM told
                )
                SELECT CONCAT_WS(',', '\(Self.mark)', '\(Self.valueMark)', '\(index)', \(hexadecimal)IF(isMany, 'bucket', 'value'),
                  place, CAST(SUM(w) AS STRING)) AS line
                FROM placed GROUP BY \(by)isMany, place
                """
        }
    }
}
