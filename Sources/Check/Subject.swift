import Indicators

/// What a verdict is about: a cell, the change of a cell, or a count of cells.
struct Subject {
    enum Judged: Equatable {
        case number(Double)
        case word(String)
        /// Nothing stands in the cell.
        case missing
        /// The baseline is 0, so that a change has no percentage.
        case incomparable
        /// There is nothing to compare with, and why.
        case noBaseline(String)
    }

    /// As `checks.csv` has it.
    var selection: String
    /// By column; of a count the selection as a whole.
    var key: [String: String]
    /// Of the cell; of a count the metric.
    var address: String
    var judged: Judged
    var measured: Double?
    var baselineName: String?
    var baseline: Double?
    /// The worst of the rows that are judged; `nil` where their table has no grades.
    var grade: Grade?
    /// Of a count: how many of how many.
    var count = 0
    var cells = 0

    /// The number that the bands are held against.
    var number: Double? {
        if case .number(let number) = judged { number } else { nil }
    }

    var word: String? {
        if case .word(let word) = judged { word } else { nil }
    }

    var change: Double? {
        guard let measured, let baseline else { return nil }
        return measured - baseline
    }

    /// The change as a multiple of the baseline's size; no change from 0 is 0, any other has none.
    var relativeChange: Double? {
        guard let change, let baseline else { return nil }
        return change == 0 ? 0 : baseline == 0 ? nil : change / abs(baseline)
    }

    func streakKey(without latest: Set<String>) -> [String: String] {
        key.filter { !latest.contains($0.key) }
    }

    private init(row: Int, _ metric: Metric) {
        selection = metric.table.keyText(row: row)
        key = metric.key(of: row)
        address = metric.table.address(row: row, column: metric.column)
        measured = metric.table[row, metric.column].numeric
        grade = metric.grade(of: [row])
        judged = .missing
    }

    /// A cell by itself.
    init(cellAt row: Int, _ metric: Metric) {
        self.init(row: row, metric)
        switch metric.table[row, metric.column] {
        case .text(let word): judged = .word(word)
        case .number, .integer: judged = measured.map(Judged.number) ?? .missing
        case .missing: judged = .missing
        }
    }

    /// The change of a cell; `baseline` is `nil` where there is no baseline at all.
    init(
        changeAt row: Int,
        _ metric: Metric,
        _ quantity: CheckRule.Quantity,
        baseline name: String?,
        _ baseline: Double?
    ) {
        self.init(row: row, metric)
        baselineName = name
        self.baseline = baseline
        guard measured != nil else { return }
        guard let name else {
            judged = .noBaseline("")
            return
        }
        guard baseline != nil else {
            judged = .noBaseline("\(name) has no value of this cell")
            return
        }
        let quantity =
            switch quantity {
            case .relativeChange: relativeChange
            case .changePercent: relativeChange.map { $0 * 100 }
            default: change
            }
        judged = quantity.flatMap { $0.isFinite ? .number($0) : nil } ?? .incomparable
    }

    /// How many cells meet the rule's condition.
    init(countOf rows: [Int], _ metric: Metric, _ rule: CheckRule) {
        selection = rule.selectionText
        key = parseKey(selection) ?? ["": selection]
        address = rule.metric
        grade = metric.grade(of: rows)
        cells = rows.count
        count = rows.count { row in
            let cell = metric.table[row, metric.column]
            switch (rule.countIf, cell) {
            case (.missing, .missing): return true
            case (.inBand(let band), .text(let word)): return band.contains(word)
            case (.inBand(let band), _): return cell.numeric.map { band.contains($0) } ?? false
            default: return false
            }
        }
        judged = .missing
        judged = .number(rule.quantity == .count ? Double(count) : percent)
    }

    /// How many of a hundred cells are counted.
    var percent: Double { cells == 0 ? 0 : Double(count) / Double(cells) * 100 }
}
