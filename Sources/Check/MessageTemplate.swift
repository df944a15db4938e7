import Indicators

/// A message with places to fill in, checked before any row is judged.
struct MessageTemplate {
    private enum Part {
        case words(String)
        case value
        case check
        case metric
        case key(Int)
    }

    private let parts: [Part]

    /// Reads the message of a rule.
    ///
    /// - Throws: ``CheckError`` where a brace stays open or names nothing that can be filled in.
    init(of rule: CheckRule, in schema: TableSchema) throws(CheckError) {
        var parts: [Part] = []
        var words = ""
        var rest = Substring(rule.message)
        while let character = rest.first {
            rest = rest.dropFirst()
            guard character == "{" || character == "}" else {
                words.append(character)
                continue
            }
            if rest.first == character {
                words.append(character)
                rest = rest.dropFirst()
                continue
            }
            guard character == "{", let end = rest.firstIndex(of: "}") else {
                throw CheckError(
                    rule,
                    "a brace without its partner in the message",
                    expected: "{value} or another name in braces, {{ for a brace",
                    found: rule.message
                )
            }
            parts.append(.words(words))
            words = ""
            parts.append(try Self.part(String(rest[..<end]), of: rule, in: schema))
            rest = rest[rest.index(after: end)...]
        }
        parts.append(.words(words))
        self.parts = rule.message.isEmpty ? [] : parts
    }

    private static func part(_ name: String, of rule: CheckRule, in schema: TableSchema) throws(CheckError) -> Part {
        switch name {
        case "value": return .value
        case "check": return .check
        case "metric": return .metric
        default:
            let keys = schema.keyIndices
            if let column = schema.index(of: name), keys.contains(column) { return .key(column) }
            let names = ["value", "check", "metric"] + keys.map { schema.columns[$0].id }
            throw CheckError(
                rule,
                "unknown name in the message",
                expected: "one of \(names.joined(separator: ", "))",
                found: "{\(name)}",
                hint: hint(for: name, among: names)
            )
        }
    }

    /// The message for a row, in words of ours where the rule has none.
    func text(row: Int, metric: Metric, value: Double?, rule: CheckRule) -> String {
        let number = value.map(Cell.format) ?? "missing"
        guard !parts.isEmpty else { return rule.defaultMessage(number, value) }
        return parts.map { part in
            switch part {
            case .words(let words): words
            case .value: number
            case .check: rule.id
            case .metric: rule.metric
            case .key(let column): metric.table[row, column].text
            }
        }.joined()
    }
}

extension CheckRule {
    /// `gaps.parity is 0.5, in the fail band < 0.6`.
    fileprivate func defaultMessage(_ number: String, _ value: Double?) -> String {
        guard let value else { return "\(metric) has no value to judge" }
        if let failIf, failIf.contains(value) { return "\(metric) is \(number), in the fail band \(failIf.text)" }
        if let warnIf, warnIf.contains(value) { return "\(metric) is \(number), in the warn band \(warnIf.text)" }
        return "\(metric) is \(number)"
    }
}
