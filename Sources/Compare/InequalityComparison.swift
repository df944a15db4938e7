import Indicators

/// Works out `inequality.csv` and `inequality-decomposition.csv`, series by series.
struct InequalityComparison {
    /// What the column `country` holds for both countries together.
    static let pooled = "pooled"
    /// Below this, quantiles and shares of tenths are told of few places.
    static let fewPlaces = 10

    let frame: ComparedPanel
    var options: InequalityOptions { frame.options.inequality }
    private(set) var rows: ComparedRows
    private(set) var decompositions: ComparedRows
    var reports = YearlyFindings()
    /// What was worked out of each country's places of a level, for the two together to be split into.
    private var own: [PartKey: InequalityDecomposition.Part] = [:]

    private struct PartKey: Hashable {
        var country: String
        /// The position in the panel.
        var year: Int
        var isWeighted: Bool
        var orientation: InequalityOptions.Orientation
    }

    /// Places of one country in one year, or of both.
    struct Subject {
        let series: ComparedSeries
        let level: PlaceLevel
        /// A country's code, or ``InequalityComparison/pooled``.
        let country: String
        /// Common Era; of the reference, where the countries' years differ.
        let year: Int
        let otherYear: Int?
        let sides: [ComparedSide]
    }

    init(_ frame: ComparedPanel) {
        self.frame = frame
        rows = ComparedRows(.inequality(frame.options.inequality), for: frame)
        decompositions = ComparedRows(.inequalityDecomposition, for: frame)
    }

    mutating func compareAll() {
        for series in frame.series where options.isWanted(series.indicator) { compare(series) }
    }

    private mutating func compare(_ series: ComparedSeries) {
        let countries = [frame.reference, frame.other]
        let years = countries.map { frame.years($0, series.position) }
        for level in frame.levels {
            var observed: [[Int: ComparedSide]] = [[:], [:]]
            own = [:]
            for (side, country) in countries.enumerated() {
                guard let position = country.divisions.firstIndex(where: { $0.level == level }) else { continue }
                for year in years[side][position] {
                    let division = country.divisions[position]
                    let places = ComparedSide(
                        country: country,
                        division: division,
                        year: year,
                        observed: frame.observed(country, division, series, year)
                    )
                    observed[side][year] = places
                    append(subject(series, level, country.code, year, nil, [places]))
                }
            }
            let pairs = YearPair.matches(
                reference: observed[0].keys.sorted(),
                other: observed[1].keys.sorted(),
                within: frame.options.matchYearsWithin
            )
            for pair in pairs {
                guard let one = observed[0][pair.reference], let other = observed[1][pair.other] else { continue }
                append(subject(series, level, Self.pooled, pair.reference, pair.other, [one, other]))
            }
        }
    }

    private func subject(
        _ series: ComparedSeries,
        _ level: PlaceLevel,
        _ country: String,
        _ year: Int,
        _ other: Int?,
        _ sides: [ComparedSide]
    ) -> Subject {
        Subject(
            series: series,
            level: level,
            country: country,
            year: frame.panel.years[year],
            otherYear: other.map { frame.panel.years[$0] },
            sides: sides
        )
    }

    private mutating func append(_ subject: Subject) {
        append(subject, isWeighted: false)
        guard subject.series.indicator.denominator != nil else { return }
        if subject.country != Self.pooled { reportWeights(subject) }
        if subject.sides.allSatisfy({ $0.observed.weights != nil }) { append(subject, isWeighted: true) }
    }

    private mutating func append(_ subject: Subject, isWeighted: Bool) {
        let divisions = subject.sides.map(\.observed)
        let counted = divisions.map { $0.counted(isWeighted: isWeighted) }
        guard counted.allSatisfy({ !$0.entries.isEmpty }) else { return reportNoWeight(subject) }
        let backing = Backing(divisions, counted: counted, isWeighted: isWeighted)
        if let minimum = frame.options.minimumCoverage, backing.coverage < minimum {
            return reportCoverage(subject, backing, minimum, isWeighted)
        }
        guard backing.count > 1 else { return reportOnePlace(subject, isWeighted) }
        let groups = counted.compactMap(\.distribution)
        guard let whole = groups.count == 1 ? groups[0] : Distribution(merging: groups), whole.mean.isFinite,
            whole.totalWeight.isFinite
        else { return report(.notRepresentable, subject, .attainment, isWeighted) }
        let behind = PlacesBehind(subject.series, subject.sides, isWeighted: isWeighted)
        append(subject, .attainment, backing, whole, behind) { groups[$0] }
        guard let bound = subject.series.indicator.upperBound else { return }
        append(subject, .shortfall, backing, whole.shortfall(from: bound), behind) {
            groups[$0].shortfall(from: bound)
        }
    }

    private mutating func append(
        _ subject: Subject,
        _ orientation: InequalityOptions.Orientation,
        _ backing: Backing,
        _ whole: Distribution,
        _ behind: PlacesBehind,
        group: (Int) -> Distribution
    ) {
        let part = InequalityDecomposition.Part(whole, entropies: options.entropies, aversions: options.aversions)
        for degeneracy in Inequality.Degeneracy.allCases where part.inequality.degeneracies.contains(degeneracy) {
            report(degeneracy, subject, orientation, behind.isWeighted)
        }
        if orientation == .attainment, backing.count < Self.fewPlaces { reportFewPlaces(subject) }
        let row = InequalityRow(
            subject: subject,
            orientation: orientation,
            backing: backing,
            part: part,
            aversions: options.aversions,
            behind: behind
        )
        rows.add(row)
        let keys = subject.sides.map { side in
            PartKey(
                country: side.country.code,
                year: side.year,
                isWeighted: behind.isWeighted,
                orientation: orientation
            )
        }
        guard subject.country == Self.pooled else {
            own[keys[0]] = part
            return
        }
        let parts = keys.enumerated().map { position, key in
            own[key] ?? InequalityDecomposition.Part(group(position), entropies: options.entropies)
        }
        let measures: [InequalityDecomposition.Measure] =
            [.gini, .entropy(1), .entropy(0)] + options.entropies.map { .entropy($0) }
        for measure in measures {
            guard let split = InequalityDecomposition(measure, of: parts, whole: part) else { continue }
            decompositions.add(DecompositionRow(row, measure, split, parts))
        }
    }
}

extension ComparedPanel {
    func inequality() -> ComparisonOutcome {
        var comparison = InequalityComparison(self)
        comparison.compareAll()
        return ComparisonOutcome(
            tables: [comparison.rows, comparison.decompositions],
            findings: comparison.reports.findings
        )
    }

    /// The levels of either country's places, from the coarsest to the finest.
    var levels: [PlaceLevel] {
        let own = reference.divisions.map(\.level)
        return own + other.divisions.map(\.level).filter { !own.contains($0) }
    }
}
