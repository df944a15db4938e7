import Indicators

/// The forms of text that our YAML files share.
enum Forms {
    /// `internet_users`, `e-commerce`.
    static let identifier = Shape.form(
        name: "a word of a-z, 0-9, _ and -",
        pattern: "^[a-z0-9][a-z0-9_-]{0,63}$",
        integers: 0...Int.max
    ) { text in
        guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
        return isLowerOrDigit(first) && text.utf8.allSatisfy { isLowerOrDigit($0) || $0 == 0x5F || $0 == 0x2D }
    }

    /// A pipeline's name, which is the name of its output folder's history too.
    static let pipelineName = Shape.form(
        name: "1 to 64 of a-z, 0-9 and -",
        pattern: "^[a-z0-9-]{1,64}$",
        integers: Int.min...Int.max
    ) { text in
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { isLowerOrDigit($0) || $0 == 0x2D }
    }

    /// `2012..2024`.
    static let period = Shape.form(
        name: "two Common Era years, first..last",
        pattern: "^([01][0-9]{3}|2[0-3][0-9]{2})\\.\\.([01][0-9]{3}|2[0-3][0-9]{2})$"
    ) { years($0) != nil }

    /// `3y`, `18m`.
    static let age = Shape.form(name: "an age such as 3y or 18m", pattern: "^[0-9]{1,4}[ym]$") { months($0) != nil }

    /// `2026-11-23`.
    static let date = Shape.form(name: "a date as YYYY-MM-DD", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") {
        CalendarDate($0) != nil
    }

    /// A path; relative ones begin at the folder of the file that names them.
    static let path = Shape.form(name: "a path", pattern: "^[^\\u0000]+$", integers: Int.min...Int.max) {
        !$0.isEmpty && !$0.utf8.contains(0)
    }

    /// The years of `2012..2024`, `nil` where it is no such text, runs backwards or is of the Buddhist Era.
    static func years(_ text: String) -> ClosedRange<Int>? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].isEmpty, parts[0].utf8.count == 4, parts[2].utf8.count == 4,
            let first = Int(parts[0]), let last = Int(parts[2]), first > 0, first <= last, last < 2400
        else { return nil }
        return first...last
    }

    /// The months of `3y` or `18m`, `nil` for anything else.
    static func months(_ text: String) -> Int? {
        let digits = text.utf8.dropLast()
        guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(text.dropLast())
        else { return nil }
        switch text.last {
        case "y": return count * 12
        case "m": return count
        default: return nil
        }
    }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
