import Indicators

/// A part of a year.
enum YearPart: Hashable, Sendable, Comparable {
    case half(Int)
    case quarter(Int)
    case month(Int)
    case day(month: Int, day: Int)

    /// How many parts of this kind a year has; `nil` for days.
    var countInYear: Int? {
        switch self {
        case .half: 2
        case .quarter: 4
        case .month: 12
        case .day: nil
        }
    }

    /// Whether the year ends with it.
    var isLast: Bool {
        switch self {
        case .half(let number): number == 2
        case .quarter(let number): number == 4
        case .month(let number): number == 12
        case .day(let month, let day): month == 12 && day == 31
        }
    }

    /// Halves, quarters, months or days; parts of different kinds cannot be brought to a year together.
    var kind: Int {
        switch self {
        case .half: 0
        case .quarter: 1
        case .month: 2
        case .day: 3
        }
    }
}

/// What a text for a year or a finer period means.
enum PeriodReading: Hashable, Sendable {
    /// Common Era; `era` tells how it was written.
    case year(Int, part: YearPart?, era: Era)
    /// Not a year that the calendar has: what was expected.
    case outOfRange(String)
    /// The text says one era and the source another, or the two years in it do not agree.
    case contradictory(String)
    /// Several years, or something that may be a month or a quarter.
    case unclear(String)

    enum Era: Hashable, Sendable {
        case buddhist
        case common
    }

    static let buddhistOffset = 543
    private static let buddhistRange = 2400...2700
    private static let commonRange = 1800...2150

    init(_ text: String, calendar: YearCalendar) {
        // Nearly every period is a bare year, which needs no taking apart.
        if text.utf8.count == 4, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let year = Int(text) {
            self = Self.resolve(year, declared: nil, calendar: calendar)
            return
        }
        var scanner = PeriodScanner(text)
        self = scanner.read(calendar: calendar)
    }

    /// A four-digit year as the calendar, the words in the text and the range allow it.
    static func resolve(_ number: Int, declared: Era?, calendar: YearCalendar) -> PeriodReading {
        let byCalendar: Era? =
            switch calendar {
            case .automatic: nil
            case .buddhist: .buddhist
            case .common: .common
            }
        if let declared, let byCalendar, declared != byCalendar {
            return .contradictory("a year of the calendar that the source declares")
        }
        switch declared ?? byCalendar {
        case .buddhist where buddhistRange.contains(number), nil where buddhistRange.contains(number):
            return .year(number - buddhistOffset, part: nil, era: .buddhist)
        case .common where commonRange.contains(number), nil where commonRange.contains(number):
            return .year(number, part: nil, era: .common)
        case .buddhist: return .outOfRange("a year of the Buddhist Era, 2400 to 2700")
        case .common: return .outOfRange("a year of the Common Era, 1800 to 2150")
        case nil: return .outOfRange("a year, 1800 to 2150 or 2400 to 2700 in the Buddhist Era")
        }
    }
}
