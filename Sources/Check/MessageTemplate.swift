import Glibc
import Indicators

/// A message with places to fill in, checked before any row is judged.
struct MessageTemplate {
    private enum Part {
        case words(String)
        case name(String)
        case key(String)
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
        var names = ["value", "check", "metric", "owner", "warn_if", "fail_if"]
        if rule.quantity.isOfChange { names += ["measured", "baseline", "change", "change_percent"] }
        if rule.quantity.isOfCount { names += ["count", "cells", "percent"] }
        let keys = rule.quantity.isOfCount ? [] : schema.keyIndices.map { schema.columns[$0].id }
        if names.contains(name) { return .name(name) }
        if keys.contains(name) { return .key(name) }
        throw CheckError(
            rule,
            "unknown name in the message",
            expected: "one of \((names + keys).joined(separator: ", "))",
            found: "{\(name)}",
            hint: hint(for: name, among: names + keys)
        )
    }

    /// The message for a subject, in words of ours where the rule has none or there is nothing to compare with.
    ///
    /// - Parameters:
    ///   - subject: What was judged.
    ///   - rule: By what.
    ///   - verdict: Of this run alone.
    /// - Returns: One line, unless the rule's message has several.
    func text(of subject: Subject, by rule: CheckRule, _ verdict: Verdict) -> String {
        if case .noBaseline(let reason) = subject.judged {
            return "skipped: no baseline" + (reason.isEmpty ? "" : ": \(reason)")
        }
        guard !parts.isEmpty else { return subject.statement(of: rule) + rule.bandStatement(verdict, subject) }
        return parts.map { part in
            switch part {
            case .words(let words): words
            case .name(let name): subject.text(of: name, by: rule)
            case .key(let column): subject.key[column] ?? ""
            }
        }.joined()
    }
}

extension Subject {
    /// What a name in braces stands for.
    fileprivate func text(of name: String, by rule: CheckRule) -> String {
        switch name {
        case "value": word ?? number.map { rule.quantity == .value ? Cell.format($0) : brief($0) } ?? "missing"
        case "check": rule.id
        case "metric": rule.metric
        case "owner": rule.owner
        case "warn_if": rule.warnIf?.text ?? ""
        case "fail_if": rule.failIf?.text ?? ""
        case "measured": measured.map(Cell.format) ?? "missing"
        case "baseline": baseline.map(Cell.format) ?? "missing"
        case "change": change.map(brief) ?? "unknown"
        case "change_percent": relativeChange.map { brief($0 * 100) } ?? "unknown"
        case "count": String(count)
        case "cells": String(cells)
        default: brief(percent)
        }
    }

    /// `gaps.parity is 0.5`; `gaps.parity is 0.5, -0.1 (-16.6667 %) from 0.6 in the previous run`.
    fileprivate func statement(of rule: CheckRule) -> String {
        if rule.quantity.isOfCount {
            return "\(count) of \(cells) cells of \(rule.metric) (\(brief(percent)) %) "
                + (rule.countIf.map(\.words) ?? "")
        }
        if let word { return "\(rule.metric) is \(word)" }
        guard let measured else { return "\(rule.metric) has no value to judge" }
        let value = "\(rule.metric) is \(Cell.format(measured))"
        guard let change, let baseline, let baselineName else { return value }
        if change == 0 { return "\(value), unchanged from \(baselineName)" }
        let percent = relativeChange.map { " (\(signed($0 * 100)) %)" } ?? ""
        let statement = "\(value), \(signed(change))\(percent) from \(Cell.format(baseline)) in \(baselineName)"
        return judged == .incomparable ? statement + ", of which there is no percentage" : statement
    }
}

extension CheckRule {
    /// `, in the fail band < 0.6`; empty in none.
    fileprivate func bandStatement(_ verdict: Verdict, _ subject: Subject) -> String {
        guard subject.number != nil || subject.word != nil else { return "" }
        return switch verdict {
        case .fail: failIf.map { ", in the fail band \($0.text)" } ?? ""
        case .warn: warnIf.map { ", in the warn band \($0.text)" } ?? ""
        case .pass, .skipped: ""
        }
    }
}

extension CheckRule.Condition {
    /// What finishes "7 of 77 cells".
    fileprivate var words: String {
        switch self {
        case .inBand(let band) where band.isOfWords: "of which the word \(band.text)"
        case .inBand(let band): "are \(band.text)"
        case .missing: "are missing"
        }
    }
}

/// A number for a sentence: six digits that count, the rest rounded away.
private func brief(_ number: Double) -> String {
    guard number != 0, number.isFinite else { return Cell.format(number) }
    let digits = 5 - Int(log10(abs(number)).rounded(.down))
    let scale = pow(10, Double(abs(digits)))
    let rounded = digits >= 0 ? (number * scale).rounded() / scale : (number / scale).rounded() * scale
    return Cell.format(rounded.isFinite ? rounded : number)
}

/// As ``brief(_:)``, with a plus sign where it is above 0.
private func signed(_ number: Double) -> String {
    (number > 0 ? "+" : "") + brief(number)
}
