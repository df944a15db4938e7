/// What an engine printed for the statements of ``RecordSQL``, taken in line by line: cells with their sums, and weights of
/// the values of groups. What is worked out of it is what the records themselves would have given.
package struct EngineReading: ~Copyable {
    private let sql: RecordSQL
    private var aggregation: RecordAggregation
    /// By group.
    private var firstCells: [Int: Int] = [:]

    package init(of sql: RecordSQL) {
        self.sql = sql
        aggregation = RecordAggregation(sql.plan)
    }

    private var plan: RecordPlan { sql.plan }

    /// Takes in a line.
    ///
    /// - Throws: ``RecordError`` where the line is none of the statements'.
    package mutating func take(_ line: String) throws(RecordError) {
        var fields = EngineFields(line)
        guard try fields.text() == RecordSQL.mark else { throw fields.unreadable }
        let kind = try fields.text()
        if kind == RecordSQL.valueMark { return try take(weightIn: &fields) }
        guard kind == "1" || kind == "0" else { throw fields.unreadable }
        let fault = try fields.text()
        let records = try fields.count()
        guard records > 0 else { throw fields.unreadable }
        guard fault.isEmpty else {
            aggregation.account.rejected += records
            aggregation.failure = aggregation.failure ?? refusal(fault, records)
            return
        }
        try take(sumsIn: &fields, of: records, isWanted: kind == "1")
    }

    /// What the lines come to.
    ///
    /// - Throws: ``RecordError`` where records are to be refused, or a number did not fit the engine.
    package consuming func finish() throws(RecordError) -> (result: RecordResult, account: RecordAggregation.Account) {
        if let failure = aggregation.failure { throw failure }
        let account = aggregation.account
        return (aggregation.result(), account)
    }

    private mutating func take(
        sumsIn fields: inout EngineFields,
        of records: Int,
        isWanted: Bool
    ) throws(RecordError) {
        let keys = try fields.keys(plan.keys.count)
        let unit = registerUnit(stratum: try fields.key(), cluster: try fields.key(), records)
        guard isWanted else {
            aggregation.account.filtered += records
            return
        }
        aggregation.account.used += records
        let group = group(of: keys)
        let cell = aggregation.cells.number(of: group, unit)
        if firstCells[group] == nil { firstCells[group] = cell }
        if cell == aggregation.firstRecords.count { aggregation.appendCell() }
        // The engine does not tell which came first.
        aggregation.firstRecords[cell] = RecordAggregation.FirstRecord(file: 0, record: 0)
        for domain in plan.domains.indices {
            aggregation.counts[cell * plan.domains.count + domain] += try fields.count()
        }
        try takeSums(of: cell, in: &fields)
        guard fields.isAtEnd else { throw fields.unreadable }
        _ = aggregation.withinLimits()
    }

    private mutating func takeSums(of cell: Int, in fields: inout EngineFields) throws(RecordError) {
        for (index, term) in plan.terms.enumerated() {
            guard let limbs = sql.terms.limbs(of: index, in: try fields.text()) else { throw fields.unreadable }
            let place = cell * plan.terms.count + index
            if TermSQL.factors(of: term, plan).isEmpty {
                let records = aggregation.counts[cell * plan.domains.count + term.domain]
                aggregation.sums.add(Decimal(records), to: place)
            } else {
                aggregation.sums.add(
                    limbs: limbs,
                    of: SQLLimbs.digits,
                    scale: sql.terms.scale(of: term, plan),
                    to: place
                )
            }
        }
        for (measure, places) in zip(plan.measures, plan.sums) where measure.isExtreme {
            guard let position = places.position, let number = try fields.number() else { continue }
            let precedes = aggregation.precedence(measure.kind)
            aggregation.keep(number, at: cell * plan.extremeCount + position, precedes)
        }
    }

    /// The weights of a group's values all go to its first cell: they are looked at together in the end.
    private mutating func take(weightIn fields: inout EngineFields) throws(RecordError) {
        let position = try fields.count()
        let group = group(of: try fields.keys(plan.keys.count))
        let isBucket = try fields.text() == "bucket"
        guard let value = try fields.number(), let weight = try fields.number(), fields.isAtEnd,
            let cell = firstCells[group], position < plan.distributionCount
        else { throw fields.unreadable }
        let index = cell * plan.distributionCount + position
        if isBucket {
            aggregation.distributions[index].add(bucket: Int(value.mantissa), weight: weight)
        } else {
            aggregation.distributions[index].add(value, weight: weight)
        }
    }

    private mutating func group(of keys: [[UInt8]]) -> Int {
        var group = 0
        for index in plan.keys.indices {
            let key = aggregation.keyTables[index].number(of: keys[index])
            group = aggregation.groupChain[index].number(of: group, key)
        }
        return group
    }

    private mutating func registerUnit(stratum: [UInt8], cluster: [UInt8], _ records: Int) -> Int {
        guard plan.order.hasDesign else { return 0 }
        let stratum = plan.strata == nil ? 0 : aggregation.strataTable.number(of: stratum)
        while stratum >= aggregation.strataRecords.count { aggregation.strataRecords.append(0) }
        aggregation.strataRecords[stratum] += records
        guard plan.cluster != nil else { return stratum }
        return aggregation.clusters.number(of: stratum, aggregation.clusterTable.number(of: cluster))
    }

    private func refusal(_ code: String, _ records: Int) -> RecordError? {
        if code == RecordSQL.rangeFault {
            return RecordError(
                code: code,
                problem: "numbers do not fit the engine's decimals",
                expected: "at most 18 digits before the point and 18 behind it; in a quotient, 12 and 24",
                found: "\(records) records with others",
                hint: "round them in the file, or leave --engine out"
            )
        }
        guard plan.order.illFormed == .refuse else { return nil }
        return RecordError(
            code: code,
            problem: "records cannot be used",
            expected: "no such record, or that they are counted: --ill-formed count, in a pipeline ill_formed: count",
            found: "\(records) records: \(code)",
            hint: "the engine counts them and does not tell their places; without --engine they are told"
        )
    }
}

/// The fields of a line of an engine, taken one after the other.
private struct EngineFields {
    private let line: String
    private var rest: ArraySlice<Substring>

    init(_ line: String) {
        self.line = line
        rest = line.split(separator: ",", omittingEmptySubsequences: false)[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func text() throws(RecordError) -> String {
        guard let field = rest.popFirst() else { throw unreadable }
        return String(field)
    }

    /// A whole number that is not negative.
    mutating func count() throws(RecordError) -> Int {
        guard let count = Int(try text()), count >= 0 else { throw unreadable }
        return count
    }

    /// `nil` where nothing stands there.
    mutating func number() throws(RecordError) -> Decimal? {
        let text = try text()
        if text.isEmpty { return nil }
        let bytes = Array(text.utf8)
        guard case .number(let number) = unsafe bytes.withUnsafeBufferPointer({ unsafe NumberBytes.read($0) }) else {
            throw unreadable
        }
        return number
    }

    mutating func keys(_ count: Int) throws(RecordError) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        for _ in 0..<count { keys.append(try key()) }
        return keys
    }

    /// Bytes in hexadecimal digits.
    mutating func key() throws(RecordError) -> [UInt8] {
        let digits = try text().utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count % 2 == 0, !digits.contains(nil) else { throw unreadable }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8((digits[$0] ?? 0) * 16 + (digits[$0 + 1] ?? 0)) }
    }

    var unreadable: RecordError {
        RecordError(
            code: "engine-line",
            problem: "the engine's result cannot be read",
            expected: "a line for each cell",
            found: String(line.prefix(120))
        )
    }
}
