import Compare
import Indicators
import Testing

private func target(_ value: Double, by year: Int, base: Int? = nil, _ indicator: String = "internet_users") -> Target {
    Target(
        indicator: indicator,
        place: "LA",
        year: year,
        value: value,
        document: "plan",
        baseYear: base,
        origin: Origin(file: "targets.csv", record: 2, line: 2, field: 4, column: "target")
    )
}

private func found(
    _ target: Target,
    _ values: KeyValuePairs<Int, Double>,
    _ indicator: String = "internet_users"
) -> Dynamics {
    Dynamics(line(indicator, "LA", values), .targets, DynamicsOptions(targets: [target]))
}

private let only: KeyValuePairs<String, String> = ["place": "LA"]

@Suite struct `Progress to targets` {
    @Test func `rates and projection, by hand`() throws {
        // 20 in 2015, 50 in 2020, 80 wanted by 2030: 6 a year so far, 3 from now on, there in 2025.
        let row = found(target(80, by: 2030), [2015: 20, 2018: 44, 2020: 50])
        func value(_ column: String) throws -> Double? { try row.number("targets", only, column) }
        #expect(try row.text("targets", only, "status") == "on-track")
        #expect(try value("progress") == 0.5)
        #expect(try value("required_rate_from_base") == 4)
        #expect(try value("actual_rate") == 6)
        #expect(try value("required_rate") == 3)
        #expect(try value("projected_year") == 2025)
        // Python 3: (80 / 20) ** (1 / 15) - 1 and so on.
        #expect(agree(try value("required_growth_from_base"), 0.09682497969462589))
        #expect(agree(try value("actual_growth"), 0.20112443398143132))
        #expect(agree(try value("required_growth"), 0.04812238946895775))
        #expect(row.codes == [])
    }

    @Test(
        arguments: [
            ([20.0, 80], "met"), ([20, 90], "met"), ([20, 19], "moving-away"), ([20, 20], "behind"),
            ([20, 30], "behind"), ([20, 50], "on-track"), ([20, 49.99], "behind"),
        ]
    )
    func `status by its rule`(_ values: [Double], _ status: String) throws {
        // From 2010 to 2020, with 2015 in the middle.
        let row = found(target(80, by: 2020), [2010: values[0], 2015: values[1]])
        #expect(try row.text("targets", only, "status") == status)
    }

    @Test func `where less is better`() throws {
        #expect(
            try found(target(0.1, by: 2030, "mpi"), [2010: 0.5, 2020: 0.3], "mpi").text("targets", only, "status")
                == "on-track"
        )
        #expect(
            try found(target(0.1, by: 2030, "mpi"), [2010: 0.5, 2020: 0.6], "mpi").text("targets", only, "status")
                == "moving-away"
        )
        #expect(
            try found(target(0.1, by: 2030, "mpi"), [2010: 0.5, 2020: 0.1], "mpi").text("targets", only, "status")
                == "met"
        )
    }

    @Test func `the base year is the plan's, or the first with a value`() throws {
        let values: KeyValuePairs<Int, Double> = [2010: 10, 2015: 40, 2020: 50]
        #expect(try found(target(80, by: 2030), values).text("targets", only, "base_year") == "2010")
        #expect(try found(target(80, by: 2030, base: 2015), values).number("targets", only, "actual_rate") == 2)
        let missing = found(target(80, by: 2030, base: 2012), values)
        #expect(missing.codes == ["target-base-missing"])
        #expect(try missing.text("targets", only, "status") == "unknown")
    }

    @Test func `degenerate targets are told`() throws {
        #expect(found(target(80, by: 2030), [:]).codes == ["target-without-data"])
        #expect(found(target(80, by: 2030), [2020: 10]).codes == ["target-single-value"])
        #expect(found(target(20, by: 2030), [2010: 20, 2020: 10]).codes == ["target-equals-base"])
        #expect(found(target(10, by: 2030), [2010: 20, 2020: 5]).codes == ["target-worse-than-base"])
        #expect(found(target(80, by: 2010), [2010: 20, 2020: 50]).codes == ["target-not-after-base"])
        let past = found(target(80, by: 2018), [2010: 20, 2020: 50])
        #expect(try past.text("targets", only, "status") == "behind")
        #expect(try past.text("targets", only, "required_rate") == "")
        #expect(try past.number("targets", only, "projected_year") == 2030)
    }

    @Test func `a context indicator takes its direction from the plan`() throws {
        #expect(
            try found(target(80, by: 2030, "income"), [2010: 20, 2020: 50], "income").text("targets", only, "status")
                == "on-track"
        )
        let level = found(target(20, by: 2030, "income"), [2010: 20, 2020: 50], "income")
        #expect(try level.text("targets", only, "status") == "unknown")
    }
}

@Suite struct `Targets of a country without a figure of its own` {
    private let people =
        observed("population", 2012, ["TH-10": 50, "TH-50": 18, "TH-51": 4, "TH-90": 14, "TH-91": 14])
    private let users =
        observed("internet_users", 2010, ["TH-10": 40, "TH-50": 20, "TH-51": 10, "TH-90": 30, "TH-91": 10])
        + observed("internet_users", 2015, ["TH-10": 70, "TH-50": 50], status: .provisional, grade: .survey)
        + observed("internet_users", 2016, ["TH-50": 90, "TH-51": 95])

    private func found(_ observations: [Observation], _ indicator: String = "internet_users") -> Dynamics {
        let wanted = Target(
            indicator: indicator,
            place: "TH",
            year: 2020,
            value: 80,
            document: "plan",
            origin: Origin(file: "targets.csv", record: 2, line: 2, field: 4, column: "target")
        )
        return Dynamics(observations, .targets, DynamicsOptions(targets: [wanted]), in: gazetteer)
    }

    private let th: KeyValuePairs<String, String> = ["place": "TH"]

    @Test func `fall to the mean of its places by the indicator's denominator, where they cover half of it`() throws {
        let found = found(users + people)
        func value(_ column: String) throws -> Double? { try found.number("targets", th, column) }
        // (50 x 40 + 18 x 20 + 4 x 10 + 14 x 30 + 14 x 10) / 100, and (50 x 70 + 18 x 50) / 68; 2016 covers 22 of 100.
        #expect(agree(try value("base_value"), 29.6))
        #expect(agree(try value("latest_value"), 4400 / 68.0))
        #expect(try value("latest_year") == 2015)
        #expect(try value("base_coverage") == 1)
        #expect(agree(try value("latest_coverage"), 0.68))
        #expect(try found.text("targets", th, "basis") == "province")
        #expect(try found.text("targets", th, "observation_status") == "P")
        #expect(try found.text("targets", th, "grade") == "survey")
        #expect(agree(try value("progress"), (4400 / 68.0 - 29.6) / 50.4))
        #expect(found.codes == ["target-by-places"])
        #expect(found.compared.findings[0].found.hasSuffix("2010 to 2015, coverage 0.68 to 1"))
    }

    @Test func `keep to its own figure where it has one, in whatever year`() throws {
        let found = found(users + people + observed("internet_users", 2012, ["TH": 35]))
        #expect(try found.number("targets", th, "base_value") == 35)
        #expect(try found.number("targets", th, "latest_year") == 2012)
        #expect(try found.text("targets", th, "basis") == "own")
        #expect(try found.number("targets", th, "latest_coverage") == 1)
        #expect(found.codes == ["target-single-value"])
    }

    @Test func `take the declared least coverage for the half`() throws {
        var options = CompareOptions(metrics: [.targets])
        options.minimumCoverage = 0.7
        options.dynamics.targets = [target(80, by: 2020)]
        options.dynamics.targets[0].place = "TH"
        let compared = compare(users + people, catalogue: catalogue, gazetteer: gazetteer, options: options)
        let table = try #require(compared.tables.first)
        #expect(table[0, "latest_year"] == .integer(2010))
        #expect(compared.findings.map(\.code) == ["target-by-places", "target-single-value"])
    }

    @Test func `have no status without weights, with too few places, or where the indicator is a count`() throws {
        let few = observed("internet_users", 2016, ["TH-50": 90, "TH-51": 95])
        for values in [users, few + people] {
            let found = found(values)
            #expect(try found.text("targets", th, "status") == "unknown")
            #expect(try found.text("targets", th, "basis") == "")
            #expect(found.codes == ["target-without-data"])
            #expect(found.compared.findings[0].hint.contains("population"))
        }
        let centres = found(observed("centres", 2010, ["TH-10": 4, "TH-50": 5]) + people, "centres")
        #expect(try centres.text("targets", th, "status") == "unknown")
        #expect(centres.codes == ["target-without-data"])
    }
}

@Suite struct `Trends` {
    @Test func `compound growth and the yearly change of the trend, as COINr has them`() throws {
        // COINr 1.1.14, CAGR and prc_change, of flights from Austria in the ASEM panel (Becker et al. 2022,
        // doi:10.21105/joss.04567).
        let flights = line(
            "income",
            "TH",
            [
                2018: 29.01725, 2019: 37.53762897673876, 2020: 41.16360129693892, 2021: 40.45739145520065,
                2022: 52.3478998538004,
            ]
        )
        let found = Dynamics(flights, .trends)
        #expect(agree(try found.number("trends", ["place": "TH"], "cagr"), 0.15893946728392927))
        #expect(agree(try found.number("trends", ["place": "TH"], "percent_change"), 16.423801581493571))
    }

    @Test func `one year, zero and negative starts have none`() throws {
        let found = Dynamics(
            line("income", "TH", [2018: 0, 2019: 5]) + line("income", "LA", [2018: 5])
                + line("income", "T1", [2018: -2, 2019: 1]),
            .trends
        )
        for place in ["TH", "LA", "T1"] { #expect(try found.text("trends", ["place": place], "cagr") == "") }
        #expect(try found.text("trends", ["place": "LA"], "slope") == "")
        #expect(found.codes == ["too-few-years"])
    }
}
