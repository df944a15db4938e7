import Indicators
import Testing

@testable import Compose

/// COINr 1.1.14, `Aggregate()` on Laos and Thailand of its ASEM example, the pillar ConEcFin, scaled to 1...100; 17 digits.
/// Becker et al. (2022), COINr, JOSS 7(78) 4567.
private let pillar: [String: [Double?]] = [
    "FDI": [80.788458282601923, 29.322341616783241], "ForPort": [13.766459525475845, 9.8579782100709163],
    "Goods": [31.249584364805294, 40.090375052133304], "PRemit": [13.847022883647051, 25.289208717310416],
    "Services": [7.6268522419254419, 32.082960486186877],
]

@Suite struct `Means against COINr` {
    @Test(
        arguments: [
            (Aggregation.arithmetic, [29.455675459691111, 27.328572816496955]),
            (.geometric(), [20.556232170068924, 24.811170882361491]),
            (.harmonic(), [15.607825059440191, 21.626319911517648]),
            (.power(-1), [15.607825059440191, 21.626319911517648]),
            (.power(-2), [13.162321553893685, 18.499121945314663]),
            (.power(0.5), [24.545138390445786, 26.172368408376009]),
            (.power(1), [29.455675459691111, 27.328572816496955]),
            (.power(3), [48.303404548703391, 30.351509535602773]),
        ]
    )
    func `gives the same scores`(aggregation: Aggregation, expected: [Double]) {
        let composed = compose(panel(pillar), tree: flat(pillar.keys.sorted(), aggregation))
        #expect(near(composed.scores(), expected))
        #expect(composed.findings.isEmpty)
    }

    /// `cases.json` of the same export: x = 10, 55.5, NA, 72.25, 31; w = 1, 2, 3, 0.5, 1.5.
    @Test(
        arguments: [
            (Aggregation.arithmetic, 40.725), (.geometric(), 33.963269130008), (.harmonic(), 26.1310091264832),
            // COINr gives NA here although its documentation says that NA are skipped; these are its values without the NA.
            (.power(-2), 20.157065979806), (.power(0.5), 37.6102267071988), (.power(2), 45.4137231462033),
            (.power(3), 48.6623744790906),
        ]
    )
    func `scales the weights of what is there`(aggregation: Aggregation, expected: Double) {
        let columns: [String: [Double?]] = ["a": [10], "b": [55.5], "c": [nil], "d": [72.25], "e": [31]]
        let tree = flat(["a", "b", "c", "d", "e"], aggregation, weights: [1, 2, 3, 0.5, 1.5], coverage: 0)
        #expect(near(compose(panel(columns), tree: tree).scores(), [expected], within: 1e-14 * 1e2))
    }

    @Test func `takes another mean on each level`() {
        // ASEM: arithmetic pillars (given here), geometric sub-indices and index, for Switzerland, Laos and Thailand.
        let pillars: [String: [Double?]] = [
            "ConEcFin": [33.543125635424616, 29.455675459691111, 27.328572816496955],
            "Instit": [86.08352698049687, 53.628316651179695, 49.012309908158166],
            "P2P": [57.36372067822716, 13.391383543315165, 10.469905269366723],
            "Physical": [63.775076226661938, 14.150993179023674, 29.662150731322875],
            "Political": [75.034960983627712, 15.295425863094446, 46.906083563273697],
            "Environ": [77.439764428989832, 68.917979844259804, 59.075883162336389],
            "Social": [87.969219855699478, 34.969907616393904, 35.505551672046664],
            "SusEcFin": [57.310091388397453, 53.544565914770693, 56.461346003410412],
        ]
        let tree = IndexTree(
            nodes: [
                IndexNode(id: "Index", children: [IndexChild("Sust"), IndexChild("Conn")]),
                IndexNode(
                    id: "Conn",
                    children: ["ConEcFin", "Instit", "P2P", "Physical", "Political"].map { IndexChild($0) }
                ),
                IndexNode(id: "Sust", children: ["Environ", "Social", "SusEcFin"].map { IndexChild($0) }),
            ],
            levels: [IndexLevel(aggregation: .geometric()), IndexLevel(aggregation: .geometric())]
        )
        let composed = compose(panel(pillars), tree: tree)
        #expect(near(composed.scores("Conn"), [60.230311355253413, 21.485596677845059, 28.71172840087641]))
        #expect(near(composed.scores("Sust"), [73.087306138055041, 50.533666352092858, 49.108036695563172]))
        #expect(near(composed.scores("Index"), [66.348106263945283, 32.950659688295424, 37.549655283414815]))
    }
}

@Suite struct `Means at the edges` {
    @Test(arguments: [Aggregation.geometric(), .harmonic(), .power(-2)])
    func `refuses a zero below a product, and says so`(aggregation: Aggregation) {
        let composed = compose(panel(["a": [0, 4], "b": [5, 9]]), tree: flat(["a", "b"], aggregation))
        #expect(composed.scores()[0] == nil)
        #expect(composed.scores()[1] != nil)
        #expect(composed.codes == ["not-positive-in-mean"])
        #expect(composed.findings.first?.severity == .error)
        #expect(composed.findings.first?.found.contains("of a in P0, 2020, total") == true)
    }

    @Test func `raises to a floor where one is given, and says so`() {
        let tree = flat(["a", "b"], .geometric(floor: 1))
        let composed = compose(panel(["a": [0, 4], "b": [25, 9]]), tree: tree)
        #expect(near(composed.scores(), [5, 6]))
        #expect(composed.codes == ["raised-to-floor"])
        #expect(composed.findings.first?.severity == .note)
    }

    @Test func `takes a zero in a power mean but no negative`() {
        let composed = compose(panel(["a": [0, -1], "b": [4, 4]]), tree: flat(["a", "b"], .power(2)))
        #expect(near(composed.scores(), [2.8284271247461903, nil]))
        #expect(composed.codes == ["negative-score"])
    }

    @Test func `takes negatives in the arithmetic mean`() {
        #expect(compose(panel(["a": [-3], "b": [1]]), tree: flat(["a", "b"])).scores() == [-1])
    }

    @Test func `ignores a child of weight 0, even a bad one`() {
        let tree = flat(["a", "b", "c"], .geometric(), weights: [1, 0, 1])
        let composed = compose(panel(["a": [4], "b": [-7], "c": [9]]), tree: tree)
        #expect(near(composed.scores(), [6]))
        #expect(composed.findings.isEmpty)
    }

    @Test func `keeps powers inside the range of doubles`() {
        let composed = compose(panel(["a": [1e-9, 1e6], "b": [2e-9, 3e6]]), tree: flat(["a", "b"], .power(80)))
        let expected = [2e-9, 3e6].map { $0 * 0.5.rooted(80) }
        #expect(near(composed.scores(), expected, within: 1e-9))
        #expect(composed.findings.isEmpty)
    }

    @Test func `names a result beyond doubles`() {
        let huge = Double.greatestFiniteMagnitude
        let composed = compose(panel(["a": [huge], "b": [huge]]), tree: flat(["a", "b"]))
        #expect(composed.scores() == [nil])
        #expect(composed.codes.contains("not-representable"))
    }

    @Test func `lets the same scores under other children tie`() {
        // 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in the last digit when added as they come.
        let columns: [String: [Double?]] = ["a": [0.1, 0.3], "b": [0.2, 0.2], "c": [0.3, 0.1]]
        let composed = compose(panel(columns), tree: flat(["a", "b", "c"]))
        #expect(composed.cells("index", "rank") == [.integer(1), .integer(1)])
    }

    @Test(arguments: [0.5, 0.6])
    func `has no score below the least coverage`(coverage: Double) {
        let composed = compose(panel(["a": [1], "b": [nil]]), tree: flat(["a", "b"], coverage: coverage))
        #expect(composed.scores() == [coverage <= 0.5 ? 1 : nil])
        #expect(composed.cells("index", "coverage") == [.number(0.5)])
        #expect(composed.cells("index", "shadow_share") == [.number(0.5)])
    }

    @Test func `asks for all children where nothing is said`() {
        #expect(compose(panel(["a": [1], "b": [nil]]), tree: flat(["a", "b"])).scores() == [nil])
    }

    @Test func `counts coverage over children of positive weight, shadow by weight down the tree`() {
        let tree = IndexTree(
            nodes: [
                IndexNode(id: "I", children: [IndexChild("N", weight: 3), IndexChild("d", weight: 1)]),
                IndexNode(
                    id: "N",
                    children: [
                        IndexChild("a", weight: 1), IndexChild("b", weight: 3), IndexChild("c", weight: 0),
                    ]
                ),
            ],
            standard: IndexLevel(minimumCoverage: 0.5)
        )
        let composed = compose(panel(["a": [10], "b": [nil], "c": [nil], "d": [30]]), tree: tree)
        #expect(composed.scores("N") == [10])
        #expect(composed.cells("index", "coverage", node: "N") == [.number(0.5)])
        #expect(composed.cells("index", "shadow_share", node: "N") == [.number(0.75)])
        #expect(composed.scores() == [15])
        #expect(composed.cells("index", "coverage") == [.number(1)])
        #expect(composed.cells("index", "shadow_share") == [.number(0.5625)])
    }

    @Test func `leaves out the rows of a place without any score, and names an empty index`() {
        let composed = compose(panel(["a": [nil, nil]]), tree: flat(["a"]))
        #expect(composed.table("index")?.rowCount == 0)
        #expect(composed.codes == ["all-missing", "all-missing"])
    }
}

extension Double {
    /// The root of a degree that is a power of two times five.
    fileprivate func rooted(_ degree: Int) -> Double {
        // Newton, since the standard library has no power.
        var root = 1.0
        for _ in 0..<200 {
            let power = (0..<degree - 1).reduce(1.0) { product, _ in product * root }
            root -= (power * root - self) / (Double(degree) * power)
        }
        return root
    }
}
