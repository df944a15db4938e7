import Indicators

/// The index that robustness is a question of.
struct Nominal: Sendable {
    let composition: Composition
    let tree: IndexTree
    let denominators: ScorePanel?
    let fitYear: Int?
}

/// The robustness analysis of an index in one year and group: everything that can be computed before the first draw.
struct Trial: Sendable {
    /// What an input's draw does.
    enum Effect: Sendable {
        /// Weights of these slots change by up to this share.
        case noise(Double, slots: [Int])
        /// One of so many levels; the scenario moves by `stride` for each.
        case choice(levels: [String], stride: Int)
        /// None of these indicators, or one.
        case omission([Int])
    }

    /// A combination of levels of all choices: which methods, which weights, which scores.
    struct Scenario: Sendable {
        var nodes: [IndexPlan.Node]
        var weights: [Double]
        var populations: [[Double]]
        /// The scores of the indicators, and of the nodes that no other input touches.
        var cells: Cells
    }

    let nominal: Nominal
    let options: RobustnessOptions
    let slice: Slice
    let effects: [Effect]
    let scenarios: [Scenario]
    /// The years that a replication works out: one, unless a method looks at all.
    let rows: Rows
    /// Those of the year assessed.
    let assessed: Range<Int>
    /// Slots of nodes that each replication works out anew.
    let touched: Set<Int>
    private(set) var outcome: Outcome?

    var plan: IndexPlan { nominal.composition.plan }
    var inputCount: Int { effects.count }

    /// By place the rank that the index itself gives it; 0 for none.
    var nominalRanks: [Int] {
        ranksFromBest(nominal.composition.scores(ofIndexIn: slice)).map { $0 ?? 0 }
    }

    /// Before the first replication.
    var emptyOutcome: Outcome {
        Outcome(placeCount: rows.placeCount, inputCount: inputCount, options: options)
    }

    /// Prepares and runs the analysis, or remembers what it came to.
    ///
    /// - Throws: ``CompositionFailure`` where alternatives do not fit, or weights cannot be fitted under one of them.
    init(
        _ options: RobustnessOptions,
        of nominal: Nominal,
        slice: Slice,
        alternatives: PanelAlternatives?,
        memo: Memo?
    ) throws(CompositionFailure) {
        self.nominal = nominal
        self.options = options
        self.slice = slice
        let faults = options.faults(of: alternatives, nominal: nominal)
        guard faults.isEmpty else { throw CompositionFailure(findings: faults) }
        let plan = nominal.composition.plan
        effects = options.effects(alternatives, plan: plan)
        touched = plan.touched(by: effects)
        let builder = try ScenarioBuilder(options, of: nominal, slice: slice, alternatives: alternatives)
        rows = builder.rows
        assessed = builder.assessed
        scenarios = try builder.scenarios(untouched: plan.nodes.filter { [touched] in !touched.contains($0.slot) })
        outcome = outcome(memo)
    }

    /// The position in ``scenarios`` that the draws of all choices lead to.
    func scenario(_ draws: [UInt64]) -> Int {
        var position = 0
        for (effect, bits) in zip(effects, draws) {
            if case .choice(let levels, let stride) = effect {
                position += Draws.level(bits, of: levels.count) * stride
            }
        }
        return position
    }

    /// Weights as the draws change them.
    func disturb(_ weights: inout [Double], by draws: [UInt64]) {
        for (effect, bits) in zip(effects, draws) {
            switch effect {
            case .noise(let share, let slots):
                // One input moves many weights: its draw is the seed of theirs.
                let own = Draws(seed: bits)
                for (position, slot) in slots.enumerated() {
                    weights[slot] *= 1 + share * (2 * own.unit(at: UInt64(position)) - 1)
                }
            case .omission(let leaves):
                let level = Draws.level(bits, of: leaves.count + 1)
                if level > 0 { plan.leaveOut(leaves[level - 1], of: &weights) }
            case .choice: break
            }
        }
    }

    /// The draws of a replication: those of A, and those of B from which the recombinations take theirs.
    func draws(of replication: Int, isSecond: Bool) -> [UInt64] {
        let source = Draws(seed: options.seed)
        let start = (2 * replication + (isSecond ? 1 : 0)) * inputCount
        return (0..<inputCount).map { source.bits(at: UInt64(start + $0)) }
    }
}

extension IndexPlan {
    /// The nodes whose scores depend on a draw other than a choice among scenarios.
    fileprivate func touched(by effects: [Trial.Effect]) -> Set<Int> {
        var touched: Set<Int> = []
        for effect in effects {
            let slots: [Int] =
                switch effect {
                case .noise(_, let slots): slots
                case .omission(let leaves): leaves
                case .choice: []
                }
            for slot in slots {
                var parent = parents[slot]
                while parent >= 0, touched.insert(parent).inserted { parent = parents[parent] }
            }
        }
        return touched
    }
}
