import Compare
import Indicators
import Testing

private let users = observed(
    "internet_users",
    2017,
    ["TH-10": 80, "TH-50": 50, "TH-90": 20, "LA-LP": 10, "LA-VT": 40]
)

private let population =
    observed("population", 2017, ["TH-10": 6e6, "TH-50": 2e6, "TH-51": 1e6, "TH-90": 1e6, "TH-91": 2e6])
    + observed("population", 2017, ["LA-LP": 3e5, "LA-VT": 6e5, "LA-XS": 1e5])

@Suite struct `Inequality by country` {
    @Test func `has a row for each country and both, weighting and orientation`() throws {
        let found = try tables(users + population, [.inequality])
        let rows = found.rows("inequality", "country", "weighting", "orientation", "n", "places", "mean")
        #expect(
            rows == [
                ["LA", "population", "attainment", "2", "3", "30"], ["LA", "population", "shortfall", "2", "3", "70"],
                ["LA", "simple", "attainment", "2", "3", "25"], ["LA", "simple", "shortfall", "2", "3", "75"],
                ["TH", "population", "attainment", "3", "5", "66.66666666666667"],
                ["TH", "population", "shortfall", "3", "5", "33.333333333333336"],
                ["TH", "simple", "attainment", "3", "5", "50"], ["TH", "simple", "shortfall", "3", "5", "50"],
                ["pooled", "population", "attainment", "5", "8", "63.333333333333336"],
                ["pooled", "population", "shortfall", "5", "8", "36.666666666666664"],
                ["pooled", "simple", "attainment", "5", "8", "40"], ["pooled", "simple", "shortfall", "5", "8", "60"],
            ]
        )
    }

    @Test func `measures attainment and lack apart`() throws {
        let found = try tables(users, [.inequality])
        // 20, 50, 80: the mean difference of the pairs is 40 x 2 x 3 / 9.
        #expect(
            try found.number("inequality", ["country": "TH", "orientation": "attainment"], "gini").isNear(4.0 / 15)
        )
        // 10 and 40 against the lack of 90 and 60: 30 / 4 over means of 25 and 75.
        #expect(try found.number("inequality", ["country": "LA", "orientation": "attainment"], "gini").isNear(0.3))
        #expect(try found.number("inequality", ["country": "LA", "orientation": "shortfall"], "gini").isNear(0.1))
        #expect(
            try found.number("inequality", ["country": "LA", "orientation": "attainment"], "gini_corrected").isNear(0.6)
        )
    }

    @Test func `splits the whole into between and within, exactly`() throws {
        let found = try tables(users + population, [.inequality])
        let rows = found.rows(
            "inequality-decomposition",
            "measure",
            "total",
            "between",
            "within_reference",
            "within_other",
            "overlap"
        )
        #expect(rows.count == 16)
        for row in rows {
            let numbers = row.dropFirst().map { Double($0) ?? 0 }
            #expect(abs(numbers[0] - numbers[1...].reduce(0, +)) < 1e-14, "\(row)")
            #expect((row[0] == "gini") == !row[5].isEmpty)
        }
    }

    @Test func `leaves a shortfall out where nothing bounds the values`() throws {
        let found = try tables(observed("mpi", 2017, ["TH-10": 0.1, "TH-50": 0.3]), [.inequality])
        #expect(found.rows("inequality", "orientation") == [["attainment"]])
    }

    @Test func `takes counts only where they are named`() throws {
        let centres = observed("centres", 2017, ["TH-10": 3, "TH-50": 5])
        #expect(try tables(centres, [.inequality]).rows("inequality", "country") == [])
        var options = CompareOptions(metrics: [.inequality])
        options.inequality.indicators = ["centres"]
        #expect(try tables(centres, options).rows("inequality", "country") == [["TH"]])
    }

    @Test func `has a column for each parameter`() throws {
        var options = CompareOptions(metrics: [.inequality])
        options.inequality.entropies = [-1, 0.5]
        options.inequality.aversions = [1.5]
        let ids = try #require(tables(users, options).tables["inequality"]).schema.columns.map(\.id)
        #expect(
            ids.filter { $0.hasPrefix("ge_") || $0.hasPrefix("atkinson") } == ["ge_minus_1", "ge_0_5", "atkinson_1_5"]
        )
    }

    @Test(arguments: [[0.0], [1], [.nan], [2, 2]])
    func `refuses entropies that are no column of their own`(entropies: [Double]) {
        var options = CompareOptions(metrics: [.inequality])
        options.inequality.entropies = entropies
        let found = compare(users, catalogue: catalogue, gazetteer: gazetteer, options: options)
        #expect(found.findings.map(\.code) == ["bad-comparison"])
        #expect(found.tables.isEmpty)
    }

    @Test func `names every degenerate case`() throws {
        let one = try tables(observed("internet_users", 2017, ["TH-10": 80]), [.inequality])
        #expect(one.rows("inequality", "country") == [])
        #expect(one.codes.contains("one-place"))
        let none = try tables(observed("internet_users", 2017, ["TH-10": nil, "TH-50": nil]), [.inequality])
        #expect(none.rows("inequality", "country") == [])
        let zeros = try tables(observed("internet_users", 2017, ["TH-10": 0, "TH-50": 0]), [.inequality])
        #expect(zeros.codes.contains("zero-mean"))
        #expect(
            zeros.rows("inequality", "orientation", "gini", "note")[0][1...] == ["", "fewer than 10 places; zero-mean"]
        )
        let negative = try tables(observed("mpi", 2017, ["TH-10": -1, "TH-50": 3]), [.inequality])
        #expect(negative.rows("inequality", "gini", "cov_population") == [["", "2"]])
        #expect(negative.codes.contains("negative-value"))
    }

    @Test func `is the same for every order of the observations`() throws {
        let all = users + population
        let plain = try tables(all, [.inequality])
        let turned = try tables(all.reversed(), [.inequality])
        for name in ["inequality", "inequality-decomposition"] {
            let (one, other) = (try #require(plain.tables[name]), try #require(turned.tables[name]))
            #expect((0..<one.rowCount).map(one.row) == (0..<other.rowCount).map(other.row))
        }
    }
}

@Suite struct `Errors of gaps` {
    private func withErrors(_ values: KeyValuePairs<String, (Double, Double)>) -> [Observation] {
        values.map { place, value in
            var observation = Observation(indicator: "internet_users", place: place, year: 2017, value: value.0)
            observation.standardError = value.1
            return observation
        }
    }

    @Test func `of independent places add by their squares`() throws {
        let values = withErrors(["TH-10": (80, 3), "TH-50": (40, 4), "LA-LP": (20, 6), "LA-VT": (40, 8)])
        let gaps = try compared(values)
        // 5 / 2 and 10 / 2; the gap's is their hypotenuse.
        #expect(try gaps.number("simple", "standard_error_reference") == 2.5)
        #expect(try gaps.number("simple", "standard_error_other") == 5)
        let error = 31.25.squareRoot()
        #expect(try gaps.number("simple", "standard_error_gap").isNear(error))
        #expect(try gaps.number("simple", "low_gap").isNear(30 - 1.959963984540054 * error))
        // Delta method: (2.5 / 60)^2 + (5 / 30)^2.
        let relative = (0.0017361111111111112 + 0.027777777777777776).squareRoot()
        #expect(try gaps.number("simple", "standard_error_log_ratio").isNear(relative))
    }

    @Test func `weigh as the mean does`() throws {
        let values = withErrors(["TH-10": (80, 3), "TH-50": (40, 4), "LA-LP": (20, 6), "LA-VT": (40, 8)])
        let gaps = try compared(values + population)
        // (6 x 3)^2 + (2 x 4)^2 over 8^2, in millions.
        #expect(try gaps.number("population", "standard_error_reference").isNear(388.0.squareRoot() / 8))
    }

    @Test func `are empty where one value has none`() throws {
        let values = withErrors(["TH-10": (80, 3), "LA-LP": (20, 6)]) + observed("internet_users", 2017, ["TH-50": 1])
        let row = try compared(values).row("simple", "standard_error_reference", "standard_error_other", "low_gap")
        #expect(row == ["", "6", ""])
    }

    @Test func `fifths split the place at the boundary`() throws {
        let gaps = try compared(users + population)
        // A fifth of 9 million is 1.8: all of TH-90 and 0.8 of TH-50.
        #expect(try gaps.number("population", "lowest_fifth_reference").isNear((20 + 0.8 * 50) / 1.8))
        #expect(try gaps.number("population", "highest_fifth_reference").isNear(80))
    }

    @Test func `each country's contributions add up to the gap`() throws {
        let found = try tables(users + population, [.gaps, .gapContributions])
        for weighting in ["simple", "population"] {
            let gap = try found.number("gaps", ["weighting": weighting], "absolute_gap")
            for country in ["TH", "LA"] {
                let parts = found.numbers(
                    "gap-contributions",
                    ["weighting": weighting, "country": country],
                    "contribution"
                )
                #expect(parts.reduce(0, +).isNear(gap))
            }
        }
    }

    @Test func `contributions without gaps are refused`() {
        let options = CompareOptions(metrics: [.gapContributions])
        let found = compare(users, catalogue: catalogue, gazetteer: gazetteer, options: options)
        #expect(found.findings.map(\.code) == ["bad-comparison"])
    }
}

extension Double {
    fileprivate func isNear(_ other: Double) -> Bool { abs(self - other) <= 1e-13 * abs(other) }
}
