import Indicators

extension DenominatorRule {
    /// What the quotient is multiplied by.
    var per: Double {
        switch denominator {
        case .indicator(_, _, let per), .area(let per): per
        case .total: 100
        }
    }

    /// As the column `method` has it: `per 100000`, `per capita`, `per km2`, `share of country`.
    var methodText: String {
        switch denominator {
        case .indicator(_, _, 1): "per capita"
        case .indicator(_, _, let per): "per \(Cell.format(per))"
        case .area(1): "per km2"
        case .area(let per): "per \(Cell.format(per)) km2"
        case .total(let whole): "share of \(whole.rawValue)"
        }
    }

    /// As the column `denominator` has it.
    var denominatorText: String {
        switch denominator {
        case .indicator(let id, _, _): id
        case .area: "area_km2"
        case .total(let whole): "\(numerator) of the \(whole.rawValue)"
        }
    }

    /// The observation that the rule makes of a numerator, still without a value: missing as the numerator is, or `missing`.
    func result(of numerator: Observation) -> Observation {
        var result = numerator
        result.indicator = id
        result.value = nil
        result.standardError = nil
        if numerator.value != nil { result.status = .missing }
        return result
    }

    /// Completes `result`, an observation made by ``result(of:)``, by the division of `above`.
    ///
    /// Status, grade and treatments are the most telling of numerator and denominator. A standard error is carried over where
    /// the denominator is one value without an error of its own; it is the error for a denominator known exactly.
    ///
    /// - Parameters:
    ///   - above: The value of the numerator.
    ///   - divisor: What it is divided by.
    ///   - result: Has the grade and the treatments of the numerator.
    ///   - status: That of the numerator.
    ///   - error: The standard error of the numerator; `nil` where it has none.
    ///   - wording: That of this rule.
    func divide(
        _ above: Double,
        by divisor: Divisor.Found,
        into result: inout Observation,
        status: ObservationStatus,
        error: Double?,
        wording: RateWording
    ) {
        let quotient = above / divisor.value * per
        // A sum's cells are those of the same column in the other places; naming all of them says nothing more.
        let isTotal = if case .total = denominator { true } else { false }
        result.add(
            cellsOf: isTotal || !quotient.isFinite ? [] : divisor.sources,
            because: Decision(
                subject: "denominator",
                statement: wording.statement(above, dividedBy: divisor.value, of: divisor.year)
            )
        )
        guard quotient.isFinite else { return }
        result.value = quotient
        result.status = status
        var hasExactDivisor = true
        // Field by field: an observation that is taken out of them is copied.
        let sources = divisor.sources
        for position in sources.indices {
            result.status = result.status.worse(sources[position].status)
            result.grade = result.grade.worse(sources[position].grade)
            if sources[position].standardError != nil { hasExactDivisor = false }
            if !sources[position].treatmentSet.isEmpty { result.treatments.formUnion(sources[position].treatments) }
        }
        if isTotal { return }
        if hasExactDivisor, let error {
            let scaled = error / divisor.value * per
            result.standardError = scaled.isFinite ? scaled : nil
        }
    }

    // MARK: Findings

    /// What is wrong with the rule itself; each stops the run.
    func faults(in catalogue: Catalogue) -> [Finding] {
        var ids = [id, numerator]
        if case .indicator(let denominator, _, _) = denominator { ids.append(denominator) }
        var faults = ids.filter { catalogue[$0] == nil }.map {
            finding(
                "unknown-indicator",
                .error,
                found: $0,
                expected: "an indicator of the catalogue",
                hint: "add it to the catalogue or correct the id"
            )
        }
        if !(per > 0 && per.isFinite) {
            faults.append(finding("bad-denominator-rule", .error, found: "per \(per)", expected: "a positive number"))
        }
        if id == numerator {
            faults.append(
                finding("bad-denominator-rule", .error, found: "\(id) from itself", expected: "another id to derive")
            )
        }
        if case .indicator(_, let years, _) = denominator, years.distance < 0 {
            faults.append(
                finding("bad-denominator-rule", .error, found: "within \(years.distance)", expected: "0 years or more")
            )
        }
        return faults
    }

    /// A finding about the rule, placed where it stands.
    func finding(
        _ code: String,
        _ severity: Finding.Severity,
        found: String,
        expected: String,
        hint: String = ""
    ) -> Finding {
        Finding(
            code: code,
            severity: severity,
            file: file,
            line: line,
            column: id,
            found: found,
            expected: expected,
            hint: hint
        )
    }
}

/// The words of a rule for the rates that it makes; only the numbers are another in each.
struct RateWording {
    /// See ``DenominatorRule/methodText``.
    let method: String
    /// See ``DenominatorRule/denominatorText``.
    let denominator: String
    /// What stands before the numerator's value, between the two values, and at the end.
    private let (start, middle, end): (String, String, String)

    init(of rule: DenominatorRule) {
        method = rule.methodText
        denominator = rule.denominatorText
        start = "\(rule.numerator) "
        middle = " divided by \(denominator) "
        end = ", times \(Cell.format(rule.per))"
    }

    /// `community_centres 20 divided by population 617000 (2010), times 100000`; without a year where `year` is `nil`.
    func statement(_ above: Double, dividedBy below: Double, of year: Int?) -> String {
        let room = start.utf8.count + middle.utf8.count + end.utf8.count + 2 * Cell.numberWidth + 24
        let bytes = [UInt8](capacity: room) { text in
            text.append(utf8: start)
            Cell.write(above, to: &text)
            text.append(utf8: middle)
            Cell.write(below, to: &text)
            if let year {
                text.append(utf8: " (")
                text.append(decimal: year)
                text.append(utf8: ")")
            }
            text.append(utf8: end)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
