/// How a number format shows a number.
enum NumberForm: Hashable {
    case plain
    /// With a percent sign behind it, a hundred times what is stored.
    case percentage
    case date(DatePrecision)
}

/// How fine a date is shown.
enum DatePrecision: Hashable {
    /// A year and nothing finer.
    case year
    /// Month and year, and no day.
    case month
    /// A day; a time where the number has one.
    case day
    /// A time of day and no date.
    case time
}

extension NumberForm {
    /// The form of a built-in format, `nil` for an id whose code the workbook must give.
    ///
    /// Ids 27 to 36 and 50 to 58 are dates in East Asian locales, 59 to 81 are Thai (ECMA-376 part 1, 18.8.30).
    static func builtIn(_ id: Int) -> NumberForm? {
        switch id {
        case 9, 10, 67, 68: .percentage
        case 0...13, 37...44, 48, 49, 59...62, 69, 70: .plain
        case 14...16, 22, 27...31, 36, 50...54, 57, 58, 71...73, 77, 81: .date(.day)
        case 17, 74: .date(.month)
        case 18...21, 32...35, 45...47, 55, 56, 75, 76, 78...80: .date(.time)
        default: nil
        }
    }

    /// The form of a format's code: `yyyy`, `d/m/bb`, `0.0%`, `[$-D07041E]d mmmm yyyy`.
    ///
    /// The first section counts. Quoted and escaped characters and what stands in brackets are no part of it; a time
    /// that goes on beyond a day (`[h]:mm`) is a number of days, and stays a number.
    init(code: String) {
        var letters = Set<Character>()
        var hasDigits = false
        var hasPercent = false
        var rest = code.lowercased()[...]
        scan: while let character = rest.first {
            rest = rest.dropFirst()
            switch character {
            case ";": break scan
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            case "[":
                let inside = rest.prefix { $0 != "]" }
                rest = rest.dropFirst(inside.count + 1)
                if !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) {
                    self = .plain
                    return
                }
            case "g" where rest.hasPrefix("eneral"): rest = rest.dropFirst(6)
            case "y", "b", "d", "h", "s", "m": letters.insert(character)
            // Digits behind letters are fractions of a second; without any they make it a number.
            case "0", "#", "?": hasDigits = hasDigits || letters.isEmpty
            case "%": hasPercent = true
            default: break
            }
        }
        if hasDigits || letters.isEmpty {
            self = hasPercent ? .percentage : .plain
        } else {
            self = .date(DatePrecision(letters))
        }
    }
}

extension DatePrecision {
    /// Of the letters of a code: year (y, of the Buddhist era b), month or minute (m), day, hour, second.
    fileprivate init(_ letters: Set<Character>) {
        let hasYear = letters.contains("y") || letters.contains("b")
        let hasTime = letters.contains("h") || letters.contains("s")
        if letters.contains("d") || hasYear && hasTime {
            self = .day
        } else if hasTime {
            self = .time
        } else {
            // A month without a year (`mmmm`) is one of a year that is stored and not shown.
            self = letters.contains("m") ? .month : .year
        }
    }
}

/// Dates as workbooks count them: days from an epoch, the time as a fraction.
struct SerialDates {
    /// Whether day 0 is 1904-01-01, as old workbooks of Macintosh have it.
    var countsFrom1904: Bool

    /// The date as ISO 8601 has it, no finer than `precision`: `2018`, `2018-03`, `2018-03-31`, `2018-03-31T06:30:00`.
    ///
    /// - Returns: `nil` for a number that is no date: below 0, beyond the year 9999, or the 29th of February 1900,
    ///   which the epoch of 1900 counts and the calendar lacks.
    func text(_ serial: Double, to precision: DatePrecision) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        var days = Int(serial)
        var seconds = Int(((serial - Double(days)) * 86_400).rounded())
        if seconds == 86_400 {
            days += 1
            seconds = 0
        }
        if precision == .time || (days == 0 && !countsFrom1904) { return serial < 1 ? Self.time(seconds) : nil }
        if countsFrom1904 {
            days += 1_462
        } else if days == 60 {
            return nil
        } else if days < 60 {
            days += 1
        }
        let (year, month, day) = Self.date(ofDay: days)
        guard year <= 9_999 else { return nil }
        switch precision {
        case .year: return Self.digits(year, 4)
        case .month: return Self.digits(year, 4) + "-" + Self.digits(month, 2)
        case .day, .time:
            let date = Self.digits(year, 4) + "-" + Self.digits(month, 2) + "-" + Self.digits(day, 2)
            return seconds == 0 ? date : date + "T" + Self.time(seconds)
        }
    }

    private static func time(_ seconds: Int) -> String {
        [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { digits($0, 2) }.joined(separator: ":")
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// The date of a day counted from 1899-12-30, by the Gregorian calendar.
    private static func date(ofDay serial: Int) -> (year: Int, month: Int, day: Int) {
        // Days from 0000-03-01, so that a leap day ends a year: in years of 365 days and their cycles of 4, 100, 400.
        let days = serial + 693_899
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
