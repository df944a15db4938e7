import Indicators
import Testing

@testable import Compose

private let ids = (0..<6).map { "i\($0)" }

/// Places with random scores of six indicators, from 1 to 100.
private func randomPanel(places: Int, seed: UInt64, missing: Double = 0) -> ScorePanel {
    let numbers = Draws(seed: seed)
    let values = (0..<ids.count * places).map { cell -> Double in
        if numbers.unit(at: UInt64(1_000_000 + cell)) < missing { return .nan }
        return 1 + 99 * numbers.unit(at: UInt64(cell))
    }
    return ScorePanel(indicators: ids, years: [2020], places: (0..<places).map { "P\(10 + $0)" }, values: values)
}

private let tree = IndexTree(
    nodes: [
        IndexNode(id: "I", children: ["A", "B", "i5"].map { IndexChild($0) }),
        IndexNode(id: "A", children: ["i0", "i1", "i2"].map { IndexChild($0) }),
        IndexNode(id: "B", children: ["i3", "i4"].map { IndexChild($0) }),
    ],
    standard: IndexLevel(minimumCoverage: 0.5)
)

private let everything: [UncertainInput] = [
    .weights(noise: 0.3), .aggregation([.arithmetic, .geometric(), .copeland], levels: [0]),
    .weighting([.equal, .squaredLoadings], levels: [1]), .leaveOneOut, .panel("normalisation"),
]

private func alternatives(of panel: ScorePanel) -> PanelAlternatives {
    PanelAlternatives(
        factors: [.init(name: "normalisation", levels: ["first", "second"])],
        panels: [panel, randomPanel(places: panel.places.count, seed: 77)]
    )
}

private func run(_ options: RobustnessOptions, missing: Double = 0) -> Composed {
    let panel = randomPanel(places: 12, seed: 5, missing: missing)
    let needsAlternatives = options.inputs.contains(.panel("normalisation"))
    return compose(
        panel,
        tree: tree,
        options: ComposeOptions(robustness: options),
        alternatives: needsAlternatives ? alternatives(of: panel) : nil
    )
}

@Suite struct Robustness {
    @Test(arguments: [0, 0.15]) func `gives the same tables on one thread and on many`(missing: Double) {
        func tables(_ threads: Int?) -> [[[Cell]]] {
            let options = RobustnessOptions(replications: 300, seed: 9, inputs: everything, threads: threads)
            let composed = run(options, missing: missing)
            #expect(composed.findings.isEmpty)
            return composed.tables.map { table in (0..<table.rowCount).map(table.row) }
        }
        let one = tables(1)
        #expect(one == tables(2))
        #expect(one == tables(7))
        #expect(one == tables(nil))
    }

    @Test func `follows from its seed`() {
        func medians(_ seed: UInt64) -> [Cell] {
            run(RobustnessOptions(replications: 50, seed: seed, inputs: everything)).cells("robustness", "rank_mean")
        }
        #expect(medians(1) == medians(1))
        #expect(medians(1) != medians(2))
    }

    @Test func `ranks the replications that it can replay`() throws {
        let composed = run(RobustnessOptions(replications: 40, inputs: everything, sensitivity: false))
        let replays = try (0..<40).map { try #require(composed.replay($0, year: 2020)) }
        #expect(composed.replay(40, year: 2020) == nil)
        let table = try #require(composed.table("robustness"))
        for place in 0..<12 {
            let ranks = replays.compactMap { $0.ranks[place] }.sorted()
            #expect(table[place, "replications_ranked"] == .integer(ranks.count))
            #expect(near(table[place, "rank_mean"].numeric, Double(ranks.reduce(0, +)) / Double(ranks.count)))
            #expect(near(table[place, "rank_median"].numeric, Double(ranks[19] + ranks[20]) / 2))
        }
        let dominance = try #require(composed.table("dominance"))
        let ahead = replays.count { ($0.ranks[0] ?? 99) < ($0.ranks[1] ?? 99) }
        #expect(near(dominance[0, "share_ahead"].numeric, Double(ahead) / 40))
    }

    @Test func `replays to the scores that compose gives for the same choices`() throws {
        let panel = randomPanel(places: 12, seed: 5)
        let inputs: [UncertainInput] = [
            .weights(noise: 0.5), .aggregation([.arithmetic, .geometric()]), .panel("normalisation"),
        ]
        let given = alternatives(of: panel)
        let composed = compose(
            panel,
            tree: tree,
            options: ComposeOptions(robustness: RobustnessOptions(replications: 25, inputs: inputs)),
            alternatives: given
        )
        for number in 0..<25 {
            let replay = try #require(composed.replay(number, year: 2020))
            let choices = Dictionary(uniqueKeysWithValues: replay.choices.map { ($0.name, $0.value) })
            var again = tree
            again.standard.aggregation = choices["aggregation"] == "geometric mean" ? .geometric() : .arithmetic
            for node in again.nodes.indices {
                for child in again.nodes[node].children.indices {
                    again.nodes[node].children[child].weight = replay.weights[again.nodes[node].children[child].id]
                }
            }
            let scores = compose(given.panels[choices["normalisation"] == "second" ? 1 : 0], tree: again)
            #expect(scores.scores() == replay.scores)
        }
    }

    @Test func `keeps noise within its share, at its levels`() throws {
        let composed = run(RobustnessOptions(replications: 200, inputs: [.weights(noise: 0.25, levels: [1])]))
        var seen: Set<Double> = []
        for number in 0..<200 {
            let weights = try #require(composed.replay(number, year: 2020)).weights
            let above = ["A", "B", "i5"].compactMap { weights[$0] }
            #expect(above.allSatisfy { (0.75...1.25).contains($0) })
            #expect(["i0", "i1", "i2", "i3", "i4"].allSatisfy { weights[$0] == 1 })
            seen.formUnion(above)
        }
        #expect(seen.count == 600)
        #expect((seen.min() ?? 1) < 0.76 && (seen.max() ?? 1) > 1.24)
    }

    @Test func `does not move without anything to move it`() {
        let composed = run(RobustnessOptions(replications: 10, inputs: [.weights(noise: 0)]))
        let ranks = composed.cells("robustness", "rank").map(\.numeric)
        for column in ["rank_median", "rank_p5", "rank_p95", "rank_mean"] {
            #expect(composed.cells("robustness", column).map(\.numeric) == ranks)
        }
        #expect(composed.cells("sensitivity", "first_order").allSatisfy { $0 == .missing })
        #expect(composed.cells("sensitivity", "variance").allSatisfy { $0 == .number(0) })
    }

    @Test func `splits each pair into ahead, behind and level`() throws {
        let table = try #require(run(RobustnessOptions(replications: 64, inputs: everything)).table("dominance"))
        #expect(table.rowCount == 12 * 11)
        var shares: [[Cell]: Double] = [:]
        for row in 0..<table.rowCount {
            shares[[table[row, "place"], table[row, "other"]]] = table[row, "share_ahead"].numeric
        }
        for row in 0..<table.rowCount {
            let back = try #require(shares[[table[row, "other"], table[row, "place"]]])
            let there = try #require(table[row, "share_ahead"].numeric)
            let level = try #require(table[row, "share_level"].numeric)
            #expect(there + back + level == 1)
        }
    }

    @Test func `leaves out each indicator, and none, about as often`() throws {
        let composed = run(RobustnessOptions(replications: 700, inputs: [.leaveOneOut], sensitivity: false))
        var counts: [String: Int] = [:]
        for number in 0..<700 {
            counts[try #require(composed.replay(number, year: 2020)).choices[0].value, default: 0] += 1
        }
        #expect(Set(counts.keys) == Set(ids + ["none"]))
        #expect(counts.values.allSatisfy { (60...140).contains($0) })
    }

    @Test(
        arguments: [
            RobustnessOptions(replications: 0, inputs: everything), RobustnessOptions(inputs: []),
            RobustnessOptions(inputs: [.weights(noise: 1)]), RobustnessOptions(inputs: [.weights(noise: .nan)]),
            RobustnessOptions(inputs: [.aggregation([])]), RobustnessOptions(inputs: [.leaveOneOut, .leaveOneOut]),
            RobustnessOptions(inputs: [.panel("imputation")]), RobustnessOptions(inputs: [.leaveOneOut], years: [1999]),
            RobustnessOptions(inputs: [.leaveOneOut], groups: ["men"]),
            RobustnessOptions(inputs: [.leaveOneOut], threads: 0),
        ]
    )
    func `refuses options that make no sense`(options: RobustnessOptions) {
        let composed = run(options)
        #expect(composed.codes.contains("robustness-bad-option"))
        #expect(composed.tables.isEmpty)
    }

    @Test func `refuses alternatives that do not fit`() {
        let panel = randomPanel(places: 12, seed: 5)
        let options = ComposeOptions(robustness: RobustnessOptions(inputs: [.panel("x")]))
        for panels in [[panel], [panel, randomPanel(places: 11, seed: 5)]] {
            let given = PanelAlternatives(factors: [.init(name: "x", levels: ["a", "b"])], panels: panels)
            let composed = compose(panel, tree: tree, options: options, alternatives: given)
            #expect(composed.codes == ["robustness-bad-option"])
        }
    }

    @Test func `says which alternative cannot be weighed`() {
        let columns: [String: [Double?]] = ["a": [1, 2, 3, 4], "b": [4, 3, 2, 1], "c": [4, 2, 3, 1]]
        let inputs: [UncertainInput] = [.weighting([.equal, .principalComponent])]
        let composed = compose(
            panel(columns),
            tree: flat(["a", "b", "c"]),
            options: ComposeOptions(robustness: RobustnessOptions(inputs: inputs))
        )
        #expect(composed.codes == ["principal-component-negative"])
    }

    @Test func `holds limits of the AMPI over all years while it assesses one`() throws {
        let numbers = Draws(seed: 8)
        let values = (0..<2 * 3 * 5).map { 1 + numbers.unit(at: UInt64($0)) }
        let years = ScorePanel(
            indicators: ["a", "b"],
            years: [2018, 2019, 2020],
            places: (0..<5).map { "P\($0)" },
            values: values
        )
        let ampi = flat(["a", "b"], .mazziottaPareto(MazziottaPareto(scale: .adjusted(.mean))))
        let composed = compose(
            years,
            tree: ampi,
            options: ComposeOptions(robustness: RobustnessOptions(replications: 3, inputs: [.weights(noise: 0)]))
        )
        #expect(composed.replay(0, year: 2020)?.scores == composed.scores(year: 2020))
    }
}

@Suite struct `Leaving one out` {
    @Test func `gives what the index without it gives`() throws {
        let composed = compose(
            panel(sample),
            tree: flat(["a", "b", "c"], weights: [1, 2, 3]),
            options: ComposeOptions(leaveOneOut: true)
        )
        let without = compose(panel(sample), tree: flat(["a", "c"], weights: [1, 3]))
        let table = try #require(composed.table("leave-one-out"))
        let rows = (0..<table.rowCount).filter { table[$0, "left_out"] == .text("b") }
        #expect(rows.map { table[$0, "score_without"].numeric } == without.scores())
        #expect(rows.map { table[$0, "rank_without"] } == without.cells("index", "rank"))
        for row in rows {
            let shift = try #require(table[row, "rank_shift"].numeric)
            let (rank, other) = (table[row, "rank"].numeric, table[row, "rank_without"].numeric)
            #expect(shift == (other ?? 0) - (rank ?? 0))
        }
    }

    @Test func `takes a node with it that is left with nothing`() throws {
        let tree = IndexTree(
            nodes: [
                IndexNode(id: "I", children: [IndexChild("N"), IndexChild("b")]),
                IndexNode(id: "N", children: [IndexChild("a")]),
            ]
        )
        let composed = compose(
            panel(["a": [1, 2], "b": [4, 3]]),
            tree: tree,
            options: ComposeOptions(leaveOneOut: true)
        )
        let found = composed.cells("leave-one-out", "score_without").map(\.numeric)
        #expect(found == [4, 3, 1, 2])
    }
}
