import Indicators

/// One replication of a robustness analysis, worked out again.
package struct Replication: Equatable, Sendable {
    /// For each uncertain input that is a choice: its name and the level drawn.
    package var choices: [ScoreDerivation.Parameter]
    /// For each child of a node: its weight as drawn, before weights are brought to a sum of 1.
    package var weights: [String: Double]
    /// By place in order of the codes; `nil` for none.
    package var scores: [Double?]
    package var ranks: [Int?]
}

extension Composed {
    /// Works a replication out again.
    ///
    /// - Parameters:
    ///   - number: From 0 to less than the number of replications.
    ///   - year: A year assessed.
    ///   - group: A group assessed.
    /// - Returns: `nil` where there was no such replication, year or group.
    package func replay(_ number: Int, year: Int, group: String = Group.total) -> Replication? {
        let trial = trials.first { trial in
            let panel = trial.nominal.composition.panel
            return panel.years[trial.slice.year] == year && panel.groups[trial.slice.group] == group
        }
        guard let trial, (0..<trial.options.replications).contains(number) else { return nil }
        return trial.replay(number)
    }
}

extension Trial {
    func replay(_ number: Int) -> Replication {
        let draws = draws(of: number, isSecond: false)
        var worker = Worker(self)
        worker.workOut(draws)
        var weights = scenarios[scenario(draws)].weights
        disturb(&weights, by: draws)
        var choices: [ScoreDerivation.Parameter] = []
        for (position, effect) in effects.enumerated() {
            let name = options.inputs[position].name
            switch effect {
            case .choice(let levels, _):
                choices.append(.init(name: name, value: levels[Draws.level(draws[position], of: levels.count)]))
            case .omission(let leaves):
                let level = Draws.level(draws[position], of: leaves.count + 1)
                choices.append(.init(name: name, value: level == 0 ? "none" : plan.ids[leaves[level - 1]]))
            case .noise: break
            }
        }
        return Replication(
            choices: choices,
            weights: Dictionary(uniqueKeysWithValues: (0..<plan.root).map { (plan.ids[$0], weights[$0]) }),
            scores: worker.scores.map { $0.isNaN ? nil : $0 },
            ranks: worker.ranks.map { $0 == 0 ? nil : Int($0) }
        )
    }

    /// `robustness.csv`, and what was asked for of `dominance.csv` and `sensitivity.csv`.
    func append(to tables: inout RobustnessTables) {
        guard let outcome else { return }
        let panel = nominal.composition.panel
        let keys: [Cell] = [.integer(panel.years[slice.year]), .text(panel.groups[slice.group])]
        let scores = nominal.composition.scores(ofIndexIn: slice)
        let ranks = ranksFromBest(scores)
        let seed = Cell.text(String(options.seed))
        let grade = Cell.text(nominal.composition.worstGrade.grade.rawValue)
        for place in panel.places.indices where ranks[place] != nil || outcome.ranks.replications(place) > 0 {
            tables.robustness.append(
                [.text(plan.id), .text(panel.places[place])] + keys + [
                    Cell(ranks[place]), Cell(outcome.ranks.quantile(0.5, of: place)),
                    Cell(outcome.ranks.quantile(0.05, of: place)), Cell(outcome.ranks.quantile(0.95, of: place)),
                    Cell(outcome.ranks.mean(place)), .integer(outcome.ranks.replications(place)),
                    .integer(options.replications), seed, .text(options.inputs.map(\.name).joined(separator: "; ")),
                    grade,
                ]
            )
        }
        if options.dominance { appendDominance(outcome, keys, grade, to: &tables.dominance) }
        if options.sensitivity { appendSensitivity(outcome, keys, grade, to: &tables.sensitivity) }
    }

    private func appendDominance(_ outcome: Outcome, _ keys: [Cell], _ grade: Cell, to table: inout Table) {
        let places = nominal.composition.panel.places
        for place in places.indices {
            for other in places.indices where other != place {
                let pair = outcome.ranks.pair(place, other)
                guard pair.both > 0 else { continue }
                table.append(
                    [.text(plan.id), .text(places[place]), .text(places[other])] + keys + [
                        .number(Double(pair.ahead) / Double(pair.both)),
                        .number(Double(pair.level) / Double(pair.both)),
                        .integer(pair.both), grade,
                    ]
                )
            }
        }
    }

    private func appendSensitivity(_ outcome: Outcome, _ keys: [Cell], _ grade: Cell, to table: inout Table) {
        let places = nominal.composition.panel.places
        for (position, tally) in outcome.sensitivity.enumerated() where tally.count > 0 {
            let isShift = position == places.count
            for (input, declared) in options.inputs.enumerated() {
                let indices = tally.indices(ofInput: input)
                // The shift is counted as a sum over places; its variance is that of the mean.
                let scale = isShift ? Double(nominal.composition.ranked(slice)) : 1
                table.append(
                    [
                        .text(plan.id), .text(isShift ? "mean rank shift" : "rank"),
                        .text(isShift ? "all" : places[position]),
                    ] + keys + [
                        .text(declared.name), Cell(indices?.firstOrder), Cell(indices?.total),
                        Cell(tally.variance.map { $0 / (scale * scale) }), .integer(tally.count),
                        grade,
                    ]
                )
            }
        }
    }
}

extension Composition {
    /// How many places have a rank.
    fileprivate func ranked(_ slice: Slice) -> Int {
        max(1, scores(ofIndexIn: slice).count { !$0.isNaN })
    }
}

/// The tables of a robustness analysis, over all years and groups assessed.
struct RobustnessTables {
    var robustness = Table(schema: .robustness)
    var dominance = Table(schema: .dominance)
    var sensitivity = Table(schema: .sensitivity)

    /// Those that were asked for.
    func asked(_ options: RobustnessOptions) -> [Table] {
        [robustness] + (options.dominance ? [dominance] : []) + (options.sensitivity ? [sensitivity] : [])
    }
}
