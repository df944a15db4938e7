import Indicators

extension Judgement {
    /// Leaves at most one observation for each key.
    ///
    /// Of several, those of the greatest declared priority stand, of these those of the best grade, of these those with
    /// a value. Where these agree (equal, or equal when rounded to the fewer decimals of the two), the one with the
    /// most decimals is kept; where they do not, all are refused. What another stands for is set aside.
    mutating func judgeDuplicates(_ priorities: [String: Int]) {
        var start = 0
        let positions = remaining
        while start < positions.count {
            var end = start + 1
            while end < positions.count, haveOneKey(positions[start], positions[end]) { end += 1 }
            if end - start > 1 { judge(Array(positions[start..<end]), priorities) }
            start = end
        }
    }

    private func haveOneKey(_ left: Int, _ right: Int) -> Bool {
        ranks.indicators[left] == ranks.indicators[right] && ranks.places[left] == ranks.places[right]
            && ranks.groups[left] == ranks.groups[right] && observations[left].year == observations[right].year
    }

    private mutating func judge(_ rivals: [Int], _ priorities: [String: Int]) {
        func priority(_ position: Int) -> Int { priorities[Self.file(of: observations[position])] ?? 0 }
        var standing = rivals.filter { observations[$0].value != nil }
        if standing.isEmpty { standing = rivals }
        let highest = standing.map(priority).max() ?? 0
        standing.removeAll { priority($0) < highest }
        let best = standing.map { observations[$0].grade }.min() ?? .official
        standing.removeAll { best < observations[$0].grade }

        let agreed = agreement(among: standing)
        let kept = agreed ?? standing[0]
        for position in rivals where agreed == nil || position != kept {
            if agreed == nil, standing.contains(position) {
                refuse(position)
            } else {
                setAside(position)
            }
        }
        if agreed == nil {
            for position in standing { noteConflict(position, standing) }
        } else {
            for position in rivals where position != kept { noteStandIn(position, kept, standing) }
        }
    }

    /// The observation that may stand for all of them; `nil` where they contradict each other.
    private func agreement(among rivals: [Int]) -> Int? {
        let finest = rivals.max { left, right in
            let (a, b) = (decimals(left), decimals(right))
            return a != b ? a < b : stands(right, before: left)
        }
        guard let finest else { return nil }
        guard let value = observations[finest].value else { return finest }
        for rival in rivals {
            guard let other = observations[rival].value, agree(value, other) else { return nil }
        }
        return finest
    }

    /// Which of two equal values stands must not hang on the order of the rows: the one of the first file and column,
    /// of these the one whose status says more, of these the one with the greatest standard error.
    private func stands(_ left: Int, before right: Int) -> Bool {
        let (a, b) = (observations[left], observations[right])
        if let here = a.origins.first, let there = b.origins.first,
            (here.file, here.column) != (there.file, there.column)
        {
            return (here.file, here.column) < (there.file, there.column)
        }
        if a.status != b.status { return a.status.rawValue > b.status.rawValue }
        if a.standardError != b.standardError { return a.standardError ?? -1 > b.standardError ?? -1 }
        return left < right
    }

    private func decimals(_ position: Int) -> Int {
        observations[position].value.map { Validate.decimals(of: $0) } ?? -1
    }

    /// Whether `coarse` is `fine`, or `fine` rounded to the decimals of `coarse` (half may go either way).
    private func agree(_ fine: Double, _ coarse: Double) -> Bool {
        if fine == coarse { return true }
        let digits = Validate.decimals(of: coarse)
        guard digits < Validate.decimals(of: fine) else { return false }
        var unit = 1.0
        for _ in 0..<digits { unit /= 10 }
        return abs(fine - coarse) <= unit / 2 * (1 + 1e-9)
    }

    private mutating func noteConflict(_ position: Int, _ rivals: [Int]) {
        let others = rivals.filter { $0 != position }
        let named = others.prefix(3).map { address($0) } + (others.count > 3 ? ["\(others.count - 3) more"] : [])
        note(
            "duplicate-conflict",
            .warning,
            position,
            expected: "one value; \(named.joined(separator: " and ")); all are refused",
            hint: "declare a `priority` for the source to be trusted, or correct one of them"
        )
    }

    private mutating func noteStandIn(_ position: Int, _ kept: Int, _ standing: [Int]) {
        if standing.contains(position) {
            note("duplicate-value", .note, position, expected: "one value; it is set aside for \(address(kept))")
        } else if observations[position].value != observations[kept].value {
            note(
                "duplicate-superseded",
                .note,
                position,
                expected: "one value; it is set aside for \(address(kept)), of higher priority or better grade"
            )
        } else {
            note("duplicate-value", .note, position, expected: "one value; it is set aside for \(address(kept))")
        }
    }

    /// `income.csv, record 12, column 2556, has 26167.7`.
    private func address(_ position: Int) -> String {
        let observation = observations[position]
        let text = observation.texts.isEmpty ? Cell(observation.value).text : observation.texts.joined(separator: "; ")
        guard let origin = observation.firstOrigin else { return "another has \(text)" }
        return "\(origin.words), has \(text)"
    }
}
