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
        var reason = [CChar](repeating: 0, count: 500)
        guard unsafe cclp_load(library, &functions, &reason, reason.count) == 0 else {
            throw Missing(
                reason: String(decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            )
        }
        self.functions = functions
    }

    /// The best x; `nil` where there is none, or no end to better ones.
    func solution(of programme: LinearProgramme) -> [Double]? {
        let columns = Columns(programme)
        let zeros = [Double](repeating: 0, count: programme.objective.count)
        let unlimited = [Double](repeating: .greatestFiniteMagnitude, count: programme.objective.count)
        guard let model = functions.newModel() else { return nil }
        defer { unsafe functions.deleteModel(model) }
        unsafe functions.setLogLevel(model, 0)
        // CLP copies all of it.
        unsafe functions.loadProblem(
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
        unsafe functions.setOptimizationDirection(model, -1)
        unsafe functions.setPrimalTolerance(model, 1e-10)
        unsafe functions.setDualTolerance(model, 1e-10)
        unsafe functions.setMaximumIterations(model, 100_000)
        // 0 is feasible in every programme of ours, so that the primal method starts where it may.
        _ = unsafe functions.primal(model, 0)
        guard unsafe functions.isProvenOptimal(model) != 0, let best = unsafe functions.primalColumnSolution(model)
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
