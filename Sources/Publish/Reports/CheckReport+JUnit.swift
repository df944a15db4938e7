import Indicators

extension CheckReport {
    /// JUnit XML: a suite for the pipeline, a case for each check, its cells in the text.
    ///
    /// The common schema has no place for file and line on a case, so the suite names the file, and each case says
    /// `FILE:LINE` at the beginning of its text. A warning passes, with what it says in `system-out`, unless warnings
    /// are failures. What kept the run from its end is a case with an `error`.
    var junit: [UInt8] {
        let outcomes = outcomes
        let failures = outcomes.count { isFailure($0.verdict) }
        let skipped = count(of: .skipped, in: outcomes)
        let tests = outcomes.count + faults.count
        var xml = XMLText()
        let counts = [
            ("tests", String(tests)), ("failures", String(failures)), ("errors", String(faults.count)),
        ]
        let time = ("time", Self.milliseconds(seconds))
        xml.open("testsuites", [("name", "divide")] + counts + [time])
        xml.open(
            "testsuite",
            [("name", pipeline)] + counts + [("skipped", String(skipped)), time, ("file", file)]
        )
        xml.open("properties")
        if let asOf { xml.empty("property", [("name", "as_of"), ("value", asOf.description)]) }
        for outcome in outcomes {
            xml.empty("property", [("name", "check.\(outcome.check.id)"), ("value", place(of: outcome.check))])
        }
        xml.close("properties")
        for outcome in outcomes { append(outcome, to: &xml) }
        for fault in faults { append(fault, to: &xml) }
        xml.close("testsuite")
        xml.close("testsuites")
        return xml.bytes
    }

    private func append(_ outcome: CheckOutcome, to xml: inout XMLText) {
        let check = outcome.check
        xml.open(
            "testcase",
            [("name", check.id), ("classname", "\(pipeline).\(check.metric)"), ("time", Self.milliseconds(0))]
        )
        let text = self.text(of: outcome)
        if isFailure(outcome.verdict) {
            xml.element("failure", [("type", outcome.verdict.rawValue), ("message", outcome.headline)], text: text)
        } else if outcome.verdict == .skipped {
            xml.element("skipped", [("type", "skipped"), ("message", outcome.headline)], text: text)
        } else {
            xml.element("system-out", text: text)
        }
        xml.close("testcase")
    }

    private func append(_ fault: Fault, to xml: inout XMLText) {
        let place = fault.line > 0 ? "\(fault.file):\(fault.line)" : fault.file
        xml.open(
            "testcase",
            [("name", place), ("classname", "\(pipeline).run"), ("time", Self.milliseconds(0))]
        )
        xml.element("error", [("type", "not-done"), ("message", fault.text)], text: "\(place)\n\(fault.text)")
        xml.close("testcase")
    }

    /// Where the check stands, who answers for it, and what it says of each cell, the worst first.
    private func text(of outcome: CheckOutcome) -> String {
        var lines = ["\(place(of: outcome.check)): check \(outcome.check.id) of \(outcome.check.metric)"]
        if !outcome.check.owner.isEmpty { lines.append("owner: \(outcome.check.owner)") }
        lines.append(outcome.counts)
        for verdict in Verdict.allCases.sorted(by: >) {
            for cell in outcome.cells where cell.verdict == verdict {
                lines.append("\(verdict.rawValue) [\(cell.selection)]: \(cell.message)")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Seconds with three decimals, without an exponent.
    static func milliseconds(_ seconds: Double) -> String {
        let whole = Int((min(max(seconds, 0), 1e9) * 1000).rounded())
        let fraction = String(whole % 1000)
        return "\(whole / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}

/// XML as it is written: elements on lines of their own, indented, texts without what XML 1.0 cannot hold.
struct XMLText {
    private var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private var depth = 0

    var bytes: [UInt8] { Array(text.utf8) }

    mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
        line("<\(name)\(Self.spelt(attributes))>")
        depth += 1
    }

    mutating func close(_ name: String) {
        depth -= 1
        line("</\(name)>")
    }

    mutating func empty(_ name: String, _ attributes: [(String, String)]) {
        line("<\(name)\(Self.spelt(attributes))/>")
    }

    /// An element that holds text alone.
    mutating func element(_ name: String, _ attributes: [(String, String)] = [], text: String) {
        line("<\(name)\(Self.spelt(attributes))>\(Self.escaped(text, inAttribute: false))</\(name)>")
    }

    private mutating func line(_ content: String) {
        text += String(repeating: "  ", count: depth) + content + "\n"
    }

    private static func spelt(_ attributes: [(String, String)]) -> String {
        attributes.map { " \($0)=\"\(escaped($1, inAttribute: true))\"" }.joined()
    }

    private static func escaped(_ text: String, inAttribute: Bool) -> String {
        var escaped: [UInt8] = []
        // By bytes: all that is escaped is ASCII.
        for byte in text.shown.utf8 {
            switch Unicode.Scalar(byte) {
            case "&": escaped += "&amp;".utf8
            case "<": escaped += "&lt;".utf8
            case ">": escaped += "&gt;".utf8
            case "\"" where inAttribute: escaped += "&quot;".utf8
            case "\n" where inAttribute: escaped += "&#10;".utf8
            case "\t" where inAttribute: escaped += "&#9;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
