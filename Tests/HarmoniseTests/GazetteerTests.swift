import Harmonise
import Indicators
import Testing

@Suite struct `Reading a gazetteer` {
    @Test func `reads places with what is known of them`() throws {
        let loei = try #require(try Small.gazetteer()["TH-42"])
        #expect(loei.level == .province)
        #expect(loei.parent == "TH-NORTHEAST")
        #expect(loei.names == LocalisedText(english: "Loei", thai: "เลย", lao: "ເລີຍ"))
        #expect(loei.areaSquareKilometres == 11_424.6)
        #expect(loei.labelPoint == GeographicPoint(latitude: 17.4, longitude: 101.6))
        #expect(loei.neighbours == ["LA-XA", "LA-VT"])
        #expect(loei.lifespans.isEmpty)
    }

    @Test func `makes lifespans of splits, mergers and re-creations`() throws {
        let gazetteer = try Small.gazetteer()
        #expect(
            gazetteer["LA-XS"]?.lifespans == [
                Lifespan(
                    code: "LA-XN",
                    from: CalendarDate("1994-06-22"),
                    until: CalendarDate("2006-01-13")
                ),
                Lifespan(code: "LA-XS", from: CalendarDate("2013-12-31"), until: nil),
            ]
        )
        #expect(
            gazetteer["TH-38"]?.lifespans == [Lifespan(code: "TH-38", from: CalendarDate("2011-03-23"), until: nil)]
        )
    }

    @Test func `lets a code change end one span and begin the next`() throws {
        let changes = textTable(
            "c.csv",
            """
            date,kind,place,code,predecessors,successors,note
            2000-01-01,split,LA-XS,LA-XN,LA-VI,,
            2015-11-27,code-change,LA-XS,LA-XS,,,
            """
        )
        let spans = try makeGazetteer(places: Small.places, changes: changes).0["LA-XS"]?.lifespans
        #expect(spans?.map(\.code) == ["LA-XN", "LA-XS"])
        #expect(spans?.first?.until == CalendarDate("2015-11-27"))
        #expect(spans?.last?.until == nil)
    }

    @Test func `works for other levels and countries, and without optional columns`() throws {
        let places = textTable(
            "districts.csv",
            """
            code,country,level,parent,name_en
            VN,VN,country,,Viet Nam
            VN-01,VN,province,VN,Lai Chau
            VN-01-1,VN,district,VN-01,Muong Te
            """
        )
        let (gazetteer, findings) = try makeGazetteer(places: places, changes: nil)
        #expect(findings.isEmpty)
        #expect(gazetteer["VN-01-1"]?.level == PlaceLevel(rawValue: "district"))
        let names = try PlaceNames(gazetteer: gazetteer, names: nil)
        #expect(names.match("muong te").code == "VN-01-1")
    }

    @Test func `tells of every row that cannot be used, and where it stands`() throws {
        let places = textTable(
            "p.csv",
            """
            code,country,level,parent,name_en,area_km2
            TH,TH,country,,Thailand,
            TH,TH,country,,Siam,
            ,TH,province,TH,Nameless,
            TH-1,TH,,TH,Levelless,
            TH-2,TH,province,XX,Orphan,
            TH-3,TH,province,TH,Vast,1e999
            """
        )
        let (gazetteer, findings) = try makeGazetteer(places: places, changes: nil)
        #expect(gazetteer.places.map(\.code) == ["TH", "TH-2", "TH-3"])
        #expect(
            findings.map(\.code) == [
                "gazetteer-duplicate-code", "gazetteer-bad-code", "gazetteer-bad-level", "gazetteer-unknown-parent",
                "gazetteer-bad-number",
            ]
        )
        #expect(findings.map(\.record) == [3, 4, 5, 6, 7])
        #expect(findings.allSatisfy { $0.severity == .error })
    }

    @Test(arguments: [
        "2011-02-30,split,TH-38,TH-38,TH-43,,",
        "2011-03-23,schism,TH-38,TH-38,TH-43,,",
        "2011-03-23,split,TH-99,TH-99,TH-43,,",
        "2011-03-23,split,TH-38,TH-38,TH-99,,",
    ])
    func `refuses a change that it cannot understand`(_ row: String) throws {
        let changes = textTable("c.csv", "date,kind,place,code,predecessors,successors,note\n" + row)
        let (gazetteer, findings) = try makeGazetteer(places: Small.places, changes: changes)
        #expect(gazetteer.changes.isEmpty)
        #expect(findings.map(\.code) == ["gazetteer-bad-change"])
    }

    @Test func `cannot go on without its columns or places`() throws {
        #expect(throws: HarmoniseError.missingColumn(file: "p.csv", column: "country", header: ["code", "name"])) {
            try makeGazetteer(places: textTable("p.csv", "code,name"), changes: nil)
        }
        #expect(throws: HarmoniseError.noPlaces(file: "p.csv")) {
            try makeGazetteer(places: textTable("p.csv", "code,country,level,parent,name_en"), changes: nil)
        }
    }
}
