package import Indicators

/// How missing values are filled, for the scores alone. Observed values are never touched, and only they are donors.
///
/// Of several rules for an indicator each fills what the ones before it left. A rule that names an indicator beats those for
/// all, so that ``Method/none`` by name means none.
package struct ImputationRule: Hashable, Sendable, SelectiveRule {
    package enum Statistic: String, Hashable, Sendable {
        case mean, median
    }

    package enum Method: Hashable, Sendable {
        case none
        /// The mean or median of the group's places in the same year; where none of them has a value that of the first
        /// fallback in which one has.
        case group(Statistic, Grouping, fallbacks: [Grouping] = [])
        /// The latest observed value before, at most so many years old.
        case latest(maximumAge: Int? = nil)
        /// The latest observed value before, and before the first one the first; at most so many years away.
        case constant(maximumAge: Int? = nil)
        /// On the line between the observed values before and after, no farther apart than so many years; beyond the
        /// first and the last the nearest one, at most so many years away.
        case linear(maximumGap: Int? = nil)
        /// The mean or median of the other indicators of the rule in the same place and year, each on 0 to 1 by min-max with
        /// its direction, brought back to the indicator's own range.
        case row(Statistic, years: ScaleRule.Years = .eachYear)
    }

    package var indicators: IndicatorSelection
    package var method: Method
    /// Which places; `nil` for every level that is scaled.
    package var level: PlaceLevel?
    /// Where the rule stands, for findings; empty and 0 where nowhere.
    package var file: String
    package var line: Int

    package init(
        indicators: IndicatorSelection = .allDirected,
        method: Method,
        level: PlaceLevel? = nil,
        file: String = "",
        line: Int = 0
    ) {
        self.indicators = indicators
        self.method = method
        self.level = level
        self.file = file
        self.line = line
    }

    /// As the column `rule` of `treatments.csv` has it.
    var text: String {
        switch method {
        case .none: "none"
        case .group(let statistic, let grouping, let fallbacks):
            "\(statistic.rawValue) of the \(grouping.text)"
                + fallbacks.map { ", else of the \($0.text)" }.joined()
        case .latest(let age): "latest value before" + Self.limit(age)
        case .constant(let age): "latest value before, else the first after" + Self.limit(age)
        case .linear(let gap): "linear in time, ends held" + Self.limit(gap)
        case .row(let statistic, let years):
            "\(statistic.rawValue) of the place's other indicators on 0 to 1 (\(years.text))"
        }
    }

    private static func limit(_ years: Int?) -> String {
        years.map { ", at most \($0) year\($0 == 1 ? "" : "s")" } ?? ""
    }
}

/// How places are put together.
package enum Grouping: Hashable, Sendable {
    /// All places of the level.
    case all
    case country
    /// The region above the place, or where the gazetteer has none above it the name in its column `region`.
    case region
    /// The place directly above.
    case parent
    /// Groups of the author's own, by name: the codes of their places.
    case named([String: [String]])

    var text: String {
        switch self {
        case .all: "level"
        case .country: "country"
        case .region: "region"
        case .parent: "place above"
        case .named: "group"
        }
    }

    /// For each place the name of its group, `nil` where it is in none.
    func groups(of places: [Place], gazetteer: Gazetteer) -> [String?] {
        var byCode: [String: String] = [:]
        if case .named(let groups) = self {
            for (name, codes) in groups.sorted(by: { $0.key < $1.key }) { for code in codes { byCode[code] = name } }
        }
        return places.map { place in
            switch self {
            case .all: "all"
            case .country: place.country.isEmpty ? nil : place.country
            case .region: gazetteer.region(of: place)
            case .parent: place.parent
            case .named: byCode[place.code]
            }
        }
    }
}

extension Gazetteer {
    /// The code of the region above a place, or else the name of its region, `nil` where it has neither.
    fileprivate func region(of place: Place) -> String? {
        var above = place.parent
        var seen: Set<String> = []
        while let code = above, seen.insert(code).inserted, let parent = self[code] {
            if parent.level == .region { return code }
            above = parent.parent
        }
        return place.region.isEmpty ? nil : place.region
    }
}
