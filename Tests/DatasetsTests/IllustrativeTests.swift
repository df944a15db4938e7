import Testing
import illustrate

@Suite struct `The illustrative set` {
    @Test func `is what the generator gives for its seed, byte for byte`() throws {
        for file in try illustrativeFiles(seed: 2018, from: DatasetsFolder.path) {
            #expect(try DatasetsFolder.text("illustrative/" + file.name) == file.text, "\(file.name)")
        }
    }

    @Test func `depends on the seed`() throws {
        let files = try illustrativeFiles(seed: 2018, from: DatasetsFolder.path)
        let others = try illustrativeFiles(seed: 2019, from: DatasetsFolder.path)
        for (file, other) in zip(files, others) where file.name != "population.csv" { #expect(file.text != other.text) }
    }

    @Test(arguments: [0, 1, 2018, 987_654_321] as [UInt64])
    func `keeps shares within 0 and 100 and counts whole, whatever the seed`(seed: UInt64) throws {
        for file in try illustrativeFiles(seed: seed, from: DatasetsFolder.path) {
            let table = Table(file.text)
            for row in table.rows {
                let isCount = file.name == "population.csv" || row.contains("หมู่บ้านทั้งหมด") || row.contains("Centres")
                for text in row.suffix(file.name == "broadband-villages.csv" ? 1 : row.count - 1) {
                    guard let number = Double(text.filter { $0 != "*" }) else { continue }
                    #expect(isCount ? number == number.rounded() && number >= 0 : (0...100).contains(number), "\(row)")
                }
            }
        }
    }

    @Test func `lets Xaisomboun appear in 2017 and those it was made of shrink`() throws {
        let population = try DatasetsFolder.table("illustrative/population.csv").records
        let xaisomboun = try #require(population.first { $0["code"] == "LA-XS" })
        let vientiane = try #require(population.first { $0["code"] == "LA-VI" })
        #expect(xaisomboun["2016"] == "" && xaisomboun["2017"] != "")
        let before = try #require(Int(vientiane["2016"] ?? ""))
        let after = try #require(Int(vientiane["2017"] ?? ""))
        #expect(after < before)
        let literacy = try DatasetsFolder.table("illustrative/digital-literacy.csv")
        #expect(literacy.column("ໄຊສົມບູນ").firstIndex { $0 != ".." } == 2)
    }

    @Test func `carries the base years' people as they were published`() throws {
        let population = try DatasetsFolder.table("illustrative/population.csv").records
        #expect(population.first { $0["code"] == "TH-10" }?["2019"] == "5666264")
        #expect(population.first { $0["code"] == "LA-VT" }?["2015"] == "820940")
    }

    @Test func `has holes, but few`() throws {
        let broadband = try DatasetsFolder.table("illustrative/broadband-villages.csv")
        let holes = broadband.column("ค่า").count { $0 == "-" }
        #expect((10...60).contains(holes))
        let phongsaly = broadband.records.filter { $0["จังหวัด"] == "พงสาลี" && $0["ค่า"] == "-" }
        #expect(phongsaly.contains { $0["ปี (พ.ศ.)"] == "2561" })
    }
}

@Suite struct `The illustrative files of the topics` {
    private static let topics = CatalogueEntry.basisOfTopics.keys.filter { $0 != "context" }.sorted()

    @Test func `are what the generator gives for its seed, byte for byte, and depend on it`() throws {
        let files = try illustrativeTopicFiles(seed: 2018, from: DatasetsFolder.path)
        for file in files { #expect(try DatasetsFolder.text("illustrative/" + file.name) == file.text, "\(file.name)") }
        let others = try illustrativeTopicFiles(seed: 2019, from: DatasetsFolder.path)
        for (file, other) in zip(files, others) { #expect(file.text != other.text, "\(file.name)") }
    }

    @Test(arguments: topics)
    func `hold indicators of their topic alone, within what each may be`(topic: String) throws {
        let table = try DatasetsFolder.table("illustrative/\(topic).csv")
        let entries = Dictionary(uniqueKeysWithValues: CatalogueEntry.all.map { ($0.id, $0) })
        #expect(table.header.count > 2)
        for indicator in table.header.dropFirst(2) {
            let entry = try #require(entries[indicator])
            #expect(entry.text("topic") == topic)
            let values = table.column(indicator).compactMap(Double.init)
            #expect(values.count > 100)
            switch entry.text("kind") {
            case "share": #expect(values.allSatisfy { (0...100).contains($0) })
            case "count": #expect(values.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
            default: #expect(values.allSatisfy { $0 >= 0 })
            }
        }
    }

    /// The figures as their publishers have them, from the real files of Datasets.
    @Test(arguments: [
        ("telecom", "mobile_4g_population_coverage", "TH", "2022", 98.1),
        ("telecom", "mobile_4g_population_coverage", "LA", "2022", 52),
        ("telecom", "mobile_per_100", "LA", "2020", 56.353), ("broadband", "internet_households", "TH", "2022", 90.4),
        ("broadband", "internet_households", "LA", "2022", 72), ("literacy", "adult_literacy", "LA", "2015", 84.7),
        ("inclusion", "internet_users", "TH", "2023", 89.5352),
        ("inclusion", "mobile_phone_owners", "LA", "2017", 73.1),
        ("broadband", "fixed_broadband_per_100", "TH", "2020", 16.4445),
    ])
    func `keep the national figures where there are any`(
        topic: String,
        indicator: String,
        country: String,
        year: String,
        figure: Double
    ) throws {
        let people = try DatasetsFolder.table("illustrative/population.csv").records
        let persons = Dictionary(people.map { ($0["code"] ?? "", Double($0[year] ?? "") ?? 0) }) { first, _ in first }
        var sum = 0.0
        var weights = 0.0
        for record in try DatasetsFolder.table("illustrative/\(topic).csv").records where record["year"] == year {
            guard let code = record["code"], code.hasPrefix(country), let value = Double(record[indicator] ?? "") else {
                continue
            }
            sum += value * (persons[code] ?? 0)
            weights += persons[code] ?? 0
        }
        // The provinces' own luck moves the mean a little.
        #expect(abs(sum / weights / figure - 1) < 0.04, "\(sum / weights)")
    }

    @Test func `tell of late files and of a revision`() throws {
        #expect(Set(try DatasetsFolder.table("illustrative/security.csv").column("year")).max() == "2022")
        #expect(Set(try DatasetsFolder.table("illustrative/startups.csv").column("year")).max() == "2022")
        let current = try DatasetsFolder.table("illustrative/education.csv").records
        let first = try DatasetsFolder.table("illustrative/education-first-edition.csv").records
        func value(_ records: [[String: String]], _ year: String) -> String? {
            records.first { $0["code"] == "TH-43" && $0["year"] == year }?["schools_with_internet"]
        }
        #expect(value(first, "2020") == value(current, "2020"))
        #expect(value(first, "2023") != value(current, "2023"))
        #expect(value(first, "2024") == nil && value(current, "2024") != nil)
    }
}

@Suite struct `The templates` {
    @Test(arguments: ["broadband-villages", "community-ict-centres", "digital-literacy"])
    func `have every province filled in and nothing else`(name: String) throws {
        let template = try DatasetsFolder.table("templates/\(name).csv")
        #expect(template.header.prefix(6) == ["code", "country", "name_en", "name_th", "name_lo", "year"])
        let provinces = try DatasetsFolder.table("provinces.csv").records.filter { $0["level"] == "province" }
        #expect(template.column("code") == provinces.compactMap { $0["code"] })
        #expect(template.column("name_lo") == provinces.compactMap { $0["name_lo"] })
        #expect(template.rows.allSatisfy { $0.dropFirst(5).allSatisfy(\.isEmpty) })
    }
}
