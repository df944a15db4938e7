import Compare
import Indicators
import Testing

private let users = observed("internet_users", 2017, ["TH-10": 80, "TH-50": 50, "TH-90": 20, "LA-LP": 10, "LA-VT": 40])

private let population =
    observed("population", 2017, ["TH-10": 6e6, "TH-50": 2e6, "TH-51": 1e6, "TH-90": 1e6, "TH-91": 2e6])
    + observed("population", 2017, ["LA-LP": 3e5, "LA-VT": 6e5, "LA-XS": 1e5])

@Suite struct `Means of provinces` {
    @Test func `simple, with the share of the people behind them`() throws {
        let gaps = try compared(users + population)
        let row = try gaps.row(
            "simple",
            "level",
            "value_reference",
            "value_other",
            "absolute_gap",
            "ratio",
            "n_reference",
            "places_reference",
            "n_other",
            "places_other",
            "coverage_reference",
            "coverage_basis_reference",
            "coverage_other",
            "unit"
        )
        #expect(row == ["province", "50", "25", "25", "0.5", "3", "5", "2", "3", "0.75", "population", "0.9", "%"])
    }

    @Test func `weighted by the indicator's own denominator`() throws {
        let gaps = try compared(users + population)
        let row = try gaps.row("population", "value_reference", "value_other", "absolute_gap", "n_reference", "n_other")
        // (80 x 6 + 50 x 2 + 20 x 1) / 9 and (10 x 3 + 40 x 6) / 9.
        #expect(row == ["66.66666666666667", "30", "36.66666666666667", "3", "2"])
        #expect(
            try gaps.row("population", "weight_year_reference", "weight_year_other", "note") == ["2017", "2017", ""]
        )
        #expect(gaps.codes == [])
    }

    @Test func `without weights there is no weighted row, and coverage counts places`() throws {
        let gaps = try compared(users)
        #expect(
            gaps.cells("weighting", "coverage_reference", "coverage_basis_reference") == [["simple", "0.6", "places"]]
        )
        #expect(gaps.codes == ["weights-missing", "weights-missing"])
        #expect(gaps.findings.allSatisfy { $0.severity == .note })
    }

    @Test func `best and worst follow the direction, and the first code of equals`() throws {
        let mpi = observed("mpi", 2017, ["TH-10": 0.1, "TH-50": 0.3, "TH-51": 0.3, "LA-LP": 0.5, "LA-VT": 0.5])
        let row = try compared(mpi).row("simple", "best_reference", "worst_reference", "best_other", "worst_other")
        #expect(row == ["TH-10", "TH-50", "LA-LP", "LA-LP"])
    }

    @Test func `an indicator without a direction has a ratio but no gap and no best`() throws {
        let income = observed("income", 2017, ["TH-10": 400, "LA-VT": 100])
        let row = try compared(income).row(
            "simple",
            "ratio",
            "parity",
            "absolute_gap",
            "relative_gap",
            "best_reference",
            "worst_other"
        )
        #expect(row == ["0.25", "0.25", "", "", "", ""])
    }

    @Test func `provinces that were not there are not counted`() throws {
        let earlier = observed("internet_users", 2010, ["TH-10": 30, "LA-VT": 4])
        #expect(try compared(earlier).row("simple", "places_other", "coverage_other") == ["2", "0.5"])
        let later = observed("internet_users", 2013, ["TH-10": 30, "LA-VT": 4])
        #expect(try compared(later).row("simple", "places_other") == ["3"])
        let retabulated = observed("internet_users", 2010, ["TH-10": 30, "LA-VT": 4, "LA-XS": 2])
        #expect(try compared(retabulated).row("simple", "n_other", "places_other") == ["2", "3"])
    }

    @Test func `missing values are not zeros`() throws {
        let withHoles = users + observed("internet_users", 2017, ["TH-51": nil, "LA-XS": nil])
        #expect(try compared(withHoles).row("simple", "value_reference", "value_other") == ["50", "25"])
    }

    @Test func `weights of the nearest year, the later of two as near`() throws {
        let around =
            observed("population", 2015, ["TH-10": 1, "TH-50": 1, "TH-90": 1, "LA-LP": 1, "LA-VT": 1])
            + observed("population", 2019, ["TH-10": 1, "TH-50": 2, "TH-90": 3, "LA-LP": 1, "LA-VT": 3])
        let gaps = try compared(users + around)
        let row = try gaps.row("population", "weight_year_reference", "weight_year_other", "value_other")
        #expect(row == ["2019", "2019", "32.5"])
        #expect(try compared(users + around, CompareOptions(weightYearsWithin: 1)).cells("weighting") == [["simple"]])
    }

    @Test func `weights of a year that has them all come before those of a nearer one with holes`() throws {
        let partial =
            observed("population", 2017, ["TH-10": 1, "LA-LP": 1, "LA-VT": 1])
            + observed("population", 2014, ["TH-10": 1, "TH-50": 1, "TH-90": 1, "LA-LP": 1, "LA-VT": 1])
        let row = try compared(users + partial).row("population", "weight_year_reference", "weight_year_other")
        #expect(row == ["2014", "2017"])
    }

    @Test func `a place without a weight leaves the weighted mean, with a finding`() throws {
        let partial = observed("population", 2017, ["TH-10": 3, "TH-50": 1, "LA-LP": 1, "LA-VT": 1])
        let gaps = try compared(users + partial)
        let row = try gaps.row("population", "value_reference", "n_reference", "coverage_basis_reference", "note")
        #expect(row == ["72.5", "2", "places", "A: 1 place with a value but without a weight left out"])
        #expect(gaps.codes.contains("weight-missing"))
        #expect(gaps.findings.contains { $0.found.hasSuffix("no population in 2017 of TH-90") })
    }

    @Test func `the country's own figure stands in for places whose weight is unknown`() throws {
        let partial =
            observed("population", 2017, ["TH-10": 6, "TH-50": 2, "TH-90": 1, "TH": 12])
            + observed("population", 2017, ["LA-LP": 1, "LA-VT": 1, "LA": 1])
        let row = try compared(users + partial).row(
            "simple",
            "coverage_reference",
            "coverage_basis_reference",
            "coverage_other",
            "coverage_basis_other"
        )
        // 2 of 3 Lao places; the country's 1 is less than what its places add up to, and so is not believed.
        #expect(row == ["0.75", "population", "0.6666666666666666", "places"])
    }

    @Test func `negative weights stop the run, and weights of nothing are named`() throws {
        let negative = observed("population", 2017, ["TH-10": -1, "TH-50": 2, "TH-90": 1, "LA-LP": 1, "LA-VT": 1])
        let refused = try compared(users + negative)
        #expect(refused.findings.filter { $0.code == "weight-negative" }.map(\.severity) == [.error])
        let nothing = observed("population", 2017, ["TH-10": 0, "TH-50": 0, "TH-90": 0, "LA-LP": 1, "LA-VT": 1])
        let gaps = try compared(users + nothing)
        #expect(gaps.cells("weighting") == [["simple"]])
        #expect(gaps.codes.contains("weights-sum-to-zero"))
    }

    @Test func `a mean beyond all doubles is a finding`() throws {
        let gaps = try compared(observed("internet_users", 2017, ["TH-10": 1.7e308, "TH-50": 1.7e308, "LA-VT": 1]))
        #expect(gaps.cells("weighting") == [])
        #expect(gaps.codes.contains("not-representable"))
    }

    @Test func `status and grade are the most telling of both sides`() throws {
        let mixed =
            observed("internet_users", 2017, ["TH-10": 80, "TH-50": 50, "TH-51": 1], grade: .survey)
            + observed("internet_users", 2017, ["LA-LP": 10], status: .estimated)
            + observed("internet_users", 2017, ["LA-VT": 10], status: .seriesBreak, grade: .secondary)
        #expect(try compared(mixed).row("simple", "status", "grade") == ["B", "secondary"])
        let thin = observed("internet_users", 2017, ["TH-10": 80, "LA-LP": 10, "LA-VT": 10])
        #expect(try compared(thin).row("simple", "coverage_reference", "status") == ["0.2", "U"])
    }

    @Test func `the grade of the weights counts where they weight`() throws {
        let weights = observed(
            "population",
            2017,
            ["TH-10": 1, "TH-50": 1, "TH-90": 1, "LA-LP": 1, "LA-VT": 1],
            grade: .illustrative
        )
        let gaps = try compared(users + weights)
        #expect(try gaps.row("simple", "grade") == ["official"])
        #expect(try gaps.row("population", "grade") == ["illustrative"])
    }

    @Test func `below the minimum coverage nothing is compared`() throws {
        let gaps = try compared(users, CompareOptions(minimumCoverage: 0.65))
        #expect(gaps.table.rowCount == 0)
        #expect(gaps.codes.contains("coverage-below-minimum"))
    }

    @Test func `means of counts say that they are no totals`() throws {
        let centres = observed("centres", 2017, ["TH-10": 80, "LA-VT": 40])
        #expect(try compared(centres).row("simple", "note") == ["means per place of a count, not totals"])
    }
}

@Suite struct `Years` {
    private func national(_ thailand: [Int], _ laos: [Int]) -> [Observation] {
        thailand.flatMap { observed("mpi", $0, ["TH": Double($0)]) } + laos.flatMap { observed("mpi", $0, ["LA": 1]) }
    }

    @Test func `every common year is a row, and no other pair is`() throws {
        let gaps = try compared(national([2010, 2012, 2015], [2012, 2014, 2015]), CompareOptions(matchYearsWithin: 5))
        #expect(gaps.cells("year_reference", "year_other") == [["2012", "2012"], ["2015", "2015"]])
    }

    @Test(arguments: [
        ([2022], [2017], 5, [["2022", "2017"]]),
        ([2022], [2017], 4, []),
        ([2010, 2020], [2013, 2018], 9, [["2020", "2018"]]),
        // 2012 and 2014 are as near to 2013, 2019 to 2018: the latest.
        ([2012, 2019], [2013, 2018], 3, [["2019", "2018"]]),
        ([2012, 2014], [2013], 1, [["2014", "2013"]]),
        ([2013], [2012, 2014], 1, [["2013", "2014"]]),
    ])
    func `without a common year the closest pair allowed`(
        thailand: [Int],
        laos: [Int],
        within: Int,
        expected: [[String]]
    ) throws {
        let gaps = try compared(national(thailand, laos), CompareOptions(matchYearsWithin: within))
        #expect(gaps.cells("year_reference", "year_other") == expected)
        #expect(gaps.cells("note") == expected.map { _ in ["years differ"] })
        #expect(gaps.codes == (expected.isEmpty ? ["not-compared"] : []))
    }

    @Test func `a year whose value is missing is no common year`() throws {
        let gaps = try compared(
            national([2016], [2016]) + observed("mpi", 2017, ["TH": 3]) + observed("mpi", 2017, ["LA": nil])
        )
        #expect(gaps.cells("year_reference") == [["2016"]])
    }
}

@Suite struct `Levels` {
    @Test func `national figures are compared as national`() throws {
        let gaps = try compared(
            observed("internet_users", 2020, ["TH": 78], grade: .survey)
                + observed("internet_users", 2020, ["LA": 54], status: .estimated) + population
        )
        #expect(
            gaps.cells(
                "level",
                "weighting",
                "absolute_gap",
                "n_reference",
                "coverage_other",
                "coverage_basis_other",
                "status",
                "grade"
            )
                == [["country", "none", "24", "1", "1", "country", "E", "survey"]]
        )
        #expect(gaps.cells("best_reference", "weight_year_other") == [["", ""]])
    }

    /// As OPHI has it: regions and Bangkok in one country, provinces in the other, five years apart.
    @Test func `regions against provinces are kept apart and said`() throws {
        let mpi =
            observed("mpi", 2022, ["TH-N": 0.3, "TH-S": 0.2, "TH-10": 0.1])
            + observed("mpi", 2017, ["LA-LP": 0.6, "LA-VT": 0.2, "LA-XS": 0.7])
        let gaps = try compared(mpi, CompareOptions(matchYearsWithin: 5))
        #expect(
            gaps.cells(
                "level",
                "year_reference",
                "year_other",
                "n_reference",
                "places_reference",
                "n_other",
                "places_other"
            )
                == [["region/province", "2022", "2017", "3", "3", "3", "3"]]
        )
        #expect(gaps.cells("best_reference", "worst_reference") == [["TH-10", "TH-N"]])
        #expect(gaps.cells("note") == [["years differ; levels differ"]])
        #expect(abs(try gaps.number("simple", "absolute_gap") - 0.3) < 1e-15)
    }

    @Test func `weights of regions are summed from their provinces`() throws {
        let mpi =
            observed("mpi", 2017, ["TH-N": 0.5, "TH-S": 0.25, "TH-10": 0])
            + observed("mpi", 2017, ["LA-LP": 0.5, "LA-VT": 0.5, "LA-XS": 0.5])
        let gaps = try compared(mpi + population)
        // (0.5 x 3 + 0.25 x 3 + 0 x 6) / 12
        let row = try gaps.row("population", "value_reference", "coverage_reference", "note")
        #expect(row == ["0.1875", "1", "levels differ; A: weights summed from smaller places"])
    }

    @Test func `a common level comes before different ones`() throws {
        let both =
            observed("mpi", 2017, ["TH-N": 0.3, "TH-S": 0.2]) + observed("mpi", 2017, ["TH-50": 0.3, "TH-90": 0.4])
            + observed("mpi", 2017, ["LA-LP": 0.6])
        #expect(try compared(both).cells("level", "n_reference") == [["province", "2"]])
    }

    @Test func `Bangkok alone is the provinces where no region is given`() throws {
        let alone = observed("mpi", 2017, ["TH-10": 0.3]) + observed("mpi", 2017, ["LA-LP": 0.6])
        #expect(try compared(alone).cells("level", "n_reference", "places_reference") == [["province", "1", "5"]])
    }

    @Test func `provinces of one side are not compared with the other's national figure`() throws {
        let gaps = try compared(
            observed("mpi", 2017, ["TH-50": 0.3, "TH-51": 0.4]) + observed("mpi", 2017, ["LA": 0.2])
        )
        #expect(gaps.table.rowCount == 0)
        #expect(gaps.codes == ["not-compared"])
        #expect(gaps.findings.first?.found == "mpi, total: TH province 2017; LA country 2017")
    }

    @Test func `groups are compared with themselves only`() throws {
        let gaps = try compared(
            observed("internet_users", 2017, ["TH": 70], group: "women")
                + observed("internet_users", 2017, ["LA": 50], group: "women")
                + observed("internet_users", 2017, ["TH": 80], group: "men")
        )
        #expect(gaps.cells("group", "absolute_gap") == [["women", "20"]])
        #expect(gaps.codes == ["not-compared"])
    }
}

@Suite struct `Comparisons as a whole` {
    @Test func `nothing in, an empty table out`() throws {
        let gaps = try compared([])
        #expect(gaps.table.rowCount == 0)
        #expect(gaps.findings == [])
    }

    @Test func `a table that was not asked for is not made`() {
        let options = CompareOptions(metrics: [])
        #expect(compare(users, catalogue: catalogue, gazetteer: gazetteer, options: options).tables.isEmpty)
    }

    @Test(arguments: [
        CompareOptions(reference: "TL"), CompareOptions(other: "TH"), CompareOptions(matchYearsWithin: -1),
        CompareOptions(weightYearsWithin: -1), CompareOptions(minimumCoverage: 1.5),
    ])
    func `options that make no sense stop the run`(options: CompareOptions) {
        let compared = compare(users, catalogue: catalogue, gazetteer: gazetteer, options: options)
        #expect(compared.findings.map(\.code) == ["bad-comparison"])
        #expect(compared.findings.allSatisfy { $0.severity == .error })
    }

    @Test func `an indicator that the catalogue lacks stops the run`() throws {
        let gaps = try compared(observed("users", 2017, ["TH": 1, "LA": 2]))
        #expect(gaps.codes == ["unknown-indicator"])
        #expect(gaps.findings.first?.severity == .error)
    }

    @Test func `the columns stand in the order of the design`() {
        let ids = TableSchema.gaps.columns.map(\.id)
        #expect(
            ids.prefix(19) == [
                "indicator", "group", "level", "weighting", "year_reference", "year_other", "value_reference",
                "value_other",
                "absolute_gap", "relative_gap", "ratio", "log_ratio", "parity", "n_reference", "n_other",
                "coverage_reference", "coverage_other", "status", "grade",
            ]
        )
        #expect(TableSchema.gaps.keyIndices == Array(0..<6))
        for column in TableSchema.gaps.columns { #expect(column.definition.hasSuffix(".")) }
    }

    @Test func `the order of the observations changes nothing`() throws {
        let all = users + population + observed("mpi", 2017, ["TH": 0.1, "LA": 0.3])
        let columns = TableSchema.gaps.columns.map(\.id)
        let one = try compared(all)
        for other in [try compared(all.reversed()), try compared(all.sorted { $0.value ?? 0 < $1.value ?? 0 })] {
            for column in columns { #expect(one.cells(column) == other.cells(column)) }
            #expect(one.findings == other.findings)
        }
    }

    @Test func `swapping the countries turns the gap around and keeps parity`() throws {
        let one = try compared(users + population)
        let swapped = try compared(users + population, CompareOptions(reference: "LA", other: "TH"))
        for weighting in ["simple", "population"] {
            #expect(try swapped.number(weighting, "absolute_gap") == -one.number(weighting, "absolute_gap"))
            #expect(try swapped.number(weighting, "parity") == one.number(weighting, "parity"))
            #expect(try swapped.number(weighting, "coverage_other") == one.number(weighting, "coverage_reference"))
        }
    }
}
