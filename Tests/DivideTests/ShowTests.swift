import Foundation
import Testing

@testable import divide

/// A house of three provinces whose figures can be ranked by hand.
@Suite
struct `What divide show prints` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let datasets = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Datasets")
            .standardizedFileURL.path(percentEncoded: false)
        func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: folder.url.appending(path: name))
        }
        // TH-43 passes 40 in 2016.5; LA-VT has 40 in 2020: 3.5 years.
        try write(
            """
            code,year,internet_users,pupils_per_computer,population
            TH-43,2015,25,20,500000
            TH-43,2018,55,16,510000
            TH-43,2020,70,10,520000
            TH-10,2020,90,8,5500000
            TH-58,2020,70,30,250000
            LA-VT,2020,40,35,900000
            LA-PH,2020,20,60,190000
            """,
            to: "figures.csv"
        )
        try write(
            """
            pipeline: few
            as_of: 2021-06-30
            gazetteer: {places: \(datasets)/provinces.csv, names: \(datasets)/province-names.csv}
            catalogue: \(datasets)/indicators.yaml
            sources:
              - file: figures.csv
                grade: illustrative
                layout:
                  form: indicators-across
                  place_code: code
                  year: year
                  columns: {internet_users: internet_users, pupils_per_computer: pupils_per_computer, population: population}
            publish: {to: out}
            """,
            to: "few.yaml"
        )
    }

    private func shown(_ words: String...) throws -> DivideProcess.Ending {
        try DivideProcess.run(["show", "--pipeline", "few.yaml"] + words, in: folder.url)
    }

    private func rows(_ ending: DivideProcess.Ending) throws -> [[String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [[String: Any]])
    }

    @Test(arguments: [
        ("nong-khai", "vientiane-capital"), ("TH-43", "LA-VT"), ("หนองคาย", "นครหลวงเวียงจันทน์"),
        ("ໜອງຄາຍ", "ນະຄອນຫຼວງວຽງຈັນ"),
        ("th-43", "Vientiane Capital"),
    ])
    func `sets two places side by side by any of their names`(one: String, two: String) throws {
        let rows = try rows(shown(one, two, "--json"))
        let users = try #require(rows.first { $0["indicator"] as? String == "internet_users" })
        #expect(users["value_a"] as? Double == 70 && users["value_b"] as? Double == 40)
        #expect(users["rank_a"] as? Int == 2 && users["of_a"] as? Int == 3)
        #expect(users["rank_b"] as? Int == 1 && users["of_b"] as? Int == 2)
        #expect(users["gap"] as? Double == 30 && users["time_distance"] as? Double == 3.5)
        // Fewer pupils are better: 2 of 3, and the second is worse off by 25; the first was never so badly off.
        let pupils = try #require(rows.first { $0["indicator"] as? String == "pupils_per_computer" })
        #expect(pupils["rank_a"] as? Int == 2 && pupils["gap"] as? Double == 25)
        #expect(pupils["time_distance"] is NSNull)
        // Neither end of a population is better.
        let people = try #require(rows.first { $0["indicator"] as? String == "population" })
        #expect(people["rank_a"] is NSNull && people["gap"] as? Double == -380_000)
    }

    @Test
    func `ranks the provinces of each country on an indicator, equals alike`() throws {
        let rows = try rows(shown("internet_users", "--json"))
        let ranks = Dictionary(
            uniqueKeysWithValues: rows.map { ($0["place"] as? String ?? "", $0["rank"] as? Int ?? 0) }
        )
        #expect(ranks == ["TH-10": 1, "TH-43": 2, "TH-58": 2, "LA-VT": 1, "LA-PH": 2])
        let text = try shown("internet-users", "--language", "lo").output
        #expect(text.hasPrefix("ຜູ້ໃຊ້ອິນເຕີເນັດ, % (few)\n"))
        #expect(text.contains("* ຂໍ້ມູນສົມມຸດ") && text.contains("illustrative"))
    }

    @Test
    func `profiles a place with the same numbers as CSV and JSON, its columns in line whatever the script`() throws {
        let json = try rows(shown("nong-khai", "--json"))
        let csv = try shown("nong-khai", "--csv").output.split(separator: "\n")
        #expect(csv.count == json.count + 1 && json.count == 3)
        for (line, row) in zip(csv.dropFirst(), json) {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            #expect(fields[1] == row["indicator"] as? String ?? "")
            #expect(Double(fields[3]) == row["value"] as? Double)
        }
        for language in ["en", "th", "lo"] {
            let lines = try shown("nong-khai", "--language", language).output.split(separator: "\n").dropFirst()
            let units = [
                "%", "pupils per computer", "persons", "นักเรียนต่อเครื่อง", "คน", "ນັກຮຽນຕໍ່ເຄື່ອງ", "ຄົນ",
            ]
            let places = lines.compactMap { line in
                units.compactMap {
                    line.range(of: "  \($0)  ") ?? line.range(of: "  \($0)", options: [.backwards, .anchored])
                }.first
                    .map { AlignedText.width(String(line[..<$0.lowerBound])) }
            }
            #expect(places.count == 3 && Set(places).count == 1, "\(language): \(places)")
        }
    }

    @Test
    func `asks back where a name means several places or none, and ends with 2`() throws {
        let several = try shown("vientiane")
        #expect(several.status == 2 && several.messages.contains("LA-VI") && several.messages.contains("LA-VT"))
        let none = try shown("nong-kai")
        #expect(none.status == 2 && none.output.isEmpty && none.messages.contains("TH-43"))
        #expect(try shown("LA-XS").status == 2)
        #expect(try shown("a", "b", "c").status == 64)
    }
}
