import Indicators
import Testing
import Validate

@Suite struct Duplicates {
    private func pair(_ left: Double?, _ right: Double?, _ grade: Grade = .official) -> [Observation] {
        [
            observation("income", "TH-82", 2013, left, file: "a.csv", record: 3),
            observation("income", "TH-82", 2013, right, file: "b.csv", record: 9, grade: grade),
        ]
    }

    @Test func `keeps one of two equal values and sets the other aside`() throws {
        let result = try validated(pair(26_168, 26_168))
        #expect(result.observations.map(\.value) == [26_168])
        #expect(result.setAside == ["b.csv": 1])
        #expect(result.refused.isEmpty)
        #expect(result.findings.map(\.code) == ["duplicate-value"])
        #expect(result.findings.map(\.severity) == [.note])
        #expect(result.findings.first?.expected.contains("a.csv, record 3") == true)
    }

    @Test func `takes a value rounded for equal, and keeps the finer one`() throws {
        let result = try validated(pair(26_168, 26_167.7))
        #expect(result.observations.map(\.value) == [26_167.7])
        #expect(result.setAside == ["a.csv": 1])
    }

    @Test func `refuses both of two that contradict each other, and names both places`() throws {
        let result = try validated(pair(2168, 26_167.7))
        #expect(result.observations.isEmpty)
        #expect(result.refused == ["a.csv": 1, "b.csv": 1])
        #expect(result.codes == ["duplicate-conflict", "duplicate-conflict"])
        #expect(result.findings.map(\.file) == ["a.csv", "b.csv"])
        #expect(result.findings[0].expected.contains("b.csv, record 9, column 2013, has 26167.7"))
        #expect(result.findings[1].expected.contains("a.csv, record 3, column 2013, has 2168"))
    }

    @Test func `takes the one of declared priority`() throws {
        let result = try validated(pair(2168, 26_167.7), ValidateOptions(priorities: ["b.csv": 1]))
        #expect(result.observations.map(\.value) == [26_167.7])
        #expect(result.setAside == ["a.csv": 1])
        #expect(result.codes == ["duplicate-superseded"])
    }

    @Test func `takes the better grade, and official and survey for equally good`() throws {
        #expect(try validated(pair(2168, 26_167.7, .secondary)).observations.map(\.value) == [2168])
        #expect(try validated(pair(2168, 26_167.7, .survey)).observations.isEmpty)
        let declared = ValidateOptions(priorities: ["b.csv": 1])
        #expect(try validated(pair(2168, 26_167.7, .secondary), declared).observations.map(\.value) == [26_167.7])
    }

    @Test func `takes a value before a missing one, whatever its grade or priority`() throws {
        let result = try validated(pair(nil, 5, .secondary), ValidateOptions(priorities: ["a.csv": 3]))
        #expect(result.observations.map(\.value) == [5])
        #expect(result.setAside == ["a.csv": 1])
        #expect(try validated(pair(nil, nil)).observations.count == 1)
    }

    @Test func `keeps the same one of equal values whatever the order of the rows`() throws {
        var precise = observation("income", "TH-82", 2013, 26_168)
        precise.standardError = 5
        let uncertain = observation("income", "TH-82", 2013, 26_168, status: .unreliable)
        let plain = observation("income", "TH-82", 2013, 26_168)
        for rows in [[plain, precise, uncertain], [uncertain, plain, precise], [precise, uncertain, plain]] {
            let numbered = rows.enumerated().map { record, row in
                var row = row
                row.origins[0].record = record + 2
                return row
            }
            #expect(try validated(numbered).observations.map(\.status) == [.unreliable])
            let known = numbered.filter { $0.status == .normal }
            #expect(try validated(known).observations.map(\.standardError) == [5])
        }
    }

    @Test func `refuses three of which two agree`() throws {
        let third = observation("income", "TH-82", 2013, 26_168, file: "c.csv")
        let result = try validated(pair(2168, 26_168) + [third])
        #expect(result.observations.isEmpty)
        #expect(result.refused == ["a.csv": 1, "b.csv": 1, "c.csv": 1])
    }

    @Test func `gives the same result for every order of the rows`() throws {
        let values: [(Double?, String, Grade)] = [
            (26_168, "a.csv", .official), (26_167.7, "b.csv", .survey), (2168, "c.csv", .secondary),
            (nil, "d.csv", .official),
        ]
        let rivals = values.map { observation("income", "TH-82", 2013, $0.0, file: $0.1, grade: $0.2) }
        let expected = try validated(rivals)
        #expect(expected.observations.map(\.value) == [26_167.7])
        for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1], [1, 3, 0, 2]] {
            let result = try validated(order.map { rivals[$0] })
            #expect(result.observations == expected.observations)
            #expect(result.findings == expected.findings)
            #expect(result.setAside == expected.setAside)
        }
    }

    @Test func `does not confuse groups, years, places or indicators`() throws {
        let distinct = [
            observation("income", "TH-10", 2013, 1), observation("income", "TH-10", 2014, 2),
            observation("income", "TH-11", 2013, 3), observation("area", "TH-10", 2013, 4),
            observation("income", "TH-10", 2013, 5, group: Group.women),
        ]
        let result = try validated(distinct)
        #expect(result.observations.count == 5)
        #expect(result.findings.isEmpty)
    }
}

@Suite struct Expectations {
    private let rows = series("income", [100, 110, nil, 120]) + series("income", [90], of: "TH-11")

    @Test func `is silent where they are met`() throws {
        let expectation = Expectation(file: "a.csv", values: 4, places: 2, maximumAgeInMonths: 150)
        #expect(try validated(rows, ValidateOptions(expectations: [expectation])).findings.isEmpty)
    }

    @Test func `tells of other counts of values and places, as errors`() throws {
        let expectation = Expectation(file: "a.csv", values: 5, places: 3)
        let findings = try validated(rows, ValidateOptions(expectations: [expectation])).findings
        #expect(findings.map(\.code) == ["unexpected-place-count", "unexpected-value-count"])
        #expect(findings.map(\.found) == ["2 places", "4 values"])
        #expect(findings.allSatisfy { $0.severity == .error && $0.file == "a.csv" })
    }

    @Test func `counts what a file yielded before anything is refused`() throws {
        let expectation = Expectation(file: "a.csv", values: 1)
        let share = [observation("internet_users", "TH-10", 2017, 140)]
        #expect(try validated(share, ValidateOptions(expectations: [expectation])).codes == ["share-out-of-range"])
    }

    @Test func `speaks of the indicators that it names`() throws {
        let expectation = Expectation(file: "a.csv", indicators: ["area"], values: 0)
        #expect(try validated(rows, ValidateOptions(expectations: [expectation])).findings.isEmpty)
    }

    // The latest year with a value is 2013: it is over on 1 January 2014.
    @Test(arguments: [
        ("2016-12-31", 36, false), ("2017-01-01", 36, false), ("2017-01-02", 36, true), ("2013-06-01", 0, false),
        ("2014-02-01", 0, true),
    ])
    func `measures age from the end of the latest year`(_ day: String, _ months: Int, _ isStale: Bool) throws {
        let options = ValidateOptions(expectations: [Expectation(file: "a.csv", maximumAgeInMonths: months)])
        let result = try validated(rows, options, asOf: CalendarDate(day))
        #expect(result.codes.contains("stale") == isStale)
    }

    @Test func `finds a file without a value stale`() throws {
        let options = ValidateOptions(expectations: [Expectation(file: "gone.csv", maximumAgeInMonths: 12)])
        #expect(try validated(rows, options).codes == ["stale"])
    }
}
