import Indicators

/// One file of the illustrative set: its name and its bytes as text.
package struct IllustrativeFile: Sendable {
    package var name: String
    package var text: String
}

/// The illustrative set: three indicators and the people they are divided by, each file in a layout of its own.
///
/// - Parameters:
///   - seed: The same seed gives the same bytes.
///   - folder: `Datasets`, from which the provinces and the national series are read.
/// - Returns: `broadband-villages.csv` (long, Thai, Buddhist Era), `community-ict-centres.csv` (years across, English),
///   `digital-literacy.csv` (places across, Lao) and `population.csv` (years across, codes).
/// - Throws: ``IllustrateError`` where a file of `Datasets` is missing, lacks a column or holds what cannot be used.
package func illustrativeFiles(seed: UInt64, from folder: String) throws(IllustrateError) -> [IllustrativeFile] {
    let setting = try Setting(from: folder)
    let reports = Reports(model: Model(setting: setting, seed: seed))
    return [
        IllustrativeFile(name: "broadband-villages.csv", text: broadband(reports).text),
        IllustrativeFile(name: "community-ict-centres.csv", text: centres(reports).text),
        IllustrativeFile(name: "digital-literacy.csv", text: literacy(reports).text),
        IllustrativeFile(name: "population.csv", text: population(reports).text),
    ]
}

/// Long: a record for each province, Buddhist Era year and item. What was not reported is a dash.
private func broadband(_ reports: Reports) -> CSVText {
    var table = CSVText(header: ["จังหวัด", "ปี (พ.ศ.)", "รายการ", "ค่า"])
    for province in reports.model.setting.provinces {
        for year in Model.years {
            guard let villages = reports.villages(of: province, in: year),
                let share = reports.broadband(of: province, in: year)
            else { continue }
            let isMissing = reports.isNotReported("broadband", of: province, in: year)
            let key = [province.names.thai, String(year + 543)]
            let connected = Int((Double(villages) * share / 100).rounded(.toNearestOrAwayFromZero))
            let printed = oneDecimal(100 * Double(connected) / Double(villages))
            table.rows.append(key + ["หมู่บ้านทั้งหมด", String(villages)])
            table.rows.append(key + ["ร้อยละของหมู่บ้านที่มีบรอดแบนด์", isMissing ? "-" : printed])
        }
    }
    return table
}

/// Years across, two records a province. A cell that was not reported is blank; an asterisk marks a revised one.
private func centres(_ reports: Reports) -> CSVText {
    var table = CSVText(header: ["Province", "Item"] + Model.years.map(String.init))
    for province in reports.model.setting.provinces {
        let centres = Model.years.map { year -> String in
            guard !reports.isNotReported("centres", of: province, in: year),
                let centres = reports.centres(of: province, in: year)
            else { return "" }
            return String(centres) + (province.code == "TH-41" && year == 2020 ? "*" : "")
        }
        let working = Model.years.map { year -> String in
            guard !reports.isNotReported("centres", of: province, in: year),
                let working = reports.workingCentres(of: province, in: year)
            else { return "" }
            return oneDecimal(working)
        }
        table.rows.append([province.names.english, "Centres"] + centres)
        table.rows.append([province.names.english, "Working (%)"] + working)
    }
    return table
}

/// Places across: a record for each year, a column for each province. Two dots stand for a year without a survey.
private func literacy(_ reports: Reports) -> CSVText {
    let provinces = reports.model.setting.provinces
    var table = CSVText(header: ["ປີ"] + provinces.map(\.names.lao))
    for year in Model.years {
        let cells = provinces.map { province -> String in
            guard !reports.isNotReported("literacy", of: province, in: year),
                let literacy = reports.literacy(of: province, in: year)
            else { return ".." }
            return oneDecimal(literacy)
        }
        table.rows.append([String(year)] + cells)
    }
    return table
}

/// Years across by code, complete but for the province that is reported with others.
private func population(_ reports: Reports) -> CSVText {
    var table = CSVText(header: ["code"] + Model.years.map(String.init))
    for province in reports.model.setting.provinces {
        let cells = Model.years.map { reports.population(of: province, in: $0).map(String.init) ?? "" }
        table.rows.append([province.code] + cells)
    }
    return table
}

/// With one decimal, ties away from zero; written from whole tenths, so that no formatter has a say.
private func oneDecimal(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded(.toNearestOrAwayFromZero))
    return "\(tenths / 10).\(tenths % 10)"
}
