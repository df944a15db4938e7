import Indicators

extension GapComparison {
    /// Says why a mean was not compared.
    mutating func reportMean(
        _ mean: Mean?,
        _ series: ComparedSeries,
        _ country: String,
        _ year: Int,
        _ division: ObservedDivision,
        isWeighted: Bool
    ) {
        let subject = "\(series.key.indicator), \(series.key.group), \(country) \(year)"
        guard let mean else {
            let hasWeight = !isWeighted || division.entries.contains { $0.weight > 0 }
            findings.append(
                Finding(
                    code: hasWeight ? "not-representable" : "weights-sum-to-zero",
                    severity: .warning,
                    found: hasWeight ? "\(subject): a mean beyond all numbers" : "\(subject): no weight above 0",
                    expected: hasWeight ? "values whose sum a double can hold" : "weights that add up to more than 0",
                    hint: "the mean is not compared"
                )
            )
            return
        }
        guard let minimum = options.minimumCoverage, mean.coverage < minimum else { return }
        findings.append(
            Finding(
                code: "coverage-below-minimum",
                severity: .warning,
                found: "\(subject): coverage \(Cell.format(mean.coverage)) of \(mean.coverageBasis)",
                expected: "at least \(Cell.format(minimum))",
                hint: "the mean is not compared"
            )
        )
    }

    /// Says which weights are missing or cannot be used.
    mutating func reportWeights(
        _ series: ComparedSeries,
        _ country: String,
        _ division: ObservedDivision,
        _ year: Int,
        _ denominator: String
    ) {
        let subject = "\(series.key.indicator), \(series.key.group), \(country) \(year)"
        guard let weights = division.weights else {
            findings.append(
                Finding(
                    code: "weights-missing",
                    severity: .note,
                    found: "\(subject): no \(denominator) within \(options.weightYearsWithin) years",
                    expected: "\(denominator) of the places, to weight their mean",
                    hint: "only the simple mean is compared"
                )
            )
            return
        }
        if !weights.negative.isEmpty {
            findings.append(
                Finding(
                    code: "weight-negative",
                    severity: .error,
                    found: "\(subject): \(denominator) of \(weights.negative.joined(separator: " "))",
                    expected: "weights of 0 or more"
                )
            )
        }
        let without = division.entries.filter { $0.weight.isNaN }.map(division.code)
        guard !without.isEmpty else { return }
        findings.append(
            Finding(
                code: "weight-missing",
                severity: .warning,
                found: "\(subject): no \(denominator) in \(panel.years[weights.year]) of "
                    + without.joined(separator: " "),
                expected: "\(denominator) of every place that has a value",
                hint: "they are left out of the weighted mean"
            )
        )
    }

    /// Says that a series has nothing to be compared with, where it has anything at all.
    mutating func reportUnmatched(
        _ series: ComparedSeries,
        _ national: (reference: [Int], other: [Int]),
        _ divided: (reference: [[Int]], other: [[Int]])
    ) {
        let hasNational = !matches(national.reference, national.other).isEmpty
        let areBothDivided = [divided.reference, divided.other].allSatisfy { years in
            years.contains { !$0.isEmpty }
        }
        guard areBothDivided || !hasNational else { return }
        let sides =
            had(frame.reference, national.reference, divided.reference) + "; "
            + had(frame.other, national.other, divided.other)
        findings.append(
            Finding(
                code: "not-compared",
                severity: .note,
                found: "\(series.key.indicator), \(series.key.group): \(sides)",
                expected: "values on both sides in years at most \(options.matchYearsWithin) apart",
                hint: areBothDivided ? "a greater match_years within would let other years be compared" : ""
            )
        )
    }

    /// `TH country 2010..2020, province 2015`: at which levels a country has values, and when.
    private func had(_ country: ComparedCountry, _ national: [Int], _ divided: [[Int]]) -> String {
        var had = ""
        func add(_ level: PlaceLevel, _ years: [Int]) {
            if !years.isEmpty { had += "\(had.isEmpty ? "" : ", ")\(level.rawValue) \(span(years))" }
        }
        add(.country, national)
        for (position, division) in country.divisions.enumerated() { add(division.level, divided[position]) }
        return "\(country.code) \(had.isEmpty ? "nothing" : had)"
    }

    /// The first and the last of some years, with how many there are.
    private func span(_ years: [Int]) -> String {
        guard let first = years.first, let last = years.last else { return "" }
        return first == last ? String(panel.years[first]) : "\(panel.years[first])..\(panel.years[last])"
    }
}
