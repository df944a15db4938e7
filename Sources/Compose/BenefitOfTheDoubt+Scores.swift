import Indicators

/// What the benefit of the doubt gives a place.
struct DoubtfulScore: Equatable {
    /// From 0 to 1.
    var score: Double
    /// One for each child.
    var weights: [Double]
}

extension BenefitOfTheDoubt {
    /// The score of one place among its peers, itself one of them.
    ///
    /// - Parameters:
    ///   - own: One score for each child, not negative.
    ///   - peers: The scores of each place that may not get more than 1; see ``undominated(_:)``.
    /// - Returns: `nil` where the solver finds no best weights.
    func score(of own: [Double], among peers: [[Double]]) -> DoubtfulScore? {
        // Measured by the greatest of each child, the numbers of the programme are alike; a child in which everybody has 0
        // counts nothing.
        let greatest = own.indices.map { child in peers.reduce(own[child]) { max($0, $1[child]) } }
        let used = own.indices.filter { greatest[$0] > 0 }
        let scaled = used.map { own[$0] / greatest[$0] }
        var programme = LinearProgramme(maximising: scaled)
        for peer in peers { programme.add(used.map { peer[$0] / greatest[$0] }, to: 1) }
        for child in scaled.indices {
            if let minimumShare, minimumShare > 0 {
                programme.add(shareRow(of: child, in: scaled, limit: minimumShare), from: 0)
            }
            if let maximumShare, maximumShare < 1 {
                programme.add(shareRow(of: child, in: scaled, limit: maximumShare), to: 0)
            }
        }
        // A child of 0 cannot have its least share.
        let isPossible = (minimumShare ?? 0) == 0 || own.allSatisfy { $0 > 0 }
        guard isPossible, scaled.contains(where: { $0 > 0 }) else {
            return DoubtfulScore(score: 0, weights: own.map { _ in 0 })
        }
        // A tree that asks for it where there is no solver is refused before.
        guard let solver = try? LinearSolver.found.get(), let solution = solver.solution(of: programme) else {
            return nil
        }
        var best = solution.map { max(0, $0) }
        // The solver may overstep a limit by its tolerance.
        let most = programme.constraints.prefix(peers.count).reduce(0) { max($0, Self.product(best, $1)) }
        if most > 1 { best = best.map { $0 / most } }
        var weights = own.map { _ in 0.0 }
        for (index, child) in used.enumerated() { weights[child] = best[index] / greatest[child] }
        return DoubtfulScore(score: min(1, Self.product(best, scaled)), weights: weights)
    }

    /// w_k x_k - limit Σ w_l x_l, as coefficients of w.
    private func shareRow(of child: Int, in scores: [Double], limit: Double) -> [Double] {
        scores.indices.map { $0 == child ? scores[$0] * (1 - limit) : -limit * scores[$0] }
    }

    private static func product(_ left: [Double], _ right: [Double]) -> Double {
        var sum = CompensatedSum()
        for (x, y) in zip(left, right) { sum.add(x * y) }
        return sum.value
    }

    /// The places of which no other has as much of everything: the only ones whose limit can bind.
    static func undominated(_ places: [[Double]]) -> [[Double]] {
        var kept: [[Double]] = []
        // One that dominates another has the greater sum, and comes before it.
        for place in places.sorted(by: { $0.reduce(0, +) > $1.reduce(0, +) })
        where !kept.contains(where: { zip($0, place).allSatisfy { $0 >= $1 } }) {
            kept.append(place)
        }
        return kept
    }
}

extension Aggregator {
    /// The column of a node by the benefit of the doubt in one year. Takes a linear programme for each place.
    mutating func fillBenefitOfTheDoubt(
        _ node: IndexPlan.Node,
        _ weights: [Double],
        _ method: BenefitOfTheDoubt,
        _ year: Int,
        _ cells: inout Cells
    ) {
        let children = node.children.filter { weights[$0] > 0 }
        var complete: [(row: Int, scores: [Double])] = []
        for row in rows.year(year) {
            cells[node.slot, row] = .nan
            let scores = children.map { cells[$0, row] }
            guard !scores.isEmpty, !scores.contains(where: \.isNaN) else { continue }
            if let child = children.indices.first(where: { scores[$0] < 0 }) {
                log.add(.negative, node: node.slot, child: children[child], row: row)
                continue
            }
            complete.append((row, scores))
        }
        let peers = BenefitOfTheDoubt.undominated(complete.map(\.scores))
        for (row, scores) in complete {
            guard let best = method.score(of: scores, among: peers) else {
                log.add(.unsolved, node: node.slot, row: row)
                continue
            }
            if best.score == 0, scores.contains(where: { $0 > 0 }) {
                log.add(.collapsed, node: node.slot, row: row)
            }
            cells[node.slot, row] = best.score
        }
    }
}
