import Cores
import Indicators

/// A panel with its holes filled by the rules for imputation.
struct Filled: Sendable {
    private(set) var panel: ValuePanel
    let withheld: Withheld
    private(set) var changes: [Change] = []
    private(set) var findings: [Finding] = []

    /// Fills a panel by rules, each of which fills what the ones before it left. Donors are the values of `observed` alone; what
    /// is withheld is not filled. Linear in the cells, but for medians.
    init(
        _ observed: ValuePanel,
        withheld: Withheld,
        by rules: [ImputationRule],
        catalogue: Catalogue,
        gazetteer: Gazetteer
    ) {
        panel = observed
        self.withheld = withheld
        findings = rules.faults(in: catalogue, gazetteer: gazetteer)
        guard !rules.isEmpty, findings.isEmpty else { return }
        let imputation = Imputation(
            observed,
            withheld: withheld,
            rules: rules,
            catalogue: catalogue,
            gazetteer: gazetteer
        )
        let fills = onAllCores(observed.series.count, isWorthIt: observed.values.count > 50_000) { imputation.fill($0) }
        for (series, (filled, left)) in fills.enumerated() {
            for change in filled {
                panel.values[change.cell] = change.new
                panel.statuses[change.cell] = .imputed
                panel.grades[change.cell] = change.grade
                panel.treatments[change.cell].insert(TreatmentSet(.imputed))
            }
            changes += filled
            findings += imputation.report(series, filled: filled.count, left: left)
        }
    }
}

extension Array where Element == ImputationRule {
    /// What is wrong with the rules; each stops the run.
    func faults(in catalogue: Catalogue, gazetteer: Gazetteer) -> [Finding] {
        var faults: [Finding] = []
        var refused: Set<String> = []
        var named: Set<String> = []
        for rule in self {
            faults += unknownIndicators(rule.indicators.named, in: catalogue, at: rule.place)
            faults += rule.methodFaults(in: gazetteer)
            let ids = rule.indicators == .allDirected ? ["all indicators"] : rule.indicators.named
            for id in ids {
                // `none` beside another rule for the same indicator would leave open which of them is meant.
                if refused.contains(id) || (rule.method == .none && named.contains(id)) {
                    faults.append(
                        .about(
                            rule.place,
                            "rule-repeated",
                            .error,
                            found: "\(id): none, and another rule",
                            expected: "none alone, or rules to impute by"
                        )
                    )
                }
                if rule.method == .none { refused.insert(id) }
                named.insert(id)
            }
        }
        return faults
    }
}

extension ImputationRule {
    var place: RulePlace { RulePlace(file: file, line: line, column: "impute") }

    fileprivate func methodFaults(in gazetteer: Gazetteer) -> [Finding] {
        func bad(_ found: String, _ expected: String) -> [Finding] {
            [.about(place, "bad-imputation-rule", .error, found: found, expected: expected)]
        }
        var faults: [Finding] = []
        if let level, !gazetteer.places.contains(where: { $0.level == level }) {
            faults.append(
                .about(place, "unknown-level", .error, found: level.rawValue, expected: "a level of the gazetteer")
            )
        }
        switch method {
        case .group(_, let grouping, let fallbacks):
            for grouping in [grouping] + fallbacks { faults += grouping.faults(in: gazetteer, at: place) }
        case .latest(let years?), .constant(let years?), .linear(let years?):
            if years < 1 { faults += bad("at most \(years) years", "1 year or more") }
        case .row(_, .base(let year)):
            faults += bad("a row on the base year \(year)", "each year, or the whole panel")
        case .none, .latest, .constant, .linear, .row: break
        }
        return faults
    }
}
