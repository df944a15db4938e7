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

    let series: ComparedSeries
    let set: PlaceSet
    let scale: GrowthScale
    private let mobility: RankMobility
    private(set) var verdict: Verdict
    private(set) var line: LeastSquares?
    private(set) var lambda: Double?
    private var clipped = 0

    init(_ series: ComparedSeries, _ set: PlaceSet, _ scale: GrowthScale, _ mobility: RankMobility) {
        self.series = series
        self.set = set
        self.scale = scale
        self.mobility = mobility
        verdict = .tooFewPlaces
        regress(mobility.start.values, mobility.end.values)
    }

    private mutating func regress(_ first: [Double], _ last: [Double]) {
        guard first.count >= Self.leastPlaces else { return }
        let start: [Double]
        let end: [Double]
        switch scale {
        case .levels: (start, end) = (first, last)
        case .log:
            guard first.allSatisfy({ $0 > 0 }), last.allSatisfy({ $0 > 0 }) else {
                verdict = .notPositive
                return
            }
            (start, end) = (first.map { Glibc.log($0) }, last.map { Glibc.log($0) })
        case .logit:
            guard series.indicator.kind == .share, first.allSatisfy((0...100).contains),
                last.allSatisfy((0...100).contains)
            else {
                verdict = .notShare
                return
            }
            clipped = first.count(where: Self.isClipped) + last.count(where: Self.isClipped)
            (start, end) = (first.map(Self.logit), last.map(Self.logit))
        }
        let years = Double(mobility.to - mobility.from)
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

    private static func isClipped(_ percent: Double) -> Bool {
        !(clip...1 - clip).contains(percent / 100)
    }

    private static func logit(_ percent: Double) -> Double {
        let share = min(1 - clip, max(clip, percent / 100))
        return Glibc.log(share / (1 - share))
    }

    /// Why there is no regression, `nil` where there is one.
    var finding: Finding? {
        func note(_ found: String, _ expected: String, _ hint: String) -> Finding {
            let key = series.key
            let span = "\(mobility.from)..\(mobility.to)"
            let subject = "\(key.indicator), \(key.group), \(set.level), \(set.scope), \(span), \(scale.rawValue)"
            return Finding(
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
                "\(mobility.places.count) places in both years",
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

    var cells: [Cell] {
        [
            .text(series.key.indicator), .text(series.key.group), .text(set.level), .text(set.scope),
            .text(scale.rawValue), .integer(mobility.from), .integer(mobility.to),
            .integer(mobility.places.count),
            Cell(line?.intercept), Cell(line?.slope), Cell(line?.standardError), Cell(line?.rSquared),
            Cell(lambda), Cell(lambda.map { Glibc.log(2) / $0 }.flatMap { $0.isFinite ? $0 : nil }),
            .text(verdict.rawValue), .integer(clipped),
            Cell(mobility.tau), Cell(mobility.spearman), Cell(mobility.concordance.value),
            .integer(mobility.concordance.years.count),
            Cell(mobility.status?.rawValue), Cell(mobility.grade?.rawValue), .text(series.indicator.unit),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        let codes = set.codes(mobility.places)
        func inputs(_ years: [Int], _ aspect: ObservationKey.Aspect) -> [Derivation.Input] {
            set.inputs(years, codes, aspect, series)
        }
        let both = [mobility.from, mobility.to]
        guard !codes.isEmpty else {
            // No place has both years: the count of 0 comes from all those that have one of them.
            let either = set.years.indices.filter { both.contains(set.years[$0]) }.flatMap { index in
                set.inputs([set.years[index]], set.codes(set.entries[index]), .value, series)
            }
            let rule = column == "places" ? "common-places" : "no-common-places"
            return TableSchema.convergence.index(of: column) == nil ? nil : CellOrigin(rule, either)
        }
        let length = String(mobility.to - mobility.from)
        let scale = [Derivation.Parameter("scale", scale.rawValue), .init("years", length)]
        switch column {
        case "places": return CellOrigin("common-places", inputs(both, .value))
        case "intercept", "slope", "slope_standard_error", "r_squared", "clipped":
            return CellOrigin("beta", inputs(both, .value), parameters: scale)
        case "lambda": return CellOrigin("lambda", row.cells("slope"), parameters: scale)
        case "half_life": return CellOrigin("half-life", row.cells("lambda"))
        case "verdict": return CellOrigin("verdict", row.cells("slope", "places"), parameters: scale)
        case "kendall_tau_b": return CellOrigin("kendall-tau-b", inputs(both, .value))
        case "spearman": return CellOrigin("spearman", inputs(both, .value))
        case "kendall_w", "kendall_w_years": return CellOrigin("kendall-w", inputs(mobility.concordance.years, .value))
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
                trends.add(SigmaTrendRow.all(of: rows))
                guard let (from, to) = span(of: set) else {
                    findings.append(noSpan(series, set))
                    continue
                }
                let usual: [GrowthScale] = series.indicator.kind == .share ? [.log, .logit] : [.log]
                let mobility = RankMobility(set, from: from, to: to)
                let regressions = (options.dynamics.convergenceScales ?? usual).map {
                    ConvergenceRow(series, set, $0, mobility)
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
        let fullest = set.entries.reduce(0) { max($0, $1.count) }
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
