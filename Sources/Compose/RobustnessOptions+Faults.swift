import Indicators

extension RobustnessOptions {
    /// More combinations of choices than this are refused, since the scores of each are kept.
    static let combinationLimit = 10_000
    /// More places than this are refused, since ranks are counted for each place and rank.
    static let placeLimit = 3_000

    /// What is wrong with the options whatever the alternatives; each stops the run.
    func faults(in panel: ScorePanel) -> [Finding] {
        var faults: [Finding] = []
        func refuse(_ found: String, _ expected: String, _ hint: String = "") {
            faults.append(.index("robustness-bad-option", found: found, expected: expected, hint: hint))
        }
        let least = sensitivity ? 2 : 1
        if replications < least { refuse("\(replications) replications", "at least \(least)") }
        if replications > Int(Int32.max) { refuse("\(replications) replications", "at most \(Int32.max)") }
        if inputs.isEmpty { refuse("no uncertain input", "at least one") }
        if let threads, threads < 1 { refuse("\(threads) threads", "at least one") }
        if panel.places.count > Self.placeLimit {
            refuse("\(panel.places.count) places", "at most \(Self.placeLimit) for ranks to be counted")
        }
        for year in years ?? [] where !panel.years.contains(year) { refuse("year \(year)", "a year of the panel") }
        for group in groups ?? [] where !panel.groups.contains(group) {
            refuse("group \(group)", "a group of the panel")
        }
        for (index, input) in inputs.enumerated() {
            if inputs[..<index].contains(where: { $0.name == input.name }) {
                refuse("\(input.name) twice", "each input once", "name the levels of each")
            }
            switch input {
            case .weights(let noise, _) where !(0..<1).contains(noise):
                refuse("noise of \(noise)", "a share from 0 to less than 1, so that weights stay positive")
            case .weighting([], _), .aggregation([], _): refuse("\(input.name) without choices", "at least one")
            case .weights, .weighting, .aggregation, .leaveOneOut, .panel: break
            }
        }
        return faults
    }

    /// What does not fit between options, alternatives and the index; each stops the run.
    func faults(of alternatives: PanelAlternatives?, nominal: Nominal) -> [Finding] {
        var faults: [Finding] = []
        func refuse(_ found: String, _ expected: String, _ hint: String = "") {
            faults.append(.index("robustness-bad-option", found: found, expected: expected, hint: hint))
        }
        let factors = alternatives?.factors ?? []
        let names = factors.map(\.name)
        for case .panel(let name) in inputs where !names.contains(name) {
            refuse("uncertain input \(name)", "a factor of the alternatives")
        }
        for name in names where !inputs.contains(.panel(name)) {
            refuse("alternatives of \(name)", "no alternatives of what is not declared uncertain")
        }
        if Set(names).count < names.count { refuse("a factor twice", "each once") }
        if factors.contains(where: \.levels.isEmpty) { refuse("a factor without levels", "at least one") }
        if let alternatives {
            let expected = factors.reduce(1) { $0 * $1.levels.count }
            if alternatives.panels.count != expected {
                refuse("\(alternatives.panels.count) alternative panels", "\(expected), one for each combination")
            }
            let panel = nominal.composition.panel
            if alternatives.panels.contains(where: { !$0.hasKeys(of: panel) }) {
                refuse("an alternative with other indicators, groups, years or places", "those of the panel composed")
            }
        }
        let count = inputs.reduce(1.0) { $0 * Double($1.levels(alternatives)?.count ?? 1) }
        if count > Double(Self.combinationLimit) {
            refuse("\(Cell.format(count)) combinations of choices", "at most \(Self.combinationLimit)")
        }
        return faults
    }
}
