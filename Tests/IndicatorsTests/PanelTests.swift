import Indicators
import Testing

@Suite struct `A panel` {
    @Test func `lays each observation in its cell, whatever their order`() throws {
        let observations = Self.observations
        for order in [observations, observations.reversed()] {
            let panel = Panel(order)
            #expect(panel.places == ["LA-VT", "TH-38", "TH-43"])
            #expect(panel.years == [2010, 2011, 2012])
            #expect(panel.series.map(\.group) == ["total", "women"])
            for (position, observation) in order.enumerated() {
                let key = SeriesKey(indicator: observation.indicator, group: observation.group)
                let series = try #require(panel.index(of: key))
                let year = try #require(panel.index(ofYear: observation.year))
                let place = try #require(panel.index(ofPlace: observation.place))
                #expect(panel.value(series: series, year: year, place: place) == observation.value)
                #expect(panel.status(series: series, year: year, place: place) == observation.status)
                #expect(panel.source(series: series, year: year, place: place) == position)
            }
        }
    }

    @Test func `has nothing where nothing was observed`() {
        let panel = Panel(Self.observations)
        #expect(panel.value(series: 1, year: 0, place: 0) == nil)
        #expect(panel.status(series: 1, year: 0, place: 0) == nil)
        #expect(panel.source(series: 1, year: 0, place: 0) == nil)
    }

    @Test func `knows the years in which a series was observed, and those with a value at a place`() throws {
        let panel = Panel(Self.observations)
        let total = try #require(panel.index(of: SeriesKey(indicator: "population")))
        let women = try #require(panel.index(of: SeriesKey(indicator: "population", group: Group.women)))
        #expect(panel.years.indices.map { panel.isObserved(series: total, year: $0) } == [true, true, true])
        #expect(panel.years.indices.map { panel.isObserved(series: women, year: $0) } == [false, false, true])
        #expect(panel.years(of: total, at: 2) == [0, 1])
        // Observed in 2012, as missing.
        #expect(panel.years(of: total, at: 0).isEmpty)
        #expect(panel.years(of: women, at: 1) == [2])
        #expect(panel.years(of: women, at: 2).isEmpty)
    }

    @Test func `keeps a row for the places of each series and year, and nothing of it in another`() {
        let observations = [("a", 2001), ("b", 2001), ("a", 2003), ("c", 2002)].enumerated().map { number, key in
            Observation(
                indicator: key.0,
                place: "TH-10",
                year: key.1,
                value: Double(number),
                standardError: Double(number) + 0.5,
                grade: .secondary
            )
        }
        let panel = Panel(observations, places: ["LA-VT", "TH-10"])
        var found: [Double] = []
        for series in panel.series.indices {
            for year in panel.years.indices {
                let row = panel.values(series: series, year: year)
                #expect(row.count == 2 && row.first?.isNaN == true)
                #expect(panel.grade(series: series, year: year, place: 0) == .official)
                #expect(panel.standardError(series: series, year: year, place: 0).isNaN)
                guard let value = row.last, !value.isNaN else {
                    #expect(Array(panel.sources(series: series, year: year)) == [-1, -1])
                    #expect(panel.grade(series: series, year: year, place: 1) == .official)
                    continue
                }
                #expect(Array(panel.sources(series: series, year: year)) == [-1, Int32(value)])
                #expect(panel.standardError(series: series, year: year, place: 1) == value + 0.5)
                #expect(panel.grade(series: series, year: year, place: 1) == .secondary)
                found.append(value)
            }
        }
        #expect(found == [0, 2, 1, 3])
    }

    @Test func `tells a place that was not there from a value that is missing`() {
        let panel = Panel([
            Observation(indicator: "i", place: "TH-38", year: 2010, value: nil, status: .impossible),
            Observation(indicator: "i", place: "TH-43", year: 2010, value: nil, status: .missing),
            Observation(indicator: "i", place: "LA-VT", year: 2010, value: 0),
        ])
        #expect(panel.value(series: 0, year: 0, place: 1) == nil)
        #expect(panel.status(series: 0, year: 0, place: 1) == .impossible)
        #expect(panel.status(series: 0, year: 0, place: 2) == .missing)
        #expect(panel.value(series: 0, year: 0, place: 0) == 0)
    }

    @Test(arguments: ObservationStatus.allCases)
    func `keeps each status`(status: ObservationStatus) {
        let panel = Panel([Observation(indicator: "i", place: "TH", year: 2020, value: 1, status: status)])
        #expect(panel.status(series: 0, year: 0, place: 0) == status)
    }

    @Test func `has cells for the places that were asked for and no others`() {
        let panel = Panel(Self.observations, places: ["TH-43", "LA-AT"])
        #expect(panel.places == ["LA-AT", "TH-43"])
        #expect(panel.index(ofPlace: "TH-38") == nil)
        #expect((0..<panel.years.count).allSatisfy { panel.value(series: 0, year: $0, place: 0) == nil })
        #expect(panel.value(series: 0, year: 0, place: 1) == 907_250)
    }

    @Test func `has no holes between its years`() {
        let panel = Panel([2001, 2017].map { Observation(indicator: "i", place: "TH", year: $0, value: 1) })
        #expect(panel.years == Array(2001...2017))
        #expect(panel.index(ofYear: 2000) == nil)
        #expect(panel.index(ofYear: 2018) == nil)
        #expect(panel.index(ofYear: 2009) == 8)
    }

    @Test func `of nothing has nothing`() {
        let panel = Panel([])
        #expect(panel.places.isEmpty && panel.years.isEmpty && panel.series.isEmpty)
        #expect(panel.index(ofYear: 2020) == nil)
        #expect(panel.index(of: SeriesKey(indicator: "i")) == nil)
        #expect(Panel([], places: ["TH"]).places == ["TH"])
    }

    @Test func `refuses two observations of one cell`() async {
        await #expect(processExitsWith: .failure) {
            let twice = Observation(indicator: "i", place: "TH", year: 2020, value: 1)
            _ = Panel([twice, twice])
        }
    }

    @Test func `refuses a place that is asked for twice`() async {
        await #expect(processExitsWith: .failure) {
            _ = Panel([], places: ["TH", "TH"])
        }
    }

    private static let observations = [
        Observation(indicator: "population", place: "TH-43", year: 2010, value: 907_250, status: .includesOther),
        Observation(indicator: "population", place: "TH-43", year: 2011, value: 509_395, status: .seriesBreak),
        Observation(indicator: "population", place: "TH-38", year: 2011, value: 403_542),
        Observation(indicator: "population", place: "LA-VT", year: 2012, value: nil, status: .missing),
        Observation(indicator: "population", place: "TH-38", year: 2012, group: Group.women, value: 200_001),
    ]
}

@Suite struct `What happened to the values of a file` {
    @Test func `adds up or does not`() {
        #expect(Tally(read: 10, used: 7, refused: 2, setAside: 1).isBalanced)
        #expect(!Tally(read: 10, used: 7, refused: 2, setAside: 2).isBalanced)
        #expect(Tally().isBalanced)
    }

    @Test func `adds file by file`() {
        let sum = Tally(read: 10, used: 7, refused: 2, setAside: 1) + Tally(read: 5, used: 1, refused: 1, setAside: 3)
        #expect(sum == Tally(read: 15, used: 8, refused: 3, setAside: 4))
    }
}

@Suite struct `A finding` {
    @Test func `of an error weighs more than a warning, and that more than a note`() {
        #expect(Finding.Severity.allCases.shuffled().sorted() == [.note, .warning, .error])
    }

    @Test func `stands by file, record and column, then by what it says`() {
        let findings = [
            finding(file: "a.csv", record: 2, code: "b"), finding(file: "a.csv", record: 10, code: "a"),
            finding(file: "b.csv", record: 1, code: "a"), finding(file: "b.csv", record: 1, code: "b"),
            finding(file: "b.csv", record: 1, column: "x", code: "a"),
            finding(file: "b.csv", record: 1, column: "x", code: "a", found: "1", expected: "2"),
            finding(file: "b.csv", record: 1, column: "x", code: "a", found: "1", expected: "3"),
            finding(file: "b.csv", record: 1, column: "x", code: "a", found: "2", expected: "1"),
        ]
        #expect(findings.shuffled().inCanonicalOrder == findings)
    }

    @Test func `takes its place from the cell`() {
        let origin = Origin(file: "income.csv", record: 12, line: 14, field: 3, column: "2556")
        let finding = Finding(code: "jump", severity: .warning, at: origin, found: "2168", expected: "a like value")
        #expect(finding.file == "income.csv")
        #expect([finding.record, finding.line] == [12, 14])
        #expect(finding.column == "2556")
    }

    private func finding(
        file: String,
        record: Int,
        column: String = "",
        code: String,
        found: String = "",
        expected: String = ""
    ) -> Finding {
        Finding(
            code: code,
            severity: .note,
            file: file,
            record: record,
            column: column,
            found: found,
            expected: expected
        )
    }
}
