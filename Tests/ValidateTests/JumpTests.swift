import Indicators
import Testing
import Validate

@Suite struct Jumps {
    private func flagged(_ observations: [Observation], _ options: ValidateOptions = ValidateOptions()) throws -> [Int]
    {
        try validated(observations, options).findings.filter { $0.code == "jump" }.compactMap { Int($0.column) }
            .sorted()
    }

    @Test func `flags a dropped digit once, and keeps the value`() throws {
        // Mean monthly household income with the digit dropped that a public mirror dropped.
        let income = series("income", [22_500, 23_900, 2168, 26_168, 27_000], from: 2011)
        let result = try validated(income)
        #expect(result.observations.count == 5)
        let jumps = result.findings.filter { $0.code == "jump" }
        #expect(jumps.map(\.column) == ["2013"])
        #expect(jumps.first?.expected == "a value nearer to 23900 (2012) and 26168 (2014); it is kept")
    }

    @Test(
        arguments: [
            ([2250, 23_900, 24_100, 26_168], [2010]),
            ([22_500, 23_900, 24_100, 2616], [2013]),
            ([22_500, 239_000, 24_100, 26_168], [2011]),
            ([22_500, 23_900], []),
            ([22_500, 2390], [2011]),
        ] as [([Double], [Int])]
    )
    func `flags the value that stands out, at the ends too`(_ values: [Double], _ years: [Int]) throws {
        #expect(try flagged(series("income", values)) == years)
    }

    @Test func `does not take the beginning of something new for a jump`() throws {
        // Mobile telephones per 100 in Thailand, 1986 to 2018 in outline: World Bank, IT.CEL.SETS.P2.
        let mobile: [Double] = [
            0.0015, 0.0109, 0.032, 0.06, 0.11, 0.2, 0.44, 0.7, 1.3, 2.2, 3.1, 4.9, 12, 27, 60, 120, 180,
        ]
        #expect(try flagged(series("mobile", mobile, from: 1986)) == [])
    }

    @Test func `does not cry at an indicator that is wild by nature`() throws {
        let wild = (10..<20).flatMap { place in
            series("income", [10, 60, 9, 70, 8, 65].map { $0 * Double(place) }, of: "TH-\(place)")
        }
        #expect(try flagged(wild) == [])
    }

    @Test func `compares neither zero nor missing values nor distant years nor across a break`() throws {
        #expect(try flagged(series("population", [0, 1, 0, 1000])) == [])
        #expect(try flagged(series("income", [1000, nil, 1100])) == [])
        #expect(
            try flagged([observation("income", "TH-10", 1990, 10), observation("income", "TH-10", 2010, 1000)]) == []
        )
        var split = series("population", [900_000, 910_000, 50_000, 51_000])
        split[2].status = .seriesBreak
        #expect(try flagged(split) == [])
    }

    @Test func `takes the factor that the pipeline declares, of one indicator or of all`() throws {
        let tripled = series("income", [100, 110, 330, 340])
        #expect(try flagged(tripled) == [])
        #expect(try flagged(tripled, ValidateOptions(jumpFactor: 2.5)) == [2012])
        #expect(try flagged(tripled, ValidateOptions(rules: ["income": IndicatorRule(jumpFactor: 2.5)])) == [2012])
    }

    @Test func `keeps places and groups apart`() throws {
        let women = observation("income", "TH-10", 2011, 1000, group: Group.women)
        #expect(
            try flagged([observation("income", "TH-10", 2010, 10), women, observation("income", "TH-11", 2011, 900)])
                == []
        )
    }
}

@Suite struct `Identical neighbours` {
    /// Internet users of provinces, per cent, with 37.68 twice.
    private static let shares = [37.68, 44.12, 52.91, 37.68, 41.07, 29.83, 60.25, 33.4, 48.86, 55.02]

    private func findings(_ values: [Double], _ file: (Int) -> String = { _ in "a.csv" }) throws -> [Finding] {
        try validated(
            values.enumerated().map { observation("internet_users", "TH-\($0 + 10)", 2017, $1, file: file($0)) }
        )
        .findings.filter { $0.code == "identical-neighbours" }
    }

    @Test func `notes two places with one value where chance would hardly make them`() throws {
        let found = try findings(Self.shares)
        #expect(found.map(\.severity) == [.note])
        #expect(found.first?.found == "TH-10, TH-13, internet_users, 2017: 37.68")
    }

    @Test(arguments: [
        // Whole percent: coincidences are to be expected.
        [37, 44, 52, 37, 41, 29, 60, 33, 48, 55],
        [0, 12.34, 0, 56.78, 100, 100],
        [5.5, 5.5, 5.5],
        [37.68, 37.68],
    ])
    func `is silent where chance or a limit makes them`(_ values: [Double]) throws {
        #expect(try findings(values).isEmpty)
    }

    @Test func `looks at one file at a time`() throws {
        #expect(try findings(Self.shares) { "\($0 % 2).csv" }.isEmpty)
    }
}
