import Compare
import Indicators
import Testing

/// Percent of persons, World Bank / ITU through Our World in Data (CC BY), as in Datasets/internet-users-national.csv. The
/// expected distances were interpolated by `approx` of base R: an implementation that is not ours.
private let users =
    line(
        "internet_users",
        "TH",
        [
            2000: 3.68904, 2001: 5.55633, 2002: 7.53125, 2003: 9.29903, 2004: 10.6773, 2005: 15.026, 2006: 17.1607,
            2007: 20.03, 2008: 18.2, 2009: 20.1, 2010: 22.4, 2011: 23.6699, 2012: 26.46, 2013: 28.94, 2014: 34.8861,
            2015: 39.3161, 2016: 47.505, 2017: 52.8919, 2018: 56.8175, 2019: 66.6524, 2020: 77.8437, 2021: 85.2696,
            2022: 87.9772,
        ]
    )
    + line(
        "internet_users",
        "LA",
        [
            2009: 6, 2010: 7, 2011: 9, 2012: 10.7477, 2013: 12.5, 2014: 14.26, 2015: 18.2, 2016: 21.87, 2017: 25.5104,
            2018: 36.3, 2019: 47.0323, 2020: 54, 2021: 62, 2022: 66.1548,
        ]
    )

/// A reaches 10, 30, 50 in 2000, 2005, 2010; B reaches 10, 20, 40 in 2006, 2010, 2014: worked out by hand.
private let tiny =
    line("internet_users", "TH", [2000: 10, 2005: 30, 2010: 50])
    + line("internet_users", "LA", [2006: 10, 2010: 20, 2014: 40])

private func byYear(_ country: String, _ year: Int) -> KeyValuePairs<String, String> {
    ["country": country, "year": "\(year)"]
}

@Suite struct `Time distance` {
    @Test(
        arguments: [
            (2015, 8.63778621963547), (2016, 6.23043478260865), (2017, 5.3403462241497), (2018, 3.68083521444692),
            (2019, 3.05772448069956), (2020, 2.71772467902997), (2021, 2.4730500564317), (2022, 3.05059532887981),
        ]
    )
    func `Laos stands where Thailand was some years earlier`(_ year: Int, _ lag: Double) throws {
        let found = Dynamics(users, .timeDistance)
        #expect(agree(try found.number("time-distance", byYear("LA", year), "time_distance"), lag))
        #expect(try found.text("time-distance", byYear("LA", year), "bound") == "exact")
    }

    @Test(
        arguments: [
            (10.0, 8.06359372855832), (20, 8.50091872705616), (35, 3.85380254474649), (50, 2.9627618404113),
            (60, 2.42640748762051),
        ]
    )
    func `of two crossings of a level, Thailand fell in 2008, the earliest counts`(_ level: Double, _ lag: Double)
        throws
    {
        let found = Dynamics(users, .timeDistance)
        #expect(agree(try found.number("time-distance-levels", ["value": Cell.format(level)], "time_distance"), lag))
    }

    @Test func `or the last, if the pipeline says so`() throws {
        let found = Dynamics(
            users,
            .timeDistance,
            DynamicsOptions(lastCrossing: true, levels: ["internet_users": [20, 60]])
        )
        // 18.2 in 2008 and 20.1 in 2009: Thailand passes 20 for the last time at 2008 + 1.8 / 1.9.
        let reached = try found.number("time-distance-levels", ["value": "20"], "year_reached_reference")
        #expect(agree(reached, 2008 + 1.8 / 1.9))
        #expect(try found.text("time-distance-levels", ["value": "60"], "crossing") == "last")
    }

    @Test func `by hand`() throws {
        let levels = DynamicsOptions(levels: ["internet_users": [5, 10, 20, 25, 40, 50, 60]])
        let found = Dynamics(tiny, .timeDistance, levels)
        func cells(_ level: String) throws -> [String] {
            try ["time_distance", "bound", "bound_reference", "bound_other", "step_reference", "step_other"].map {
                try found.text("time-distance-levels", ["value": level], $0)
            }
        }
        // Both begin above 5, and neither reaches 60.
        #expect(try cells("5") == ["", "undefined", "before", "before", "", ""])
        #expect(try cells("60") == ["", "undefined", "not-reached", "not-reached", "", ""])
        #expect(try cells("10") == ["6", "left-censored", "left-censored", "left-censored", "", ""])
        #expect(try cells("20") == ["7.5", "exact", "exact", "exact", "2.5", "4"])
        #expect(try cells("25") == ["7.25", "exact", "exact", "exact", "1.25", "1"])
        #expect(try cells("40") == ["6.5", "exact", "exact", "exact", "3.75", "3"])
        // By 2014 the other had not reached 50, which the reference had in 2010.
        #expect(try cells("50") == ["4", "at-least", "exact", "not-reached", "2.5", ""])
    }

    @Test func `a level below the counterpart's first value, or not reached by its last, gives a bound`() throws {
        let ahead =
            line("internet_users", "TH", [2000: 10, 2005: 30]) + line("internet_users", "LA", [2000: 5, 2004: 40])
        let found = Dynamics(ahead, .timeDistance)
        // 5 is below Thailand's 10 of 2000: it was there before, so Laos lags by no less than 0 years.
        #expect(try found.text("time-distance", byYear("LA", 2000), "bound") == "at-least")
        #expect(try found.number("time-distance", byYear("LA", 2000), "time_distance") == 0)
        // 40 is beyond Thailand's 30 of 2005: it will be there later, and Laos lags by no more than -1 year.
        #expect(try found.text("time-distance", byYear("LA", 2004), "bound") == "at-most")
        #expect(try found.number("time-distance", byYear("LA", 2004), "time_distance") == -1)
        // Thailand's 30 of 2005 Laos had in 2000 + 25 / 35 x 4.
        #expect(agree(try found.number("time-distance", byYear("TH", 2005), "time_distance"), 100.0 / 35 - 5))
    }

    @Test func `where less is better a level is crossed downwards`() throws {
        let poor = line("mpi", "TH", [2010: 0.4, 2014: 0.2]) + line("mpi", "LA", [2012: 0.6, 2018: 0.3])
        let found = Dynamics(poor, .timeDistance)
        #expect(agree(try found.number("time-distance", byYear("LA", 2018), "counterpart_year"), 2012))
        #expect(agree(try found.number("time-distance", byYear("LA", 2018), "time_distance"), 6))
        #expect(try found.text("time-distance", byYear("LA", 2012), "bound") == "at-least")
    }

    @Test func `mirrored values and direction give the same distances`() throws {
        let mirrored = users.map { observation in
            var observation = observation
            observation.indicator = "mpi"
            observation.value = observation.value.map { -$0 }
            return observation
        }
        let up = try Dynamics(users, .timeDistance).table("time-distance")
        let down = try Dynamics(mirrored, .timeDistance).table("time-distance")
        #expect(up.rowCount == 37 && down.rowCount == 37)
        for row in 0..<up.rowCount {
            #expect(up[row, "time_distance"] == down[row, "time_distance"])
            #expect(up[row, "bound"] == down[row, "bound"])
        }
    }

    @Test func `swapping the countries turns the sign of an exact distance`() throws {
        let options = CompareOptions(reference: "LA", other: "TH", metrics: [.timeDistance])
        let swapped = compare(users, catalogue: catalogue, gazetteer: borderland, options: options)
        let table = try #require(swapped.tables.first { $0.schema.name == "time-distance" })
        let own = try Dynamics(users, .timeDistance).table("time-distance")
        for row in 0..<table.rowCount where table[row, "bound"] == .text("exact") {
            #expect(agree(table[row, "time_distance"].numeric, -(own[row, "time_distance"].numeric ?? .nan)))
        }
    }

    @Test func `one value on each side, an indicator without direction, and one side only`() throws {
        let single = line("internet_users", "TH", [2010: 20]) + line("internet_users", "LA", [2012: 20])
        let found = Dynamics(single, .timeDistance)
        #expect(try found.text("time-distance", byYear("LA", 2012), "bound") == "left-censored")
        #expect(try found.number("time-distance", byYear("LA", 2012), "time_distance") == 2)
        let income = line("income", "TH", [2010: 20]) + line("income", "LA", [2012: 20])
        #expect(Dynamics(income, .timeDistance).codes == ["no-direction"])
        #expect(
            try Dynamics(line("internet_users", "TH", [2010: 20]), .timeDistance).table("time-distance").rowCount == 0
        )
    }

    @Test func `huge values stay numbers`() throws {
        let huge =
            line("internet_users", "TH", [2000: -1.7e308, 2001: 1.7e308]) + line("internet_users", "LA", [2001: 0])
        #expect(
            agree(try Dynamics(huge, .timeDistance).number("time-distance", byYear("LA", 2001), "time_distance"), 0.5)
        )
    }
}

@Suite struct `Catching up` {
    private func row(_ trend: String) -> KeyValuePairs<String, String> { ["trend": trend] }

    @Test func `where two straight lines meet`() throws {
        // 50 + 1 a year against 30 + 3 a year: level ten years after 2010.
        let found = Dynamics(
            line("internet_users", "TH", [2010: 50, 2011: 51, 2012: 52])
                + line("internet_users", "LA", [2010: 30, 2011: 33, 2012: 36]),
            .timeDistance
        )
        #expect(agree(try found.number("catch-up", row("linear"), "catch_up_year"), 2020))
        #expect(agree(try found.number("catch-up", row("linear"), "catch_up_value"), 60))
        #expect(agree(try found.number("catch-up", row("linear"), "catch_up_year_observed"), 2020))
        #expect(try found.text("catch-up", row("linear"), "verdict") == "closing")
    }

    @Test func `against numpy, on figures that are not straight`() throws {
        // numpy 2.4.6: a, b = polyfit(2015..2022, y, 1) of both countries' internet users, year where they meet.
        let found = Dynamics(users, .timeDistance, DynamicsOptions(trendYears: 8))
        #expect(agree(try found.number("catch-up", row("linear"), "catch_up_year"), 2123.0826532997717, 1e-11))
        #expect(agree(try found.number("catch-up", row("log-linear"), "catch_up_year"), 2024.6758734128323, 1e-11))
    }

    @Test func `none where the slopes do not close, the other is level, or there is one year`() throws {
        func verdict(_ thai: KeyValuePairs<Int, Double>, _ lao: KeyValuePairs<Int, Double>) throws -> [String] {
            let found = Dynamics(line("internet_users", "TH", thai) + line("internet_users", "LA", lao), .timeDistance)
            return try ["verdict", "catch_up_year"].map { try found.text("catch-up", row("linear"), $0) }
        }
        #expect(try verdict([2010: 50, 2011: 53], [2010: 30, 2011: 31]) == ["not-closing", ""])
        #expect(try verdict([2010: 0.1, 2011: 0.3], [2010: 0, 2011: 0.2]) == ["not-closing", ""])
        #expect(try verdict([2010: 50, 2011: 51], [2010: 49, 2011: 52]) == ["already-level", ""])
        #expect(try verdict([2010: 50], [2010: 49]) == ["too-few-years", ""])
    }

    @Test func `no logarithmic trend of zeros`() throws {
        let found = Dynamics(
            line("internet_users", "TH", [2010: 1, 2011: 2]) + line("internet_users", "LA", [2010: 0, 2011: 1.5]),
            .timeDistance
        )
        #expect(try found.text("catch-up", row("log-linear"), "verdict") == "not-positive")
        #expect(try found.text("catch-up", row("linear"), "verdict") == "closing")
    }
}
