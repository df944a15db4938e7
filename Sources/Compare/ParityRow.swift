import Indicators

/// A row of `parity.csv`.
struct ParityRow: ComparedRow {
    struct Side {
        var observation: Observation
        var value: Double

        var key: ObservationKey { ObservationKey(observation) }
    }

    let indicator: Indicator
    let numerator: Side
    let denominator: Side
    let country: String
    let level: String
    /// The parity of the reference as a whole.
    let benchmark: (year: Int, index: Double, numerator: ObservationKey, denominator: ObservationKey)?
    let found: GroupParity

    init(
        _ indicator: Indicator,
        _ numerator: Side,
        _ denominator: Side,
        _ place: Place,
        benchmark: (year: Int, index: Double, numerator: ObservationKey, denominator: ObservationKey)?
    ) {
        self.indicator = indicator
        self.numerator = numerator
        self.denominator = denominator
        country = place.country
        level = place.level.rawValue
        self.benchmark = benchmark
        let errors = numerator.observation.standardError.flatMap { one in
            denominator.observation.standardError.map { (one, $0) }
        }
        found = GroupParity(numerator: numerator.value, denominator: denominator.value, errors: errors)
    }

    var cells: [Cell] {
        let own = numerator.observation
        let status = own.status.worse(denominator.observation.status)
        return [
            .text(indicator.id), .text(own.group), .text(denominator.observation.group), .text(own.place),
            .integer(own.year), .text(country), .text(level),
            .number(numerator.value), .number(denominator.value),
            Cell(found.index), Cell(found.adjusted), Cell(found.difference),
            Cell(found.interval?.low), Cell(found.interval?.high),
            Cell(benchmark?.year), Cell(benchmark?.index),
            .text(status.rawValue), .text(own.grade.worse(denominator.observation.grade).rawValue),
            .text(indicator.unit), .text(indicator.direction.rawValue),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func both(_ aspect: ObservationKey.Aspect) -> [Derivation.Input] {
            [
                .init("numerator", .observation(numerator.key, aspect)),
                .init("denominator", .observation(denominator.key, aspect)),
            ]
        }
        switch column {
        case "country", "level":
            return CellOrigin("place", [.init("place", .place(numerator.observation.place, column: column))])
        case "value_numerator": return CellOrigin("same", [both(.value)[0]])
        case "value_denominator": return CellOrigin("same", [both(.value)[1]])
        case "parity": return CellOrigin("quotient", row.cells("value_numerator", "value_denominator"))
        case "parity_adjusted": return CellOrigin("adjusted-parity", row.cells("parity"))
        case "difference": return CellOrigin("less", row.cells("value_numerator", "value_denominator"))
        case "parity_low", "parity_high":
            return CellOrigin(
                "log-interval",
                row.cells("parity", "value_numerator", "value_denominator") + [
                    row.frame.errorInput("numerator error", numerator.key),
                    row.frame.errorInput("denominator error", denominator.key),
                ],
                parameters: [.init("bound", column == "parity_low" ? "low" : "high"), .init("confidence", "0.95")]
            )
        case "year_benchmark": return CellOrigin("key")
        case "parity_benchmark":
            return CellOrigin(
                "quotient",
                benchmark.map {
                    [
                        .init("numerator", .observation($0.numerator, .value)),
                        .init("denominator", .observation($0.denominator, .value)),
                    ]
                } ?? []
            )
        case "status": return CellOrigin("worst-status", both(.status))
        case "grade": return CellOrigin("worst-grade", both(.grade))
        default: return nil
        }
    }
}

extension ComparedPanel {
    /// The rows of `parity.csv`.
    func parities() -> ComparisonOutcome {
        var rows = ComparedRows(.parity, for: self)
        var reports = YearlyFindings()
        for series in series {
            for pair in options.parity {
                guard let group = pair.denominator(of: series.key.group) else { continue }
                let key = SeriesKey(indicator: series.key.indicator, group: group)
                guard let against = panel.index(of: key) else {
                    let words = "\(series.key.indicator), \(series.key.group)"
                    reports.note("group-without-counterpart", .note, words, expected: "values of \(group) beside it")
                    continue
                }
                let made = parities(series, against, &reports)
                rows.add(made)
            }
        }
        return ComparisonOutcome(tables: [rows], findings: reports.findings)
    }

    private func parities(
        _ series: ComparedSeries,
        _ against: Int,
        _ reports: inout YearlyFindings
    ) -> [ParityRow] {
        let group = panel.series[against].group
        let words = "\(series.key.indicator), \(series.key.group) / \(group)"
        let national = reference.place.map { benchmarks(series.position, against, $0) } ?? []
        var rows: [ParityRow] = []
        for year in panel.years.indices
        where panel.isObserved(series: series.position, year: year) && panel.isObserved(series: against, year: year) {
            for place in panel.places.indices {
                guard let numerator = side(series.position, year, place), let denominator = side(against, year, place),
                    let code = gazetteer[panel.places[place]]
                else { continue }
                let near = national.filter { abs($0.year - panel.years[year]) <= options.matchYearsWithin }
                let benchmark = near.min { one, other in
                    (abs(one.year - panel.years[year]), -one.year) < (abs(other.year - panel.years[year]), -other.year)
                }
                let row = ParityRow(series.indicator, numerator, denominator, code, benchmark: benchmark)
                if row.found.index == nil {
                    reports.note(
                        "parity-undefined",
                        .warning,
                        "\(words), \(code.code)",
                        panel.years[year],
                        expected: "values of 0 or more, and \(group) above 0"
                    )
                }
                rows.append(row)
            }
        }
        return rows
    }

    private func side(_ series: Int, _ year: Int, _ place: Int) -> ParityRow.Side? {
        guard let source = panel.source(series: series, year: year, place: place),
            let value = observations[source].value
        else { return nil }
        return ParityRow.Side(observation: observations[source], value: value)
    }

    /// The parity of a place in every year that has one.
    private func benchmarks(
        _ series: Int,
        _ against: Int,
        _ place: Int
    ) -> [(year: Int, index: Double, numerator: ObservationKey, denominator: ObservationKey)] {
        panel.years.indices.compactMap { year in
            guard let one = side(series, year, place), let other = side(against, year, place),
                let index = GroupParity(numerator: one.value, denominator: other.value).index
            else { return nil }
            return (panel.years[year], index, one.key, other.key)
        }
    }
}
