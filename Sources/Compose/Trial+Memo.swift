import Indicators

extension Trial {
    /// More tallies than this take longer to keep than they are worth.
    private static let greatestAnswer = 4_000_000

    /// What the replications come to: remembered, or worked out and kept.
    func outcome(_ memo: Memo?) -> Outcome {
        guard let memo, 3 * rows.placeCount * rows.placeCount <= Self.greatestAnswer else { return run() }
        let question = question
        if let answer = memo.recall(question), let outcome = Outcome(answer, like: emptyOutcome) { return outcome }
        let outcome = run()
        memo.keep(question, outcome.answer)
        return outcome
    }

    /// All that the outcome depends on.
    private var question: [UInt8] {
        var writer = MemoWriter()
        writer.append("robustness 1")
        for count in [options.replications, rows.placeCount, rows.yearCount, assessed.lowerBound, inputCount] {
            writer.append(count)
        }
        writer.append(options.seed)
        writer.append((options.sensitivity ? 1 : 0) + (options.dominance ? 2 : 0))
        writer.append(nominalRanks)
        writer.append(plan.parents)
        writer.append(plan.leafCount)
        writer.append(touched.sorted())
        for effect in effects {
            switch effect {
            case .noise(let share, let slots):
                writer.append("noise")
                writer.append(share)
                writer.append(slots)
            case .choice(let levels, let stride):
                writer.append("choice")
                writer.append(levels.count)
                writer.append(stride)
            case .omission(let leaves):
                writer.append("omission")
                writer.append(leaves)
            }
        }
        writer.append(scenarios.count)
        for scenario in scenarios { scenario.spell(&writer) }
        return writer.bytes
    }
}

extension Trial.Scenario {
    fileprivate func spell(_ writer: inout MemoWriter) {
        writer.append(nodes.count)
        for node in nodes {
            writer.append(node.slot)
            writer.append(node.children)
            writer.append(String(describing: node.aggregation))
            writer.append(node.minimumCoverage)
        }
        writer.append(weights)
        writer.append(populations.count)
        for population in populations { writer.append(population) }
        writer.append(cells.values)
    }
}

extension Trial.Outcome {
    var answer: [UInt8] {
        var writer = MemoWriter()
        ranks.spell(&writer)
        writer.append(sensitivity.count)
        for tally in sensitivity { tally.spell(&writer) }
        return writer.bytes
    }

    /// What ``answer`` spelt of a trial like that of `empty`; `nil` where the bytes are nothing of the kind.
    init?(_ answer: [UInt8], like empty: Self) {
        var reader = MemoReader(answer)
        guard let ranks = RankTally(&reader, like: empty.ranks) else { return nil }
        let sensitivity = reader.list { (reader) -> SobolTally? in
            empty.sensitivity.first.flatMap { SobolTally(&reader, like: $0) }
        }
        guard let sensitivity, sensitivity.count == empty.sensitivity.count, reader.isAtEnd else { return nil }
        self = empty
        self.ranks = ranks
        self.sensitivity = sensitivity
    }
}
