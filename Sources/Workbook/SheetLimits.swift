/// What a sheet of the format holds (ECMA-376, and Excel's specifications and limits).
package enum SheetLimits {
    package static let rows = 1_048_576
    package static let columns = 16_384
    /// UTF-16 units in a cell.
    package static let cellUnits = 32_767
    /// UTF-16 units in the name of a sheet.
    package static let nameUnits = 31

    /// Whether a cell can hold the whole text.
    package static func holds(_ text: String) -> Bool {
        // No text has more UTF-16 units than UTF-8 bytes.
        text.utf8.count <= cellUnits || text.utf16.count <= cellUnits
    }
}

/// The names of a workbook's sheets: what people want to call them, as the format takes them.
///
/// A name has 1 to 31 UTF-16 units, none of `[ ] : * ? / \`, no control character and no apostrophe at an end, and
/// no other sheet may have it in whatever case; `History` is Excel's own.
package struct SheetNames: Sendable {
    private var taken: Set<String> = ["history"]

    package init() {}

    /// A name that no sheet has yet, as near to `wish` as may be.
    package mutating func name(for wish: String) -> String {
        let base = Self.allowed(wish)
        var name = base
        var number = 2
        while !taken.insert(name.lowercased()).inserted {
            let suffix = " (\(number))"
            name = Self.prefix(of: base, units: SheetLimits.nameUnits - suffix.utf16.count) + suffix
            number += 1
        }
        return name
    }

    private static func allowed(_ wish: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in wish.unicodeScalars {
            let isRefused = "[]:*?/\\".unicodeScalars.contains(scalar) || !scalar.isWritable || scalar.value < 0x20
            scalars.append(isRefused ? " " : scalar)
        }
        var name = trimmed(prefix(of: trimmed(String(scalars)), units: SheetLimits.nameUnits))
        if name.isEmpty { name = "Sheet" }
        return name
    }

    private static func trimmed(_ text: String) -> String {
        let isEdge = { (character: Character) in character == "'" || character.isWhitespace }
        var text = text[...]
        while let first = text.first, isEdge(first) { text.removeFirst() }
        while let last = text.last, isEdge(last) { text.removeLast() }
        return String(text)
    }

    /// The longest beginning of whole characters with so many UTF-16 units.
    private static func prefix(of text: String, units: Int) -> String {
        var (prefix, used) = ("", 0)
        for character in text {
            used += character.utf16.count
            if used > units { break }
            prefix.append(character)
        }
        return prefix
    }
}

/// Names for ranges: letters, digits, `_` and `.`, nothing that could be read as a cell (`A1`, `R1C1`), each once.
package struct RangeNames: Sendable {
    private var taken: Set<String> = []

    package init() {}

    /// A name that no range has yet, as near to `wish` as may be.
    package mutating func name(for wish: String) -> String {
        var base = ""
        for scalar in wish.unicodeScalars.prefix(200) {
            let isAllowed = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            base.unicodeScalars.append(isAllowed ? scalar : "_")
        }
        let letters = base.prefix { $0.isLetter }.count
        let looksLikeCell = letters <= 3 && base.dropFirst(letters).allSatisfy { $0.isNumber }
        let looksLikeRowColumn = base.lowercased().allSatisfy { "rc0123456789".contains($0) }
        if base.isEmpty || base.first?.isNumber == true || looksLikeCell || looksLikeRowColumn { base = "t_" + base }
        var name = base
        var number = 2
        while !taken.insert(name.lowercased()).inserted {
            name = "\(base)_\(number)"
            number += 1
        }
        return name
    }
}
