private import CClp

/// max cx subject to lower <= Ax <= upper and x >= 0, solved by COIN-OR's CLP.
struct LinearProgramme {
    /// c, one for each variable.
    var objective: [Double]
    /// A, one row for each constraint, as long as the objective.
    var constraints: [[Double]] = []
    var lower: [Double] = []
    var upper: [Double] = []

    init(maximising objective: [Double]) {
        self.objective = objective
    }

    mutating func add(_ row: [Double], from lower: Double = -.infinity, to upper: Double = .infinity) {
        constraints.append(row)
        self.lower.append(lower)
        self.upper.append(upper)
    }

    /// The best x; `nil` where there is none, or no end to better ones.
    func solution() -> [Double]? {
        var starts: [CoinBigIndex] = [0]
        var indices: [CInt] = []
        var elements: [Double] = []
        for variable in objective.indices {
            for row in constraints.indices where constraints[row][variable] != 0 {
                indices.append(CInt(row))
                elements.append(constraints[row][variable])
            }
            starts.append(CoinBigIndex(elements.count))
        }
        let zeros = [Double](repeating: 0, count: objective.count)
        let unlimited = [Double](repeating: .greatestFiniteMagnitude, count: objective.count)
        let floors = lower.map { max($0, -.greatestFiniteMagnitude) }
        let ceilings = upper.map { min($0, .greatestFiniteMagnitude) }
        guard let model = unsafe Clp_newModel() else { return nil }
        defer { unsafe Clp_deleteModel(model) }
        unsafe Clp_setLogLevel(model, 0)
        // CLP copies all of it.
        unsafe Clp_loadProblem(
            model,
            CInt(objective.count),
            CInt(constraints.count),
            starts,
            indices,
            elements,
            zeros,
            unlimited,
            objective,
            floors,
            ceilings
        )
        unsafe Clp_setOptimizationDirection(model, -1)
        unsafe Clp_setPrimalTolerance(model, 1e-10)
        unsafe Clp_setDualTolerance(model, 1e-10)
        unsafe Clp_setMaximumIterations(model, 100_000)
        // 0 is feasible in every programme of ours, so that the primal method starts where it may.
        _ = unsafe Clp_primal(model, 0)
        guard unsafe Clp_isProvenOptimal(model) != 0, let best = unsafe Clp_primalColumnSolution(model) else {
            return nil
        }
        return objective.indices.map { unsafe best[$0] }
    }
}
