import Indicators

/// `leave-one-out.csv`, `robustness.csv`, `dominance.csv`, `sensitivity.csv`.
extension IndexLineage {
    func leaveOneOutCell(_ cell: TableCell) -> Derivation? {
        guard let (row, group) = position(of: cell), let leaf = plan.ids.firstIndex(of: cell["left_out"].text),
            let whole = source(plan.root, row, group)
        else { return nil }
        switch cell.column {
        case "score":
            return cell.value == .missing
                ? cell.empty([.init("score", whole)]) : .same("the score with all indicators", "score", whole)
        case "rank": return cell.value == .missing ? cell.empty() : nominalRank(row, group)
        case "score_without":
            guard cell.value != .missing else { return cell.empty([.init("score", whole)]) }
            return scoreDerivation(plan.node(at: plan.root), row, group, without: leaf)
        case "rank_without":
            guard cell.value != .missing else { return cell.empty([cell.beside("score_without")]) }
            return Self.rank(cell.beside("score_without", "own"), among: others(cell))
        case "rank_shift":
            guard cell.value != .missing else {
                return cell.empty([cell.beside("rank_without"), cell.beside("rank")])
            }
            return Derivation(
                "shift",
                "the rank without the indicator less the rank with it",
                inputs: [cell.beside("rank_without", "after"), cell.beside("rank", "before")]
            )
        default: return nil
        }
    }

    /// The scores without the indicator of all places of the year and group.
    private func others(_ cell: TableCell) -> [Derivation.Input] {
        panel.places.compactMap { place in
            var address = cell.table.cellAddress(row: cell.row, column: "score_without")
            guard let own = address.keys.firstIndex(where: { $0.column == "place" }),
                let index = panel.index(ofPlace: place), let (row, group) = position(of: cell),
                let leaf = plan.ids.firstIndex(of: cell["left_out"].text)
            else { return nil }
            address.keys[own].value = place
            let year = composition.rows.year(row / composition.rows.placeCount)
            guard !scores(without: leaf, group)[year.lowerBound + index].isNaN else { return nil }
            return .init("value", of: place, .cell(address))
        }
    }

    private func scores(without leaf: Int, _ group: Int) -> ArraySlice<Double> {
        scores(of: plan.root, without: leaf, group)
    }

    /// The score of a node above an indicator without it, NaN where there is none.
    func score(of slot: Int, without leaf: Int, _ row: Int, _ group: Int) -> Double {
        scores(of: slot, without: leaf, group)[row]
    }

    private func scores(of slot: Int, without leaf: Int, _ group: Int) -> ArraySlice<Double> {
        let key = [slot, leaf, group]
        if let known = withoutScores[key] { return known }
        var reworking = Reworking(composition, group: group)
        let scores = Array(reworking.scores(of: slot, without: leaf))[...]
        withoutScores[key] = scores
        return scores
    }

    private func nominalRank(_ row: Int, _ group: Int) -> Derivation {
        let key = key(plan.root, row, group)
        let address = CellAddress(
            table: TableSchema.index.name,
            keys: [
                .init("index", plan.id), .init("node", plan.id), .init("place", key.place),
                .init("year", String(key.year)), .init("group", key.group),
            ],
            column: "rank"
        )
        return .same("the rank with all indicators and no input drawn", "rank", .cell(address))
    }

    func isAbove(_ slot: Int, _ leaf: Int) -> Bool {
        var parent = plan.parents[leaf]
        while parent >= 0, parent != slot { parent = plan.parents[parent] }
        return parent == slot
    }

    // MARK: Replications

    func robustnessCell(_ cell: TableCell) -> Derivation? {
        guard let year = cell["year"].numeric.flatMap({ panel.years.firstIndex(of: Int($0)) }),
            let group = panel.groups.firstIndex(of: cell["group"].text),
            let trial = composed.trials.first(where: { $0.slice == Slice(group: group, year: year) }),
            let outcome = trial.outcome
        else { return nil }
        switch cell.column {
        case "replications", "seed", "inputs", "input":
            return Derivation("declared", "as the pipeline file has robustness", inputs: [declared(plan.id)])
        default: break
        }
        switch cell.table.schema.name {
        case "robustness":
            guard let place = panel.index(ofPlace: cell["place"].text) else { return nil }
            return rankStatistic(cell, trial, outcome.ranks, place, row: composition.rows.year(year).lowerBound + place)
        case "dominance":
            guard let place = panel.index(ofPlace: cell["place"].text),
                let other = panel.index(ofPlace: cell["other"].text)
            else { return nil }
            return pairStatistic(cell, trial, outcome.ranks, place, other)
        default: return sobol(cell, trial, outcome)
        }
    }

    /// How the replications were drawn, for whoever wants to draw them again.
    private func drawn(_ trial: Trial) -> [Derivation.Parameter] {
        [
            .init("seed", String(trial.options.seed)), .init("replications", String(trial.options.replications)),
            .init("inputs", trial.options.inputs.map(\.name).joined(separator: "; ")),
        ]
    }

    private func rankStatistic(
        _ cell: TableCell,
        _ trial: Trial,
        _ ranks: RankTally,
        _ place: Int,
        row: Int
    ) -> Derivation? {
        guard cell.value != .missing else { return cell.empty() }
        let counts = ranks.counts(of: place).map { "\($0.rank)×\($0.count)" }.joined(separator: " ")
        let statistics = [
            "rank_median": ("quantile-of-ranks", "the median"),
            "rank_p5": ("quantile-of-ranks", "the 5 % quantile of type 7"),
            "rank_p95": ("quantile-of-ranks", "the 95 % quantile of type 7"),
            "rank_mean": ("mean-of-ranks", "the mean"),
            "replications_ranked": ("count-of-ranks", "the number"),
        ]
        if cell.column == "rank" { return nominalRank(row, trial.slice.group) }
        guard let (rule, words) = statistics[cell.column] else { return nil }
        let share = ["rank_median": "0.5", "rank_p5": "0.05", "rank_p95": "0.95"][cell.column]
        return Derivation(
            rule,
            "\(words) of the ranks that the place had in the replications, in each of which every input is drawn",
            parameters: drawn(trial) + [.init("ranks", counts)] + (share.map { [.init("share", $0)] } ?? []),
            inputs: [declared(plan.id)]
                + (source(plan.root, row, trial.slice.group).map { [.init("nominal score", $0)] } ?? [])
        )
    }

    private func pairStatistic(
        _ cell: TableCell,
        _ trial: Trial,
        _ ranks: RankTally,
        _ place: Int,
        _ other: Int
    ) -> Derivation? {
        let pair = ranks.pair(place, other)
        let counts: [Derivation.Parameter] = [
            .init("ahead", String(pair.ahead)), .init("level", String(pair.level)), .init("both", String(pair.both)),
        ]
        let words: (String, String)
        switch cell.column {
        case "share_ahead": words = ("share-ahead", "replications in which it is ahead over those that rank both")
        case "share_level": words = ("share-level", "replications in which they are level over those that rank both")
        default: words = ("pairs", "replications that rank both")
        }
        return Derivation(
            words.0,
            words.1,
            parameters: drawn(trial) + counts,
            inputs: [declared(plan.id)]
                + [place, other].compactMap { position in
                    let row = composition.rows.year(trial.slice.year).lowerBound + position
                    return source(plan.root, row, trial.slice.group).map {
                        .init("nominal score", of: panel.places[position], $0)
                    }
                }
        )
    }

    private func sobol(_ cell: TableCell, _ trial: Trial, _ outcome: Trial.Outcome) -> Derivation? {
        let words =
            switch cell.column {
            case "first_order": "mean(y_B (y_AB - y_A)) / V over the rows of the sample"
            case "total": "Σ(y_A - y_AB)² / (2NV) over the rows of the sample"
            case "variance": "the variance V (n-1) over all y_A and y_B"
            default: "rows of the sample in which every run ranks what is asked about"
            }
        guard cell.value != .missing else { return cell.empty([cell.beside("variance")]) }
        return Derivation(
            "sobol",
            words + "; A and B are two samples of draws, AB is A with the one input from B",
            parameters: drawn(trial),
            inputs: [declared(plan.id)]
        )
    }
}
