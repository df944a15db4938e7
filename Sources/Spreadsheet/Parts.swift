/// The sheets of a workbook, in their order, and how it counts dates: `xl/workbook.xml`.
final class WorkbookPart: XMLPartReader {
    private(set) var sheets: [(name: String, relation: String)] = []
    private(set) var countsFrom1904 = false
    var isDone: Bool { false }

    func start(_ element: String, _ attributes: [String: String]) {
        switch element {
        case "workbookPr": countsFrom1904 = ["1", "true", "on"].contains(attributes["date1904"])
        case "sheet":
            if let name = attributes["name"], let relation = attributes["id"] {
                sheets.append((spelledOut(name), relation))
            }
        default: break
        }
    }

    func text(_ text: String) {}
    func end(_ element: String) {}
}

/// What a part refers to: `_rels/*.rels`.
final class RelationsPart: XMLPartReader {
    /// By id; targets outside the archive are left out.
    private(set) var relations: [String: (kind: String, target: String)] = [:]
    var isDone: Bool { false }

    func start(_ element: String, _ attributes: [String: String]) {
        guard element == "Relationship", attributes["TargetMode"] != "External", let id = attributes["Id"],
            let kind = attributes["Type"], let target = attributes["Target"]
        else { return }
        relations[id] = (String(kind.split(separator: "/").last ?? ""), target)
    }

    func text(_ text: String) {}
    func end(_ element: String) {}
}

/// The texts that cells share: `xl/sharedStrings.xml`. Phonetic guides are no part of a text.
final class SharedStringsPart: XMLPartReader {
    private(set) var strings: [String] = []
    private var collector = TextCollector()
    var isDone: Bool { false }

    func start(_ element: String, _ attributes: [String: String]) {
        if element == "si" { collector = TextCollector() }
        collector.start(element)
    }

    func text(_ text: String) {
        collector.take(text)
    }

    func end(_ element: String) {
        collector.end(element)
        if element == "si" { strings.append(spelledOut(collector.text)) }
    }
}

/// Puts a text together from its runs: what stands in `t`, but for the `t` of a phonetic guide.
struct TextCollector {
    private(set) var text = ""
    private var isInText = false
    private var isInGuide = false

    mutating func start(_ element: String) {
        if element == "t" { isInText = true } else if element == "rPh" { isInGuide = true }
    }

    mutating func take(_ piece: String) {
        if isInText && !isInGuide { text += piece }
    }

    mutating func end(_ element: String) {
        if element == "t" { isInText = false } else if element == "rPh" { isInGuide = false }
    }
}

/// Which cell styles show a number as a date: `xl/styles.xml`.
final class StylesPart: XMLPartReader {
    /// By the number that a cell has under `s`.
    private(set) var forms: [NumberForm] = []
    private var codes: [Int: NumberForm] = [:]
    private var isInCellFormats = false
    var isDone: Bool { false }

    func start(_ element: String, _ attributes: [String: String]) {
        switch element {
        case "numFmt":
            if let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] {
                codes[id] = NumberForm(code: code)
            }
        case "cellXfs": isInCellFormats = true
        case "xf" where isInCellFormats:
            let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
            forms.append(codes[id] ?? NumberForm.builtIn(id) ?? .plain)
        default: break
        }
    }

    func text(_ text: String) {}

    func end(_ element: String) {
        if element == "cellXfs" { isInCellFormats = false }
    }
}

/// A text of a workbook with `_x000D_` and the like as the characters that they stand for; `_x005F_` is an underscore.
/// What stands for no character, or for NUL, stays as it is.
func spelledOut(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
        let escape = rest.prefix(7)
        if scalar == "_", escape.count == 7, escape.last == "_",
            escape.dropFirst().first == "x" || escape.dropFirst().first == "X",
            let value = UInt32(String(String.UnicodeScalarView(escape.dropFirst(2).dropLast())), radix: 16),
            let meant = Unicode.Scalar(value), value > 0
        {
            result.append(meant)
            rest = rest.dropFirst(7)
        } else {
            result.append(scalar)
            rest = rest.dropFirst()
        }
    }
    return String(result)
}
