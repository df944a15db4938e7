internal import Check
internal import Compare
internal import Indicators

/// The sections that speak of results: comparisons and checks.
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
            minimumCoverage: section?["minimum_coverage"]?.number.map { $0 / 100 }
        )
    }

    mutating func checks() -> [CheckRule] {
        var rules: [CheckRule] = []
        for (index, entry) in (content["checks"]?.items ?? []).enumerated() {
            guard let metric = entry["metric"]?.text else { continue }
            let warnIf = band(entry["warn_if"])
            let failIf = band(entry["fail_if"])
            if entry["warn_if"] == nil && entry["fail_if"] == nil {
                refuse(entry, "a check without a band", expected: "warn_if, fail_if or both")
            }
            rules.append(
                CheckRule(
                    id: entry["id"]?.text ?? "\(metric)-\(index + 1)",
                    metric: metric,
                    select: select(entry["select"]),
                    warnIf: warnIf,
                    failIf: failIf,
                    owner: entry["owner"]?.text ?? "",
                    message: entry["message"]?.text ?? "",
                    file: file,
                    line: entry.place.line,
                    column: entry.place.column
                )
            )
        }
        return rules
    }

    private mutating func band(_ located: Located?) -> Band? {
        guard let located, let text = located.text else { return nil }
        do {
            return try Band(parsing: text)
        } catch {
            refuse(located, "no band", expected: error.expected, found: Printable.quoted(text))
            return nil
        }
    }

    private func select(_ located: Located?) -> [String: CheckRule.Selector] {
        let entries = (located?.entries ?? []).map { key, _, value -> (String, CheckRule.Selector) in
            switch value.text {
            case "latest": (key, .latest)
            case let text?: (key, .value(text))
            case nil: (key, .anyOf(value.texts))
            }
        }
        return Dictionary(entries) { first, _ in first }
    }
}
