import FoundationEssentials
import Indicators

/// What the illustration starts from, all of it real and read from `Datasets`: the provinces, their people, and the
/// national series.
struct Setting {
    struct Province {
        var code: String
        var country: String
        var region: String
        var names: LocalisedText
        /// Persons per square kilometre.
        var density: Double
        /// In the base year of its country: registered in 2019 (Thailand), counted in 2015 (Lao PDR).
        var population: Double
    }

    /// In order of their codes.
    var provinces: [Province]
    /// World Bank population by country and year.
    var nationalPopulation: [String: [Int: Double]]
    /// ITU's share of Internet users by country and year, in percent.
    var internetUsers: [String: [Int: Double]]

    /// - Parameter folder: `Datasets`.
    /// - Throws: ``IllustrateError`` where a file is missing, lacks a column or holds what cannot be used.
    init(from folder: String) throws(IllustrateError) {
        var people = try Self.numbers(
            in: "population-households-thailand-2019.csv",
            of: folder,
            names: "จังหวัด",
            column: "ประชากร (คน)"
        )
        let lao = try Self.numbers(
            in: "population-census-laos-2015.csv",
            of: folder,
            names: "Province",
            column: "Population"
        )
        people.merge(lao) { first, _ in first }
        provinces = try Self.provinces(in: folder, people: people)
        nationalPopulation = try Self.nationalPopulation(in: folder)
        internetUsers = try Self.internetUsers(in: folder)
    }

    private static func provinces(
        in folder: String,
        people: [String: Double]
    ) throws(IllustrateError) -> [Province] {
        let file = "provinces.csv"
        let table = try read(file, of: folder)
        let wanted = ["code", "country", "level", "region", "name_en", "name_th", "name_lo", "area_km2"]
        var columns: [Int] = []
        for column in wanted { columns.append(try table.position(of: column, in: file)) }
        var provinces: [Province] = []
        for row in table.rows {
            let fields = columns.map { row[$0] }
            guard fields[2] == "province" else { continue }
            let area = try number(fields[7], file: file)
            guard let population = people[fields[0]] else {
                throw .unusable(file: file, found: fields[0], expected: "a province with a population")
            }
            provinces.append(
                Province(
                    code: fields[0],
                    country: fields[1],
                    region: fields[3],
                    names: LocalisedText(english: fields[4], thai: fields[5], lao: fields[6]),
                    density: population / area,
                    population: population
                )
            )
        }
        return provinces.sorted { $0.code < $1.code }
    }

    /// One number for each province that the file names, by the province's code.
    private static func numbers(
        in file: String,
        of folder: String,
        names: String,
        column: String
    ) throws(IllustrateError) -> [String: Double] {
        let places = try read("provinces.csv", of: folder)
        let provinces = Set(places.rows.filter { $0[2] == "province" }.map { $0[0] })
        let spellings = try read("province-names.csv", of: folder).rows.filter { provinces.contains($0[1]) }
        let codes = Dictionary(spellings.map { ($0[0], $0[1]) }) { first, _ in first }
        let table = try read(file, of: folder)
        let place = try table.position(of: names, in: file)
        let value = try table.position(of: column, in: file)
        var numbers: [String: Double] = [:]
        for row in table.rows {
            guard let code = codes[row[place]] else {
                throw .unusable(file: file, found: row[place], expected: "the name of a province")
            }
            numbers[code] = try number(row[value], file: file)
        }
        return numbers
    }

    private static func nationalPopulation(in folder: String) throws(IllustrateError) -> [String: [Int: Double]] {
        let file = "population-national.csv"
        let table = try read(file, of: folder)
        let code = try table.position(of: "Country Code", in: file)
        var series: [String: [Int: Double]] = [:]
        for row in table.rows {
            for (heading, text) in zip(table.header, row) {
                guard let year = Int(heading), !text.isEmpty else { continue }
                series[country(row[code]), default: [:]][year] = try number(text, file: file)
            }
        }
        return series
    }

    private static func internetUsers(in folder: String) throws(IllustrateError) -> [String: [Int: Double]] {
        let file = "internet-users-national.csv"
        let table = try read(file, of: folder)
        let code = try table.position(of: "Code", in: file)
        let year = try table.position(of: "Year", in: file)
        let value = try table.position(of: "Internet users", in: file)
        var series: [String: [Int: Double]] = [:]
        for row in table.rows {
            guard let year = Int(row[year]) else { continue }
            series[country(row[code]), default: [:]][year] = try number(row[value], file: file)
        }
        return series
    }

    private static func country(_ alpha3: String) -> String {
        String(alpha3.prefix(2))
    }

    private static func number(_ text: String, file: String) throws(IllustrateError) -> Double {
        guard let number = Double(text.filter { $0 != "," }) else {
            throw .unusable(file: file, found: text, expected: "a number")
        }
        return number
    }

    fileprivate static func text(_ file: String, of folder: String) throws(IllustrateError) -> String {
        let path = folder + "/" + file
        do {
            return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        } catch {
            throw .unreadable(path: path)
        }
    }

    static func read(_ file: String, of folder: String) throws(IllustrateError) -> CSVText {
        CSVText(reading: try text(file, of: folder))
    }
}

/// The unit of each indicator in `indicators.yaml`, by lines as that file is written: `  - id: ...`, `    unit: "..."`.
///
/// - Throws: ``IllustrateError`` where the file cannot be read.
func indicatorUnits(in folder: String) throws(IllustrateError) -> [String: String] {
    var units: [String: String] = [:]
    var id = ""
    for line in try Setting.text("indicators.yaml", of: folder).split(separator: "\n") {
        if line.hasPrefix("  - id: ") { id = String(line.dropFirst(8)) }
        if line.hasPrefix("    unit: ") { units[id] = line.dropFirst(10).filter { $0 != "\"" } }
    }
    return units
}
