import Cores
import Indicators

/// A filled panel with its outliers treated: the values that scales see.
struct Treated: Sendable {
    let filled: Filled
    /// The values that are scaled; NaN where there is none or it is withheld.
    private(set) var values: [Double]
    /// The samples in which something was changed: fewer by far than the cells.
    private var records: [Record] = []
    private(set) var findings: [Finding] = []
    /// The treatments of the cells, those of the outlier rules too.
    private(set) var treatments: [TreatmentSet]

    private struct Record {
        var frame: Frame
        /// The first cell of the series.
        var start: Int
        var treatment: Treatment
        var rule: String
    }

    var panel: ValuePanel { filled.panel }

    /// Whether a cell stands on another scale than its indicator's own.
    func isTransformed(_ cell: Int) -> Bool { treatments[cell].contains(TreatmentSet.transformed) }

    /// The value that is told of a cell: the one that is scaled, or where that is withheld, the one there was.
    func shownValue(_ cell: Int) -> Double {
        values[cell].isNaN ? panel.values[cell] : values[cell]
    }

    /// What was changed, worked out anew from the values before and after.
    var changes: [Change] {
        let before = filled.panel.values
        return records.flatMap { record in
            record.frame.cells.compactMap { cell -> Change? in
                let cell = record.start + cell
                guard !values[cell].isNaN, record.treatment == .transformed || values[cell] != before[cell] else {
                    return nil
                }
                return Change(
                    cell: cell,
                    treatment: record.treatment,
                    rule: record.rule,
                    old: before[cell],
                    new: values[cell],
                    grade: filled.panel.grades[cell]
                )
            }
        }
    }

    init(_ filled: Filled, by rules: [OutlierRule], catalogue: Catalogue, gazetteer: Gazetteer) {
        self.filled = filled
        values = filled.panel.values
        treatments = filled.panel.treatments
        if !filled.withheld.isEmpty {
            for cell in values.indices where filled.withheld.contains(cell) { values[cell] = .nan }
        }
        findings = rules.faults(in: catalogue, gazetteer: gazetteer)
        guard !rules.isEmpty, findings.isEmpty else { return }
        var frames: [Int: [Frame]] = [:]
        for series in panel.series.indices {
            guard let indicator = catalogue[panel.series[series].indicator],
                let position = rules.positions(for: indicator, at: panel.level).first, rules[position].method != .none
            else { continue }
            let rule = rules[position]
            let known = frames[position] ?? Frame.frames(of: panel, scope: rule.scope, years: rule.years)
            frames[position] = known
            for (frame, sample) in zip(known, samples(known, of: series, by: rule)) {
                treat(frame, of: series, by: rule, as: sample)
            }
        }
    }

    /// What a rule makes of each frame. No cell is in two of them.
    private func samples(_ frames: [Frame], of series: Int, by rule: OutlierRule) -> [TreatedSample] {
        let start = panel.block(series).lowerBound
        return onAllCores(frames.count, isWorthIt: panel.blockSize > 50_000) { position in
            treatOutliers(of: frames[position].cells.map { values[start + $0] }, by: rule.method)
        }
    }

    private mutating func treat(
        _ frame: Frame,
        of series: Int,
        by rule: OutlierRule,
        as treated: TreatedSample
    ) {
        let start = panel.block(series).lowerBound
        let before = frame.cells.map { values[start + $0] }
        if let problem = treated.problem { report(problem, frame, series, rule) }
        guard treated.count > 0 || treated.transform != nil else { return }
        let treatment = treated.transform == nil ? Treatment.winsorised : .transformed
        let mark = TreatmentSet(treatment)
        for (position, cell) in frame.cells.enumerated() where !before[position].isNaN {
            guard treated.transform != nil || treated.values[position] != before[position] else { continue }
            values[start + cell] = treated.values[position]
            treatments[start + cell].insert(mark)
        }
        let text = "\(rule.text); " + (treated.transform ?? limitText(treated))
        records.append(Record(frame: frame, start: start, treatment: treatment, rule: text))
    }

    private func limitText(_ treated: TreatedSample) -> String {
        let low = treated.low.map { "low \(Cell.format($0))" }
        let high = treated.high.map { "high \(Cell.format($0))" }
        return [low, high].compactMap { $0 }.joined(separator: ", ")
    }

    private mutating func report(_ problem: String, _ frame: Frame, _ series: Int, _ rule: OutlierRule) {
        let key = panel.series[series]
        let isRepresentable = problem != "transform-not-representable"
        findings.append(
            .about(
                rule.place,
                problem,
                .warning,
                found: "\(key.indicator), \(key.group), \(frame.period), \(frame.part)",
                expected: isRepresentable
                    ? "skewness or kurtosis within its limit after treatment" : "a transform with finite results",
                hint: isRepresentable ? "the treated values are used; look at them" : "winsorised values are used"
            )
        )
    }
}

extension OutlierRule {
    var place: RulePlace { RulePlace(file: file, line: line, column: "outliers") }

    fileprivate func faults(in catalogue: Catalogue, gazetteer: Gazetteer) -> [Finding] {
        var faults = unknownIndicators(indicators.named, in: catalogue, at: place)
        func bad(_ found: String, _ expected: String) {
            faults.append(.about(place, "bad-outlier-rule", .error, found: found, expected: expected))
        }
        if let level, !gazetteer.places.contains(where: { $0.level == level }) {
            faults.append(
                .about(place, "unknown-level", .error, found: level.rawValue, expected: "a level of the gazetteer")
            )
        }
        if case .base(let year) = years { bad("the base year \(year)", "each year, or the whole panel") }
        switch method {
        case .none: break
        case .shape(let skewness, let kurtosis, let most, let fallback):
            if !(skewness > 0 && skewness.isFinite) { bad("skewness \(skewness)", "a positive number") }
            if !kurtosis.isFinite { bad("kurtosis \(kurtosis)", "a number") }
            if most < 0 { bad("at most \(most)", "0 or more") }
            if case .boxCox(let lambda)? = fallback, !lambda.isFinite { bad("lambda \(lambda)", "a number") }
        case .percentiles(let tail):
            if !(tail > 0 && tail < 0.5) { bad("tail \(tail)", "a share between 0 and 0.5") }
        case .fences(let multiple):
            if !(multiple >= 0 && multiple.isFinite) { bad("\(multiple) ranges", "0 or more") }
        }
        return faults
    }
}

extension Array where Element == OutlierRule {
    /// What is wrong with the rules; each stops the run.
    func faults(in catalogue: Catalogue, gazetteer: Gazetteer) -> [Finding] {
        var faults: [Finding] = []
        for (position, rule) in enumerated() {
            faults += rule.faults(in: catalogue, gazetteer: gazetteer)
            let earlier = self[..<position].filter { $0.level == nil || rule.level == nil || $0.level == rule.level }
            let repeated =
                rule.indicators == .allDirected
                ? (earlier.contains { $0.indicators == .allDirected } ? ["all indicators"] : [])
                : rule.indicators.named.filter { id in earlier.contains { $0.indicators.named.contains(id) } }
            for id in repeated {
                faults.append(
                    .about(
                        rule.place,
                        "rule-repeated",
                        .error,
                        found: id,
                        expected: "one outlier rule for an indicator"
                    )
                )
            }
        }
        return faults
    }
}
