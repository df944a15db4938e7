/// The level of a country in each year: known years, straight lines between them.
///
/// Every path says what it is anchored to. Where `Datasets` has a national figure, the path goes through it or is a
/// fixed part of it; the rest is made up, and the files say so by their grade.
struct Path {
    /// In order of the years.
    private var knots: [(year: Int, level: Double)]

    init(_ knots: [Int: Double]) {
        self.knots = knots.map { (year: $0.key, level: $0.value) }.sorted { $0.year < $1.year }
    }

    /// The first year for which the level is said; 0 for a path of none.
    var firstYear: Int { knots.first?.year ?? 0 }

    /// The level in `year`; beyond the last known year the last change goes on, halved each year.
    func level(in year: Int) -> Double {
        guard let first = knots.first, let last = knots.last else { return 0 }
        if year <= first.year { return first.level }
        for (earlier, later) in zip(knots, knots.dropFirst()) where year <= later.year {
            let part = Double(year - earlier.year) / Double(later.year - earlier.year)
            return earlier.level + (later.level - earlier.level) * part
        }
        guard knots.count > 1 else { return last.level }
        let before = knots[knots.count - 2]
        var change = (last.level - before.level) / Double(last.year - before.year)
        var level = last.level
        for _ in last.year..<year {
            change /= 2
            level += change
        }
        return level
    }

    /// Villages with broadband, in percent. Lao PDR goes through the 75 % of homes with 4G in 2022 (`coverage-laos.csv`);
    /// the rest is made up.
    static let broadband = [
        "TH": Path([2015: 48, 2019: 88, 2024: 97]),
        "LA": Path([2015: 24, 2022: 75, 2024: 82]),
    ]

    /// Community ICT centres. Thailand goes from the 279 of 2010 to the 1,722 of 2025
    /// (`community-centres-thailand.csv`) in a straight line; for the Lao PDR no figure is at hand.
    static let centres = [
        "TH": Path([2010: 279, 2025: 1722]),
        "LA": Path([2015: 38, 2024: 120]),
    ]

    /// The part of the Internet users (`internet-users-national.csv`) who have basic digital skills: made up.
    static let literatePartOfUsers = ["TH": 0.55, "LA": 0.45]
}
