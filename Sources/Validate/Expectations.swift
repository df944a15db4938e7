import Indicators

extension Judgement {
    /// Compares what a file yielded with what the pipeline expects of it, before anything is refused.
    mutating func judgeExpectations(_ expectations: [Expectation], asOf: CalendarDate) {
        for expectation in expectations {
            let given = observations.filter { observation in
                observation.value != nil && Self.file(of: observation) == expectation.file
                    && (expectation.indicators.isEmpty || expectation.indicators.contains(observation.indicator))
            }
            if let expected = expectation.values {
                let cells = given.reduce(0) { $0 + max($1.origins.count, 1) }
                if cells != expected {
                    disappoint("unexpected-value-count", .error, expectation, "\(cells) values", "\(expected) values")
                }
            }
            if let expected = expectation.places {
                let places = Set(given.map(\.place)).count
                if places != expected {
                    disappoint("unexpected-place-count", .error, expectation, "\(places) places", "\(expected) places")
                }
            }
            if let limit = expectation.maximumAgeInMonths { judgeAge(expectation, given, limit, asOf) }
        }
    }

    private mutating func judgeAge(
        _ expectation: Expectation,
        _ given: [Observation],
        _ limit: Int,
        _ asOf: CalendarDate
    ) {
        guard let latest = given.lazy.map(\.year).max() else {
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
