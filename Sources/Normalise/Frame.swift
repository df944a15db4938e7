import Indicators

/// Cells of a series that are looked at together: the same for every series of a panel.
struct Frame: Sendable {
    /// Which places: the code of the country, or `pooled`.
    var part: String
    /// The year or years, for findings.
    var period: String
    /// Positions within the series, by place and then by year.
    var cells: [Int]
    /// The cells that limits come from, where they are others.
    var base: [Int]?

    /// The words by which findings and explanations call it.
    var name: String { "\(part), \(period)" }

    /// All frames of a panel; together they hold each cell once.
    static func frames(of panel: ValuePanel, scope: ScaleRule.Scope, years: ScaleRule.Years) -> [Frame] {
        guard let first = panel.years.first, let last = panel.years.last else { return [] }
        let width = panel.places.count
        return scope.parts(of: panel.places).flatMap { part -> [Frame] in
            func cells(_ years: Range<Int>) -> [Int] {
                part.positions.flatMap { place in years.map { $0 * width + place } }
            }
            switch years {
            case .eachYear:
                return panel.years.indices.map {
                    Frame(part: part.name, period: String(panel.years[$0]), cells: cells($0..<$0 + 1))
                }
            case .wholePanel:
                return [Frame(part: part.name, period: "\(first)..\(last)", cells: cells(panel.years.indices))]
            case .base(let year):
                let base = (first...last).contains(year) ? cells(year - first..<year - first + 1) : []
                return [
                    Frame(part: part.name, period: "base year \(year)", cells: cells(panel.years.indices), base: base)
                ]
            }
        }
    }
}

/// Places among which limits and ranks are found.
struct ScopePart {
    /// The code of the country, or `pooled`.
    var name: String
    /// Positions in the panel.
    var positions: [Int]
}

extension ScaleRule.Scope {
    /// All places, or those of each country, in order of the countries' codes.
    func parts(of places: [Place]) -> [ScopePart] {
        switch self {
        case .pooled:
            return [ScopePart(name: rawValue, positions: Array(places.indices))]
        case .withinCountry:
            return Set(places.map(\.country)).sorted().map { country in
                ScopePart(name: country, positions: places.indices.filter { places[$0].country == country })
            }
        }
    }
}

/// One cell that a rule of ours changed on its way to a score.
struct Change {
    /// What the new value was made of.
    enum Donors: Hashable {
        case none
        case year(Int)
        case years(Int, Int)
        case group(String, count: Int)
        case indicators(count: Int)
    }

    /// The position in the panel.
    var cell: Int
    var treatment: Treatment
    /// As the column `rule` of `treatments.csv` has it.
    var rule: String
    var old: Double?
    var new: Double
    var donors = Donors.none
    /// The worst grade of what the new value was made of.
    var grade = Grade.official
}

extension Change.Donors {
    /// As the column `donors` of `treatments.csv` has it.
    var text: String {
        switch self {
        case .none: ""
        case .year(let year): String(year)
        case .years(let before, let after): "\(before) \(after)"
        case .group(let name, let count): "\(name) n=\(count)"
        case .indicators(let count): "n=\(count)"
        }
    }
}
