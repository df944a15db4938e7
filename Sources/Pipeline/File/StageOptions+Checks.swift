internal import Check
internal import Indicators

/// The section that speaks of checks.
extension StageOptions {
    mutating func checks() -> [CheckRule] {
        var rules: [CheckRule] = []
        for (index, entry) in (content["checks"]?.items ?? []).enumerated() {
            guard let metric = entry["metric"]?.text else { continue }
            let warnIf = band(entry["warn_if"])
            let failIf = band(entry["fail_if"])
            if entry["warn_if"] == nil && entry["fail_if"] == nil {
                refuse(entry, "a check without a band", expected: "warn_if, fail_if or both")
            }
            let quantity = entry["judge"]?.text.flatMap(CheckRule.Quantity.init) ?? .value
            refuseContradictions(entry, quantity)
            rules.append(
                CheckRule(
                    id: entry["id"]?.text ?? "\(metric)-\(index + 1)",
                    metric: metric,
                    select: select(entry["select"]),
                    warnIf: warnIf,
                    failIf: failIf,
                    quantity: quantity,
                    countIf: condition(entry["count_if"]),
                    baseline: entry["baseline"]?.text ?? "previous",
                    runs: entry["for"]?.text.flatMap(Self.runs) ?? 1,
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

    /// The number of `2 runs`, `1 run` or `2`; `nil` for anything else.
    static func runs(_ text: String) -> Int? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count <= 2, words.count == 1 || words[1] == "runs" || words[1] == "run",
            (1...4).contains(words[0].utf8.count), words[0].utf8.first != 0x30,
            words[0].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(words[0])
    }

    private mutating func refuseContradictions(_ entry: Located, _ quantity: CheckRule.Quantity) {
        if let baseline = entry["baseline"], !quantity.isOfChange {
            refuse(
                baseline,
                "a baseline where no change is judged",
                expected: "judge: change or another change beside it"
            )
        }
        if let counted = entry["count_if"], !quantity.isOfCount {
            refuse(counted, "count_if where nothing is counted", expected: "judge: count or judge: percent beside it")
        }
        if quantity.isOfCount, entry["count_if"] == nil {
            refuse(entry["judge"], "a count of nothing", expected: "count_if: a band, or missing")
        }
    }

    private mutating func condition(_ located: Located?) -> CheckRule.Condition? {
        guard let located else { return nil }
        if located.text == "missing" { return .missing }
        return band(located).map(CheckRule.Condition.inBand)
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
