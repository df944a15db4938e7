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
    func divide(_ above: Double, by divisor: Divisor.Found, into result: inout Observation, numerator: Observation) {
        let quotient = above / divisor.value * per
        let year = divisor.year.map { " (\($0))" } ?? ""
        // A sum's cells are those of the same column in the other places; naming all of them says nothing more.
        let isTotal = if case .total = denominator { true } else { false }
        result.add(
            cellsOf: isTotal || !quotient.isFinite ? [] : divisor.sources,
            because: Decision(
                subject: "denominator",
                statement: "\(self.numerator) \(Cell.format(above)) divided by \(denominatorText)"
                    + " \(Cell.format(divisor.value))\(year), times \(Cell.format(per))"
            )
        )
        guard quotient.isFinite else { return }
        result.value = quotient
        result.status = divisor.sources.reduce(numerator.status) { $0.worse($1.status) }
        result.grade = divisor.sources.reduce(numerator.grade) { $0.worse($1.grade) }
        for source in divisor.sources where !source.treatments.isEmpty {
            result.treatments.formUnion(source.treatments)
        }
        if isTotal { return }
        if divisor.sources.allSatisfy({ $0.standardError == nil }), let error = numerator.standardError {
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
