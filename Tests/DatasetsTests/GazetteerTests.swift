import Testing

@Suite struct `The shipped gazetteer` {
    let places: [[String: String]]
    let provinces: [[String: String]]
    let codes: Set<String>

    init() throws {
        places = try DatasetsFolder.table("provinces.csv").records
        provinces = places.filter { $0["level"] == "province" }
        codes = Set(places.compactMap { $0["code"] })
    }

    @Test func `has 77 Thai and 18 Lao provinces, each once`() {
        #expect(provinces.count { $0["country"] == "TH" } == 77)
        #expect(provinces.count { $0["country"] == "LA" } == 18)
        #expect(codes.count == places.count)
        let national = provinces.map { ($0["country"] ?? "") + ($0["national_code"] ?? "") }
        #expect(Set(national).count == 95)
        #expect(Set(provinces.compactMap { $0["pcode"] }).count == 95)
    }

    @Test func `has exactly the columns of the contract, sorted by code`() throws {
        let table = try DatasetsFolder.table("provinces.csv")
        #expect(
            table.header.joined(separator: ",")
                == "code,country,level,parent,name_en,name_th,name_lo,region,area_km2,national_code,pcode,label_lat,label_lon,neighbours"
        )
        #expect(table.column("code") == table.column("code").sorted())
        #expect(table.rows.allSatisfy { $0.count == table.header.count })
    }

    @Test func `puts every province into a region, every region into a country, and nothing above a country`() {
        let levels = Dictionary(uniqueKeysWithValues: places.map { ($0["code"] ?? "", $0["level"] ?? "") })
        for place in places {
            let parent = place["parent"] ?? ""
            let above = ["province": "region", "region": "country", "country": nil][place["level"] ?? ""]
            #expect(above != nil, "\(place)")
            #expect(parent.isEmpty ? above == .some(nil) : levels[parent] == above ?? nil, "\(place)")
            #expect(parent.isEmpty || parent.hasPrefix(place["country"] ?? "?"))
        }
    }

    @Test func `knows twenty pairs of neighbours across the border, each from both sides`() {
        let neighbours = Dictionary(
            uniqueKeysWithValues: provinces.map { place in
                (place["code"] ?? "", Set((place["neighbours"] ?? "").split(separator: " ").map(String.init)))
            }
        )
        for (code, others) in neighbours {
            for other in others {
                #expect(neighbours[other]?.contains(code) == true, "\(code) and \(other)")
                #expect(other.prefix(2) != code.prefix(2))
            }
        }
        #expect(neighbours.values.reduce(0) { $0 + $1.count } == 40)
    }

    @Test func `names every place in three languages, each in its own script`() {
        for place in places {
            #expect(scripts(in: place["name_en"] ?? "") == ["Latin"], "\(place)")
            #expect(scripts(in: place["name_th"] ?? "") == ["Thai"], "\(place)")
            #expect(scripts(in: place["name_lo"] ?? "") == ["Lao"], "\(place)")
        }
    }

    @Test func `gives every province an area and a point in the two countries`() throws {
        for province in provinces {
            let area = try #require(Double(province["area_km2"] ?? ""))
            let latitude = try #require(Double(province["label_lat"] ?? ""))
            let longitude = try #require(Double(province["label_lon"] ?? ""))
            #expect((300...25_000).contains(area))
            #expect((5.5...22.6).contains(latitude))
            #expect((97...108).contains(longitude))
        }
    }

    @Test func `adds the published Lao areas up to the overcount that is known`() {
        let lao = provinces.filter { $0["country"] == "LA" }.compactMap { Double($0["area_km2"] ?? "") }
        #expect(lao.reduce(0, +) == 237_995)
    }
}

@Suite struct `The spellings of provinces` {
    let names: Table
    let codes: Set<String>

    init() throws {
        names = try DatasetsFolder.table("province-names.csv")
        codes = Set(try DatasetsFolder.table("provinces.csv").column("code"))
    }

    @Test func `mean a place of the gazetteer, or none of it by an asterisk`() {
        #expect(names.header == ["name", "code", "language", "source"])
        for row in names.rows {
            #expect(row[1] == "*" || codes.contains(row[1]), "\(row)")
            #expect(!row[0].isEmpty && !row[3].isEmpty, "\(row)")
            #expect(!scripts(in: row[0]).contains("replacement character"), "\(row)")
        }
    }

    @Test func `are written in the script of their language`() {
        let script = [
            "en": "Latin", "th": "Thai", "lo": "Lao", "en-abbr3": "Latin", "th-abbr": "Thai", "code": "Latin",
        ]
        for row in names.rows {
            #expect(scripts(in: row[0]) == script[row[2]].map { [$0] }, "\(row)")
        }
    }

    @Test func `stand once for each place they may mean`() {
        #expect(Set(names.rows.map { $0[0] + "|" + $0[1] }).count == names.rows.count)
    }

    @Test(arguments: [
        ("Viangchan", ["LA-VI", "LA-VT"]), ("Vientiane", ["LA-VI", "LA-VT"]), ("ວຽງຈັນ", ["LA-VI", "LA-VT"]),
        ("เวียงจันทน์", ["LA-VI", "LA-VT"]), ("Bangkok", ["TH-10", "TH-BANGKOK"]), ("North", ["LA-NORTH", "TH-NORTH"]),
        ("ศรีษะเกษ", ["TH-33"]), ("มุกดากหาร", ["TH-49"]), ("Loburi", ["TH-16"]), ("Bungkan", ["TH-38"]),
        ("ทั่วราชอาณาจักร", ["TH"]), ("ສປປ ລາວ", ["LA"]), ("THA", ["TH"]), ("กรุงเทพและปริมณฑล", ["*"]), ("ລວມ", ["*"]),
    ])
    func `say which places a name may mean`(name: String, places: [String]) {
        #expect(names.rows.filter { $0[0] == name }.map { $0[1] }.sorted() == places)
    }

    @Test func `leave no name of a province to two provinces but for Vientiane`() {
        var places: [String: Set<String>] = [:]
        for row in names.rows where row[1].contains("-") && row[1].count == 5 {
            places[row[0].lowercased(), default: []].insert(row[1])
        }
        #expect(
            Set(places.filter { $0.value.count > 1 }.keys) == ["viangchan", "vientiane", "ວຽງຈັນ", "เวียงจันทน์"]
        )
    }
}

@Suite struct `The changes of provinces` {
    @Test func `name places of the gazetteer, in order of time, by a known kind`() throws {
        let changes = try DatasetsFolder.table("province-changes.csv")
        let codes = Set(try DatasetsFolder.table("provinces.csv").column("code"))
        #expect(changes.header == ["date", "kind", "place", "code", "predecessors", "successors", "note", "source"])
        #expect(changes.column("date") == changes.column("date").sorted())
        for change in changes.records {
            #expect(["split", "merger", "re-creation", "code-change"].contains(change["kind"] ?? ""))
            let named =
                (change["predecessors"] ?? "") + " " + (change["successors"] ?? "") + " " + (change["place"] ?? "")
            for place in named.split(separator: " ") { #expect(codes.contains(String(place))) }
        }
    }

    @Test func `tell the lives of Xaisomboun and the birth of Bueng Kan`() throws {
        let rows = try DatasetsFolder.table("province-changes.csv").rows
        #expect(rows.filter { $0[2] == "LA-XS" }.map { $0[1] } == ["split", "merger", "re-creation", "code-change"])
        #expect(rows.filter { $0[2] == "LA-XS" }.map { $0[3] } == ["LA-XN", "LA-XN", "LA-XS", "LA-XS"])
        #expect(rows.filter { $0[2] == "TH-38" }.map { $0[0] } == ["2011-03-23"])
        #expect(rows.filter { $0[2] == "TH-38" }.map { $0[4] } == ["TH-43"])
    }
}
