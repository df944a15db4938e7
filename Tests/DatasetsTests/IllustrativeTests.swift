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
