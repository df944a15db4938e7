/// What the two ministries report: the model's figures by the boundaries that were used, with the holes of real files.
struct Reports {
    let model: Model
    /// By year, then by province.
    private let centres: [Int: [String: Int]]

    init(model: Model) {
        self.model = model
        let years = Model.years.map { year in
            (year, model.centres(in: "LA", in: year).merging(model.centres(in: "TH", in: year)) { first, _ in first })
        }
        centres = Dictionary(years) { first, _ in first }
    }

    /// Persons, one for each province and year; `nil` where the province is reported with others.
    func population(of province: Setting.Province, in year: Int) -> Int? {
        sum(for: province, in: year) { model.population(of: $0, in: year) }
    }

    func villages(of province: Setting.Province, in year: Int) -> Int? {
        sum(for: province, in: year) { model.villages(of: $0) }
    }

    func centres(of province: Setting.Province, in year: Int) -> Int? {
        sum(for: province, in: year) { centres[year]?[$0.code] ?? 0 }
    }

    /// Percent of villages.
    func broadband(of province: Setting.Province, in year: Int) -> Double? {
        mean(for: province, in: year, by: { model.villages(of: $0) }, of: { model.broadband(of: $0, in: year) })
    }

    /// Percent of persons. The Lao survey is every second year.
    func literacy(of province: Setting.Province, in year: Int) -> Double? {
        if province.country == "LA", year % 2 == 0 { return nil }
        return mean(
            for: province,
            in: year,
            by: { model.population(of: $0, in: year) },
            of: { model.literacy(of: $0, in: year) }
        )
    }

    /// Percent of centres; `nil` too where there is no centre.
    func workingCentres(of province: Setting.Province, in year: Int) -> Double? {
        guard let centres = centres(of: province, in: year), centres > 0 else { return nil }
        return mean(
            for: province,
            in: year,
            by: { model.population(of: $0, in: year) },
            of: { model.workingCentres(of: $0, in: year) }
        )
    }

    /// Whether the ministry's file lacks the cell: a year that a province let pass, files that come late, and now and
    /// then a cell.
    func isNotReported(_ purpose: String, of province: Setting.Province, in year: Int) -> Bool {
        if Self.silent.contains("\(province.code) \(year)") { return true }
        if year == Model.years.upperBound, Self.late[purpose]?.contains(province.code) ?? false { return true }
        var random = SplitMix64(seed: model.seed, for: "hole \(purpose) \(province.code) \(year)")
        return random.unit() < 0.012
    }

    /// Nothing of these provinces came in that year.
    private static let silent: Set = ["LA-PH 2018", "LA-XE 2020", "TH-58 2016", "TH-96 2019"]
    /// Not yet in for the last year.
    private static let late: [String: Set<String>] = [
        "broadband": ["LA-HO", "LA-OU", "TH-94", "TH-95", "TH-96"],
        "centres": ["LA-AT", "LA-SL", "LA-XE", "TH-55", "TH-58"],
    ]

    // MARK: - Boundaries

    /// Those whose land is in what the province reports, each with the part of it; empty where it does not report.
    ///
    /// Xaisomboun was made of four districts of Vientiane province and one of Xiengkhouang: as long as the old
    /// boundaries are reported, four fifths of it count with the one and a fifth with the other.
    private func parts(of province: Setting.Province, in year: Int) -> [(province: Setting.Province, part: Double)] {
        guard year <= Model.lastYearOfOldBoundaries else { return [(province, 1)] }
        let returned = ["LA-VI": 0.8, "LA-XI": 0.2]
        if province.code == "LA-XS" { return [] }
        guard let part = returned[province.code],
            let xaisomboun = model.setting.provinces.first(where: { $0.code == "LA-XS" })
        else { return [(province, 1)] }
        return [(province, 1), (xaisomboun, part)]
    }

    /// What the province reports of things that are counted, by the boundaries of the year.
    func sum(
        for province: Setting.Province,
        in year: Int,
        of count: (Setting.Province) -> Int
    ) -> Int? {
        let parts = parts(of: province, in: year)
        if parts.isEmpty { return nil }
        let sum = parts.reduce(0) { $0 + Double(count($1.province)) * $1.part }
        return Int(sum.rounded(.toNearestOrAwayFromZero))
    }

    /// What it reports of a share or rate: the mean over the land that it reports for.
    func mean(
        for province: Setting.Province,
        in year: Int,
        by weight: (Setting.Province) -> Int,
        of share: (Setting.Province) -> Double
    ) -> Double? {
        var weights = 0.0
        var sum = 0.0
        for (province, part) in parts(of: province, in: year) {
            weights += Double(weight(province)) * part
            sum += share(province) * Double(weight(province)) * part
        }
        return weights > 0 ? sum / weights : nil
    }
}
