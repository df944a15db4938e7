import Indicators
import Testing

@testable import Compose

/// Seven places by four indicators that go together.
private let related: [String: [Double?]] = [
    "a": [1, 2, 3, 4, 5, 6, 7], "b": [2, 1.5, 3.5, 3, 6, 5, 8], "c": [4, 3.5, 6, 5, 4.5, 9, 6.5],
    "d": [3, 5, 4, 7.5, 6, 8.5, 7],
]

@Suite struct `Principal component` {
    /// numpy 2.4.6, `eigh` of `corrcoef`, the sign such that the loadings add up to more than 0.
    private let loadings = [0.5588621305922742, 0.4852649320893414, 0.4626470128076838, 0.48800492437506987]

    @Test func `gives the loadings, eigenvalues and weights of numpy`() throws {
        let columns = ["a", "b", "c", "d"].map { ArraySlice((related[$0] ?? []).map { $0 ?? .nan }) }
        let found = try principalComponent(columns)
        let eigenvalues = [3.090731145278621, 0.5509239842444338, 0.35505355236954117, 0.0032913181074040944]
        #expect(near(found.loadings, loadings))
        #expect(near(found.eigenvalues, eigenvalues, within: 1e-11))
        let composed = compose(panel(related), tree: flat(["a", "b", "c", "d"], weighting: .principalComponent))
        let weights = [0.2801624293369204, 0.24326751591145485, 0.2319289569617188, 0.24464109778990592]
        #expect(near(composed.cells("weights", "weight").map(\.numeric), weights))
        #expect(near(composed.cells("weights", "loading").map(\.numeric), loadings))
        #expect(near(composed.cells("weights", "variance_share")[0].numeric, eigenvalues[0] / 4))
    }

    @Test func `squares loadings where that is asked for`() {
        let composed = compose(panel(related), tree: flat(["a", "b", "c", "d"], weighting: .squaredLoadings))
        #expect(near(composed.cells("weights", "weight").map(\.numeric), loadings.map { $0 * $0 }))
    }

    @Test func `is refused with a negative loading, by name`() {
        let columns = related.merging(["b": [8, 7, 6, 5.5, 3, 2, 1]]) { $1 }
        let tree = flat(["a", "b", "c", "d"], weighting: .principalComponent)
        let composed = compose(panel(columns), tree: tree)
        #expect(composed.codes == ["principal-component-negative"])
        #expect(composed.findings.first?.found.hasPrefix("I: a negative loading of b") == true)
        #expect(composed.tables.isEmpty)
        let squared = compose(panel(columns), tree: flat(["a", "b", "c", "d"], weighting: .squaredLoadings))
        #expect(squared.findings.isEmpty)
    }

    @Test(
        arguments: [
            ("constant-indicator", [5.0, 5, 5, 5]), ("too-few-complete-rows", [1, 2, nil, nil]),
            ("principal-component-ambiguous", [1, -1, -1, 1]), ("not-representable", [1e300, -1e300, 1e300, 0]),
        ] as [(String, [Double?])]
    )
    func `is refused where there is none`(code: String, column: [Double?]) {
        let columns: [String: [Double?]] = ["a": [1, 1, -1, -1], "b": column]
        let composed = compose(panel(columns), tree: flat(["a", "b"], weighting: .squaredLoadings))
        #expect(composed.codes == [code])
    }

    @Test func `takes the rows in which all children are there`() {
        let extended = related.mapValues { $0 + [100] }.merging(["a": (related["a"] ?? []) + [nil]]) { $1 }
        let tree = flat(["a", "b", "c", "d"], weighting: .principalComponent)
        let weights = compose(panel(extended), tree: tree).cells("weights", "weight").map(\.numeric)
        #expect(near(weights, compose(panel(related), tree: tree).cells("weights", "weight").map(\.numeric)))
    }

    @Test func `diagonalises what is diagonal, singular or a single number`() {
        #expect(SymmetricEigen([[3]]).values == [3])
        #expect(SymmetricEigen([[1, 0], [0, 2]]).values == [2, 1])
        let singular = SymmetricEigen([[1, 1], [1, 1]])
        #expect(near(singular.values[0], 2) && abs(singular.values[1]) < 1e-15)
    }
}

@Suite struct `Equal correlations` {
    @Test func `reaches equality where weights above 0 can`() throws {
        let composed = compose(
            panel(["a": [1, 2, 3, 4, 5, 6], "b": [2, 1, 5, 3, 4, 7], "c": [5, 3, 4, 1, 6, 2]]),
            tree: flat(["a", "b", "c"], weighting: .equalCorrelations)
        )
        let correlations = composed.cells("weights", "correlation_with_node").compactMap(\.numeric)
        let spread = try #require(correlations.max()) - (try #require(correlations.min()))
        #expect(spread < 1e-9)
        #expect(composed.cells("weights", "criterion").allSatisfy { ($0.numeric ?? 1) < 1e-18 })
    }

    /// scipy 1.17.1, Nelder-Mead over softmax weights from 60 random beginnings: the least variance (n) found. With equal
    /// weights it is 0.00443 and 0.288.
    @Test(
        arguments: [
            (related, 0.002734006425222238),
            (
                [
                    "a": [1, 2, 3, 4, 5, 6, 7], "b": [1.2, 2.1, 3.3, 3.9, 5.4, 5.8, 7.2],
                    "c": [6, 4, 5, 1, 3, 2.5, 3.5],
                ],
                0.0003923901457543747
            ),
        ] as [([String: [Double?]], Double)]
    )
    func `comes as near as another optimiser where they cannot`(columns: [String: [Double?]], reached: Double) throws {
        let tree = flat(columns.keys.sorted(), weighting: .equalCorrelations)
        let composed = compose(panel(columns), tree: tree)
        let criterion = try #require(composed.cells("weights", "criterion")[0].numeric)
        #expect(criterion <= reached * (1 + 1e-6))
        let weights = composed.cells("weights", "weight").compactMap(\.numeric)
        #expect(weights.allSatisfy { $0 >= 0 } && near(weights.reduce(0, +), 1))
    }

    @Test func `serves other means too`() throws {
        let tree = flat(["a", "b", "c", "d"], .geometric(), weighting: .equalCorrelations)
        let composed = compose(panel(related), tree: tree)
        let equal = compose(panel(related), tree: flat(["a", "b", "c", "d"], .geometric()))
        func variance(_ composed: Composed) -> Double {
            let found = composed.cells("weights", "correlation_with_node").compactMap(\.numeric)
            return Summary(of: found).squares / Double(found.count)
        }
        #expect(variance(composed) < variance(equal))
        #expect(near(composed.cells("weights", "criterion")[0].numeric, variance(composed), within: 1e-6))
    }
}

@Suite struct `Other weights` {
    @Test func `multiply down the tree`() {
        let tree = IndexTree(
            nodes: [
                IndexNode(id: "I", children: [IndexChild("N", weight: 3), IndexChild("c", weight: 1)]),
                IndexNode(id: "N", children: [IndexChild("a", weight: 2), IndexChild("b", weight: 3)]),
            ]
        )
        let composed = compose(panel(sample), tree: tree)
        #expect(near(composed.cells("weights", "effective_weight").map(\.numeric), [0.75, 0.25]))
        #expect(near(composed.cells("weights", "effective_weight", node: "N").map(\.numeric), [0.3, 0.45]))
    }

    @Test func `count in each place those whom the children tell about`() {
        let scores: [String: [Double?]] = ["rural": [10, 10, 10, 10], "urban": [20, 20, 20, 20]]
        let children = [
            IndexChild("rural", denominator: "rural_people"), IndexChild("urban", denominator: "urban_people"),
        ]
        let tree = IndexTree(
            nodes: [IndexNode(id: "I", children: children, methods: IndexLevel(weighting: .population))]
        )
        let people = panel(["rural_people": [3, 0, nil, -1], "urban_people": [1, 5, 5, 5]])
        let composed = compose(panel(scores), tree: tree, denominators: people)
        #expect(near(composed.scores(), [12.5, 20, nil, nil]))
        #expect(composed.codes.sorted() == ["weight-missing", "weight-negative"])
        #expect(composed.cells("weights", "weight") == [.missing, .missing])
        #expect(composed.explain(place: "P0", year: 2020)?.inputs.map(\.share) == [0.75, 0.25])
        #expect(compose(panel(scores), tree: tree).scores() == [nil, nil, nil, nil])
    }

    /// numpy 2.4.6, on the same columns.
    @Test func `come with alpha and correlations`() {
        let composed = compose(panel(related), tree: flat(["a", "b", "c", "d"]))
        #expect(near(composed.cells("weights", "node_alpha")[0].numeric, 0.8990594682663111))
        let found = composed.cells("correlations", "correlation").prefix(3).map(\.numeric)
        #expect(near(Array(found), [0.9136263045045063, 0.7010681840159741, 0.8211649813560639]))
    }

    @Test func `have no correlation where there is nothing to correlate`() {
        let composed = compose(panel(["a": [1, 2, 3], "b": [4, 4, 4]]), tree: flat(["a", "b"]))
        #expect(composed.cells("correlations", "correlation") == [.missing])
        #expect(composed.cells("correlations", "rows") == [.integer(3)])
        let single = compose(panel(["a": [1], "b": [2]]), tree: flat(["a", "b"]))
        #expect(single.cells("weights", "node_alpha") == [.missing, .missing])
    }

    @Test func `are fitted to the total of the year that is asked for`() {
        // In the first year the columns agree, in the second they do not; the group of women is not looked at.
        let scores = ScorePanel(
            indicators: ["a", "b"],
            groups: ["total", "women"],
            years: [2019, 2020],
            places: ["P0", "P1", "P2"],
            values: [1, 2, 3, 1, 2, 3, 9, 9, 9, 9, 9, 9] + [2, 3, 5, 5, 1, 2, 9, 9, 9, 9, 9, 9]
        )
        let tree = flat(["a", "b"], weighting: .principalComponent)
        #expect(compose(scores, tree: tree, options: ComposeOptions(fitYear: 2019)).findings.isEmpty)
        let refused = compose(scores, tree: tree, options: ComposeOptions(fitYear: 2020))
        #expect(refused.codes == ["principal-component-negative"])
        #expect(compose(scores, tree: tree, options: ComposeOptions(fitYear: 1999)).codes == ["index-bad-option"])
    }
}

@Suite struct `Counts that weight` {
    @Test func `hand their grade and status on to the score`() throws {
        let places = [Place(code: "P0", level: .province, country: "A")]
        func observation(_ id: String, _ value: Double, _ grade: Grade, _ status: ObservationStatus) -> Observation {
            Observation(indicator: id, place: "P0", year: 2020, value: value, status: status, grade: grade)
        }
        let scores = ScorePanel(
            [observation("a", 10, .official, .normal), observation("b", 40, .survey, .normal)],
            places: places
        )
        let counts = ScorePanel(
            [observation("n", 3, .illustrative, .normal), observation("m", 1, .official, .estimated)],
            places: places
        )
        let children = [IndexChild("a", denominator: "n"), IndexChild("b", denominator: "m")]
        let tree = IndexTree(nodes: [
            IndexNode(id: "I", children: children, methods: IndexLevel(weighting: .population))
        ])
        let composed = compose(scores, tree: tree, denominators: counts)
        let table = try #require(composed.table("index"))
        #expect(table[0, "score"] == .number(17.5))
        #expect(table[0, "grade"] == .text("illustrative"))
        #expect(table[0, "status"] == .text("E"))
    }
}
