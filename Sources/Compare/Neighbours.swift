import Indicators

/// A place's own value in a year.
struct PlaceValue {
    var place: String
    var year: Int
    var value: Double
    var status: ObservationStatus
    var grade: Grade

    func key(_ series: ComparedSeries) -> ObservationKey {
        ObservationKey(indicator: series.key.indicator, place: place, year: year, group: series.key.group)
    }
}

/// A row of `neighbours.csv`: a place and one that it touches across the border.
struct NeighbourRow: ComparedRow {
    var series: ComparedSeries
    var reference: PlaceValue
    var other: PlaceValue

    var gap: Gap {
        Gap(reference: reference.value, other: other.value, direction: series.indicator.direction)
    }

    var cells: [Cell] {
        [
            .text(series.key.indicator), .text(series.key.group), .text(reference.place), .text(other.place),
            .integer(reference.year), .integer(other.year),
        ] + gapCells(series, reference, other)
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        gapOrigin(of: column, row, series, reference, other)
    }
}

/// The cells of a comparison of two places, from `value_reference` on.
func gapCells(_ series: ComparedSeries, _ left: PlaceValue, _ right: PlaceValue) -> [Cell] {
    let gap = Gap(reference: left.value, other: right.value, direction: series.indicator.direction)
    return [
        .number(left.value), .number(right.value),
        Cell(gap.absolute), Cell(gap.relative), Cell(gap.ratio), Cell(gap.logRatio), Cell(gap.parity),
        .text(left.status.worse(right.status).rawValue), .text(left.grade.worse(right.grade).rawValue),
        .text(series.indicator.unit), .text(series.indicator.direction.rawValue),
        .text(left.year == right.year ? "" : "years differ"),
    ]
}

/// Where one of these cells comes from.
func gapOrigin(
    of column: String,
    _ row: RowQuestion,
    _ series: ComparedSeries,
    _ left: PlaceValue,
    _ right: PlaceValue
) -> CellOrigin? {
    let sides: [Derivation.Input] = [
        .init("A", row.cell("value_reference")), .init("B", row.cell("value_other")),
    ]
    let oriented = [Derivation.Parameter("direction", series.indicator.direction.rawValue)]
    switch column {
    case "value_reference": return CellOrigin("same", [.init("value", .observation(left.key(series), .value))])
    case "value_other": return CellOrigin("same", [.init("value", .observation(right.key(series), .value))])
    case "absolute_gap": return CellOrigin("difference", sides, parameters: oriented)
    case "relative_gap":
        return CellOrigin("relative-gap", [.init("gap", row.cell("absolute_gap")), sides[0]], parameters: oriented)
    case "ratio", "parity": return CellOrigin(column, sides)
    case "log_ratio": return CellOrigin("log-ratio", sides)
    case "status", "grade":
        guard let aspect = ObservationKey.Aspect(rawValue: column) else { return nil }
        return CellOrigin(
            "worst-\(column)",
            [left, right].map { .init("value", of: $0.place, .observation($0.key(series), aspect)) }
        )
    case "note": return CellOrigin("note", row.cells("year_reference", "year_other"))
    default: return nil
    }
}

extension ComparedPanel {
    /// A place's own value, `nil` where it has none.
    func ownValue(_ series: ComparedSeries, _ place: Int, _ year: Int) -> PlaceValue? {
        guard let source = panel.source(series: series.position, year: year, place: place),
            let value = observations[source].value
        else { return nil }
        return PlaceValue(
            place: panel.places[place],
            year: panel.years[year],
            value: value,
            status: observations[source].status,
            grade: observations[source].grade
        )
    }

    /// In which years a place has a value of its own, as positions.
    func ownYears(_ series: ComparedSeries, _ place: Int) -> [Int] {
        panel.years(of: series.position, at: place)
    }

    /// The pairs of places of both countries that touch, by the positions of the reference's place and of the other's: whoever
    /// of the two names the other.
    func borderPairs() -> (pairs: [(reference: Int, other: Int)], findings: [Finding]) {
        var listed: [[String]: Int] = [:]
        var findings: [Finding] = []
        for place in gazetteer.places where [options.reference, options.other].contains(place.country) {
            for code in place.neighbours {
                guard let neighbour = gazetteer[code] else {
                    findings.append(
                        Finding(
                            code: "unknown-neighbour",
                            severity: .warning,
                            found: "\(code), beside \(place.code)",
                            expected: "the code of a place in the gazetteer",
                            hint: "the pair is left out"
                        )
                    )
                    continue
                }
                guard neighbour.country != place.country,
                    [options.reference, options.other].contains(neighbour.country)
                else { continue }
                let isReference = place.country == options.reference
                listed[isReference ? [place.code, code] : [code, place.code], default: 0] += 1
            }
        }
        let pairs = listed.keys.sorted { $0.lexicographicallyPrecedes($1) }
        for pair in pairs where listed[pair] == 1 {
            findings.append(
                Finding(
                    code: "neighbour-one-sided",
                    severity: .note,
                    found: "\(pair[0]) and \(pair[1])",
                    expected: "each named among the neighbours of the other",
                    hint: "the pair is compared all the same"
                )
            )
        }
        let positions = pairs.compactMap { pair -> (reference: Int, other: Int)? in
            guard let one = panel.index(ofPlace: pair[0]), let two = panel.index(ofPlace: pair[1]) else { return nil }
            return (one, two)
        }
        return (positions, findings)
    }

    /// `neighbours.csv` and `border.csv`.
    func neighbours() -> ComparisonOutcome {
        var table = ComparedRows(.neighbours, for: self)
        var border = ComparedRows(.border, for: self)
        var (pairs, findings) = borderPairs()
        if pairs.isEmpty {
            findings.append(
                Finding(
                    code: "no-neighbours",
                    severity: .note,
                    found: "\(options.reference) and \(options.other): no place touches one of the other country",
                    expected: "codes in the column neighbours of the places",
                    hint: "neighbours and border are empty"
                )
            )
        }
        for series in series {
            let years = panel.years.indices.filter { panel.isObserved(series: series.position, year: $0) }
            let rows = pairs.flatMap { neighbourRows(series, years, $0) }
            guard !rows.isEmpty else { continue }
            table.add(rows)
            let groups = Dictionary(grouping: rows) { [$0.reference.year, $0.other.year] }
            for years in groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                border.add(borderRows(series, groups[years] ?? [], pairs))
            }
        }
        return ComparisonOutcome(tables: [table, border], findings: findings)
    }

    /// Of the years in which any place was observed, as positions.
    private func neighbourRows(
        _ series: ComparedSeries,
        _ years: [Int],
        _ pair: (reference: Int, other: Int)
    ) -> [NeighbourRow] {
        func own(_ place: Int) -> [Int] {
            years.filter { panel.value(series: series.position, year: $0, place: place) != nil }
        }
        let ownYears = own(pair.reference)
        guard !ownYears.isEmpty else { return [] }
        let matches = YearPair.matches(
            reference: ownYears,
            other: own(pair.other),
            within: options.matchYearsWithin
        )
        return matches.compactMap { years in
            guard let left = ownValue(series, pair.reference, years.reference),
                let right = ownValue(series, pair.other, years.other)
            else { return nil }
            return NeighbourRow(series: series, reference: left, other: right)
        }
    }
}
