internal import Compare

/// The section that speaks of comparisons.
extension StageOptions {
    mutating func compare() -> CompareOptions {
        let section = content["compare"]
        let usual = CompareOptions()
        // A table that nobody asked for is not written.
        let metrics = section?["metrics"]?.texts.compactMap(CompareOptions.Metric.init) ?? (section == nil ? [] : nil)
        var options = CompareOptions(
            reference: section?["reference"]?.text ?? usual.reference,
            other: section?["other"]?.text ?? usual.other,
            matchYearsWithin: section?["match_years"]?["within"]?.integer ?? usual.matchYearsWithin,
            metrics: metrics.map(Set.init) ?? usual.metrics,
            weightYearsWithin: section?["weight_years"]?["within"]?.integer ?? usual.weightYearsWithin,
            minimumCoverage: section?["minimum_coverage"]?.number.map { $0 / 100 },
            dynamics: dynamics()
        )
        options.inequality = inequality(section?["inequality"])
        if let pairs = section?["parity"]?.items {
            options.parity = pairs.map { GroupPair($0["of"]?.text ?? "", to: $0["to"]?.text ?? "") }
        }
        options.association = pairs(section?["association"], "with")
        options.concentration = pairs(section?["concentration"], "by")
        options.composition = (section?["composition"]?.items ?? []).compactMap { composition($0) }
        return options
    }

    private func inequality(_ section: Located?) -> InequalityOptions {
        let usual = InequalityOptions()
        return InequalityOptions(
            indicators: section?["indicators"]?.texts,
            entropies: section?["entropy"]?.items.compactMap(\.number) ?? usual.entropies,
            aversions: section?["atkinson"]?.items.compactMap(\.number) ?? usual.aversions
        )
    }

    private func pairs(_ section: Located?, _ partner: String) -> [IndicatorPairs] {
        (section?.items ?? []).map { entry in
            IndicatorPairs(
                of: entry["of"]?.texts ?? [],
                with: entry[partner]?.texts ?? [],
                yearsWithin: entry["within"]?.integer
            )
        }
    }

    private mutating func composition(_ entry: Located) -> CompositionOptions? {
        let shares: CompositionOptions.Shares
        switch (entry["counts"]?.text, entry["percent"]?.text) {
        case (let counts?, nil): shares = .counts(counts)
        case (nil, let percent?): shares = .percentOfFirst(percent)
        default:
            refuse(entry, "shares from two places or none", expected: "either counts or percent")
            return nil
        }
        return CompositionOptions(
            indicator: entry["indicator"]?.text ?? "",
            groups: entry["groups"]?.texts ?? [],
            shares: shares
        )
    }

    /// The words of the section that should be ids of the catalogue.
    static func indicatorsCompared(in section: Located?) -> [Located?] {
        var words = section?["inequality"]?["indicators"]?.items ?? []
        for key in ["association", "concentration"] {
            for entry in section?[key]?.items ?? [] {
                for part in ["of", "with", "by"] { words += entry[part]?.items ?? [] }
            }
        }
        let ofComposition = (section?["composition"]?.items ?? []).flatMap { entry in
            [entry["indicator"], entry["counts"], entry["percent"]]
        }
        return words + ofComposition
    }
}
