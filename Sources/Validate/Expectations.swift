import Indicators

extension Judgement {
    /// Compares what a file yielded with what the pipeline expects of it, before anything is refused.
    mutating func judgeExpectations(_ expectations: [Expectation], asOf: CalendarDate) {
        guard !expectations.isEmpty else { return }
        var numbers: [String: Int] = [:]
        // By the rank of the file.
        var positions = [[Int]](repeating: [], count: (ranks.files.max() ?? -1) + 1)
        for position in observations.indices {
            let file = ranks.files[position]
            if positions[file].isEmpty { numbers[Self.file(of: observations[position])] = file }
            positions[file].append(position)
        }
        let placeCount = ranks.placeCount
        for expectation in expectations {
            let inFile = numbers[expectation.file].map { positions[$0] } ?? []
            var last = (indicator: -1, isExpected: false)
            let given = inFile.filter { position in
                if last.indicator != ranks.indicators[position] {
                    let isExpected =
                        expectation.indicators.isEmpty
                        || expectation.indicators.contains(observations[position].indicator)
                    last = (ranks.indicators[position], isExpected)
                }
                return last.isExpected && observations[position].value != nil
            }
            if let expected = expectation.values {
                let cells = given.reduce(0) { $0 + max(observations[$1].originCount, 1) }
                if cells != expected {
                    disappoint("unexpected-value-count", .error, expectation, "\(cells) values", "\(expected) values")
                }
            }
            if let expected = expectation.places {
                let places = countPlaces(of: given, among: placeCount)
                if places != expected {
                    disappoint("unexpected-place-count", .error, expectation, "\(places) places", "\(expected) places")
                }
            }
            if let limit = expectation.maximumAgeInMonths { judgeAge(expectation, given, limit, asOf) }
        }
    }

    /// How many places observations are of, among so many that there are.
    private func countPlaces(of positions: [Int], among all: Int) -> Int {
        var isCounted = [Bool](repeating: false, count: all)
        var count = 0
        for position in positions where !isCounted[ranks.places[position]] {
            isCounted[ranks.places[position]] = true
            count += 1
        }
        return count
    }

    private mutating func judgeAge(
        _ expectation: Expectation,
        _ given: [Int],
        _ limit: Int,
        _ asOf: CalendarDate
    ) {
        guard let latest = given.map({ observations[$0].year }).max() else {
            disappoint("stale", .warning, expectation, "no value", "a value not older than \(limit) months")
            return
        }
        // From the first day after the latest year; a year that is not over has no age.
        let months = (asOf.year - latest - 1) * 12 + asOf.month - 1
        guard months > limit || (months == limit && asOf.day > 1) else { return }
        disappoint(
            "stale",
            .warning,
            expectation,
            "\(latest) is the latest year, \(months) months over on \(asOf)",
            "a value not older than \(limit) months"
        )
    }

    private mutating func disappoint(
        _ code: String,
        _ severity: Finding.Severity,
        _ expectation: Expectation,
        _ found: String,
        _ expected: String
    ) {
        let subject =
            expectation.indicators.isEmpty ? "" : " of \(expectation.indicators.sorted().joined(separator: ", "))"
        note(
            Finding(
                code: code,
                severity: severity,
                file: expectation.file,
                found: found + subject,
                expected: expected + subject,
                hint: "has the file changed? then change `expect` in the pipeline"
            )
        )
    }
}
