import Indicators
import Testing

@testable import Compose

private let indicators: [String: [Double?]] = ["a": [1, 2, 3], "b": [3, 2, 1], "c": [1, 1, 2]]

private func node(_ id: String, _ children: String..., methods: IndexLevel = IndexLevel()) -> IndexNode {
    IndexNode(id: id, children: children.map { IndexChild($0) }, methods: methods)
}

@Suite struct `Bad trees` {
    @Test(
        arguments: [
            ("index-empty", []),
            ("index-cycle", [node("I", "N", "a"), node("N", "I")]),
            ("index-cycle", [node("I", "I", "a")]),
            ("index-cycle", [node("I", "a"), node("N", "M"), node("M", "N")]),
            ("index-orphan", [node("I", "a"), node("N", "b")]),
            ("index-duplicate", [node("I", "a", "a")]),
            ("index-duplicate", [node("I", "N", "a"), node("N", "a")]),
            ("index-duplicate", [node("I", "a"), node("I", "b")]),
            ("index-duplicate", [node("I", "b"), node("b", "a")]),
            ("index-unknown-indicator", [node("I", "a", "mobile")]),
            ("index-childless", [node("I", "N"), node("N")]),
            ("index-bad-coverage", [node("I", "a", methods: IndexLevel(minimumCoverage: 1.5))]),
            ("index-bad-coverage", [node("I", "a", methods: IndexLevel(minimumCoverage: .nan))]),
            ("index-bad-aggregation", [node("I", "a", methods: IndexLevel(aggregation: .power(0)))]),
            ("index-bad-aggregation", [node("I", "a", methods: IndexLevel(aggregation: .geometric(floor: 0)))]),
            (
                "index-bad-aggregation",
                [node("I", "a", "b", methods: IndexLevel(aggregation: .copeland, weighting: .equalCorrelations))]
            ),
            (
                "index-bad-aggregation",
                [
                    node(
                        "I",
                        "a",
                        "b",
                        methods: IndexLevel(aggregation: .benefitOfTheDoubt(BenefitOfTheDoubt(minimumShare: 0.6)))
                    )
                ]
            ),
            ("index-weight-absent", [node("I", "a", methods: IndexLevel(weighting: .given))]),
            ("index-weight-absent", [node("I", "a", methods: IndexLevel(weighting: .population))]),
        ]
    )
    func `are refused with the reason`(code: String, nodes: [IndexNode]) {
        let composed = compose(panel(indicators), tree: IndexTree(nodes: nodes))
        #expect(composed.codes.contains(code))
        #expect(composed.findings.allSatisfy { $0.severity == .error })
        #expect(composed.tables.isEmpty)
        #expect(composed.explain(place: "P0", year: 2020) == nil)
    }

    @Test(arguments: [
        ([1.0, -1], "index-bad-weight"), ([1, .nan], "index-bad-weight"), ([0, 0], "index-zero-weights"),
    ])
    func `do not weigh`(weights: [Double], code: String) {
        let composed = compose(panel(indicators), tree: flat(["a", "b"], weights: weights))
        #expect(composed.codes == [code])
        #expect(composed.tables.isEmpty)
    }

    @Test func `name each circle`() {
        let composed = compose(
            panel(indicators),
            tree: IndexTree(nodes: [node("I", "N", "a"), node("N", "M", "b"), node("M", "N", "c")])
        )
        #expect(composed.findings.map(\.found) == ["N > M > N"])
    }

    @Test func `may not be deeper than a limit`() {
        let nodes = (0..<100_000).map { IndexNode(id: "n\($0)", children: [IndexChild("n\($0 + 1)")]) }
        let deep = Array(nodes.prefix(80)) + [node("n80", "a")]
        #expect(compose(panel(indicators), tree: IndexTree(nodes: deep)).codes.contains("index-too-deep"))
    }

    @Test func `suggest what an unknown child may have been`() {
        let columns: [String: [Double?]] = ["internet_users": [1, 2], "b": [1, 2]]
        let composed = compose(panel(columns), tree: flat(["internet_user", "b"]))
        #expect(composed.findings.first?.hint == "did you mean internet_users?")
    }
}

@Suite struct Trees {
    @Test func `do not depend on the order of nodes and children`() {
        let columns: [String: [Double?]] = ["a": [0.1, 0.7], "b": [0.2, 0.1], "c": [0.3, 0.9], "d": [0.6, 0.5]]
        let index = node("I", "N", "d")
        let weights = [1.0 / 3, 0.7, 0.11]
        let children = zip(["a", "b", "c"], weights).map { IndexChild($0, weight: $1) }
        let straight = IndexTree(nodes: [index, IndexNode(id: "N", children: children)])
        let reversed = IndexTree(
            nodes: [node("I", "d", "N"), IndexNode(id: "N", children: children.reversed())]
        )
        let first = compose(panel(columns), tree: straight)
        let second = compose(panel(columns), tree: reversed)
        #expect(first.scores() == second.scores())
    }

    @Test func `take the word of the node over that of its level, and that over the standard`() {
        let columns: [String: [Double?]] = ["a": [1], "b": [4]]
        func score(_ methods: IndexLevel, levels: [IndexLevel]) -> Double? {
            let tree = IndexTree(
                nodes: [node("I", "a", "b", methods: methods)],
                levels: levels,
                standard: IndexLevel(aggregation: .geometric())
            )
            return compose(panel(columns), tree: tree).scores()[0]
        }
        #expect(score(IndexLevel(), levels: []) == 2)
        #expect(score(IndexLevel(), levels: [IndexLevel(aggregation: .harmonic())]) == 1.6)
        #expect(score(IndexLevel(aggregation: .arithmetic), levels: [IndexLevel(aggregation: .harmonic())]) == 2.5)
    }

    @Test func `hold indicators and nodes side by side, ten deep`() {
        let nodes = (0..<10).map { level in
            IndexNode(
                id: "n\(level)",
                children: [IndexChild(level == 9 ? "z" : "n\(level + 1)"), IndexChild("i\(level)")]
            )
        }
        var columns: [String: [Double?]] = ["z": [1024]]
        for level in 0..<10 { columns["i\(level)"] = [0] }
        let composed = compose(panel(columns), tree: IndexTree(nodes: nodes))
        #expect(composed.scores("n0") == [1])
        #expect(composed.scores("n9") == [512])
    }

    @Test func `rank within the year and group, over all countries and within each`() {
        let composed = compose(
            panel(["a": [5, 7, 7, nil, 1]], countries: ["TH", "TH", "LA", "LA", "LA"]),
            tree: flat(["a"])
        )
        #expect(composed.cells("index", "rank") == [.integer(3), .integer(1), .integer(1), .integer(4)])
        #expect(composed.cells("index", "rank_in_country") == [.integer(2), .integer(1), .integer(1), .integer(2)])
        #expect(composed.cells("index", "ranked") == Array(repeating: .integer(4), count: 4))
    }

    @Test func `carry the worst grade and the most telling status of what they rest on`() {
        let observations = [("a", Grade.official, ObservationStatus.imputed), ("b", .illustrative, .normal)].map {
            Observation(indicator: $0, place: "TH-10", year: 2020, value: 1, status: $2, grade: $1)
        }
        let places = [Place(code: "TH-10", level: .province, country: "TH")]
        let scores = ScorePanel(observations, places: places)
        let composed = compose(scores, tree: flat(["a", "b"]))
        #expect(composed.cells("index", "grade") == [.text("illustrative")])
        #expect(composed.cells("index", "status") == [.text("I")])
        // What counts nothing taints nothing.
        let without = compose(scores, tree: flat(["a", "b"], weights: [1, 0]))
        #expect(without.cells("index", "grade") == [.text("official")])
    }

    @Test func `warn where real figures stand beside made-up ones, at the lowest node of the two`() throws {
        func scores(_ made: Set<String>, places: [String] = ["TH-10", "TH-11"]) -> ScorePanel {
            let observations = ["a", "b", "c"].flatMap { id in
                places.map {
                    Observation(
                        indicator: id,
                        place: $0,
                        year: 2020,
                        value: 1,
                        grade: made.contains(id) ? .illustrative : .survey
                    )
                }
            }
            return ScorePanel(observations, places: places.map { Place(code: $0, level: .province, country: "TH") })
        }
        let tree = IndexTree(nodes: [
            IndexNode(id: "I", children: [IndexChild("n"), IndexChild("c")]),
            IndexNode(id: "n", children: [IndexChild("a"), IndexChild("b")]),
        ])
        func found(_ made: Set<String>) -> [String] {
            compose(scores(made), tree: tree).findings.filter { $0.code == "mixed-grades" }.map(\.found)
        }
        #expect(found([]).isEmpty && found(["a", "b", "c"]).isEmpty)
        #expect(found(["a"]) == ["n: real and illustrative figures in TH-10, 2020, total and 1 more"])
        #expect(found(["c"]) == ["I: real and illustrative figures in TH-10, 2020, total and 1 more"])
        #expect(found(["a", "b"]) == found(["c"]))
        // What counts nothing mixes nothing.
        let without = compose(scores(["b"]), tree: flat(["a", "b"], weights: [1, 0]))
        #expect(!without.codes.contains("mixed-grades"))
    }

    @Test func `fill every table whose schema has a key without repeating it`() {
        let inputs: [UncertainInput] = [.weights(noise: 0.2), .leaveOneOut]
        let options = ComposeOptions(
            leaveOneOut: true,
            robustness: RobustnessOptions(replications: 20, inputs: inputs, years: [2020, 2020])
        )
        let composed = compose(panel(sample), tree: flat(["a", "b", "c"]), options: options)
        let names = ["correlations", "dominance", "index", "leave-one-out", "robustness", "sensitivity", "weights"]
        #expect(composed.tables.map(\.schema.name) == names)
        #expect(composed.tables.allSatisfy { $0.rowCount > 0 && $0.repeatedKey() == nil })
    }
}
