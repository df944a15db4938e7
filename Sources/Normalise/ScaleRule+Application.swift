import Indicators

/// A scale rule at work on a treated panel, series by series.
struct Scaling: Sendable {
    let rule: ScaleRule
    let treated: Treated
    private let catalogue: Catalogue
    private var frames: [FrameKey: [Frame]] = [:]
    /// What was found while scaling.
    private(set) var findings: [Finding]
    /// Whether the rule makes sense at all.
    let isUsable: Bool

    private struct FrameKey: Hashable {
        var scope: ScaleRule.Scope
        var years: ScaleRule.Years
    }

    /// The scores of one frame, one for each of its cells.
    struct ScaledFrame: Sendable {
        var frame: Frame
        var values: ScaledValues
    }

    init(_ rule: ScaleRule, on treated: Treated, catalogue: Catalogue, gazetteer: Gazetteer) {
        self.rule = rule
        self.treated = treated
        self.catalogue = catalogue
        let faults = rule.faults(in: catalogue, gazetteer: gazetteer)
        findings = faults
        isUsable = faults.isEmpty
        if isUsable { findings += rule.absences(in: treated.panel) }
    }

    /// The scale of a series, `nil` where the rule is not meant for it or cannot be applied.
    mutating func scale(of series: Int) -> AppliedScale? {
        let key = treated.panel.series[series]
        guard isUsable, let indicator = catalogue[key.indicator], rule.covers(indicator) else { return nil }
        if let finding = rule.obstacle(to: indicator) {
            findings.append(finding)
            return nil
        }
        return AppliedScale(rule, indicator: indicator, group: key.group)
    }

    /// The scores of a series, frame by frame; frames without any row are left out.
    mutating func scaled(_ series: Int, by scale: AppliedScale) -> [ScaledFrame] {
        let start = treated.panel.block(series).lowerBound
        var result: [ScaledFrame] = []
        for frame in frames(of: scale.rule) {
            guard frame.cells.contains(where: { treated.panel.isPresent(start + $0) }) else { continue }
            let values = frame.cells.map { treated.values[start + $0] }
            let base = frame.base.map { $0.map { treated.values[start + $0] } }
            if scale.rule.method.takesOwnNumbers,
                frame.cells.contains(where: { treated.isTransformed(start + $0) })
            {
                reportTransformed(frame, scale)
                let none = ScaledValues(scores: [Double](repeating: .nan, count: values.count))
                result.append(ScaledFrame(frame: frame, values: none))
                continue
            }
            let reference = referenceValue(scale.rule.method, frame, start)
            let scaled = scale.scale(values, base: base, reference: reference)
            if let degeneracy = scaled.degeneracy {
                findings.append(scale.finding(degeneracy, of: scaled, in: frame))
            }
            for position in scaled.outsideDomain {
                let key = treated.panel.key(start + frame.cells[position])
                findings.append(scale.domainFinding(key, value: values[position]))
            }
            result.append(ScaledFrame(frame: frame, values: scaled))
        }
        return result
    }

    mutating func frames(of rule: ScaleRule) -> [Frame] {
        let key = FrameKey(scope: rule.scope, years: rule.years)
        if let known = frames[key] { return known }
        let found = Frame.frames(of: treated.panel, scope: rule.scope, years: rule.years)
        frames[key] = found
        return found
    }

    /// The cell of the place of reference within a series: among the frame's limits, where it has such a place.
    static func referenceCell(_ method: ScaleRule.Method, _ frame: Frame, _ panel: ValuePanel) -> Int? {
        guard case .distanceToReference(let code, _) = method, let place = panel.index(ofPlace: code) else {
            return nil
        }
        return (frame.base ?? frame.cells).first { $0 % panel.places.count == place }
    }

    private func referenceValue(_ method: ScaleRule.Method, _ frame: Frame, _ start: Int) -> Double {
        Self.referenceCell(method, frame, treated.panel).map { treated.values[start + $0] } ?? .nan
    }

    private mutating func reportTransformed(_ frame: Frame, _ scale: AppliedScale) {
        findings.append(
            scale.rule.finding(
                "limits-on-other-scale",
                .warning,
                found: "\(scale.indicator.id), \(scale.group), \(frame.period), \(frame.part): transformed values",
                expected: "values on the scale of the numbers that \(scale.method) is given",
                hint: "give the indicator an outlier rule without a transform"
            )
        )
    }
}

extension ScoredPanel {
    /// The scores that a rule gives to a treated panel.
    init(scaling treated: Treated, by rule: ScaleRule, catalogue: Catalogue, gazetteer: Gazetteer) {
        var scaling = Scaling(rule, on: treated, catalogue: catalogue, gazetteer: gazetteer)
        let panel = treated.panel
        let scales = panel.series.indices.map { scaling.scale(of: $0) }
        let covered = panel.series.indices.filter { scales[$0] != nil }
        indicators = Set(covered.map { panel.series[$0].indicator }).sorted()
        groups = Set(covered.map { panel.series[$0].group }).sorted()
        years = panel.years
        places = panel.places
        let size = panel.blockSize
        let count = indicators.count * groups.count
        var values = [Double](repeating: .nan, count: count * size)
        var statuses = [ObservationStatus](repeating: .missing, count: count * size)
        var grades = [Grade](repeating: .official, count: count * size)
        var treatments = [TreatmentSet](repeating: [], count: count * size)
        var words = [Words?](repeating: nil, count: count)
        let indicatorIndices = Dictionary(uniqueKeysWithValues: indicators.enumerated().map { ($1, $0) })
        let groupIndices = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
        for series in covered {
            let key = panel.series[series]
            guard let scale = scales[series], let indicator = indicatorIndices[key.indicator],
                let group = groupIndices[key.group]
            else { continue }
            let slot = indicator * groups.count + group
            words[slot] = Words(method: scale.method, scope: scale.scope, limits: scale.limits)
            let from = panel.block(series).lowerBound
            for cell in 0..<size {
                statuses[slot * size + cell] = panel.statuses[from + cell]
                grades[slot * size + cell] = panel.grades[from + cell]
                treatments[slot * size + cell] = treated.treatments[from + cell]
            }
            for scaled in scaling.scaled(series, by: scale) {
                for (position, cell) in scaled.frame.cells.enumerated() {
                    values[slot * size + cell] = scaled.values.scores[position]
                }
                for position in scaled.values.clipped {
                    treatments[slot * size + scaled.frame.cells[position]].insert(TreatmentSet(.clipped))
                }
            }
        }
        self.values = values
        self.statuses = statuses
        self.grades = grades
        self.treatments = treatments
        self.words = words
        findings =
            treated.filled.withheld.findings + treated.filled.findings + treated.findings + scaling.findings
    }
}
