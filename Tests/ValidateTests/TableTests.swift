import Indicators
import Testing
import Validate

@Suite struct `Tables of the input` {
    @Test func `has the columns of observations.csv and its key`() throws {
        var value = observation("income", "TH-11", 2013, 26_167.7, file: "income.csv", record: 12, grade: .secondary)
        value.treatments = [.retabulated]
        value.standardError = 12.5
        let table = observationsTable([value, observation("income", "TH-10", 2013, nil)], catalogue: Small.catalogue)
        #expect(
            table.schema.columns.map(\.id) == [
                "indicator", "place", "year", "group", "value", "unit", "standard_error", "status", "treatment",
                "grade",
                "file", "record", "column",
            ]
        )
        #expect(table.schema.keyIndices == [0, 1, 2, 3])
        #expect(
            table.row(1).map(\.text) == [
                "income", "TH-11", "2013", "total", "26167.7", "baht per month", "12.5", "A", "retabulated",
                "secondary",
                "income.csv", "12", "2013",
            ]
        )
        #expect(table.row(0)[4] == .missing)
        #expect(table.row(0)[7] == .text("O"))
    }

    @Test func `has the columns of findings.csv, sorted, without a key`() {
        let later = Finding(code: "jump", severity: .warning, file: "b.csv", record: 3, found: "x", expected: "y")
        let whole = Finding(code: "stale", severity: .note, file: "a.csv", found: "x", expected: "y", hint: "z")
        let table = findingsTable([later, whole])
        #expect(
            table.schema.columns.map(\.id) == [
                "code", "severity", "file", "record", "column", "found", "expected", "hint",
            ]
        )
        #expect(table.schema.keyIndices.isEmpty)
        #expect(table.row(0).map(\.text) == ["stale", "note", "a.csv", "", "", "x", "y", "z"])
        #expect(table.row(1).map(\.text) == ["jump", "warning", "b.csv", "3", "", "x", "y", ""])
        #expect(findingsTable([later, whole, whole]).rowCount == 3)
    }

    @Test func `has the columns of provinces.csv`() {
        let loei = Place(
            code: "TH-42",
            level: .province,
            country: "TH",
            parent: "TH-NORTHEAST",
            names: LocalisedText(english: "Loei", thai: "เลย", lao: "ເລີຍ"),
            region: "Northeast",
            areaSquareKilometres: 11_424.6,
            nationalCode: "42",
            pcode: "TH42",
            labelPoint: GeographicPoint(latitude: 17.5, longitude: 101.5)
        )
        let table = placesTable(Gazetteer(places: [loei, Place(code: "TH", level: .country, country: "TH")]))
        #expect(
            table.schema.columns.map(\.id) == [
                "code", "country", "level", "parent", "name_en", "name_th", "name_lo", "region", "area_km2",
                "national_code", "pcode", "label_lat", "label_lon",
            ]
        )
        #expect(table.row(0)[0] == .text("TH"))
        #expect(
            table.row(1).map(\.text) == [
                "TH-42", "TH", "province", "TH-NORTHEAST", "Loei", "เลย", "ເລີຍ", "Northeast", "11424.6", "42", "TH42",
                "17.5", "101.5",
            ]
        )
    }
}
