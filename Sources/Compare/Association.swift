import Indicators

/// A row of `association.csv`.
struct AssociationRow: ComparedRow {
    let places: PairedPlaces
    let spearman: Double?
    let kendall: Double?

    init(_ places: PairedPlaces) {
        self.places = places
        let (x, y) = (Ranking(places.entries.map(\.x.value)), Ranking(places.entries.map(\.y.value)))
        spearman = RankAgreement.spearman(x, y)
        kendall = RankAgreement.kendallTauB(x, y)
    }

    private var coverage: Double { Double(places.entries.count) / Double(places.placeCount) }

    private var status: ObservationStatus {
        let status = places.status(places.entries, isWeighted: false)
        return coverage < 0.5 ? status.worse(.unreliable) : status
    }

    var cells: [Cell] {
        let count = places.entries.count
        let intervals = [
            spearman.flatMap { Interval(ofSpearman: $0, count: count) },
            kendall.flatMap { Interval(ofKendall: $0, count: count) },
        ]
        return [
            .text(places.series.key.indicator), .text(places.series.key.group),
            .text(places.partner.key.indicator), .text(places.level.rawValue), .text(places.country),
            .integer(places.year), .integer(places.yearOfPartner), Cell(places.yearOfOther),
            Cell(places.yearOfPartnerOfOther), .integer(count), .integer(places.placeCount),
            .number(coverage),
            Cell(spearman), Cell(intervals[0]?.low), Cell(intervals[0]?.high),
            Cell(kendall), Cell(intervals[1]?.low), Cell(intervals[1]?.high),
            .text(status.rawValue), .text(places.grade(places.entries, isWeighted: false).rawValue),
            .text(notes.joined(separator: "; ")),
        ]
    }

    private var notes: [String] {
        var notes: [String] = []
        if !places.hasOneYear { notes.append("years differ") }
        if places.partner.key.group != places.series.key.group { notes.append("with the \(places.partner.key.group)") }
        if places.entries.count < InequalityComparison.fewPlaces {
            notes.append("fewer than \(InequalityComparison.fewPlaces) places")
        }
        if spearman == nil { notes.append("one of the two is constant") }
        return notes
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        switch column {
        case "year_with", "year_other", "year_with_other": CellOrigin("key")
        case "n":
            CellOrigin("count", places.entries.map { .init("x", of: $0.code, .observation($0.keyOfX, .value)) })
        case "places": PlacesBehind(places.series, places.sides, isWeighted: false).places(row.frame)
        case "coverage": CellOrigin("share", [.init("part", row.cell("n")), .init("whole", row.cell("places"))])
        case "spearman": CellOrigin("spearman", places.inputs(places.entries))
        case "kendall_tau_b": CellOrigin("kendall-tau-b", places.inputs(places.entries))
        case "spearman_low", "spearman_high":
            CellOrigin("fisher-interval", row.cells("spearman", "n"), parameters: bound(column))
        case "kendall_low", "kendall_high":
            CellOrigin("fisher-interval", row.cells("kendall_tau_b", "n"), parameters: bound(column))
        case "status":
            CellOrigin(
                "worst-status",
                places.inputs(places.entries, .status) + [.init("coverage", row.cell("coverage"))]
            )
        case "grade": CellOrigin("worst-grade", places.inputs(places.entries, .grade))
        case "note": CellOrigin("note", row.cells("year", "year_with", "year_other", "year_with_other", "n"))
        default: nil
        }
    }

    private func bound(_ column: String) -> [Derivation.Parameter] {
        [.init("bound", column.hasSuffix("low") ? "low" : "high"), .init("confidence", "0.95")]
    }
}

extension ComparedPanel {
    /// The rank correlations of `association.csv`.
    func associations() -> ComparisonOutcome {
        var rows = ComparedRows(.association, for: self)
        var reports = YearlyFindings()
        var known: Set<[String]> = []
        var met: Set<[String]> = []
        for pairs in options.association {
            paired(pairs) { places in
                if !places.entries.isEmpty { met.insert(places.indicators) }
                let row = AssociationRow(places)
                let words = places.words("with")
                guard places.entries.count > 1 else {
                    let hint = "no association is given"
                    reports.note("one-place", .note, words, places.year, expected: "two places with both", hint: hint)
                    return
                }
                // Two entries of the pipeline may ask for the same pair.
                guard known.insert(places.keyTexts).inserted else { return }
                if row.spearman == nil {
                    let expected = "values that differ in both"
                    reports.note("constant-indicator", .warning, words, places.year, expected: expected)
                }
                rows.add(row)
            }
        }
        for pairs in options.association {
            reports.noteUnmet(
                pairs,
                met,
                "association-without-pairs",
                within: pairs.yearsWithin ?? options.matchYearsWithin
            )
        }
        return ComparisonOutcome(tables: [rows], findings: reports.findings)
    }
}

extension PairedPlaces {
    func words(_ preposition: String) -> String {
        "\(series.key.indicator), \(series.key.group), \(preposition) \(partner.key.indicator),"
            + " \(level.rawValue) of \(country)"
    }

    var indicators: [String] { [series.key.indicator, partner.key.indicator] }

    var keyTexts: [String] {
        [series.key.indicator, series.key.group, partner.key.indicator, level.rawValue, country, String(year)]
    }
}

extension YearlyFindings {
    /// Says which indicators that a pipeline asks for have no places with both, at most so many years apart; `met` are those
    /// that have, x before y.
    mutating func noteUnmet(_ pairs: IndicatorPairs, _ met: Set<[String]>, _ code: String, within: Int) {
        for x in pairs.of {
            for y in pairs.with where x != y && !met.contains([x, y]) {
                let expected = "places of a country that have both, at most \(within) years apart"
                note(code, .warning, "\(x) and \(y)", expected: expected)
            }
        }
    }
}
