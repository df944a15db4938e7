import Indicators

/// A row of `concentration.csv`.
struct ConcentrationRow: ComparedRow {
    let places: PairedPlaces
    let isWeighted: Bool
    private let counted: [PairedPlaces.Entry]
    private let backing: Backing
    private let mean: Double
    let found: Concentration?
    private let behind: PlacesBehind

    /// It is `nil` of fewer than two places.
    init?(_ places: PairedPlaces, isWeighted: Bool) {
        counted = places.entries.filter { !isWeighted || $0.x.weight > 0 }
        let weights = counted.map { isWeighted ? $0.x.weight : 1 }
        guard counted.count > 1, let distribution = Distribution(counted.map(\.x.value), weights: weights) else {
            return nil
        }
        self.places = places
        self.isWeighted = isWeighted
        mean = distribution.mean
        let behindBoth = places.parts.map { part in
            CountedPlaces(
                part.entries.map(\.x).filter { !isWeighted || $0.weight > 0 },
                isWeighted: isWeighted,
                order: nil
            )
        }
        backing = Backing(places.sides.map(\.observed), counted: behindBoth, isWeighted: isWeighted)
        found = Concentration(of: counted.map(\.x.value), rankedBy: counted.map(\.y.value), weights: weights)
        behind = PlacesBehind(places.series, places.sides, isWeighted: isWeighted)
    }

    private var status: ObservationStatus {
        let status = places.status(counted, isWeighted: isWeighted)
        return backing.coverage < 0.5 ? status.worse(.unreliable) : status
    }

    var cells: [Cell] {
        [
            .text(places.series.key.indicator), .text(places.series.key.group),
            .text(places.partner.key.indicator), .text(places.level.rawValue), .text(places.country),
            .text(isWeighted ? places.series.indicator.denominator ?? "" : "simple"), .integer(places.year),
            .integer(places.yearOfPartner), Cell(places.yearOfOther), Cell(places.yearOfPartnerOfOther),
            .integer(counted.count), .integer(places.placeCount),
            .number(backing.coverage), .text(backing.coverageBasis), .number(mean),
            Cell(found?.index), Cell(found?.gini), Cell(found?.giniOfRanking), Cell(found?.kakwani),
            .text(status.rawValue), .text(places.grade(counted, isWeighted: isWeighted).rawValue),
            Cell(backing.weightYears[0]), Cell(places.isPooled ? backing.weightYears[1] : nil),
            .text(places.series.indicator.unit),
            .text(notes.joined(separator: "; ")),
        ]
    }

    private var notes: [String] {
        var notes: [String] = []
        if !places.hasOneYear { notes.append("years differ") }
        if places.partner.key.group != places.series.key.group {
            notes.append("ranked by the \(places.partner.key.group)")
        }
        if counted.count < InequalityComparison.fewPlaces {
            notes.append("fewer than \(InequalityComparison.fewPlaces) places")
        }
        return notes
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        switch column {
        case "year_ranked_by", "year_other", "year_ranked_by_other": CellOrigin("key")
        case "n": CellOrigin("count", counted.map { .init("x", of: $0.code, .observation($0.keyOfX, .value)) })
        case "places": behind.places(row.frame)
        case "coverage": coverage(row)
        case "coverage_basis": behind.basis(row)
        case "mean": CellOrigin("mean-of-places", inputs("value", row, \.keyOfX))
        case "gini": CellOrigin("gini", inputs("value", row, \.keyOfX))
        case "gini_ranked_by": CellOrigin("gini", inputs("value", row, \.keyOfY))
        case "concentration": CellOrigin("concentration", inputs("value", row, \.keyOfX) + ranking)
        case "kakwani": CellOrigin("kakwani", row.cells("concentration", "gini_ranked_by"))
        case "status":
            CellOrigin("worst-status", marks(.status, row) + [.init("coverage", row.cell("coverage"))])
        case "grade": CellOrigin("worst-grade", marks(.grade, row))
        case "weight_year": behind.weightYear(0, row)
        case "weight_year_other": behind.weightYear(1, row)
        case "note":
            CellOrigin("note", row.cells("year", "year_ranked_by", "year_other", "year_ranked_by_other", "n"))
        default: nil
        }
    }

    private var ranking: [Derivation.Input] {
        counted.map { .init("ranking", of: $0.code, .observation($0.keyOfY, .value)) }
    }

    private func inputs(
        _ role: String,
        _ row: RowQuestion,
        _ key: KeyPath<PairedPlaces.Entry, ObservationKey>
    ) -> [Derivation.Input] {
        let values = counted.map {
            Derivation.Input(role, of: $0.code, .observation($0[keyPath: key], .value))
        }
        return isWeighted ? values + weights(row) : values
    }

    private func weights(_ row: RowQuestion) -> [Derivation.Input] {
        let codes = Dictionary(uniqueKeysWithValues: counted.map { ($0.keyOfX.place, $0.code) })
        return behind.explained(row.frame).flatMap(\.counted).compactMap { value in
            codes[value.key.place].map { Derivation.Input("weight", of: $0, value.weightInput.source) }
        }
    }

    private func marks(_ aspect: ObservationKey.Aspect, _ row: RowQuestion) -> [Derivation.Input] {
        let codes = Set(counted.map(\.keyOfX.place))
        let weights = behind.explained(row.frame).flatMap(\.counted).filter { codes.contains($0.key.place) }
            .flatMap { value in
                value.weights.map { Derivation.Input("weight", of: value.key.place, .observation($0, aspect)) }
            }
        return places.inputs(counted, aspect) + (isWeighted ? weights : [])
    }

    private func coverage(_ row: RowQuestion) -> CellOrigin {
        var origin = behind.coverage(row, basis: backing.coverageBasis)
        guard backing.coverageBasis != ObservedDivision.placesBasis else { return origin }
        let codes = Set(counted.map(\.keyOfX.place))
        origin.inputs.removeAll { $0.role == "part" && !codes.contains($0.subject) }
        return origin
    }
}

extension ComparedPanel {
    /// The indices of `concentration.csv`.
    func concentrations() -> ComparisonOutcome {
        var rows = ComparedRows(.concentration, for: self)
        var reports = YearlyFindings()
        var known: Set<[String]> = []
        var met: Set<[String]> = []
        for pairs in options.concentration {
            paired(pairs) { places in
                if !places.entries.isEmpty { met.insert(places.indicators) }
                guard known.insert(places.keyTexts).inserted else { return }
                let words = places.words("ranked by")
                guard let simple = ConcentrationRow(places, isWeighted: false) else {
                    let hint = "no concentration is given"
                    reports.note("one-place", .note, words, places.year, expected: "two places with both", hint: hint)
                    return
                }
                if simple.found == nil {
                    reports.note("zero-mean", .warning, words, places.year, expected: "a mean above 0")
                }
                rows.add(simple)
                guard places.sides.allSatisfy({ $0.observed.weights != nil }),
                    let weighted = ConcentrationRow(places, isWeighted: true)
                else { return }
                rows.add(weighted)
            }
        }
        for pairs in options.concentration {
            reports.noteUnmet(
                pairs,
                met,
                "concentration-without-pairs",
                within: pairs.yearsWithin ?? options.matchYearsWithin
            )
        }
        return ComparisonOutcome(tables: [rows], findings: reports.findings)
    }
}
