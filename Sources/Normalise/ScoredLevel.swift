import Indicators

/// A level's values on their way to the scales, with what was changed by cell: what explanations ask.
final class ScoredLevel {
    let observed: ValuePanel
    let treated: Treated
    /// The changes of each cell, in the order in which they were made.
    let changes: [Int: [Change]]
    let imputation: Imputation

    init(_ scoring: Scoring) {
        var scoring = scoring
        observed = scoring.panel
        treated = scoring.treated()
        changes = Dictionary(grouping: treated.filled.changes + treated.changes, by: \.cell)
        imputation = Imputation(
            scoring.panel,
            withheld: scoring.withheld(),
            rules: scoring.options.imputation,
            catalogue: scoring.catalogue,
            gazetteer: scoring.gazetteer
        )
    }

    /// Where the value of a cell stands: in `treatments.csv` once it was changed, else as it was observed.
    func source(_ cell: Int, before: Treatment? = nil) -> Derivation.Source {
        let made = changes[cell] ?? []
        let last = before.map { limit in made.prefix { $0.treatment != limit }.last } ?? made.last
        let key = observed.key(cell)
        return last.map { .cell(Self.address($0, key, column: "new")) } ?? .observation(key, .value)
    }

    /// The value before a treatment, `nil` where there was none.
    func value(_ cell: Int, before: Treatment) -> Double? {
        let made = (changes[cell] ?? []).prefix { $0.treatment != before }.last
        let value = made?.new ?? observed.values[cell]
        return value.isNaN ? nil : value
    }

    /// The address of a cell of `treatments.csv`.
    static func address(_ change: Change, _ key: ObservationKey, column: String) -> CellAddress {
        CellAddress(
            table: TableSchema.treatments.name,
            keys: [
                .init("indicator", key.indicator), .init("place", key.place), .init("year", String(key.year)),
                .init("group", key.group), .init("treatment", change.treatment.rawValue), .init("rule", change.rule),
            ],
            column: column
        )
    }

    /// Values as inputs, each where it stands.
    func inputs(_ cells: [Int], role: String = "value", before: Treatment? = nil) -> [Derivation.Input] {
        cells.map { .init(role, of: observed.key($0).place, source($0, before: before)) }
    }
}
