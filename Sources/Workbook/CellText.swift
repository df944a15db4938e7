extension Unicode.Scalar {
    /// Whether XML 1.0 has a place for it.
    var isWritable: Bool {
        switch value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}

/// A text as the part of a sheet spells it, so that whoever opens the workbook finds the same text again.
///
/// A control character that XML has no place for becomes its picture (`␀` for NUL), as in our CSV, and another such
/// scalar U+FFFD. `_x0041_`, which spreadsheet programs read as a character by its number, becomes `_x005F_x0041_`,
/// which they read as what was written. Nothing is done to `=` and its like: a text that is stored as one is never run.
package func spelledForSheet(_ text: String) -> String {
    var isPlain = true
    for byte in text.utf8 where byte < 0x20 || byte == 0x5F || byte == 0x7F || byte == 0xEF {
        isPlain = byte == 0x09 || byte == 0x0A
        if !isPlain { break }
    }
    if isPlain { return text }
    let scalars = Array(text.unicodeScalars)
    var spelled = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
        if scalar == "_", isNumbered(scalars[index...]) {
            spelled.append(contentsOf: "_x005F_".unicodeScalars)
        } else if scalar.value < 0x20 && !scalar.isWritable, let picture = Unicode.Scalar(0x2400 + scalar.value) {
            spelled.append(picture)
        } else if scalar.value == 0x7F {
            spelled.append("␡")
        } else {
            spelled.append(scalar.isWritable ? scalar : "\u{FFFD}")
        }
    }
    return String(spelled)
}

/// Whether `_xHHHH_` stands at the beginning.
private func isNumbered(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard scalars.count >= 7 else { return false }
    let start = scalars.startIndex
    return scalars[start + 1] == "x" && scalars[start + 6] == "_"
        && scalars[(start + 2)..<(start + 6)].allSatisfy { $0.isASCII && $0.properties.isASCIIHexDigit }
}

/// How wide a text stands, in widths of a digit: marks that combine have none, Thai and Lao letters, which come from a
/// wider face, a little more than one, ideographs two. Of the widest line.
package func displayWidth(_ text: String) -> Double {
    var (widest, width) = (0.0, 0.0)
    for scalar in text.unicodeScalars {
        if scalar == "\n" {
            widest = max(widest, width)
            width = 0
            continue
        }
        width += scalar.displayWidth
    }
    return max(widest, width)
}

extension Unicode.Scalar {
    fileprivate var displayWidth: Double {
        switch value {
        case 0x20...0x7E:
            // Capitals, m and w are wider than a digit; i, l and their like are not taken for less.
            (0x41...0x5A).contains(value) || self == "m" || self == "w" ? 1.2 : 1
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60:
            2
        default:
            switch properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format, .control: 0
            default: (0x0E00...0x0EFF).contains(value) ? 1.15 : 1.1
            }
        }
    }
}
