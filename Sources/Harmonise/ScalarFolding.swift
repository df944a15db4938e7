/// What one scalar of a name becomes.
enum ScalarFolding {
    case nothing
    case letters(Unicode.Scalar, Unicode.Scalar?)
    case separator
    /// `(` or `)`, for any bracket.
    case bracket(Unicode.Scalar)

    /// Whether a scalar is a letter or digit that stays as it is, and no mark: most of a Thai or Lao name.
    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39: true
        case 0x0E01...0x0E2E, 0x0E30, 0x0E32, 0x0E40...0x0E46: true
        case 0x0E81...0x0EAE, 0x0EB0, 0x0EB2, 0x0EC0...0x0EC6: true
        default: false
        }
    }

    static func fold(_ scalar: Unicode.Scalar) -> ScalarFolding {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39, 0x2E, 0x2F: .letters(scalar, nil)
        case 0x41...0x5A: letter(scalar.value + 0x20)
        case 0x28, 0x5B, 0x7B: .bracket("(")
        case 0x29, 0x5D, 0x7D: .bracket(")")
        case 0x27, 0x2A, 0x60, 0xAD, 0xB4: .nothing
        case 0xB2, 0xB3, 0xB9, 0x2070...0x2079: .nothing  // superscript digits: footnote marks
        case 0x00...0x7F, 0xA0, 0xA7, 0xB7: .separator
        case 0xC0...0x17F: folded(scalar, table: latin, from: 0xC0)
        case 0x1E00...0x1EFF: folded(scalar, table: latinAdditional, from: 0x1E00)
        case 0x2B0...0x2FF, 0x300...0x36F: .nothing  // modifier letters, combining marks
        case 0xE00...0xEFF: thaiOrLao(scalar)
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF: .nothing
        case 0x2018, 0x2019, 0x201A, 0x201B, 0x2020, 0x2021, 0x2032: .nothing  // apostrophes, daggers
        case 0x1680, 0x2000...0x200A, 0x2010...0x2017, 0x2028, 0x2029, 0x202F, 0x205F, 0x2212, 0x3000: .separator
        case 0x201C...0x201F, 0x2022, 0x2026: .separator
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0).map(fold) ?? .nothing
        default: lowercased(scalar)
        }
    }

    /// A Thai or Lao mark above or below its consonant, whose order in the text carries no meaning.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E31, 0x0E34...0x0E3A, 0x0E47...0x0E4E: true
        case 0x0EB1, 0x0EB4...0x0EBB, 0x0EC8...0x0ECE: true
        default: false
        }
    }

    private static func thaiOrLao(_ scalar: Unicode.Scalar) -> ScalarFolding {
        switch scalar.value {
        case 0x0E33: .letters("\u{0E4D}", "\u{0E32}")  // SARA AM
        case 0x0EB3: .letters("\u{0ECD}", "\u{0EB2}")  // Lao AM
        case 0x0EBC: .letters("\u{0EA5}", nil)  // ຫຼ = ຫລ
        case 0x0EDC: .letters("\u{0EAB}", "\u{0E99}")  // ໜ = ຫນ
        case 0x0EDD: .letters("\u{0EAB}", "\u{0EA1}")  // ໝ = ຫມ
        case 0x0E50...0x0E59: letter(scalar.value - 0x0E50 + 0x30)
        case 0x0ED0...0x0ED9: letter(scalar.value - 0x0ED0 + 0x30)
        case 0x0E2F, 0x0EAF: .nothing  // ฯ, ຯ: the name goes on
        default: .letters(scalar, nil)
        }
    }

    private static func letter(_ value: UInt32) -> ScalarFolding {
        Unicode.Scalar(value).map { .letters($0, nil) } ?? .nothing
    }

    private static func folded(_ scalar: Unicode.Scalar, table: [UInt8], from first: UInt32) -> ScalarFolding {
        let base = table[Int(scalar.value - first)]
        switch scalar.value {
        case 0xC6, 0xE6: return .letters("a", "e")
        case 0xDF, 0x1E9E: return .letters("s", "s")
        case 0x132, 0x133: return .letters("i", "j")
        case 0x152, 0x153: return .letters("o", "e")
        default: return base == UInt8(ascii: "-") ? .separator : .letters(Unicode.Scalar(base), nil)
        }
    }

    private static func lowercased(_ scalar: Unicode.Scalar) -> ScalarFolding {
        let mapped = Array(scalar.properties.lowercaseMapping.unicodeScalars)
        return mapped.count == 1 ? .letters(mapped[0], nil) : .letters(scalar, nil)
    }

    /// The base letters of U+00C0 to U+017F.
    private static let latin = Array(
        ("aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuytyaaaaaaccccccccddddeeeeee"
            + "eeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuu"
            + "uuuuwwyyyzzzzzzs").utf8
    )

    /// The base letters of U+1E00 to U+1EFF.
    private static let latinAdditional = Array(
        ("aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppp"
            + "rrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy--sssdaaaaaaaaaaaaaaaa"
            + "aaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy").utf8
    )
}
