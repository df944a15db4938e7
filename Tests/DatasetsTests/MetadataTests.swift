import Testing
import Yams

@Suite struct `Each file of figures` {
    static let keys = [
        "title", "publisher", "table", "years", "licence", "grade", "source", "retrieved_from", "notes", "columns",
        "indicators",
    ]

    @Test func `is found by these tests`() {
        #expect(DatasetsFolder.dataFiles.count == 65)
    }

    @Test(arguments: DatasetsFolder.dataFiles)
    func `has its metadata beside it, all keys in order`(file: String) throws {
        let text = try DatasetsFolder.text(file.dropLast(4) + ".meta.yaml")
        let keys = text.split(separator: "\n").filter { !$0.hasPrefix(" ") }.compactMap {
            $0.split(separator: ":").first
        }
        #expect(keys.map(String.init) == Self.keys)
        let metadata = try #require(try Yams.load(yaml: text) as? [String: Any])
        for key in Self.keys.prefix(7) { #expect((metadata[key] as? String)?.isEmpty == false, "\(key)") }
        #expect(["official", "survey", "secondary", "illustrative"].contains(metadata["grade"] as? String ?? ""))
        #expect((metadata["grade"] as? String == "illustrative") == file.hasPrefix("illustrative/"))
    }

    @Test(arguments: DatasetsFolder.dataFiles)
    func `says what stands in each column and which indicators of the catalogue it holds`(file: String) throws {
        let text = try DatasetsFolder.text(file.dropLast(4) + ".meta.yaml")
        let metadata = try #require(try Yams.load(yaml: text) as? [String: Any])
        let columns = try #require(metadata["columns"] as? [String: String])
        for heading in try DatasetsFolder.table(file).header {
            let isYear = heading.count == 4 && Int(heading) != nil
            #expect(
                columns[heading] != nil || isYear && columns["<YEAR>"] != nil || columns["<place>"] != nil,
                "\(heading)"
            )
        }
        let indicators = try #require(metadata["indicators"] as? [String: String])
        #expect(!indicators.isEmpty)
        let catalogue = Dictionary(uniqueKeysWithValues: CatalogueEntry.all.map { ($0.id, $0.text("unit")) })
        for (id, unit) in indicators {
            let expected = try #require(catalogue[id], "\(id) is not in the catalogue")
            #expect(unit.hasPrefix(expected), "\(id)")
        }
    }

    @Test(arguments: DatasetsFolder.dataFiles)
    func `is rectangular, in UTF-8 with LF and without a byte order mark`(file: String) throws {
        let text = try DatasetsFolder.text(file)
        #expect(!text.unicodeScalars.contains { ["\u{FFFD}", "\u{FEFF}", "\r"].contains($0) })
        #expect(text.utf8.last == UInt8(ascii: "\n"))
        let table = Table(text)
        #expect(!table.rows.isEmpty)
        #expect(table.rows.allSatisfy { $0.count == table.header.count })
    }

    @Test func `between them use every indicator of the catalogue that is neither derived nor awaited`() throws {
        var used: Set<String> = []
        for file in DatasetsFolder.dataFiles {
            let text = try DatasetsFolder.text(file.dropLast(4) + ".meta.yaml")
            let metadata = try Yams.load(yaml: text) as? [String: Any]
            used.formUnion((metadata?["indicators"] as? [String: String] ?? [:]).keys)
        }
        let derived: Set = [
            "area", "community_ict_centres_per_100k", "gross_provincial_product_per_capita", "population_density",
            "tpmap_poor_education_rate", "villages_with_broadband",
        ]
        // No public table at hand has them: a ministry's file may.
        let awaited: Set = [
            "e_government_development_index", "global_cybersecurity_index", "ict_value_added_share",
            "international_bandwidth_per_user", "rd_expenditure_gdp",
        ]
        #expect(Set(CatalogueEntry.all.map(\.id)).subtracting(used) == derived.union(awaited))
    }
}

/// Numbers that the notes of the sources state, recomputed from the files.
@Suite struct `The published figures` {
    private func numbers(_ column: String, of file: String) throws -> [Int] {
        try DatasetsFolder.table(file).column(column).compactMap { Int($0.filter { $0 != "," }) }
    }

    @Test func `add up to the Lao census of 2015`() throws {
        #expect(try numbers("Population", of: "population-census-laos-2015.csv").reduce(0, +) == 6_492_228)
        #expect(try numbers("Districts", of: "population-census-laos-2015.csv").reduce(0, +) == 148)
    }

    @Test func `keep the fall of Nong Khai where Bueng Kan begins`() throws {
        let records = try DatasetsFolder.table("population-registered-thailand.csv").records
        let nongKhai = try #require(records.first { $0["จังหวัด"] == "หนองคาย" })
        let buengKan = try #require(records.first { $0["จังหวัด"] == "บึงกาฬ" })
        #expect([nongKhai["2552"], nongKhai["2553"]] == ["907,250", "509,395"])
        #expect([buengKan["2552"], buengKan["2553"]] == ["", "403,542"])
    }

    @Test func `keep the wrong codes of the Thai regions in the trends of the MPI`() throws {
        let records = try DatasetsFolder.table("mpi-trends.csv").records
        let codes = Dictionary(records.map { ($0["area"] ?? "", $0["pcode"] ?? "") }) { first, _ in first }
        #expect(codes["South"] == "TH27" && codes["North"] == "TH55")
        #expect(codes["Central"] == "TH57" && codes["Northeast"] == "TH96" && codes["Bangkok"] == "TH10")
    }

    @Test func `keep the twin values of Mukdahan and Nong Khai`() throws {
        let records = try DatasetsFolder.table("internet-use-northeast-2017.csv").records
        #expect(records.count == 20)
        #expect(Set(records.filter { $0["ร้อยละ"] == "37.68" }.compactMap { $0["จังหวัด"] }) == ["มุกดาหาร", "หนองคาย"])
    }
}
