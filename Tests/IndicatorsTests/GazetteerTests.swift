import Indicators
import Testing

@Suite struct `A gazetteer` {
    @Test func `finds a place by its code and no other way`() {
        #expect(gazetteer["TH-43"]?.names.thai == "หนองคาย")
        #expect(gazetteer["th-43"] == nil)
        #expect(gazetteer[""] == nil)
    }

    @Test func `is in order of codes, however it was given`() {
        #expect(gazetteer.places.map(\.code) == gazetteer.places.map(\.code).sorted())
        #expect(Gazetteer(places: gazetteer.places.reversed()).places == gazetteer.places)
    }

    @Test func `knows the places directly below another`() {
        #expect(gazetteer.children(of: "TH").map(\.code) == ["TH-N", "TH-NE"])
        #expect(gazetteer.children(of: "TH-NE").map(\.code) == ["TH-38", "TH-43"])
        #expect(gazetteer.children(of: "TH-43").isEmpty)
        #expect(gazetteer.children(of: "nowhere").isEmpty)
    }

    @Test func `knows the provinces of a country whether or not a region stands between`() {
        #expect(gazetteer.places(at: .province, in: "TH").map(\.code) == ["TH-38", "TH-43"])
        #expect(gazetteer.places(at: .province, under: "TH").map(\.code) == ["TH-38", "TH-43"])
        #expect(gazetteer.places(at: .province, under: "LA").map(\.code) == ["LA-VT"])
        #expect(gazetteer.places(at: .province, under: "TH-N").isEmpty)
        #expect(gazetteer.places(at: .region, in: "LA").isEmpty)
        #expect(gazetteer.places(at: .province, under: "TH-38").map(\.code) == ["TH-38"])
    }

    @Test func `tells country and level of a place without the place`() {
        for place in gazetteer.places {
            #expect(gazetteer.country(of: place.code) == place.country)
            #expect(gazetteer.level(of: place.code) == place.level)
        }
        #expect(gazetteer.country(of: "nowhere") == nil)
        #expect(gazetteer.level(of: "nowhere") == nil)
    }

    @Test func `knows the level that lies deepest in each country`() {
        #expect(gazetteer.finestLevel(in: "TH") == .province)
        #expect(gazetteer.finestLevel(in: "LA") == .province)
        #expect(gazetteer.finestLevel(in: "VN") == nil)
        let alone = Gazetteer(places: [Place(code: "X", level: .country, country: "X")])
        #expect(alone.finestLevel(in: "X") == .country)
        let circle = Gazetteer(places: [Place(code: "A", level: .region, country: "X", parent: "A")])
        #expect(circle.finestLevel(in: "X") == .region)
    }

    @Test func `of nothing is empty`() {
        let nothing = Gazetteer(places: [])
        #expect(nothing.places.isEmpty)
        #expect(nothing.places(at: .country, in: "TH").isEmpty)
    }

    @Test func `goes round a circle of parents once`() {
        let circle = Gazetteer(places: [
            Place(code: "A", level: .province, country: "X", parent: "B"),
            Place(code: "B", level: .province, country: "X", parent: "A"),
            Place(code: "C", level: .province, country: "X", parent: "C"),
        ])
        #expect(circle.places(at: .province, under: "A").map(\.code) == ["A", "B"])
        #expect(circle.places(at: .province, under: "C").map(\.code) == ["C"])
    }

    @Test func `keeps changes in order of time`() throws {
        let days = try ["2013-12-31", "1994-06-22", "2006-01-13"].map { try #require(CalendarDate($0)) }
        let changes = days.map {
            PlaceChange(
                date: $0,
                kind: .recreation,
                place: "LA-XS",
                code: "LA-XS",
                predecessors: [],
                successors: [],
                note: ""
            )
        }
        #expect(Gazetteer(places: [], changes: changes).changes.map(\.date) == days.sorted())
    }

    @Test func `refuses two places with one code`() async {
        await #expect(processExitsWith: .failure) {
            _ = Gazetteer(places: [
                Place(code: "TH-43", level: .province, country: "TH"),
                Place(code: "TH-43", level: .region, country: "TH"),
            ])
        }
    }
}

@Suite struct `A place in time` {
    /// Xaisomboun: a special zone 1994–2006 as LA-XN, a province from 31 December 2013 as LA-XS.
    @Test(arguments: [
        (1993, false), (1994, true), (2006, true), (2007, false), (2012, false), (2013, true), (2014, true),
        (2024, true),
    ])
    func `is there in each year of which it saw a day`(year: Int, isThere: Bool) throws {
        let place = Place(
            code: "LA-XS",
            level: .province,
            country: "LA",
            lifespans: [
                Lifespan(code: "LA-XN", from: try day("1994-06-22"), until: try day("2006-01-13")),
                Lifespan(code: "LA-XS", from: try day("2013-12-31"), until: nil),
            ]
        )
        #expect(place.exists(in: year) == isThere)
    }

    @Test func `was always there where nothing is known`() {
        let place = Place(code: "LA-VT", level: .province, country: "LA")
        #expect(place.exists(in: 1))
        #expect(place.exists(in: 2024))
    }

    @Test func `may have no known beginning`() throws {
        let until = Lifespan(code: "X", from: nil, until: try day("2006-01-13"))
        #expect(until.overlaps(1))
        #expect(!until.overlaps(2007))
    }

    private func day(_ text: String) throws -> CalendarDate {
        try #require(CalendarDate(text))
    }
}

@Suite struct `Words in three languages` {
    @Test func `fall back on English, not on nothing`() {
        let text = LocalisedText(english: "Nong Khai", thai: "หนองคาย")
        #expect(text[.thai] == "หนองคาย")
        #expect(text[.lao] == "Nong Khai")
        #expect(LocalisedText(lao: "ວຽງຈັນ")[.english].isEmpty)
    }
}

private let gazetteer = Gazetteer(places: [
    Place(code: "TH", level: .country, country: "TH"),
    Place(code: "TH-43", level: .province, country: "TH", parent: "TH-NE", names: LocalisedText(thai: "หนองคาย")),
    Place(code: "TH-38", level: .province, country: "TH", parent: "TH-NE"),
    Place(code: "TH-NE", level: .region, country: "TH", parent: "TH"),
    Place(code: "TH-N", level: .region, country: "TH", parent: "TH"),
    Place(code: "LA", level: .country, country: "LA"),
    Place(code: "LA-VT", level: .province, country: "LA", parent: "LA"),
])
