import Foundation
import Records
import Testing

@Suite struct `Sampling errors` {
    struct Expected: Sendable, CustomTestStringConvertible {
        var columns: [String: String]
        subscript(name: String) -> String { columns[name] ?? "" }
        var testDescription: String {
            ["case", "design", "lonely", "province", "measure"].map { self[$0] }.joined(separator: " ")
        }
    }

    static let expected: [Expected] = {
        let lines =
            (try? String(contentsOfFile: fixture("survey-expected.csv"), encoding: .utf8))?.split(separator: "\n") ?? []
        let names = lines.first?.split(separator: ",").map(String.init) ?? []
        return lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Expected(columns: Dictionary(uniqueKeysWithValues: zip(names, cells)))
        }
    }()

    private func cell(_ expected: Expected) throws -> RecordResult.Cell {
        var order = RecordOrder(
            groupBy: ["province"],
            measures: [
                .init(name: "income_mean", formula: "mean(income)"), .init(name: "income_sum", formula: "sum(income)"),
                .init(name: "internet", formula: "share(internet == 'yes')"),
                .init(name: "per_member", formula: "ratio(income, members)"),
                .init(name: "persons", formula: "weighted_count()"),
            ],
            weight: "weight",
            minimumRecords: 0
        )
        if expected["design"] != "plain" { order.strata = "stratum" }
        if expected["design"] == "clusters" { order.cluster = "cluster" }
        order.loneCluster =
            expected["lonely"] == "adjust" ? .centre : expected["lonely"] == "certainty" ? .certainty : .refuse
        var text = try String(contentsOfFile: fixture("survey.csv"), encoding: .utf8)
        if expected["case"] == "full" {
            text = text.split(separator: "\n").filter { !$0.hasPrefix("d,") }.joined(separator: "\n") + "\n"
        }
        let result = try reading(text, order).result
        return try #require(result.cell(expected["measure"], expected["province"]))
    }

    @Test func `the reference numbers are all there`() {
        #expect(Self.expected.count == 50)
    }

    @Test(arguments: expected)
    func `agree with R's survey package`(_ expected: Expected) throws {
        let cell = try cell(expected)
        let value = try #require(Double(expected["value"]))
        #expect(abs(try #require(cell.value) / value - 1) < 1e-13)
        // R squares the lone cluster's total itself where we take its distance from the mean of all clusters.
        if expected["lonely"] == "adjust", ["income_sum", "persons"].contains(expected["measure"]) { return }
        let error = try #require(Double(expected["se"]))
        #expect(abs(try #require(cell.standardError) / error - 1) < 1e-11)
        if let effect = Double(expected["deff"]) {
            #expect(abs(try #require(cell.designEffect) / effect - 1) < 1e-10)
            #expect(abs(try #require(cell.effectiveRecords) * effect / Double(try #require(cell.records)) - 1) < 1e-10)
        }
    }

    @Test func `a stratum with one cluster has no error unless a rule is named`() throws {
        var columns = try #require(Self.expected.first { $0["case"] == "lonely" && $0["province"] == "TH-41" }).columns
        columns["lonely"] = "fail"
        let cell = try cell(Expected(columns: columns))
        #expect(cell.value != nil)
        #expect(cell.standardError == nil)
        #expect(cell.reason == "lone-cluster")
        #expect(cell.method == "taylor, lone cluster: refuse")
    }

    @Test func `the interval is that of t with clusters less strata degrees of freedom`() throws {
        // R 4.2.2: qt(0.975, 20) = 2.0859634472658648, qt(0.975, 124) = 1.9792801166048397.
        for (design, province, t) in [
            ("clusters", "LA-VT", 2.0859634472658648), ("records", "TH-41", 1.9792801166048397),
        ] {
            let expected = try #require(
                Self.expected.first {
                    $0["design"] == design && $0["province"] == province && $0["measure"] == "internet"
                }
            )
            let cell = try cell(expected)
            let half = (try #require(cell.high) - (try #require(cell.low))) / 2
            #expect(abs(half / (try #require(cell.standardError)) / t - 1) < 1e-9)
        }
    }

    @Test func `filtered records keep their clusters`() throws {
        // Two strata of two clusters; the filter leaves one cluster of the second stratum, whose variance it keeps.
        let text = "s,c,w,y,keep\na,1,1,2,1\na,2,1,4,1\nb,1,2,3,1\nb,2,2,9,0\n"
        var order = order(["m": "sum(y)"], weight: "w", where: "keep == 1")
        order.strata = "s"
        order.cluster = "c"
        let cell = try #require(try reading(text, order).result.cell("m"))
        // a: 2/1 * ((2-3)^2 + (4-3)^2) = 4; b: 2/1 * ((6-3)^2 + (0-3)^2) = 36.
        #expect(cell.value == 12)
        #expect(abs(try #require(cell.standardError) - 40.0.squareRoot()) < 1e-12)
    }
}
