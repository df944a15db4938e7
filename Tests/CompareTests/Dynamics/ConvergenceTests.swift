import Compare
import Indicators
import Testing

/// Nine provinces in 2015 to 2019, with a tie in 2018: numpy 2.4.6, `default_rng(20260718)`. What is expected of it was worked
/// out by numpy and scipy 1.17.1: `linregress`, `kendalltau`, `spearmanr`, `std`.
private let panel: [[Double]] = [
    [50.644, 55.877, 32.664, 31.528, 29.075, 10.905, 32.706, 21.144, 17.751],
    [51.499, 58.504, 32.972, 32.98, 32.61, 12.927, 35.621, 23.504, 19.658],
    [56.143, 60.393, 36.458, 34.51, 35.45, 14.649, 38.052, 25.836, 23.608],
    [58.239, 61.524, 16.452, 38.592, 38.077, 16.452, 39.541, 30.146, 27.002],
    [57.489, 62.302, 40.624, 40.609, 44.292, 17.167, 43.69, 34.502, 29.462],
]

private func observations(_ panel: [[Double]], indicator: String = "internet_users") -> [Observation] {
    panel.enumerated().flatMap { year, values in
        values.enumerated().map {
            Observation(indicator: indicator, place: "T\($0.offset + 1)", year: 2015 + year, value: $0.element)
        }
    }
}

private let all = DynamicsOptions(convergenceScales: [.log, .logit, .levels])

@Suite struct `Beta convergence` {
    @Test(
        arguments: [
            (
                "log", 0.29927302332937256, -0.06575642450631859, 0.014153821876691926, 0.7551064739615437,
                0.07630056395508936, 9.084430633670452
            ),
            (
                "logit", 0.08201901206289211, -0.04234547274388527, 0.014345721352909166, 0.5545098444895308,
                0.046396286420530564, 14.93971250796539
            ),
            (
                "levels", 3.103792411291643, -0.02116014403998947, 0.01943481965098482, 0.14482204238244323,
                0.02210961947437098, 31.350479883356986
            ),
        ]
    )
    func `on each scale, with the speed and half-life of Barro and Sala-i-Martin`(
        _ scale: String,
        _ a: Double,
        _ b: Double,
        _ error: Double,
        _ r2: Double,
        _ lambda: Double,
        _ half: Double
    ) throws {
        let found = Dynamics(observations(panel), .convergence, all)
        func value(_ column: String) throws -> Double? { try found.number("convergence", ["scale": scale], column) }
        #expect(agree(try value("intercept"), a, 1e-11))
        #expect(agree(try value("slope"), b))
        #expect(agree(try value("slope_standard_error"), error))
        #expect(agree(try value("r_squared"), r2, 1e-11))
        #expect(agree(try value("lambda"), lambda))
        #expect(agree(try value("half_life"), half, 1e-11))
        #expect(try found.text("convergence", ["scale": scale], "verdict") == "converging")
    }

    @Test func `a span of four years is not read as one: the fault of another tool`() throws {
        // ln 2 / (-ln(1 + b) / T) is what REAT 3.0.3 gives; it is right for T = 1 only.
        let found = Dynamics(observations(panel), .convergence)
        let half = try #require(try found.number("convergence", ["scale": "log"], "half_life"))
        #expect(half < 10)
    }

    @Test func `diverging, unchanged and overshooting places have no half-life`() throws {
        func row(_ end: [Double], _ column: String) throws -> String {
            let two = Dynamics(
                observations([[10, 20, 40], end]),
                .convergence,
                DynamicsOptions(convergenceScales: [.levels])
            )
            return try two.text("convergence", ["scale": "levels"], column)
        }
        #expect(try row([10, 25, 60], "verdict") == "diverging")
        #expect(try row([12, 22, 42], "verdict") == "unchanged")
        #expect(try row([40, 20, 10], "verdict") == "overshooting")
        for end in [[10.0, 25, 60], [12, 22, 42], [40, 20, 10]] {
            #expect(try row(end, "half_life") == "")
            #expect(try row(end, "lambda") == "")
        }
    }

    @Test func `zeros, equal starts, two places and one year are told, not guessed`() throws {
        #expect(Dynamics(observations([[0, 2, 3], [1, 2, 4]]), .convergence).codes == ["not-positive"])
        #expect(
            Dynamics(observations([[2, 2, 2], [1, 2, 4]], indicator: "mpi"), .convergence).codes == ["constant-start"]
        )
        #expect(Dynamics(observations([[1, 2], [2, 3]], indicator: "mpi"), .convergence).codes == ["too-few-places"])
        #expect(Dynamics(observations([[1, 2, 3]], indicator: "mpi"), .convergence).codes == ["too-few-years"])
        let zero = Dynamics(observations([[0, 0, 0], [0, 0, 0]], indicator: "mpi"), .convergence)
        #expect(try zero.text("sigma", ["year": "2015"], "cv_population") == "")
        #expect(try zero.text("convergence", ["scale": "log"], "kendall_tau_b") == "")
    }

    @Test func `levels do not change with the order of rows, and logs not with the unit`() throws {
        let own = Dynamics(observations(panel), .convergence)
        let shuffled = Dynamics(observations(panel).reversed(), .convergence)
        #expect(
            try own.table("convergence").cells(ofColumn: 9).numbers
                == shuffled.table("convergence").cells(ofColumn: 9).numbers
        )
        let scaled = Dynamics(observations(panel.map { $0.map { $0 * 7 } }, indicator: "mpi"), .convergence)
        let slope = try #require(try own.number("convergence", ["scale": "log"], "slope"))
        #expect(agree(try scaled.number("convergence", ["scale": "log"], "slope"), slope))
    }
}

@Suite struct `Sigma and gamma convergence` {
    @Test(
        arguments: [
            (2015, 0.4792645045011323, 0.5083367716721419, 0.43684147498272424, 0.46334035389572675),
            (2018, 0.4479329857607024, 0.47510467762279485, 0.4164891701212556, 0.4417534747252462),
            (2019, 0.3604273511413444, 0.3822909361757243, 0.31257223534538636, 0.3315329208350402),
        ]
    )
    func `spread of each year, over n and n - 1`(_ year: Int, _ p: Double, _ s: Double, _ cp: Double, _ cs: Double)
        throws
    {
        let found = Dynamics(observations(panel), .convergence)
        for (column, expected) in [
            ("sd_log_population", p), ("sd_log_sample", s), ("cv_population", cp), ("cv_sample", cs),
        ] {
            #expect(agree(try found.number("sigma", ["year": "\(year)"], column), expected))
        }
    }

    @Test func `the trend of the spread`() throws {
        let found = Dynamics(observations(panel), .convergence)
        func value(_ measure: String, _ column: String) throws -> Double? {
            try found.number("sigma-trend", ["measure": measure], column)
        }
        #expect(agree(try value("sd_log_population", "intercept"), 46.63170657859923, 1e-11))
        #expect(agree(try value("sd_log_population", "slope"), -0.022907409891283505))
        #expect(agree(try value("sd_log_population", "slope_standard_error"), 0.009630793694177608))
        #expect(agree(try value("sd_log_population", "r_squared"), 0.6534813373879944, 1e-11))
        #expect(agree(try value("cv_sample", "slope"), -0.025485890812483654))
        #expect(try found.text("sigma-trend", ["measure": "cv_sample"], "verdict") == "converging")
    }

    @Test func `ranks between the first and the last year, and of all years`() throws {
        let found = Dynamics(observations(panel), .convergence)
        func value(_ column: String) throws -> Double? { try found.number("convergence", ["scale": "log"], column) }
        #expect(agree(try value("kendall_tau_b"), 0.8333333333333334))
        #expect(agree(try value("spearman"), 0.9))
        #expect(agree(try value("kendall_w"), 0.9118530884808014))
        #expect(try value("kendall_w_years") == 5)
    }

    @Test func `tau-b counts ties`() throws {
        let found = Dynamics(observations(panel), .convergence, DynamicsOptions(convergenceTo: 2018))
        #expect(agree(try found.number("convergence", ["scale": "log"], "kendall_tau_b"), 0.760638829255665))
    }

    @Test func `both countries together, where both have the year`() throws {
        let lao = (0..<3).map {
            Observation(indicator: "internet_users", place: "L\($0 + 1)", year: 2019, value: 10 + Double($0))
        }
        let found = Dynamics(observations(panel) + lao, .convergence)
        #expect(try found.rows("sigma", ["country": "pooled"]).count == 1)
        #expect(try found.number("sigma", ["country": "pooled"], "places") == 12)
        #expect(try found.number("sigma", ["country": "TH", "year": "2019"], "places") == 9)
    }
}

extension ColumnCells {
    fileprivate var numbers: [Double] {
        if case .numbers(let numbers) = self { numbers } else { [] }
    }
}
