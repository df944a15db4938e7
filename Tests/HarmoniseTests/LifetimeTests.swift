import Harmonise
import Indicators
import Testing

/// Registered population of Nong Khai and Bueng Kan, BE 2551 to 2556, as the Department of Provincial Administration
/// gives it: Bueng Kan was split off on 23 March 2011, and the source counts it from 2010.
private let nongKhai: [Double] = [906_877, 907_250, 509_395, 509_870, 512_439, 514_943]
private let buengKan: [Double] = [0, 0, 403_542, 407_634, 412_613, 416_236]

@Suite struct `Places in time` {
    private func registered() -> [RawValue] {
        (0..<6).flatMap { index in
            [
                rawValue("Nong Khai", String(2551 + index), nongKhai[index]),
                rawValue("Bueng Kan", String(2551 + index), buengKan[index]),
            ]
        }
    }

    @Test func `takes the zero of a province that was not there for no value`() throws {
        let source = try harmonised(registered())
        let early = try #require(source.observation("TH-38", 2008))
        #expect(early.value == nil)
        #expect(early.status == .impossible)
        #expect(early.texts == ["0"])
        #expect(source.findings.contains { $0.code == "province-not-yet" && $0.severity == .note })
        #expect(source.tally == Tally(read: 12, used: 12))
    }

    @Test func `keeps a zero of a province that exists`() throws {
        #expect(try harmonised([rawValue("Bueng Kan", "2012", 0)]).observation("TH-38", 2012)?.value == 0)
    }

    @Test func `keeps and marks what the source evidently re-tabulated`() throws {
        let retabulated = try #require(try harmonised(registered()).observation("TH-38", 2010))
        #expect(retabulated.value == 403_542)
        #expect(retabulated.treatments == [.retabulated])
    }

    @Test func `refuses a value of a province that was not there`() throws {
        let source = try harmonised([rawValue("Bueng Kan", "2010", 403_542), rawValue("Nong Khai", "2011", 1)])
        #expect(source.observation("TH-38", 2010) == nil)
        #expect(source.tally == Tally(read: 2, used: 1, refused: 1))
        #expect(source.findings.contains { $0.code == "province-not-yet" && $0.severity == .warning })
    }

    @Test func `tells of the first of its cells what stands in it`() throws {
        let source = try harmonised([
            rawValue("Bueng Kan", "2010", 3, record: 2), rawValue("Bueng Kan", "2005", 4, record: 3),
        ])
        let finding = try #require(source.findings.first { $0.code == "province-not-yet" })
        #expect(finding.record == 2)
        #expect(finding.found.hasPrefix("TH-38, population, 2010: 3"))
    }

    @Test(arguments: [Retabulation.all, .places(["TH-38"])])
    func `keeps it where the pipeline declares the source re-tabulated`(_ declared: Retabulation) throws {
        let options = HarmoniseOptions(grade: .official, retabulated: declared)
        let source = try harmonised([rawValue("Bueng Kan", "2010", 403_542)], options)
        #expect(source.observation("TH-38", 2010)?.treatments == [.retabulated])
    }

    @Test func `says that what is missing could not exist`() throws {
        let source = try harmonised([rawValue("Bueng Kan", "2006", nil), rawValue("Bueng Kan", "2016", nil)])
        #expect(source.observations.map(\.status) == [.impossible, .missing])
        #expect(!source.codes.contains("province-not-yet"))
    }

    @Test(arguments: [
        (1993, false), (1994, true), (2006, true), (2007, false), (2012, false), (2013, true), (2014, true),
    ])
    func `knows both lives of Xaisomboun`(_ year: Int, _ exists: Bool) throws {
        let source = try harmonised([rawValue("Xaisomboun", String(year), 5)])
        #expect((source.observation("LA-XS", year) != nil) == exists)
        #expect(source.codes.contains("province-not-yet") == !exists)
    }

    @Test func `finds a value after the last end of a place`() throws {
        let changes = textTable(
            "c.csv",
            "date,kind,place,code,predecessors,successors,note\n2006-01-13,merger,LA-XS,LA-XS,,LA-VI LA-XI,"
        )
        let gazetteer = try makeGazetteer(places: Small.places, changes: changes).0
        let names = try PlaceNames(gazetteer: gazetteer, names: nil)
        let values = [rawValue("Xaisomboun", "2005", 1), rawValue("Xaisomboun", "2010", 1)]
        let source = harmonise(
            values,
            options: HarmoniseOptions(grade: .official),
            names: names,
            catalogue: Small.catalogue
        )
        #expect(source.observations.map(\.year) == [2005])
        #expect(source.codes.contains("province-no-more"))
    }
}

@Suite struct `Breaks in series` {
    private func marked(_ values: [RawValue]) throws -> [String: String] {
        let source = try harmonised(values)
        let result = try markBreaks(in: source.observations, gazetteer: Small.gazetteer())
        return Dictionary(
            uniqueKeysWithValues: result.observations.map { ("\($0.place) \($0.year)", $0.status.rawValue) }
        )
    }

    private func series(_ place: String, _ numbers: [Int: Double?]) -> [RawValue] {
        numbers.keys.sorted().map { rawValue(place, String($0), numbers[$0] ?? nil) }
    }

    @Test func `shows in the year from which the source counts the new province`() throws {
        let numbers = (0..<6).flatMap { index in
            [
                rawValue("Nong Khai", String(2551 + index), nongKhai[index]),
                rawValue("Bueng Kan", String(2551 + index), buengKan[index]),
            ]
        }
        let statuses = try marked(numbers)
        #expect((2008...2013).map { statuses["TH-43 \($0)"] } == ["W", "W", "B", "A", "A", "A"])
        #expect((2008...2013).map { statuses["TH-38 \($0)"] } == ["M", "M", "B", "A", "A", "A"])
    }

    @Test func `shows later where the source lists the new province without a figure`() throws {
        let statuses = try marked(
            series("Nong Khai", [2009: 1, 2011: 2, 2013: 3]) + series("Bueng Kan", [2009: nil, 2011: nil, 2013: 4])
        )
        #expect([2009, 2011, 2013].map { statuses["TH-43 \($0)"] } == ["W", "W", "B"])
        #expect(statuses["TH-38 2013"] == "B")
    }

    @Test func `shows in the year of the change where the new province has no figures`() throws {
        let statuses = try marked(series("Nong Khai", [2009: 1, 2010: 2, 2011: 3, 2012: 4]))
        #expect((2009...2012).map { statuses["TH-43 \($0)"] } == ["W", "W", "B", "A"])
        let late = try marked(series("Nong Khai", [2009: 1, 2012: 4, 2017: 5]) + series("Bueng Kan", [2017: 6]))
        #expect([2009, 2012, 2017].map { late["TH-43 \($0)"] } == ["W", "B", "A"])
        #expect(late["TH-38 2017"] == "A")
    }

    @Test func `is none where a series has only one side of the change`() throws {
        let after = try marked(series("Nong Khai", [2012: 1, 2013: 2]) + series("Bueng Kan", [2012: 1, 2013: 2]))
        #expect(Set(after.values) == ["A"])
    }

    @Test func `leaves other places alone`() throws {
        #expect(Set(try marked(series("Loei", [2009: 1, 2011: 2])).values) == ["A"])
    }

    @Test func `follows a province through split, merger and re-creation`() throws {
        let statuses = try marked(
            series("Vientiane Province", [1990: 1, 1995: 2, 2005: 3, 2007: 4, 2012: 5, 2014: 6, 2015: 7])
                + series("Xaisomboun", [1995: 1, 2005: 1, 2014: 1, 2015: 1])
        )
        #expect(
            [1990, 1995, 2005, 2007, 2012, 2014, 2015].map { statuses["LA-VI \($0)"] }
                == ["W", "B", "A", "B", "W", "B", "A"]
        )
        // The split of 22 June 1994 shows in 1994 in law; the series has its next values in 1995.
        #expect([2005, 2014, 2015].map { statuses["LA-XS \($0)"] } == ["A", "B", "A"])
    }

    /// The censuses of 2005 and 2015: Xaisomboun was dissolved and made again between them.
    @Test func `shows on both sides where land came and went between two values`() throws {
        let statuses = try marked(
            series("Vientiane Province", [2005: 388_833, 2015: 419_090]) + series("Xaisomboun", [2015: 85_168])
        )
        #expect(statuses == ["LA-VI 2005": "A", "LA-VI 2015": "B", "LA-XS 2015": "B"])
    }

    @Test func `tells each break once, whatever the order of the observations`() throws {
        let source = try harmonised(series("Nong Khai", [2009: 1, 2010: 2, 2011: 3]))
        let straight = try markBreaks(in: source.observations, gazetteer: Small.gazetteer())
        let reversed = try markBreaks(in: source.observations.reversed(), gazetteer: Small.gazetteer())
        #expect(straight.findings.map(\.code) == ["series-break"])
        #expect(straight.findings == reversed.findings)
        #expect(straight.observations == reversed.observations.reversed())
    }

    @Test func `does not overwrite what the source says of a value`() throws {
        let options = HarmoniseOptions(grade: .official, status: .estimated)
        let source = try harmonised(series("Nong Khai", [2009: 1, 2011: 3]), options)
        let result = try markBreaks(in: source.observations, gazetteer: Small.gazetteer())
        #expect(result.observations.map(\.status) == [.estimated, .estimated])
        #expect(result.observations.allSatisfy { $0.decisions.contains { $0.subject == "status" } })
    }
}
