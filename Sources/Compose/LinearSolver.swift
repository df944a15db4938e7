private import CClp

/// COIN-OR's CLP, which solves linear programmes. It is loaded when ``LinearSolver/found`` is first asked for; a run that
/// asks for no benefit of the doubt does without it.
struct LinearSolver: Sendable {
    /// Why there is none, in the loader's words.
    struct Missing: Error, Equatable {
        let reason: String
    }

    /// The name that the library has wherever its header was the one we were built with.
    static let found: Result<LinearSolver, Missing> = Result { () throws(Missing) in
        try LinearSolver(library: "libClp.so.1")
    }

    private let functions: cclp_functions

    init(library: String) throws(Missing) {
        var functions = cclp_functions()
        if let reason = unsafe cclp_load(library, &functions) {
            throw Missing(reason: unsafe String(cString: reason))
        }
        self.functions = functions
    }

    /// The best x; `nil` where there is none, or no end to better ones.
    func solution(of programme: LinearProgramme) -> [Double]? {
        let columns = Columns(programme)
        let zeros = [Double](repeating: 0, count: programme.objective.count)
        let unlimited = [Double](repeating: .greatestFiniteMagnitude, count: programme.objective.count)
        guard let model = functions.Clp_newModel() else { return nil }
        defer { unsafe functions.Clp_deleteModel(model) }
        unsafe functions.Clp_setLogLevel(model, 0)
        // CLP copies all of it.
        unsafe functions.Clp_loadProblem(
            model,
            CInt(programme.objective.count),
            CInt(programme.constraints.count),
            columns.starts,
            columns.indices,
            columns.elements,
            zeros,
            unlimited,
            programme.objective,
            programme.lower.map { max($0, -.greatestFiniteMagnitude) },
            programme.upper.map { min($0, .greatestFiniteMagnitude) }
        )
        unsafe functions.Clp_setOptimizationDirection(model, -1)
        unsafe functions.Clp_setPrimalTolerance(model, 1e-10)
        unsafe functions.Clp_setDualTolerance(model, 1e-10)
        unsafe functions.Clp_setMaximumIterations(model, 100_000)
        // 0 is feasible in every programme of ours, so that the primal method starts where it may.
        _ = unsafe functions.Clp_primal(model, 0)
        guard unsafe functions.Clp_isProvenOptimal(model) != 0,
            let best = unsafe functions.Clp_primalColumnSolution(model)
        else {
            return nil
        }
        return programme.objective.indices.map { unsafe best[$0] }
    }

    /// The constraints column by column, without their zeros, as CLP takes them.
    private struct Columns {
        var starts: [CoinBigIndex] = [0]
        var indices: [CInt] = []
        var elements: [Double] = []

        init(_ programme: LinearProgramme) {
            for variable in programme.objective.indices {
                for (index, row) in programme.constraints.enumerated() where row[variable] != 0 {
                    indices.append(CInt(index))
                    elements.append(row[variable])
                }
                starts.append(CoinBigIndex(elements.count))
            }
        }
    }
}
