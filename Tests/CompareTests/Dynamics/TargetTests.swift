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
