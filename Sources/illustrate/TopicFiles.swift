import Indicators

/// A file for each topic that has no public provincial figures, as its template has it: a record for each province and year,
/// a column for each indicator; with its metadata. `education-first-edition.csv` is what came out a year before and
/// was revised since.
///
/// - Parameters:
///   - seed: The same seed gives the same bytes.
///   - folder: `Datasets`, from which the provinces and the national series are read.
/// - Returns: The tables and their metadata, topic by topic.
/// - Throws: ``IllustrateError`` where a file of `Datasets` is missing, lacks a column or holds what cannot be used.
package func illustrativeTopicFiles(seed: UInt64, from folder: String) throws(IllustrateError) -> [IllustrativeFile] {
    let setting = try Setting(from: folder)
    let reports = Reports(model: Model(setting: setting, seed: seed))
    let units = try indicatorUnits(in: folder)
    var files: [IllustrativeFile] = []
    for (topic, measures) in Measure.topics(setting) {
        let editions = topic == "education" ? [Edition(topic), Edition(firstOf: topic)] : [Edition(topic)]
        for edition in editions {
            let table = table(of: measures, in: edition, reports)
            files.append(IllustrativeFile(name: edition.file + ".csv", text: table.text))
            let metadata = metadata(of: measures, in: edition, seed: seed, units)
            files.append(IllustrativeFile(name: edition.file + ".meta.yaml", text: metadata))
        }
    }
    return files
}

/// What a ministry sent at one time.
private struct Edition {
    var topic: String
    var file: String
    var lastYear: Int
    /// The years whose figures were provisional in it.
    var provisional: Set<Int> = []

    /// The current one. Two topics are late: their files end with 2022.
    init(_ topic: String) {
        self.topic = topic
        file = topic
        lastYear = ["security", "startups"].contains(topic) ? 2022 : Model.years.upperBound
    }

    /// The one before, a year shorter, its last two years provisional.
    init(firstOf topic: String) {
        self.topic = topic
        file = topic + "-first-edition"
        lastYear = Model.years.upperBound - 1
        provisional = [lastYear - 1, lastYear]
    }
}

private func table(of measures: [Measure], in edition: Edition, _ reports: Reports) -> CSVText {
    var table = CSVText(header: ["code", "year"] + measures.map(\.indicator))
    let years = Model.years.lowerBound...edition.lastYear
    let counts = measures.map { reports.model.counts(of: $0, in: years) }
    for province in reports.model.setting.provinces {
        for year in years {
            guard reports.population(of: province, in: year) != nil else { continue }
            let cells = zip(measures, counts).map { measure, counts -> String in
                guard !reports.isNotReported(measure.indicator, of: province, in: year),
                    let value = reports.value(of: measure, counts, for: province, in: year)
                else { return "" }
                let isProvisional = edition.provisional.contains(year)
                return printed(isProvisional ? value * 0.97 : value, measure.form)
            }
            table.rows.append([province.code, String(year)] + cells)
        }
    }
    return table
}

private func printed(_ value: Double, _ form: Measure.Form) -> String {
    switch form {
    case .count, .landing: String(Int(value.rounded(.toNearestOrAwayFromZero)))
    case .share: decimal(value, places: 1)
    case .rate: decimal(value, places: value < 10 ? 2 : 1)
    }
}

/// Ties away from zero; written from whole parts, so that no formatter has a say.
private func decimal(_ number: Double, places: Int) -> String {
    let scale = places == 1 ? 10 : 100
    let parts = Int((number * Double(scale)).rounded(.toNearestOrAwayFromZero))
    let fraction = String(parts % scale)
    return "\(parts / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
}

private func metadata(
    of measures: [Measure],
    in edition: Edition,
    seed: UInt64,
    _ units: [String: String]
) -> String {
    var notes =
        "Made up, not measured: by the program illustrate, seed \(seed), from the provinces, national series and "
    notes += "figures of Datasets. Lao files keep the old boundaries until 2016. Some provinces did not report a year."
    if edition.lastYear < Model.years.upperBound - 1 { notes += " Late: the file ends with \(edition.lastYear)." }
    if !edition.provisional.isEmpty { notes += " An edition that was revised since: see \(edition.topic).csv." }
    var lines = [
        "title: \"Illustrative: \(edition.file) by province, \(Model.years.lowerBound)-\(edition.lastYear)\"",
        "publisher: \"this project\"",
        "table: \"Indicators across, codes\"",
        "years: \"\(Model.years.lowerBound)-\(edition.lastYear)\"",
        "licence: \"that of this project\"",
        "grade: illustrative",
        "source: \"swift run illustrate --seed \(seed) --to Datasets/illustrative\"",
        "retrieved_from: \"\"",
        "notes: \"\(notes)\"",
        "columns:",
        "  \"code\": \"ISO 3166-2 code of the province\"",
        "  \"year\": \"Common Era year\"",
    ]
    lines += measures.map { "  \"\($0.indicator)\": \"Value of that indicator, \(units[$0.indicator] ?? "")\"" }
    lines.append("indicators:")
    lines += measures.map { "  \($0.indicator): \"\(units[$0.indicator] ?? "")\"" }
    return lines.joined(separator: "\n") + "\n"
}

extension Reports {
    /// What the province reports of a measure; `nil` where it does not report or there is nothing yet.
    fileprivate func value(
        of measure: Measure,
        _ counts: [Int: [String: Int]],
        for province: Setting.Province,
        in year: Int
    ) -> Double? {
        guard let path = measure.paths[province.country] else { return nil }
        if measure.startsLate.contains(province.country), year < path.firstYear { return nil }
        switch measure.form {
        case .count, .landing: return sum(for: province, in: year) { counts[year]?[$0.code] ?? 0 }.map(Double.init)
        case .share, .rate:
            return mean(
                for: province,
                in: year,
                by: { model.population(of: $0, in: year) },
                of: { model.level(of: measure, for: $0, in: year) }
            )
        }
    }
}
