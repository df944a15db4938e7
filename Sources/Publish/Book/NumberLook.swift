/// How numbers of a unit look in a sheet. The cell holds the number in full; the look rounds what is shown.
enum NumberLook: Int, CaseIterable {
    /// `66.2%`: the number is in percent already.
    case share
    /// `0.752`: pure numbers, shares of one, scores from 0 to 1.
    case ratio
    /// `5,686,252`: persons, villages, places.
    case count
    /// `16.44`: rates, money, scores.
    case quantity
    /// `2026`: years of the calendar.
    case year
    /// `4.2`: spans of years.
    case span

    /// Of a unit as tables and the catalogue spell it.
    init(unit: String) {
        switch unit {
        case "1", "index 0-1": self = .ratio
        case "year": self = .year
        case "years": self = .span
        case "persons", "households", "villages", "centres", "districts", "places", "values", "runs", "pairs":
            self = .count
        default: self = unit.hasPrefix("%") ? .share : .quantity
        }
    }

    /// How many looks each has, for sizes of numbers.
    static let variants = 4

    /// Which of the ``formats`` shows at least two figures of `number`.
    func variant(for number: Double) -> Int {
        let size = abs(number)
        switch self {
        case .share: return size == 0 || size >= 1 ? 0 : size >= 0.01 ? 1 : size >= 0.0001 ? 2 : 3
        case .ratio: return size >= 1000 ? 3 : size == 0 || size >= 0.01 ? 0 : size >= 0.0001 ? 1 : 2
        case .count: return number == number.rounded() ? 0 : size >= 0.1 ? 1 : 2
        case .quantity: return size >= 1000 ? 3 : size == 0 || size >= 0.1 ? 0 : size >= 0.001 ? 1 : 2
        case .year, .span: return number == number.rounded() && self == .year ? 0 : size >= 0.1 || size == 0 ? 1 : 2
        }
    }

    /// As many as there are variants.
    var formats: [String] {
        switch self {
        case .share: ["#,##0.0\"%\"", "0.000\"%\"", "0.00000\"%\"", "0.0E+00\"%\""]
        case .ratio: ["0.000", "0.00000", "0.0E+00", "#,##0"]
        case .count: ["#,##0", "#,##0.0", "0.0E+00", "#,##0"]
        case .quantity: ["#,##0.00", "0.0000", "0.0E+00", "#,##0"]
        case .year: ["0", "0.0", "0.0E+00", "0"]
        case .span: ["#,##0.0", "#,##0.0", "0.0E+00", "#,##0.0"]
        }
    }
}
