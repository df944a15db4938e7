import Foundation
import Indicators
import Testing

@testable import Pipeline

/// Two runs of a small pipeline, held against each other.
@Suite struct `The difference of two runs` {
    @Test func `divides a move among revised data, new data, method and what they do together, as worked out by hand`()
        throws
    {
        let house = try IncomeHouse()
        try house.run()
        try house.use(income: 12, populations: [2018: 100, 2020: 200], per: 100)
        try house.run()
        // income / population * per: m = 100; revised 120, new 50, method 10; 60, 12 and 5 by two; 6 by all three.
        let metrics = try house.difference("1", "2").table(.metrics)
        let row = try #require(metrics.row { $0.isIncomePerHead })
        let expected: [String: Double] = [
            "old": 100, "new": 6, "change": -94, "revised_data": 20, "new_data": -50, "method": -90, "interaction": 26,
            "revised_and_new": -10, "revised_and_method": -18, "new_and_method": 45, "all_three": 9,
        ]
        for (column, value) in expected {
            let found = try #require(metrics[row, column].numeric, "\(column) is missing")
            #expect(abs(found - value) < 1e-11, "\(column) is \(found)")
        }
        #expect(metrics[row, "cause"].text == "revised data, new data, method, interaction")
        let parts = try ["revised_data", "new_data", "method", "interaction"].map {
            try #require(metrics[row, $0].numeric)
        }
        #expect(parts.reduce(0, +) == metrics[row, "change"].numeric)
    }

    @Test func `gives all of a move to the one thing that changed`() throws {
        for (factor, change) in [
            ("revised_data", { (house: IncomeHouse) in try house.use(income: 12) }),
            ("new_data", { (house: IncomeHouse) in try house.use(populations: [2018: 100, 2020: 200]) }),
            ("method", { (house: IncomeHouse) in try house.use(per: 100) }),
        ] {
            let house = try IncomeHouse()
            try house.run()
            try change(house)
            try house.run()
            let metrics = try house.difference("1", "2").table(.metrics)
            var moved = 0
            for row in 0..<metrics.rowCount where metrics[row, "kind"].text == "moved" {
                moved += 1
                for part in ["revised_data", "new_data", "method", "interaction"] {
                    let expected = part == factor ? metrics[row, "change"].numeric : 0
                    #expect(
                        metrics[row, part].numeric == expected,
                        "\(factor): \(metrics[row, "column"].text), \(part)"
                    )
                }
            }
            #expect(moved >= 3, "\(factor) moved nothing")
        }
    }

    @Test func `turns round with the runs`() throws {
        let house = try IncomeHouse()
        try house.run()
        try house.use(income: 12, populations: [2018: 100, 2020: 200], per: 100)
        try house.run()
        let forth = try house.difference("1", "2").table(.metrics)
        let back = try house.difference("2", "1").table(.metrics)
        #expect(forth.rowCount == back.rowCount)
        for row in 0..<forth.rowCount where forth[row, "kind"].text == "moved" {
            let match = try #require(
                back.row { one in
                    ["table", "row", "column"].allSatisfy { one[$0] == forth[row, $0].text }
                }
            )
            #expect(back[match, "change"].numeric == forth[row, "change"].numeric.map(-))
        }
    }

    @Test func `finds nothing between a run and itself, nor where only the order of the rows is another`() throws {
        let house = try IncomeHouse()
        try house.use(populations: [2018: 100, 2020: 200])
        try house.run()
        try house.use(populations: [2018: 100, 2020: 200], reversed: true)
        try house.run()
        for (old, new) in [("1", "1"), ("1", "2")] {
            let difference = try house.difference(old, new)
            for part in [RunDifference.Part.cells, .metrics, .words] { #expect(difference.table(part).rowCount == 0) }
        }
        #expect(try house.difference("1", "1").notes == ["the two are the same run"])
        #expect(try house.difference("1", "2").table(.inputs).rowCount == 1)
        #expect(try house.difference("1", "2").notes == [])
    }

    @Test func `counts the cells that changed, and says which inputs did`() throws {
        let house = try IncomeHouse()
        try house.run()
        try house.use(income: 12, populations: [2020: 200])
        try house.run()
        let difference = try house.difference("previous", "latest")
        let indicators = difference.table(.indicators)
        let population = try #require(indicators.row { $0["indicator"] == "population" })
        let counts = ["values_old", "values_new", "revised", "added", "dropped"].map { indicators[population, $0].text }
        #expect(counts == ["2", "2", "0", "2", "2"])
        #expect(indicators[population, "revised_percent"] == .missing)
        #expect(indicators[population, "changed_percent"].numeric == 100)
        let income = try #require(indicators.row { $0["indicator"] == "income" })
        #expect(indicators[income, "revised_percent"].numeric == 50)
        let inputs = difference.table(.inputs)
        #expect(
            (0..<inputs.rowCount).map { inputs[$0, "path"].text } == [
                "../Datasets/income.csv", "../Datasets/population.csv",
            ]
        )
        #expect(inputs[0, "change"].text == "altered")
        #expect(inputs[0, "read_old"].numeric == 2)
        let cells = difference.table(.cells)
        let cell = try #require(cells.row { $0["indicator"] == "income" })
        #expect(cells[cell, "kind"].text == "revised")
        #expect(cells[cell, "change_percent"].numeric == 20)
    }

    @Test func `leaves out what a method does not know, and says that a number needs data and method together`() throws
    {
        let house = try IncomeHouse()
        try house.run()
        try house.addFirms()
        try house.run()
        let difference = try house.difference("1", "2")
        #expect(difference.notes == [])
        let metrics = difference.table(.metrics)
        let row = try #require(
            metrics.row { $0["row"]?.contains("indicator=firms,") == true && $0["column"] == "parity" }
        )
        #expect(metrics[row, "kind"].text == "appeared")
        #expect(metrics[row, "cause"].text == "new data + method")
    }

    @Test func `says which combination a method refuses, and tells the rest`() throws {
        let house = try IncomeHouse()
        house.isWhole = false
        try house.use()
        try house.run()
        house.isWhole = true
        house.isStrict = true
        try house.use(income: 12)
        try house.run()
        let difference = try house.difference("1", "2")
        let refused = difference.notes.filter { $0.contains("cannot be worked out anew: ") }
        #expect(refused.count == 2)
        #expect(refused.allSatisfy { $0.contains("denominator-missing") })
        #expect(refused.first?.hasPrefix("the old run with the other method cannot") == true)
        let metrics = difference.table(.metrics)
        let row = try #require(
            metrics.row { $0["table"] == "normalised" && $0["column"] == "value" && $0["kind"] == "moved" }
        )
        #expect(metrics[row, "change"].numeric == 20)
        #expect(metrics[row, "revised_data"].numeric == 20)
        #expect(metrics[row, "new_data"].numeric == 0)
        #expect(metrics[row, "method"] == .missing)
        #expect(metrics[row, "interaction"] == .missing)
    }

    @Test func `tells which change alone turns a verdict`() throws {
        let house = try IncomeHouse()
        try house.run()
        try house.use(income: 30, per: 100)
        try house.run()
        let words = try house.difference("1", "2").table(.words)
        let row = try #require(words.row { $0["column"] == "verdict" })
        #expect(words[row, "old"].text == "pass")
        #expect(words[row, "new"].text == "fail")
        #expect(words[row, "cause"].text == "revised data")
    }

    @Test func `does not say what moved a table that comes out otherwise than it was stored`() throws {
        let house = try IncomeHouse()
        try house.run()
        try house.copyOutput(to: "old")
        // As if an earlier version had worked out another parity.
        let store = Store(folder: house.place.store)
        let text = try String(contentsOfFile: house.path("old/gaps.csv"), encoding: .utf8)
        let kept = try store.keep(Array(text.replacing(",100,", with: ",101,").utf8), as: .table, path: "gaps.csv")
        let manifest = try String(contentsOfFile: house.path("old/manifest.json"), encoding: .utf8)
        let hash = try #require(Manifest(Array(manifest.utf8))?.kept.first { $0.path == "gaps.csv" }).sha256
        let bytes = try #require(Manifest(Array(manifest.utf8))?.kept.first { $0.path == "gaps.csv" }).bytes
        #expect(bytes == kept.bytes)
        try house.folder.write("old/manifest.json", manifest.replacing(hash, with: kept.sha256))
        try house.use(income: 12)
        try house.run()
        let difference = try house.difference(house.path("old"), house.place.destination)
        #expect(difference.notes.contains { $0.hasPrefix("gaps: worked out anew, not what was stored") })
        let metrics = difference.table(.metrics)
        let row = try #require(metrics.row { $0.isIncomePerHead })
        #expect(metrics[row, "old"].numeric == 101)
        #expect(metrics[row, "revised_data"] == .missing)
        #expect(metrics[row, "cause"].text == "")
        let rate = try #require(metrics.row { $0["table"] == "normalised" && $0["column"] == "value" })
        #expect(metrics[rate, "revised_data"].numeric == metrics[rate, "change"].numeric)
    }
}

extension Table {
    /// The first row of which a claim holds, told the texts of its cells.
    func row(where claim: ([String: String]) -> Bool) -> Int? {
        (0..<rowCount).first { row in
            claim(Dictionary(uniqueKeysWithValues: schema.columns.map { ($0.id, self[row, $0.id].text) }))
        }
    }
}

extension [String: String] {
    /// Whether it is Thailand's income per head among the gaps, as `diff-metrics` has it.
    var isIncomePerHead: Bool {
        self["table"] == "gaps" && self["column"] == "value_reference"
            && self["row"]?.hasPrefix("indicator=income_per_head,") == true
    }
}
