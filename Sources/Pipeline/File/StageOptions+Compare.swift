internal import Compare

/// The section that speaks of comparisons.
extension StageOptions {
    func compare() -> CompareOptions {
        let section = content["compare"]
        let usual = CompareOptions()
        // A table that nobody asked for is not written.
        let metrics = section?["metrics"]?.texts.compactMap(CompareOptions.Metric.init) ?? (section == nil ? [] : nil)
        return CompareOptions(
            reference: section?["reference"]?.text ?? usual.reference,
            other: section?["other"]?.text ?? usual.other,
            matchYearsWithin: section?["match_years"]?["within"]?.integer ?? usual.matchYearsWithin,
            metrics: metrics.map(Set.init) ?? usual.metrics,
            weightYearsWithin: section?["weight_years"]?["within"]?.integer ?? usual.weightYearsWithin,
            minimumCoverage: section?["minimum_coverage"]?.number.map { $0 / 100 },
            dynamics: dynamics()
        )
    }
}
