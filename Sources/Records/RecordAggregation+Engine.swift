extension RecordAggregation {
    /// Takes in a line that the engine printed for ``RecordSQL``: a cell with its sums.
    ///
    /// - Throws: ``RecordError`` where the line is none of the plan's.
    package mutating func take(engineLine line: String) throws(RecordError) {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let extremes = plan.sums.count { $0.position != nil }
        let expected = 4 + plan.keys.count + 2 + plan.domains.count + plan.terms.count + extremes
        guard fields.count == expected, fields[0] == RecordSQL.mark, let records = Int(fields[3]), records > 0 else {
            throw Self.unreadable(line)
        }
        guard fields[2].isEmpty else {
            account.rejected += records
            failure = failure ?? refusal(fields[2], records)
            return
        }
        var rest = fields[4...]
        var keys: [[UInt8]] = []
        for _ in 0..<plan.keys.count + 2 {
            guard let key = Self.bytes(ofHexadecimal: rest.removeFirst()) else { throw Self.unreadable(line) }
            keys.append(key)
        }
        let unit = registerUnit(stratum: keys[keys.count - 2], cluster: keys[keys.count - 1], records)
        guard fields[1] == "1" else {
            account.filtered += records
            return
        }
        account.used += records
        var group = 0
        for index in plan.keys.indices {
            let key = keyTables[index].number(of: keys[index])
            group = groupChain[index].number(of: group, key)
        }
        let cell = cells.number(of: group, unit)
        if cell * plan.domains.count == counts.count { appendCell() }
        // The engine does not tell which came first.
        firstRecords[cell] = FirstRecord(file: 0, record: 0)
        for domain in plan.domains.indices {
            guard let count = Int(rest.removeFirst()) else { throw Self.unreadable(line) }
            counts[cell * plan.domains.count + domain] += count
        }
        for term in plan.terms.indices {
            guard let sum = Self.number(rest.removeFirst()) else { throw Self.unreadable(line) }
            sums.add(sum, to: cell * plan.terms.count + term)
        }
        for (measure, places) in zip(plan.measures, plan.sums) {
            guard let position = places.position else { continue }
            let text = rest.removeFirst()
            guard !text.isEmpty else { continue }
            guard let number = Self.number(text) else { throw Self.unreadable(line) }
            keep(number, at: cell * plan.extremeCount + position, precedence(measure.kind))
        }
        if cells.count > plan.order.cellLimit { refuseTooManyCells() }
    }

    private func refusal(_ code: String, _ records: Int) -> RecordError? {
        guard plan.order.illFormed == .refuse else { return nil }
        return RecordError(
            code: code,
            problem: "records cannot be used",
            expected: "no such record, or that they are counted: --ill-formed count, in a pipeline ill_formed: count",
            found: "\(records) records: \(code)",
            hint: "the engine counts them and does not tell their places; without --engine they are told"
        )
    }

    private mutating func registerUnit(stratum: [UInt8], cluster: [UInt8], _ records: Int) -> Int {
        guard plan.order.hasDesign else { return 0 }
        let stratum = plan.strata == nil ? 0 : strataTable.number(of: stratum)
        while stratum >= strataRecords.count { strataRecords.append(0) }
        strataRecords[stratum] += records
        return plan.cluster == nil ? stratum : clusters.number(of: stratum, clusterTable.number(of: cluster))
    }

    private static func number(_ text: String) -> Decimal? {
        let bytes = Array(text.utf8)
        guard case .number(let number) = unsafe bytes.withUnsafeBufferPointer({ unsafe NumberBytes.read($0) }) else {
            return nil
        }
        return number
    }

    private static func bytes(ofHexadecimal text: String) -> [UInt8]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8((digits[$0] ?? 0) * 16 + (digits[$0 + 1] ?? 0)) }
    }

    private static func unreadable(_ line: String) -> RecordError {
        RecordError(
            code: "engine-line",
            problem: "the engine's result cannot be read",
            expected: "a line for each cell",
            found: String(line.prefix(120))
        )
    }
}
