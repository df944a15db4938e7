/// An order in Spark's SQL: one statement that adds up every cell, with sums of decimals as decimals, so that what is
/// worked out of them here is what the files would have given here.
///
/// The engine reads each number as `DECIMAL(18, 6)` and refuses one that does not fit. Sums with up to two factors are
/// exact; those with more (which only the design effect needs) are double, and may differ in the last digits.
package struct RecordSQL {
    private let plan: RecordPlan
    private let inputs: [String]
    private let delimiter: UInt8
    private let isSplittable: Bool

    /// How the engine keeps a number: as many digits as the product of two has room for.
    private static let number = "DECIMAL(18, 6)"
    /// What marks the engine's lines of ours among those that it says by itself.
    package static let mark = "divide"

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
        func refuse(_ problem: String, _ hint: String) -> RecordError {
            RecordError(
                code: "engine-cannot",
                problem: problem,
                expected: "an order that the engine works out exactly",
                hint: hint
            )
        }
        if plan.distributionCount > 0 {
            throw refuse("quantiles are not worked out by the engine", "leave --engine out")
        }
        if plan.order.hasDesign, plan.cluster == nil {
            throw refuse("squared weights do not fit the engine's decimals", "name --cluster, or leave --engine out")
        }
        for instruction in plan.program.instructions {
            if case .over = instruction {
                throw refuse("the engine rounds quotients in another way", "use ratio(A, B)")
            }
        }
    }

    /// The statements, each ended by a semicolon.
    package var text: String {
        let views = inputs.indices.map(view).joined(separator: "\n")
        let how =
            isSplittable
            ? """
            -- No field may hold a line break: files are cut at lines and read by several workers. That is made sure of first.
            """
            : """
            -- multiLine keeps line breaks in quotes together; Spark then reads each file as a whole, so hand over many part
            -- files, or say --splittable where no field holds a line break.
            """
        return """
            -- Made by divide: sums by group of the records of \(inputs.count == 1 ? "one input" : "\(inputs.count) inputs").
            -- Quotes are RFC 4180's.
            \(how)
            SET spark.sql.ansi.enabled=false;
            SET spark.sql.csv.parser.columnPruning.enabled=false;
            \(views)
            \(isSplittable ? inputs.indices.map(proof).joined(separator: "\n") + "\n" : "")\(selection);

            """
    }

    private func view(_ index: Int) -> String {
        """
        CREATE OR REPLACE TEMPORARY VIEW divide_records_\(index) USING csv OPTIONS (
          path \(Self.quoted(inputs[index])), header 'true', sep \(Self.quoted(separator)), multiLine '\(!isSplittable)',
          quote '"', escape '"', mode 'FAILFAST', inferSchema 'false', enforceSchema 'false', encoding 'UTF-8'
        );
        """
    }

    /// Ends the run where a line has an odd number of quotes.
    private func proof(_ index: Int) -> String {
        let problem = "line break in quotes, or stray quote, in \(inputs[index]): leave --splittable out"
        return """
            CREATE OR REPLACE TEMPORARY VIEW divide_lines_\(index) USING text OPTIONS (path \(Self.quoted(inputs[index])));
            SELECT IF(COUNT_IF((LENGTH(value) - LENGTH(REPLACE(value, '"', ''))) % 2 = 1) = 0, 'whole',
              RAISE_ERROR(\(Self.quoted(problem)))) AS lines FROM divide_lines_\(index);
            """
    }

    private var separator: String { String(UnicodeScalar(delimiter)) }

    private var columnNames: [String] { plan.columns.map { plan.header[$0] } }

    /// Each record's keys, design, weight and values; then what is wrong with it; then the sums.
    private var selection: String {
        let names = columnNames.map(Self.identifier)
        let columns = names.isEmpty ? ["1"] : names.enumerated().map { "\($1) AS c\($0)" }
        let union = inputs.indices.map { "SELECT \(columns.joined(separator: ", ")) FROM divide_records_\($0)" }
            .joined(separator: "\n  UNION ALL ")
        let keys = plan.keys.enumerated().map { "IF(wanted, c\($1), NULL) AS k\($0)" }
        let stratum = plan.strata.map { "c\($0)" } ?? "''"
        let cluster = plan.cluster.map { "c\($0)" } ?? "''"
        let wanted = plan.filter.map { "COALESCE(\(expression($0)), false)" } ?? "true"
        let measured = keys + ["\(stratum) AS h", "\(cluster) AS i"] + values + domains
        return """
            WITH records AS (
              \(union)
            ), judged AS (
              SELECT *, \(wanted) AS wanted FROM records
            ), measured AS (
              SELECT wanted, \((measured + ["\(fault) AS fault"]).joined(separator: ",\n    "))
              FROM judged
            )
            SELECT CONCAT_WS(',', '\(Self.mark)', \(results.joined(separator: ",\n  "))) AS line
            FROM measured
            GROUP BY \((["wanted", "fault"] + plan.keys.indices.map { "k\($0)" } + ["h", "i"]).joined(separator: ", "))
            """
    }

    private var values: [String] {
        usedRegisters.sorted().map { "CAST(\(expression($0)) AS \(Self.number)) AS v\($0)" }
    }

    private var usedRegisters: Set<Int> {
        var used = Set([plan.weight].compactMap(\.self))
        for measure in plan.measures { used.formUnion([measure.value, measure.divisor].compactMap(\.self)) }
        return used
    }

    private var domains: [String] {
        plan.domains.enumerated().map { index, domain in
            var conditions = ["wanted"]
            if let condition = domain.condition { conditions.append("COALESCE(\(expression(condition)), false)") }
            for register in [domain.value, domain.divisor].compactMap(\.self) {
                conditions.append("\(expression(register)) IS NOT NULL")
            }
            return "(\(conditions.joined(separator: " AND "))) AS d\(index)"
        }
    }

    /// The code of what is wrong with a record, empty where nothing is.
    private var fault: String {
        var cases: [String] = []
        for instruction in plan.program.instructions {
            guard case .number(let column) = instruction else { continue }
            let written = "NULLIF(TRIM(c\(column)), '')"
            let isFilters = plan.program.instructions[plan.filterRange].contains(instruction)
            let exact = "TRY_CAST(\(written) AS DECIMAL(38, 18))"
            cases.append(
                "WHEN \(isFilters ? "" : "wanted AND ")\(missing(column)) = false AND (\(exact) IS NULL OR "
                    + "CAST(\(exact) AS \(Self.number)) IS NULL OR CAST(\(exact) AS \(Self.number)) <> \(exact)) "
                    + "THEN 'not-a-number'"
            )
        }
        if let weight = plan.weight {
            cases.append("WHEN wanted AND \(expression(weight)) IS NULL THEN 'missing-weight'")
            cases.append("WHEN wanted AND \(expression(weight)) < 0 THEN 'unusable-weight'")
        }
        for column in plan.keys { cases.append("WHEN wanted AND COALESCE(c\(column), '') = '' THEN 'missing-key'") }
        for column in [plan.strata, plan.cluster].compactMap(\.self) {
            cases.append("WHEN COALESCE(c\(column), '') = '' THEN 'missing-key'")
        }
        for register in usedRegisters.sorted() {
            let value = expression(register)
            cases.append(
                "WHEN wanted AND \(value) IS NOT NULL AND (CAST(\(value) AS \(Self.number)) IS NULL "
                    + "OR CAST(\(value) AS \(Self.number)) <> \(value)) THEN 'number-out-of-range'"
            )
        }
        return cases.isEmpty ? "''" : "CASE \(cases.joined(separator: "\n      ")) ELSE '' END"
    }

    private var results: [String] {
        var results = ["IF(wanted, '1', '0')", "fault", "CAST(COUNT(*) AS STRING)"]
        for index in plan.keys.indices { results.append("HEX(COALESCE(k\(index), ''))") }
        results += ["HEX(h)", "HEX(i)"]
        for index in plan.domains.indices { results.append("CAST(SUM(IF(d\(index), 1, 0)) AS STRING)") }
        for term in plan.terms { results.append("COALESCE(CAST(\(sum(of: term)) AS STRING), '0')") }
        for (measure, sums) in zip(plan.measures, plan.sums) {
            guard sums.position != nil, let value = measure.value else { continue }
            let word = measure.kind == .smallest ? "MIN" : "MAX"
            results.append("COALESCE(CAST(\(word)(IF(d\(sums.domain), v\(value), NULL)) AS STRING), '')")
        }
        return results
    }

    private func sum(of term: RecordPlan.Term) -> String {
        var factors: [String] = []
        if let weight = plan.weight { factors += .init(repeating: "v\(weight)", count: term.weightPower) }
        factors += [term.first, term.second].compactMap(\.self).map { "v\($0)" }
        if factors.count > 2 { factors = factors.map { "CAST(\($0) AS DOUBLE)" } }
        let product = factors.isEmpty ? "1" : factors.joined(separator: " * ")
        return "SUM(IF(d\(term.domain), \(product), NULL))"
    }

    /// A register as an expression of the engine.
    private func expression(_ register: Int) -> String {
        switch plan.program.instructions[register] {
        case .number(let column):
            "IF(\(missing(column)), NULL, TRY_CAST(NULLIF(TRIM(c\(column)), '') AS \(Self.number)))"
        case .constant(let number): number.text
        case .boolean(let value): value ? "true" : "false"
        case .isMissing(let column): missing(column)
        case .holds(let column, let text):
            "IF(\(missing(column)), NULL, c\(column) = \(Self.quoted(String(decoding: plan.program.texts[text], as: UTF8.self))))"
        case .holdsSame(let column, let other):
            "IF(\(missing(column)) OR \(missing(other)), NULL, c\(column) = c\(other))"
        case .plus(let left, let right): "(\(expression(left)) + \(expression(right)))"
        case .minus(let left, let right): "(\(expression(left)) - \(expression(right)))"
        case .times(let left, let right): "(\(expression(left)) * \(expression(right)))"
        case .over(let left, let right): "(\(expression(left)) / \(expression(right)))"
        case .negated(let inner): "(- \(expression(inner)))"
        case .absolute(let inner): "ABS(\(expression(inner)))"
        case .smaller(let left, let right): chosen("<=", left, right)
        case .larger(let left, let right): chosen(">=", left, right)
        case .less(let left, let right): "(\(expression(left)) < \(expression(right)))"
        case .equal(let left, let right): "(\(expression(left)) = \(expression(right)))"
        case .and(let left, let right): "(\(expression(left)) AND \(expression(right)))"
        case .or(let left, let right): "(\(expression(left)) OR \(expression(right)))"
        case .not(let inner): "(NOT \(expression(inner)))"
        case .choice(let condition, let then, let otherwise):
            "CASE WHEN \(expression(condition)) THEN \(expression(then)) "
                + "WHEN NOT \(expression(condition)) THEN \(expression(otherwise)) END"
        }
    }

    /// The smaller or larger of two, nothing where one of them is missing: LEAST and GREATEST pass over nothing.
    private func chosen(_ sign: String, _ left: Int, _ right: Int) -> String {
        let (first, second) = (expression(left), expression(right))
        return
            "CASE WHEN \(first) \(sign) \(second) THEN \(first) WHEN NOT (\(first) \(sign) \(second)) THEN \(second) END"
    }

    private func missing(_ column: Int) -> String {
        let texts = [""] + plan.order.missing
        return "(COALESCE(c\(column), '') IN (\(texts.map(Self.quoted).joined(separator: ", "))))"
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.flatMap { character in
            character == "'" || character == "\\" ? ["\\", character] : [character]
        }
        return "'" + String(escaped) + "'"
    }

    private static func identifier(_ name: String) -> String {
        "`" + name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
    }
}
