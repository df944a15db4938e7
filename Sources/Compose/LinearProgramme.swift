/// max cx subject to lower <= Ax <= upper and x >= 0, which ``LinearSolver`` solves.
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
}
