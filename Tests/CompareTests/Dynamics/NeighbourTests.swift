import Compare
import Indicators
import Testing

private func users(_ year: Int, _ values: KeyValuePairs<String, Double?>) -> [Observation] {
    observed("internet_users", year, values)
}

@Suite struct `Neighbours across the border` {
    private let values = users(
        2019,
        ["T1": 50, "T2": 40, "T3": 30, "T4": 80, "T5": 60, "L1": 20, "L2": 15, "L3": 10, "L4": 30]
    )

    @Test func `a row for each pair, whoever names the other`() throws {
        let found = Dynamics(values, .neighbours)
        let table = try found.table("neighbours")
        let rows = (0..<table.rowCount).map { row in
            ["place_reference", "place_other", "absolute_gap", "parity"].map { table[row, $0].text }
        }
        #expect(rows == [["T1", "L1", "30", "0.4"], ["T2", "L1", "20", "0.5"], ["T3", "L2", "15", "0.5"]])
        #expect(found.codes == ["neighbour-one-sided"])
    }

    @Test func `the difference across the border beside that away from it`() throws {
        let found = Dynamics(values, .neighbours)
        let row: KeyValuePairs<String, String> = ["level": "province"]
        // Across: (30 + 20 + 15) / 3. Away: (80 + 60) / 2 - (10 + 30) / 2.
        #expect(agree(try found.number("border", row, "mean_gap_across"), 65.0 / 3))
        #expect(try found.number("border", row, "inner_gap") == 50)
        #expect(agree(try found.number("border", row, "across_less_inner"), 65.0 / 3 - 50))
        #expect(try found.text("border", row, "pairs") == "3")
        #expect(try found.text("border", row, "border_places_other") == "2")
    }

    @Test func `years that differ are paired as match_years allows`() throws {
        let apart = users(2019, ["T1": 50]) + users(2016, ["L1": 20])
        #expect(try Dynamics(apart, .neighbours).table("neighbours").rowCount == 0)
        let found = Dynamics(apart, .neighbours, within: 3)
        #expect(try found.text("neighbours", ["place_other": "L1"], "note") == "years differ")
        #expect(try found.text("border", ["level": "province"], "inner_gap") == "")
    }

    @Test func `without a direction there is a ratio but no gap`() throws {
        let income = observed("income", 2019, ["T1": 50, "L1": 20, "T4": 10, "L3": 5])
        let found = Dynamics(income, .neighbours)
        #expect(try found.text("neighbours", ["place_other": "L1"], "ratio") == "0.4")
        #expect(try found.text("border", ["level": "province"], "mean_gap_across") == "")
        #expect(try found.text("border", ["level": "province"], "inner_gap") == "")
    }

    @Test func `places that touch nothing, or what is not there`() throws {
        let found = Dynamics(values, .neighbours, in: gazetteer)
        #expect(found.codes == ["no-neighbours"])
        let lost = Gazetteer(places: [
            Place(code: "TH", level: .country, country: "TH"), Place(code: "LA", level: .country, country: "LA"),
            Place(code: "T1", level: .province, country: "TH", parent: "TH", neighbours: ["X9"]),
        ])
        #expect(
            Dynamics(values.filter { $0.place == "T1" }, .neighbours, in: lost).codes == [
                "unknown-neighbour", "no-neighbours",
            ]
        )
    }
}

@Suite struct `Nearest peers` {
    private let context =
        observed("population", 2019, ["T1": 100, "T2": 200, "T3": 400, "L1": 190, "L2": 110])
        + observed("income", 2019, ["T1": 10, "T2": 30, "T3": 20, "L1": 28, "L2": 12])
        + users(2019, ["T1": 50, "T2": 60, "L1": 20])

    @Test func `by distance in z-scores over both countries`() throws {
        let options = DynamicsOptions(peers: PeerOptions(indicators: ["population", "income"], count: 2))
        let found = Dynamics(context, .peers, options)
        let table = try found.table("peers")
        let rows = (0..<table.rowCount).map { row in
            ["place_other", "rank", "place_reference"].map { table[row, $0].text }
        }
        #expect(rows == [["L1", "1", "T2"], ["L1", "2", "T3"], ["L2", "1", "T1"], ["L2", "2", "T2"]])
        // numpy 2.4.6: z = (x - mean) / std, norm(z(L1) - z(T2)).
        #expect(agree(try found.number("peers", ["place_other": "L1", "rank": "1"], "distance"), 0.2637549526514977))
        #expect(try found.text("peer-gaps", ["place_other": "L1", "rank": "1"], "absolute_gap") == "40")
        #expect(found.codes == ["context-missing"])
    }

    @Test func `of places as near the first code, and no peer without all of the context`() throws {
        let alike = observed("population", 2019, ["T1": 100, "T2": 100, "T3": nil, "L1": 100, "L2": 50])
        let options = DynamicsOptions(peers: PeerOptions(indicators: ["population"], scale: .minMax, count: 5))
        let found = Dynamics(alike, .peers, options)
        let table = try found.table("peers")
        #expect((0..<table.rowCount).map { table[$0, "place_reference"].text } == ["T1", "T2", "T1", "T2"])
    }

    @Test func `constant context, zeros in logarithms, and no years in common are told`() throws {
        func codes(_ values: [Observation], _ scale: PeerOptions.Scale = .zScore) -> [String] {
            Dynamics(values, .peers, DynamicsOptions(peers: PeerOptions(indicators: ["population"], scale: scale)))
                .codes
        }
        #expect(codes(observed("population", 2019, ["T1": 5, "L1": 5])).contains("constant-indicator"))
        #expect(codes(observed("population", 2019, ["T1": 5, "L1": 0]), .logZScore) == ["not-positive"])
        #expect(codes(observed("population", 2019, ["T1": 5])) == ["context-missing"])
        #expect(Dynamics(context, .peers).codes == ["peers-undeclared"])
    }
}
