import Indicators

extension TargetRow {
    /// What the plan and the data do not allow.
    ///
    /// - Parameters:
    ///   - values: All those that the target is held against.
    ///   - isCountry: Whether it is of a whole country.
    /// - Returns: At most one of each kind.
    func findings(_ values: [TargetValue], isCountry: Bool) -> [Finding] {
        var findings: [Finding] = []
        func note(_ code: String, _ severity: Finding.Severity, _ found: String, _ expected: String, _ hint: String) {
            findings.append(
                Finding(code: code, severity: severity, at: target.origin, found: found, expected: expected, hint: hint)
            )
        }
        let name = "\(target.indicator), \(target.group), \(target.place) by \(target.year)"
        guard let latest else {
            note(
                "target-without-data",
                .warning,
                name,
                "a value of the indicator for the place",
                isCountry && series.indicator.denominator != nil
                    ? "its status is unknown; a national figure would tell, or values of places that have"
                        + " \(series.indicator.denominator ?? "") and hold at least half of it"
                    : "its status is unknown"
            )
            return findings
        }
        if latest.isOfPlaces { noteMean(values, name, note) }
        guard let base else {
            note(
                "target-base-missing",
                .warning,
                "\(name): no value in base year \(target.baseYear ?? 0)",
                "a value in the base year",
                "no progress is told"
            )
            return findings
        }
        if base.year >= latest.year, status == .unknown {
            note(
                "target-single-value",
                .warning,
                "\(name): only \(latest.year)",
                "a value after the base year",
                "its status is unknown"
            )
        }
        if target.year <= base.year {
            note(
                "target-not-after-base",
                .warning,
                "\(name): base year \(base.year)",
                "a target after its base year",
                "no rate is required"
            )
        }
        if target.value == base.value {
            note(
                "target-equals-base",
                .warning,
                "\(name): \(Cell.format(target.value)) already in \(base.year)",
                "a target other than the base value",
                "no progress is told"
            )
        } else if sign * target.value < sign * base.value {
            note(
                "target-worse-than-base",
                .warning,
                "\(name): \(Cell.format(target.value)) after \(Cell.format(base.value)) in \(base.year)",
                "a target better than the base value",
                "no progress is told"
            )
        }
        return findings
    }

    /// The means over places that stand for a country are no figures of its own, and a set of places that changes moves them.
    private func noteMean(
        _ values: [TargetValue],
        _ name: String,
        _ note: (String, Finding.Severity, String, String, String) -> Void
    ) {
        guard let first = values.first, let last = values.last else { return }
        let years = first.year == last.year ? "\(first.year)" : "\(first.year) to \(last.year)"
        let coverages = values.map(\.coverage)
        let (least, most) = (coverages.min() ?? 0, coverages.max() ?? 0)
        let share = { (coverage: Double) in Cell.format((coverage * 1000).rounded() / 1000) }
        note(
            "target-by-places",
            .note,
            "\(name): the mean of values by \(last.basis), weighted by \(series.indicator.denominator ?? ""), \(years),"
                + " coverage \(least == most ? share(least) : "\(share(least)) to \(share(most))")",
            "a figure of the country itself",
            "the mean stands for it; where its places change from year to year, so does what it is a mean of"
        )
    }
}
