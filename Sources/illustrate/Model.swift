import Indicators

/// The illustrative figures: national paths, spread over the provinces along a gradient of development, with noise.
///
/// Development is half the rank of the province's density in its country and half a mark for its region, centred so
/// that the mean over the people of each country is 0: a country's mean stays on its path. A share spreads most in the
/// middle of its path and closes up towards 0 and 100. Only + - × ÷ and √ are used, so that every machine gets
/// the same digits.
struct Model {
    static let years = 2015...2024
    /// The last year in which Lao ministries still report Xaisomboun (a province since the end of 2013) with those it
    /// was made of.
    static let lastYearOfOldBoundaries = 2016

    let setting: Setting
    let seed: UInt64
    private let development: [String: Double]

    init(setting: Setting, seed: UInt64) {
        self.setting = setting
        self.seed = seed
        development = Self.development(of: setting)
    }

    /// Persons, with the growth of the country's population in the World Bank's series.
    func population(of province: Setting.Province, in year: Int) -> Int {
        let series = Path(setting.nationalPopulation[province.country] ?? [:])
        let base = province.country == "TH" ? 2019 : 2015
        return rounded(province.population * series.level(in: year) / series.level(in: base))
    }

    /// Villages: one for every 700 to 1,000 persons of the base year, the same in all years. In Bangkok, which has no
    /// villages, communities stand for them.
    func villages(of province: Setting.Province) -> Int {
        var random = SplitMix64(seed: seed, for: "villages \(province.code)")
        let persons = province.code == "TH-10" ? 2800 : 850 + 75 * random.deviate()
        return max(1, rounded(province.population / max(700, min(persons, 2800))))
    }

    /// Percent of villages with broadband.
    func broadband(of province: Setting.Province, in year: Int) -> Double {
        share(along: Path.broadband[province.country], for: "broadband", of: province, in: year, spread: 46)
    }

    /// Percent of persons aged 15 and over with basic digital skills.
    func literacy(of province: Setting.Province, in year: Int) -> Double {
        let users = Path(setting.internetUsers[province.country] ?? [:])
        let part = Path.literatePartOfUsers[province.country] ?? 0
        let years = Self.years.map { ($0, users.level(in: $0) * part) }
        let path = Path(Dictionary(years) { first, _ in first })
        return share(along: path, for: "literacy", of: province, in: year, spread: 52)
    }

    /// Community ICT centres of a country's provinces: half of them follow people, half are spread evenly, and each
    /// province has its own luck.
    func centres(in country: String, in year: Int) -> [String: Int] {
        let provinces = setting.provinces.filter { $0.country == country }
        let people = provinces.reduce(0) { $0 + $1.population }
        let weights = provinces.map { province in
            var random = SplitMix64(seed: seed, for: "centres \(province.code)")
            let even = 1 / Double(provinces.count)
            return (province.population / people + even) * max(0.3, 1 + 0.3 * random.deviate())
        }
        let total = weights.reduce(0, +)
        let centres = Path.centres[country]?.level(in: year) ?? 0
        return Dictionary(
            zip(provinces, weights).map { ($0.code, rounded(centres * $1 / total)) }
        ) { first, _ in first }
    }

    /// Percent of the community ICT centres that work.
    func workingCentres(of province: Setting.Province, in year: Int) -> Double {
        let path = Path([2015: province.country == "TH" ? 61 : 54, 2024: province.country == "TH" ? 79 : 70])
        return share(along: path, for: "working", of: province, in: year, spread: 24)
    }

    /// A share or rate of a province, by its form.
    func level(of measure: Measure, for province: Setting.Province, in year: Int) -> Double {
        let path = measure.paths[province.country]
        switch measure.form {
        case .share(let spread):
            return share(along: path, for: measure.indicator, of: province, in: year, spread: spread)
        case .rate(let spread):
            let level = path?.level(in: year) ?? 0
            var own = SplitMix64(seed: seed, for: "\(measure.indicator) \(province.code)")
            var yearly = SplitMix64(seed: seed, for: "\(measure.indicator) \(province.code) \(year)")
            let luck = 0.08 * own.deviate() + 0.015 * yearly.deviate()
            return level * max(0.1, 1 + spread * (development[province.code] ?? 0) + luck)
        case .count, .landing: return 0
        }
    }

    /// Things that are counted, by year and province: half of a country's follow people, half development, and each
    /// province has its own luck.
    func counts(of measure: Measure, in years: ClosedRange<Int>) -> [Int: [String: Int]] {
        var counts: [Int: [String: Int]] = [:]
        for year in years {
            var ofYear: [String: Int] = [:]
            for (country, path) in measure.paths.sorted(by: { $0.key < $1.key }) {
                for (province, part) in parts(of: measure, in: country) {
                    ofYear[province.code] = rounded(path.level(in: year) * part)
                }
            }
            counts[year] = ofYear
        }
        return counts
    }

    /// Of the level of a country, the part of each of its provinces.
    private func parts(of measure: Measure, in country: String) -> [(province: Setting.Province, part: Double)] {
        let provinces = setting.provinces.filter { $0.country == country }
        switch measure.form {
        case .share, .rate: return []
        case .landing:
            return provinces.map { province in
                var random = SplitMix64(seed: seed, for: "landing \(province.code)")
                return (province, Self.landings.contains(province.code) ? max(0.4, 1 + 0.3 * random.deviate()) : 0)
            }
        case .count:
            let weights = provinces.map { province in
                var random = SplitMix64(seed: seed, for: "\(measure.indicator) \(province.code)")
                let lead = max(0.2, 1 + 1.5 * (development[province.code] ?? 0) + 0.2 * random.deviate())
                return province.population * lead
            }
            let total = weights.reduce(0, +)
            return zip(provinces, weights).map { ($0, $1 / total) }
        }
    }

    /// Where cables cross the Mekong in the illustration: the provinces of the bridges and of the largest towns on it.
    private static let landings: Set = [
        "LA-BK", "LA-CH", "LA-KH", "LA-SV", "LA-VT", "TH-34", "TH-43", "TH-48", "TH-49", "TH-57",
    ]

    private func share(
        along path: Path?,
        for purpose: String,
        of province: Setting.Province,
        in year: Int,
        spread: Double
    ) -> Double {
        let level = path?.level(in: year) ?? 0
        let room = 4 * level / 100 * (1 - level / 100)
        var own = SplitMix64(seed: seed, for: "\(purpose) \(province.code)")
        var yearly = SplitMix64(seed: seed, for: "\(purpose) \(province.code) \(year)")
        let luck = 4 * own.deviate() + 0.7 * yearly.deviate()
        let value = level + room * (spread * (development[province.code] ?? 0) + luck)
        return max(0.4, min(value, 99.8))
    }

    private static func development(of setting: Setting) -> [String: Double] {
        var development: [String: Double] = [:]
        for country in ["LA", "TH"] {
            let provinces = setting.provinces.filter { $0.country == country }
            let ordered = provinces.sorted { ($0.density, $0.code) < ($1.density, $1.code) }
            for (rank, province) in ordered.enumerated() {
                let density = Double(rank) / Double(ordered.count - 1)
                development[province.code] = 0.5 * density + 0.5 * (regionMarks[country]?[province.region] ?? 0.5)
            }
            let people = provinces.reduce(0) { $0 + $1.population }
            let mean = provinces.reduce(0) { $0 + (development[$1.code] ?? 0) * $1.population } / people
            for province in provinces { development[province.code, default: 0] -= mean }
        }
        return development
    }

    /// How far on a region is, 0 to 1: by judgement, after the Internet use of Thai regions and the poverty of Lao
    /// provinces in `Datasets`.
    private static let regionMarks = [
        "TH": ["Bangkok": 1, "Central": 0.7, "South": 0.5, "North": 0.45, "Northeast": 0.4],
        "LA": ["Central": 0.6, "North": 0.35, "South": 0.3],
    ]

    private func rounded(_ number: Double) -> Int {
        Int(number.rounded(.toNearestOrAwayFromZero))
    }
}
