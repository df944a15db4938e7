import Indicators
import Testing

@testable import Compose

/// Scores and methods picked at random, from those that break things.
private struct Wilderness {
    private static let scores: [Double] = [
        .nan, .nan, .infinity, 0, 0, -1, 1, 1, 2, 50, 100, 1e300, -1e300, .leastNonzeroMagnitude, 1e-200,
        .greatestFiniteMagnitude,
    ]
    private static let aggregations: [Aggregation] = [
        .arithmetic, .geometric(), .geometric(floor: 1), .harmonic(), .harmonic(floor: 0.01), .power(-3), .power(0.5),
        .power(200), .mazziottaPareto(MazziottaPareto()), .mazziottaPareto(MazziottaPareto(scale: .adjusted(.mean))),
        .mazziottaPareto(MazziottaPareto(scale: .asGiven, penaltyLowers: false)), .copeland, .benefitOfTheDoubt(),
        .benefitOfTheDoubt(BenefitOfTheDoubt(minimumShare: 0.1, maximumShare: 0.9)),
    ]

    private let draws: Draws
    private var position: UInt64 = 0

    init(seed: UInt64) {
        draws = Draws(seed: seed)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        position += 1
        return elements[Draws.level(draws.bits(at: position), of: elements.count)]
    }

    mutating func panel(_ ids: [String]) -> ScorePanel {
        let isTame = pick([true, true, false])
        let values = (0..<ids.count * 2 * 7).map { _ in
            isTame ? pick([1.0, 2, 3, 4, 5, 6, 7, 8, .nan]) : pick(Self.scores)
        }
        return ScorePanel(
            indicators: ids,
            years: [2019, 2020],
            places: (0..<7).map { "P\($0)" },
            countries: (0..<7).map { $0 < 4 ? "LA" : "TH" },
            values: values
        )
    }

    mutating func tree() -> IndexTree {
        func child(_ id: String, _ wilderness: inout Wilderness) -> IndexChild {
            IndexChild(id, weight: wilderness.pick([1, 1, 2, 0.1, 0, 1e99]), denominator: "a")
        }
        let top = [child("N", &self), child("M", &self), child("a", &self)]
        let nodes = [
            IndexNode(id: "I", children: top, methods: methods()),
            IndexNode(id: "N", children: [child("b", &self), child("c", &self)], methods: methods()),
            IndexNode(
                id: "M",
                children: [child("d", &self), child("e", &self), child("f", &self)],
                methods: methods()
            ),
        ]
        return IndexTree(nodes: nodes)
    }

    private mutating func methods() -> IndexLevel {
        IndexLevel(
            aggregation: pick(Self.aggregations),
            weighting: pick([.given, .given, .given] + Weighting.allCases),
            minimumCoverage: pick([0, 0, 0.5, 1])
        )
    }
}

@Suite struct `Anything at all` {
    /// A table takes no number that is not finite: it would end the test.
    @Test(arguments: 0..<20) func `ends in finite numbers, missing ones or named findings`(seed: Int) {
        var composedCount = 0
        for round in 0..<10 {
            var wilderness = Wilderness(seed: UInt64(seed * 1000 + round))
            let scores = wilderness.panel(["a", "b", "c", "d", "e", "f"])
            let inputs: [UncertainInput] = [
                .weights(noise: 0.9), .leaveOneOut, .aggregation([.arithmetic, .copeland], levels: [0]),
            ]
            let options = ComposeOptions(
                fitYear: wilderness.pick([nil, 2020]),
                leaveOneOut: true,
                robustness: RobustnessOptions(replications: 4, inputs: inputs)
            )
            let composed = compose(scores, tree: wilderness.tree(), options: options, denominators: scores)
            #expect(composed.findings.allSatisfy { !$0.code.isEmpty && !$0.found.isEmpty && !$0.expected.isEmpty })
            #expect(!composed.tables.isEmpty || composed.findings.contains { $0.severity == .error })
            #expect(composed.tables.allSatisfy { $0.repeatedKey() == nil })
            if !composed.tables.isEmpty { composedCount += 1 }
            for place in scores.places {
                let found = composed.explain(place: place, year: 2020)
                #expect(composed.tables.isEmpty || found != nil)
            }
        }
        #expect(composedCount > 0)
    }
}
