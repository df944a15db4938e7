import Indicators
import Testing

@testable import Compose

@Suite struct Explanations {
    @Test func `tell the cells, the weights and the rule, from which the score follows`() throws {
        let tree = flat(["a", "b", "c"], .arithmetic, weights: [1, 2, 5], coverage: 0.5)
        let composed = compose(panel(["a": [10], "b": [40], "c": [nil]]), tree: tree)
        let found = try #require(composed.explain(place: "P0", year: 2020))
        #expect(found.rule == "arithmetic mean")
        #expect(found.inputs.map(\.id) == ["a", "b", "c"])
        #expect(found.inputs.map(\.value) == [10, 40, nil])
        #expect(found.inputs.map(\.weight) == [1, 2, 5])
        #expect(found.inputs.allSatisfy { $0.isIndicator })
        #expect(found.peers.isEmpty)
        let again = found.inputs.reduce(0) { $0 + ($1.value ?? 0) * ($1.share ?? 0) }
        #expect(near(again, found.result))
        #expect(found.parameters.contains(.init(name: "minimum_coverage", value: "0.5")))
    }

    @Test func `tell the weights that a place was given the benefit of`() throws {
        let composed = compose(panel(sample), tree: flat(["a", "b", "c"], .benefitOfTheDoubt()))
        let found = try #require(composed.explain(place: "P5", year: 2020))
        let again = found.inputs.reduce(0) { $0 + ($1.value ?? 0) * ($1.weight ?? 0) }
        #expect(near(again, found.result, within: 1e-12))
        #expect(found.peers == ["P0", "P1", "P2", "P3", "P4"])
    }

    @Test func `tell the scale of a method that compares places`() throws {
        let composed = compose(panel(sample), tree: flat(["a", "b", "c"], .mazziottaPareto(MazziottaPareto())))
        let found = try #require(composed.explain(place: "P0", year: 2020))
        #expect(found.rule == "MPI-, standardised with n-1")
        #expect(found.parameters.contains(.init(name: "100 for a", value: "61")))
        #expect(found.peers.count == 5)
    }

    @Test func `lead from node to node`() throws {
        let tree = IndexTree(
            nodes: [
                IndexNode(id: "I", children: [IndexChild("N"), IndexChild("c")]),
                IndexNode(id: "N", children: [IndexChild("a"), IndexChild("b")]),
            ]
        )
        let composed = compose(panel(sample), tree: tree)
        let top = try #require(composed.explain(place: "P1", year: 2020))
        let below = try #require(top.inputs.first { !$0.isIndicator })
        #expect(composed.explain(place: "P1", year: 2020, node: below.id)?.result == below.value)
    }

    @Test(
        arguments: [
            ("P9", 2020, "total", nil), ("P0", 1999, "total", nil), ("P0", 2020, "men", nil),
            ("P0", 2020, "total", "X"),
        ]
            as [(String, Int, String, String?)]
    )
    func `are none of what is not there`(place: String, year: Int, group: String, node: String?) {
        let composed = compose(panel(sample), tree: flat(["a", "b", "c"]))
        #expect(composed.explain(place: place, year: year, group: group, node: node) == nil)
    }
}
