import Dispatch
import Glibc
import Synchronization

extension Trial {
    /// What the replications came to.
    struct Outcome: Sendable {
        var ranks: RankTally
        /// By place, then the average shift in rank over all places; empty where sensitivity is not asked for.
        var sensitivity: [SobolTally]

        init(placeCount: Int, inputCount: Int, options: RobustnessOptions) {
            ranks = RankTally(placeCount: placeCount, countsPairs: options.dominance)
            let tally = SobolTally(inputCount: inputCount)
            sensitivity = options.sensitivity ? Array(repeating: tally, count: placeCount + 1) : []
        }

        mutating func add(_ other: Outcome) {
            ranks.add(other.ranks)
            for index in sensitivity.indices { sensitivity[index].add(other.sensitivity[index]) }
        }
    }

    /// Replications that a thread takes at a time.
    private static let share = 32

    /// Works all replications out, on as many threads as allowed. Everything that is counted is a whole number, so that it
    /// does not matter which thread counts what.
    func run() -> Outcome {
        let empty = emptyOutcome
        let total = Mutex(empty)
        let taken = Atomic<Int>(0)
        let cores = max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN)))
        let threads = min(options.threads ?? cores, (options.replications + Self.share - 1) / Self.share)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            var worker = Worker(self)
            var outcome = empty
            while true {
                let first = taken.add(Self.share, ordering: .relaxed).oldValue
                guard first < options.replications else { break }
                for replication in first..<min(first + Self.share, options.replications) {
                    worker.replicate(replication, into: &outcome)
                }
            }
            total.withLock { $0.add(outcome) }
        }
        return total.withLock { $0 }
    }
}

/// Works replications out, one after the other, in memory of its own.
struct Worker {
    private let trial: Trial
    private var cells: Cells
    private var aggregator: Aggregator
    private var weights: [Double] = []
    /// The scenario whose scores are in ``cells``.
    private var scenario = -1
    private var order: [Int32] = []
    private(set) var ranks: [Int32]
    private let nominalRanks: [Int]
    private var firstRanks: [Int32] = []
    private var secondRanks: [Int32] = []

    init(_ trial: Trial) {
        self.trial = trial
        cells = Cells(slotCount: trial.plan.slotCount, rowCount: trial.rows.count)
        aggregator = Aggregator(rows: trial.rows, populations: [], keepsLog: false)
        ranks = [Int32](repeating: 0, count: trial.rows.placeCount)
        nominalRanks = trial.nominalRanks
    }

    /// The scores of the whole index in the year assessed, as the last draws gave them.
    var scores: ArraySlice<Double> {
        let start = trial.plan.root * trial.rows.count
        return cells.values[start + trial.assessed.lowerBound..<start + trial.assessed.upperBound]
    }

    /// Works the index out under some draws, one for each input.
    mutating func workOut(_ draws: [UInt64]) {
        let position = trial.scenario(draws)
        let current = trial.scenarios[position]
        if position != scenario {
            for index in current.cells.values.indices { cells.values[index] = current.cells.values[index] }
            aggregator.populations = current.populations
            scenario = position
        }
        weights = current.weights
        trial.disturb(&weights, by: draws)
        for node in current.nodes where trial.touched.contains(node.slot) {
            aggregator.aggregate(node, by: node.aggregation, weights: weights, in: &cells)
        }
        rankFromBest(scores, order: &order, ranks: &ranks)
    }

    mutating func replicate(_ replication: Int, into outcome: inout Trial.Outcome) {
        let first = trial.draws(of: replication, isSecond: false)
        workOut(first)
        outcome.ranks.add(ranks: ranks, order: order)
        guard trial.options.sensitivity else { return }
        firstRanks = ranks
        let second = trial.draws(of: replication, isSecond: true)
        workOut(second)
        secondRanks = ranks
        var recombinedRanks: [[Int32]] = []
        for input in 0..<trial.inputCount {
            var recombined = first
            recombined[input] = second[input]
            workOut(recombined)
            recombinedRanks.append(ranks)
        }
        add(recombinedRanks, to: &outcome.sensitivity)
    }

    /// Counts a row for each place that has a rank in all runs of it, and for the shift if the same places have one in all.
    private func add(_ recombined: [[Int32]], to tallies: inout [SobolTally]) {
        for place in firstRanks.indices {
            let isRanked = firstRanks[place] > 0 && secondRanks[place] > 0 && recombined.allSatisfy { $0[place] > 0 }
            guard isRanked else { continue }
            let (first, second) = (Int(firstRanks[place]), Int(secondRanks[place]))
            tallies[place].add(first: first, second: second)
            for input in recombined.indices {
                tallies[place].add(
                    input: input,
                    first: first,
                    second: second,
                    recombined: Int(recombined[input][place])
                )
            }
        }
        let shifts = recombined.compactMap(shift)
        guard let first = shift(firstRanks), let second = shift(secondRanks), shifts.count == recombined.count else {
            return
        }
        let last = firstRanks.count
        tallies[last].add(first: first, second: second)
        for input in shifts.indices {
            tallies[last].add(input: input, first: first, second: second, recombined: shifts[input])
        }
    }

    /// The sum of the absolute shifts from the nominal ranks; `nil` where other places are ranked than nominally.
    private func shift(_ ranks: [Int32]) -> Int? {
        var sum = 0
        for (rank, nominal) in zip(ranks, nominalRanks) {
            guard (rank == 0) == (nominal == 0) else { return nil }
            sum += abs(Int(rank) - nominal)
        }
        return sum
    }
}
