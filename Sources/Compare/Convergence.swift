import Glibc
import Indicators

/// A row of `convergence.csv`: whether places that began low grew faster (beta), and whether they kept their ranks (gamma).
struct ConvergenceRow: ComparedRow {
    /// What comes of the regression.
    enum Verdict: String {
        case converging
        case diverging
        /// |bT| < 1e-12.
        case unchanged
        /// b <= -1 / T: places overtake each other within the span, and there is no half-life.
        case overshooting
        case tooFewPlaces = "too-few-places"
        case constantStart = "constant-start"
        /// A value of 0 or less on the scale `log`.
        case notPositive = "not-positive"
        /// The scale `logit` of what is no share from 0 to 100.
        case notShare = "not-a-share"
        case notRepresentable = "not-representable"
    }

    /// Fewer places are no regression.
    static let leastPlaces = 3
    /// Shares are kept this far from 0 and 1 before their logit is taken.
    static let clip = 0.001

    var series: ComparedSeries
    var set: PlaceSet
    var scale: GrowthScale
    /// Of the first and the last year, the places that have a value in both.
    private let ends: [[PlaceSet.Entry]]
    private let span: (from: Int, to: Int)
    private(set) var verdict: Verdict
    private(set) var line: LeastSquares?
    private(set) var lambda: Double?
    private var clipped = 0
    private var tau: Double?
    private var spearman: Double?
    private var concordance: (value: Double?, years: [Int])

    init(_ series: ComparedSeries, _ set: PlaceSet, _ scale: GrowthScale, from: Int, to: Int) {
        self.series = series
        self.set = set
        self.scale = scale
        span = (set.years[from], set.years[to])
        ends = set.common([from, to])
        concordance = Self.concordance(set, ends, from, to)
        let values = ends.map { $0.map(\.value) }
        tau = RankAgreement.kendallTauB(values[0], values[1])
        spearman = RankAgreement.spearman(values[0], values[1])
        verdict = .tooFewPlaces
        regress(values)
    }

    private static func concordance(
        _ set: PlaceSet,
        _ ends: [[PlaceSet.Entry]],
        _ from: Int,
        _ to: Int
    ) -> (value: Double?, years: [Int]) {
        let isCommon = set.flags(ends[0])
        var rankings: [[Double]] = []
        var years: [Int] = []
        for index in from...to {
            let entries = set.entries[index].filter { isCommon[$0.place] }
            guard entries.count == ends[0].count else { continue }
            rankings.append(entries.map(\.value))
            years.append(set.years[index])
        }
        return (RankAgreement.kendallW(rankings), years)
    }

    private mutating func regress(_ values: [[Double]]) {
        guard values[0].count >= Self.leastPlaces else { return }
        let start: [Double]
        let end: [Double]
        switch scale {
        case .levels: (start, end) = (values[0], values[1])
        case .log:
            guard values.allSatisfy({ $0.allSatisfy { $0 > 0 } }) else {
                verdict = .notPositive
                return
            }
            (start, end) = (values[0].map { Glibc.log($0) }, values[1].map { Glibc.log($0) })
        case .logit:
            guard series.indicator.kind == .share, values.allSatisfy({ $0.allSatisfy { (0...100).contains($0) } })
            else {
                verdict = .notShare
                return
            }
            clipped = values.joined().count { !(Self.clip...1 - Self.clip).contains($0 / 100) }
            (start, end) = (values[0].map(Self.logit), values[1].map(Self.logit))
        }
        let years = Double(span.to - span.from)
        let growth = zip(start, end).map { ($1 - $0) / years }
        guard growth.allSatisfy(\.isFinite) else {
            verdict = .notRepresentable
            return
        }
        guard start.min() != start.max() else {
            verdict = .constantStart
            return
        }
        guard let line = LeastSquares(start, growth) else {
            verdict = .notRepresentable
            return
        }
        self.line = line
        judge(line.slope * years, years)
    }

    /// lambda = -ln(1 + bT) / T, and only where -1 < bT < 0.
    private mutating func judge(_ total: Double, _ years: Double) {
        if abs(total) < 1e-12 {
            verdict = .unchanged
        } else if total > 0 {
            verdict = .diverging
        } else if total <= -1 {
            verdict = .overshooting
        } else {
            verdict = .converging
            lambda = -log1p(total) / years
        }
    }

    private static func logit(_ percent: Double) -> Double {
        let share = min(1 - clip, max(clip, percent / 100))
        return Glibc.log(share / (1 - share))
    }

    /// Why there is no regression, `nil` where there is one.
    var finding: Finding? {
        let key = series.key
        let subject =
            "\(key.indicator), \(key.group), \(set.level), \(set.scope), \(span.from)..\(span.to), \(scale.rawValue)"
        func note(_ found: String, _ expected: String, _ hint: String) -> Finding {
            Finding(
                code: verdict.rawValue,
                severity: .note,
                found: "\(subject): \(found)",
                expected: expected,
                hint: hint
            )
        }
        switch verdict {
        case .converging, .diverging, .unchanged, .overshooting: return nil
        case .tooFewPlaces:
            return note(
                "\(ends[0].count) places in both years",
                "\(Self.leastPlaces) places or more",
                "there is no regression"
            )
        case .constantStart: return note("all begin alike", "places that differ", "there is no regression")
        case .notPositive:
            return note("a value of 0 or less", "values above 0", "the scale levels takes them; so does cv in sigma")
        case .notShare:
            return note("not a share", "shares from 0 to 100", "the scales log and levels take other values")
        case .notRepresentable: return note("beyond all numbers", "values that a double can hold", "")
        }
    }

    private var codes: [String] { self.set.codes(ends[0]) }

    var cells: [Cell] {
        [
            .text(series.key.indicator), .text(series.key.group), .text(set.level), .text(set.scope),
            .text(scale.rawValue), .integer(span.from), .integer(span.to), .integer(codes.count),
            Cell(line?.intercept), Cell(line?.slope), Cell(line?.standardError), Cell(line?.rSquared),
            Cell(lambda), Cell(lambda.map { Glibc.log(2) / $0 }.flatMap { $0.isFinite ? $0 : nil }),
            .text(verdict.rawValue), .integer(clipped),
            Cell(tau), Cell(spearman), Cell(concordance.value), .integer(concordance.years.count),
            Cell(ObservationStatus.worst(of: ends.joined().map(\.status))?.rawValue),
            Cell(Grade.worst(of: ends.joined().map(\.grade))?.rawValue), .text(series.indicator.unit),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func inputs(_ years: [Int], _ aspect: ObservationKey.Aspect) -> [Derivation.Input] {
            set.inputs(years, codes, aspect, series)
        }
        let both = [span.from, span.to]
        guard !codes.isEmpty else {
            // No place has both years: the count of 0 comes from all those that have one of them.
            let either = set.years.indices.filter { both.contains(set.years[$0]) }.flatMap { index in
                set.inputs([set.years[index]], set.codes(set.entries[index]), .value, series)
            }
            let rule = column == "places" ? "common-places" : "no-common-places"
            return TableSchema.convergence.index(of: column) == nil ? nil : CellOrigin(rule, either)
        }
        let scale = [Derivation.Parameter("scale", scale.rawValue), .init("years", String(span.to - span.from))]
        switch column {
        case "places": return CellOrigin("common-places", inputs(both, .value))
        case "intercept", "slope", "slope_standard_error", "r_squared", "clipped":
            return CellOrigin("beta", inputs(both, .value), parameters: scale)
        case "lambda": return CellOrigin("lambda", row.cells("slope"), parameters: scale)
        case "half_life": return CellOrigin("half-life", row.cells("lambda"))
        case "verdict": return CellOrigin("verdict", row.cells("slope", "places"), parameters: scale)
        case "kendall_tau_b": return CellOrigin("kendall-tau-b", inputs(both, .value))
        case "spearman": return CellOrigin("spearman", inputs(both, .value))
        case "kendall_w", "kendall_w_years": return CellOrigin("kendall-w", inputs(concordance.years, .value))
        case "status": return CellOrigin("worst-status", inputs(both, .status))
        case "grade": return CellOrigin("worst-grade", inputs(both, .grade))
        default: return nil
        }
    }
}

extension ComparedPanel {
    /// `convergence.csv`, `sigma.csv` and `sigma-trend.csv`.
    func convergence() -> ComparisonOutcome {
        var sigma = ComparedRows(.sigma, for: self)
        var trends = ComparedRows(.sigmaTrend, for: self)
        var beta = ComparedRows(.convergence, for: self)
        var findings: [Finding] = []
        for series in series {
            for set in placeSets(series) {
                let rows = set.years.indices.map { SigmaRow(series, set, $0) }
                sigma.add(rows)
                trends.add(SigmaMeasure.allCases.compactMap { SigmaTrendRow(rows, $0) })
                guard let (from, to) = span(of: set) else {
                    findings.append(noSpan(series, set))
                    continue
                }
                let usual: [GrowthScale] = series.indicator.kind == .share ? [.log, .logit] : [.log]
                let regressions = (options.dynamics.convergenceScales ?? usual).map {
                    ConvergenceRow(series, set, $0, from: from, to: to)
                }
                beta.add(regressions)
                findings += regressions.compactMap(\.finding)
            }
        }
        return ComparisonOutcome(tables: [beta, sigma, trends], findings: findings)
    }

    /// The positions of the first and the last year: those declared, or of the years in which at least half as many places as in
    /// the fullest have a value, the first and the last.
    private func span(of set: PlaceSet) -> (Int, Int)? {
        let fullest = set.entries.map(\.count).max() ?? 0
        let eligible = set.years.indices.filter { 2 * set.entries[$0].count >= fullest }
        let from = options.dynamics.convergenceFrom.map { set.years.firstIndex(of: $0) } ?? eligible.first
        let to = options.dynamics.convergenceTo.map { set.years.firstIndex(of: $0) } ?? eligible.last
        guard let from, let to, from < to else { return nil }
        return (from, to)
    }

    private func noSpan(_ series: ComparedSeries, _ set: PlaceSet) -> Finding {
        let years = set.years.map(String.init).joined(separator: " ")
        return Finding(
            code: "too-few-years",
            severity: .note,
            found: "\(series.key.indicator), \(series.key.group), \(set.level), \(set.scope): \(years)",
            expected: options.dynamics.convergenceFrom == nil && options.dynamics.convergenceTo == nil
                ? "two years in which most places have a value" : "values in the years that convergence declares",
            hint: "there is no convergence to see"
        )
    }
}
