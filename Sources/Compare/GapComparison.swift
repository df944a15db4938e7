import Indicators

extension ComparedPanel {
    /// The gaps of the series that are looked at.
    func gaps() -> ComparisonOutcome {
        var gaps = GapComparison(self)
        gaps.compareAll()
        return ComparisonOutcome(tables: [ComparedRows(gaps.table)], findings: gaps.findings)
    }
}

/// Works out `gaps.csv`, series by series.
struct GapComparison {
    private(set) var table = Table(schema: .gaps)
    var findings: [Finding] = []
    /// Filled where they are asked for.
    var contributions: ComparedRows?
    let frame: ComparedPanel
    var options: CompareOptions { frame.options }
    var panel: Panel { frame.panel }

    init(_ frame: ComparedPanel) {
        self.frame = frame
    }

    mutating func compareAll() {
        for position in frame.positions {
            guard let series = frame.comparedSeries[position] else {
                findings.append(
                    Finding(
                        code: "unknown-indicator",
                        severity: .error,
                        found: panel.series[position].indicator,
                        expected: "an indicator of the catalogue"
                    )
                )
                continue
            }
            compare(series)
        }
    }

    private mutating func compare(_ series: ComparedSeries) {
        let nationalYears = (
            frame.nationalYears(frame.reference, series.position),
            frame.nationalYears(frame.other, series.position)
        )
        for pair in matches(nationalYears.0, nationalYears.1) { compareNations(series, pair) }

        let years = (
            frame.years(frame.reference, series.position),
            frame.years(frame.other, series.position)
        )
        var hasRows = false
        for isMixed in [false, true] where !hasRows {
            for (left, referenceDivision) in frame.reference.divisions.enumerated() {
                for (right, otherDivision) in frame.other.divisions.enumerated()
                where (referenceDivision.level != otherDivision.level) == isMixed {
                    for pair in matches(years.0[left], years.1[right]) {
                        compareDivisions(series, pair, referenceDivision, otherDivision)
                        hasRows = true
                    }
                }
            }
        }
        if !hasRows { reportUnmatched(series, nationalYears, years) }
    }

    func matches(_ reference: [Int], _ other: [Int]) -> [YearPair] {
        YearPair.matches(reference: reference, other: other, within: options.matchYearsWithin)
    }

    // MARK: Countries

    private mutating func compareNations(_ series: ComparedSeries, _ pair: YearPair) {
        guard let left = frame.national(frame.reference, series, pair.reference),
            let right = frame.national(frame.other, series, pair.other)
        else {
            return
        }
        append(series, pair, level: PlaceLevel.country.rawValue, weighting: "none", left, right)
    }

    // MARK: Regions and provinces

    private mutating func compareDivisions(
        _ series: ComparedSeries,
        _ pair: YearPair,
        _ referenceDivision: Division,
        _ otherDivision: Division
    ) {
        let level = Self.levelText(referenceDivision.level, otherDivision.level)
        let left = frame.observed(frame.reference, referenceDivision, series, pair.reference)
        let right = frame.observed(frame.other, otherDivision, series, pair.other)
        let sides = [
            ComparedSide(country: frame.reference, division: referenceDivision, year: pair.reference, observed: left),
            ComparedSide(country: frame.other, division: otherDivision, year: pair.other, observed: right),
        ]
        appendMeans(series, pair, level: level, weighting: "simple", sides, isWeighted: false)
        guard let denominator = series.indicator.denominator else { return }
        for (country, division, year) in [(frame.reference, left, pair.reference), (frame.other, right, pair.other)] {
            reportWeights(series, country.code, division, panel.years[year], denominator)
        }
        guard left.weights != nil, right.weights != nil else { return }
        appendMeans(series, pair, level: level, weighting: denominator, sides, isWeighted: true)
    }

    /// As the column `level` has it.
    static func levelText(_ reference: PlaceLevel, _ other: PlaceLevel) -> String {
        reference == other ? reference.rawValue : "\(reference.rawValue)/\(other.rawValue)"
    }

    private mutating func appendMeans(
        _ series: ComparedSeries,
        _ pair: YearPair,
        level: String,
        weighting: String,
        _ sides: [ComparedSide],
        isWeighted: Bool
    ) {
        let means = sides.map { side in
            let mean = side.observed.mean(isWeighted: isWeighted)
            let year = panel.years[side.year]
            reportMean(mean, series, side.country.code, year, side.observed, isWeighted: isWeighted)
            return mean
        }
        guard let first = means[0], let second = means[1] else { return }
        if let minimum = options.minimumCoverage, min(first.coverage, second.coverage) < minimum { return }
        append(series, pair, level: level, weighting: weighting, first, second)
        appendContributions(
            series,
            sides,
            level: level,
            weighting: weighting,
            isWeighted: isWeighted,
            (first, second)
        )
    }

    private mutating func append(
        _ series: ComparedSeries,
        _ pair: YearPair,
        level: String,
        weighting: String,
        _ left: Mean,
        _ right: Mean
    ) {
        table.appendGap(
            series,
            years: (panel.years[pair.reference], panel.years[pair.other]),
            level: level,
            weighting: weighting,
            left,
            right
        )
    }
}
