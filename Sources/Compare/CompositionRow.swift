import Indicators

/// A row of `gap-composition.csv`: one group, or all.
struct CompositionRow: ComparedRow {
    /// A country in a year.
    struct Country {
        var code: String
        var year: Int
        var shares: [Double]
        var rates: [Double?]
        /// Of each group's rate; no observation where it is missing.
        var rateKeys: [ObservationKey]
        /// Of the shares: of each group its count, or of the first its percentage.
        var shareKeys: [ObservationKey]
        var status: ObservationStatus
        var grade: Grade

        var population: CompositionSplit.Population { .init(shares: shares, rates: rates) }
    }

    static let all = "all"

    let indicator: Indicator
    let options: CompositionOptions
    /// The position of the group, `nil` for all together.
    let group: Int?
    let countries: [Country]
    let split: CompositionSplit

    private var sign: Double { indicator.direction.sign }
    private var rates: [[Double]] { [split.rates.reference, split.rates.other] }

    /// Of a country: the group's rate, or the mean of all weighted by their shares.
    private func rate(_ side: Int) -> Double {
        group.map { rates[side][$0] } ?? zip(countries[side].shares, rates[side]).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private func effect(_ effects: [Double]) -> Double {
        sign * (group.map { effects[$0] } ?? effects.reduce(0, +)) + 0
    }

    var cells: [Cell] {
        let (composition, rate) = (effect(split.composition), effect(split.rate))
        let status = countries[0].status.worse(countries[1].status)
        return [
            .text(indicator.id), .text(options.groups.joined(separator: " ")), .integer(countries[0].year),
            .integer(countries[1].year), .text(group.map { options.groups[$0] } ?? Self.all),
            .number(group.map { countries[0].shares[$0] } ?? 1), .number(group.map { countries[1].shares[$0] } ?? 1),
            .number(self.rate(0)), .number(self.rate(1)),
            .number(composition), .number(rate), .number(composition + rate),
            .text(status.rawValue), .text(countries[0].grade.worse(countries[1].grade).rawValue),
            .text(indicator.unit), .text(indicator.direction.rawValue),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        for (side, suffix) in ["_reference", "_other"].enumerated() where column.hasSuffix(suffix) {
            return column.hasPrefix("share") ? share(side) : rateOrigin(side, suffix, row)
        }
        switch column {
        case "composition_effect": return effect("composition-effect", column, row)
        case "rate_effect": return effect("rate-effect", column, row)
        case "effect": return CellOrigin("sum", row.cells("composition_effect", "rate_effect"))
        case "status": return CellOrigin("worst-status", marks(.status))
        case "grade": return CellOrigin("worst-grade", marks(.grade))
        default: return nil
        }
    }

    private func share(_ side: Int) -> CellOrigin {
        guard let group else { return CellOrigin("whole") }
        let country = countries[side]
        let inputs = country.shareKeys.map { Derivation.Input("value", .observation($0, .value)) }
        switch options.shares {
        case .counts:
            return CellOrigin(
                "share",
                [.init("part", inputs[group].source)] + inputs.map { .init("whole", $0.source) }
            )
        case .percentOfFirst:
            return CellOrigin(group == 0 ? "percentage" : "rest-of-percentage", inputs)
        }
    }

    private func rateOrigin(_ side: Int, _ suffix: String, _ row: RowQuestion) -> CellOrigin {
        if let group {
            let source = countries[side].rates[group] == nil ? 1 - side : side
            return CellOrigin("same", [.init("rate", .observation(countries[source].rateKeys[group], .value))])
        }
        return CellOrigin(
            "weighted-sum",
            options.groups.flatMap { group in
                [
                    Derivation.Input("share", of: group, .cell(address(group, "share\(suffix)", row))),
                    Derivation.Input("rate", of: group, .cell(address(group, "rate\(suffix)", row))),
                ]
            }
        )
    }

    private func effect(_ rule: String, _ column: String, _ row: RowQuestion) -> CellOrigin {
        if group == nil {
            return CellOrigin(
                "sum",
                options.groups.map { .init("effect", of: $0, .cell(address($0, column, row))) }
            )
        }
        return CellOrigin(
            rule,
            row.cells("share_reference", "share_other", "rate_reference", "rate_other"),
            parameters: [.init("direction", indicator.direction.rawValue)]
        )
    }

    /// A cell of the row of another group.
    private func address(_ group: String, _ column: String, _ row: RowQuestion) -> CellAddress {
        let schema = TableSchema.gapComposition
        var keys = zip(schema.keyIndices, cells).map { CellAddress.Key(schema.columns[$0].id, $1.text) }
        keys[keys.count - 1].value = group
        return CellAddress(table: schema.name, keys: keys, column: column)
    }

    private func marks(_ aspect: ObservationKey.Aspect) -> [Derivation.Input] {
        countries.flatMap { country in
            let rates = zip(country.rates, country.rateKeys).compactMap { $0 == nil ? nil : $1 }
            return (rates + country.shareKeys).map { key in
                Derivation.Input("value", of: key.place, .observation(key, aspect))
            }
        }
    }
}

extension ComparedPanel {
    /// The rows of `gap-composition.csv`: the countries' own figures by groups.
    func compositions() -> ComparisonOutcome {
        var rows = ComparedRows(.gapComposition, for: self)
        var reports = YearlyFindings()
        for options in options.composition {
            guard let indicator = catalogue[options.indicator] else { continue }
            let words = "\(options.indicator) by \(options.groups.joined(separator: " and "))"
            guard indicator.direction != .neutral else {
                reports.note("no-direction", .warning, words, expected: "an indicator of which one direction is better")
                continue
            }
            let sides = [reference, other].map { populations(of: options, $0) }
            let pairs = YearPair.matches(
                reference: sides[0].keys.sorted(),
                other: sides[1].keys.sorted(),
                within: self.options.matchYearsWithin
            )
            if pairs.isEmpty {
                let expected = "rates and shares of every group in both countries in years that match"
                reports.note("not-decomposed", .note, words, expected: expected)
            }
            for pair in pairs {
                guard let one = sides[0][pair.reference], let two = sides[1][pair.other] else { continue }
                guard let split = CompositionSplit(reference: one.population, other: two.population) else {
                    let expected = "a rate of every group that has a share"
                    reports.note("rate-missing", .warning, words, panel.years[pair.reference], expected: expected)
                    continue
                }
                let groups: [Int?] = options.groups.indices.map { $0 } + [nil]
                rows.add(
                    groups.map { group in
                        CompositionRow(
                            indicator: indicator,
                            options: options,
                            group: group,
                            countries: [one, two],
                            split: split
                        )
                    }
                )
            }
        }
        return ComparisonOutcome(tables: [rows], findings: reports.findings)
    }

    /// A country's rates and shares in each year that has any rate of a group and the shares of all.
    private func populations(of options: CompositionOptions, _ country: ComparedCountry) -> [Int: CompositionRow
        .Country]
    {
        guard let place = country.place else { return [:] }
        var populations: [Int: CompositionRow.Country] = [:]
        for year in panel.years.indices {
            let rates = options.groups.map { observation(options.indicator, $0, year, place) }
            guard rates.contains(where: { $0 != nil }) else { continue }
            let offsets = (0...self.options.weightYearsWithin).flatMap { $0 == 0 ? [0] : [$0, -$0] }
            let shares = offsets.lazy.compactMap { self.shares(of: options, year + $0, place) }.first
            guard let shares else { continue }
            let marked = rates.compactMap { $0 } + shares.sources
            populations[year] = CompositionRow.Country(
                code: country.code,
                year: panel.years[year],
                shares: shares.values,
                rates: rates.map { $0?.value },
                rateKeys: options.groups.map {
                    ObservationKey(
                        indicator: options.indicator,
                        place: country.code,
                        year: panel.years[year],
                        group: $0
                    )
                },
                shareKeys: shares.sources.map { ObservationKey($0) },
                status: ObservationStatus.worst(of: marked.map(\.status)) ?? .normal,
                grade: Grade.worst(of: marked.map(\.grade)) ?? .official
            )
        }
        return populations
    }

    private func shares(
        of options: CompositionOptions,
        _ year: Int,
        _ place: Int
    ) -> (values: [Double], sources: [Observation])? {
        guard panel.years.indices.contains(year) else { return nil }
        switch options.shares {
        case .counts(let indicator):
            let counts = options.groups.compactMap { observation(indicator, $0, year, place) }
            let values = counts.compactMap(\.value)
            guard values.count == options.groups.count, values.allSatisfy({ $0 >= 0 }),
                let total = ExactSum(of: values).value, total > 0
            else { return nil }
            return (values.map { $0 / total }, counts)
        case .percentOfFirst(let indicator):
            guard let source = observation(indicator, Group.total, year, place), let percent = source.value,
                (0...100).contains(percent)
            else { return nil }
            return ([percent / 100, (100 - percent) / 100], [source])
        }
    }

    /// An observation with a value.
    private func observation(_ indicator: String, _ group: String, _ year: Int, _ place: Int) -> Observation? {
        guard let series = panel.index(of: SeriesKey(indicator: indicator, group: group)),
            let source = panel.source(series: series, year: year, place: place), observations[source].value != nil
        else { return nil }
        return observations[source]
    }
}
