/// Works out the scores of nodes from those of their children, column by column.
///
/// Owns the memory that this needs, so that thousands of replications ask for it once.
struct Aggregator: Sendable {
    let rows: Rows
    /// By slot of a child: how many it counts in each row; empty where its node is not weighted by population.
    var populations: [[Double]]
    var log: MishapLog

    // One for each place of the year at hand.
    var sum: [Double]
    var lost: [Double]
    var weightSum: [Double]
    var present: [Int32]
    var counted: [Int32]
    var isFaulty: [Bool]
    /// Children on a common scale, one column after the other.
    var scaled: [Double] = []

    init(rows: Rows, populations: [[Double]], keepsLog: Bool) {
        self.rows = rows
        self.populations = populations
        log = MishapLog(isKept: keepsLog)
        sum = [Double](repeating: 0, count: rows.placeCount)
        lost = sum
        weightSum = sum
        present = [Int32](repeating: 0, count: rows.placeCount)
        counted = present
        isFaulty = [Bool](repeating: false, count: rows.placeCount)
    }

    /// Fills the column of `node` by a method, with weights by slot that are not negative.
    mutating func aggregate(
        _ node: IndexPlan.Node,
        by aggregation: Aggregation,
        weights: [Double],
        in cells: inout Cells
    ) {
        switch aggregation {
        case .arithmetic: fill(node, weights, ArithmeticForm(), &cells)
        case .geometric(let floor): fill(node, weights, GeometricForm(floor: floor ?? -.infinity), &cells)
        case .harmonic(let floor): fill(node, weights, HarmonicForm(floor: floor ?? -.infinity), &cells)
        case .power(1): fill(node, weights, ArithmeticForm(), &cells)
        case .power(let exponent): fill(node, weights, PowerForm(exponent: exponent), &cells)
        case .mazziottaPareto(let method): fillMazziottaPareto(node, weights, method, &cells)
        case .copeland:
            for year in 0..<rows.yearCount { fillCopeland(node, weights, year, &cells) }
        case .benefitOfTheDoubt(let method):
            for year in 0..<rows.yearCount { fillBenefitOfTheDoubt(node, weights, method, year, &cells) }
        }
    }

    private mutating func fill(
        _ node: IndexPlan.Node,
        _ weights: [Double],
        _ form: some MeanForm,
        _ cells: inout Cells
    ) {
        for year in 0..<rows.yearCount { fillMean(node, weights, form, year, &cells) }
    }

    /// Whether enough of a node's children are there.
    func isCovered(present: Int, of counted: Int, _ node: IndexPlan.Node) -> Bool {
        // Shares are written with a few decimals: 0.6667 must not refuse two of three by a rounding of ours.
        present > 0 && Double(present) >= node.minimumCoverage * Double(counted) - 1e-9
    }
}
