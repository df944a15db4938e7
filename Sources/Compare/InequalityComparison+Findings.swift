import Indicators

extension InequalityComparison {
    private func words(_ subject: Subject) -> String {
        "\(subject.series.key.indicator), \(subject.series.key.group), \(subject.level.rawValue) of \(subject.country)"
    }

    private func words(
        _ subject: Subject,
        _ orientation: InequalityOptions.Orientation,
        _ isWeighted: Bool
    ) -> String {
        let weighting = isWeighted ? subject.series.indicator.denominator ?? "" : "simple"
        return "\(words(subject)), \(weighting), \(orientation.rawValue)"
    }

    /// Says why measures are empty.
    mutating func report(
        _ degeneracy: Inequality.Degeneracy,
        _ subject: Subject,
        _ orientation: InequalityOptions.Orientation,
        _ isWeighted: Bool
    ) {
        let (severity, expected, hint): (Finding.Severity, String, String) =
            switch degeneracy {
            case .negativeValue:
                (.warning, "values of 0 or more", "only quantiles and coefficients of variation are given")
            case .zeroMean: (.warning, "a mean above 0", "only quantiles are given")
            case .zeroValue:
                (.note, "values above 0, of which there is a logarithm", "no theil_l and no entropy of a <= 0 is given")
            case .notRepresentable: (.warning, "measures that a double can hold", "they are left empty")
            }
        let subjects = words(subject, orientation, isWeighted)
        reports.note(degeneracy.rawValue, severity, subjects, subject.year, expected: expected, hint: hint)
    }

    mutating func reportOnePlace(_ subject: Subject, _ isWeighted: Bool) {
        let hint = "nothing is unequal among fewer than two; no row is given"
        let subjects = words(subject, .attainment, isWeighted)
        reports.note("one-place", .note, subjects, subject.year, expected: "two places or more", hint: hint)
    }

    mutating func reportFewPlaces(_ subject: Subject) {
        let hint = "p90, p10, s80_s20 and palma tell of few places"
        let expected = "\(Self.fewPlaces) places or more"
        reports.note("few-places", .warning, words(subject), subject.year, expected: expected, hint: hint)
    }

    mutating func reportCoverage(_ subject: Subject, _ backing: Backing, _ minimum: Double, _ isWeighted: Bool) {
        reports.note(
            "coverage-below-minimum",
            .warning,
            "\(words(subject, .attainment, isWeighted)): coverage below \(Cell.format(minimum))",
            subject.year,
            expected: "at least \(Cell.format(minimum)) of \(backing.coverageBasis)",
            hint: "no inequality is given"
        )
    }

    mutating func reportNoWeight(_ subject: Subject) {
        let expected = "weights that add up to more than 0"
        let hint = "no weighted inequality is given"
        reports.note(
            "weights-sum-to-zero",
            .warning,
            words(subject, .attainment, true),
            subject.year,
            expected: expected,
            hint: hint
        )
    }

    /// Says which weights are missing or cannot be used.
    mutating func reportWeights(_ subject: Subject) {
        let denominator = subject.series.indicator.denominator ?? ""
        guard let side = subject.sides.first?.observed, let weights = side.weights else {
            reports.note(
                "weights-missing",
                .note,
                "\(words(subject)): no \(denominator) within \(frame.options.weightYearsWithin) years",
                subject.year,
                expected: "\(denominator) of the places, to weight them",
                hint: "only unweighted inequality is given"
            )
            return
        }
        if !weights.negative.isEmpty {
            reports.note(
                "weight-negative",
                .error,
                "\(words(subject)): \(denominator) of \(weights.negative.joined(separator: " "))",
                subject.year,
                expected: "weights of 0 or more"
            )
        }
        let without = side.entries.filter { $0.weight.isNaN }.map(side.code)
        guard !without.isEmpty else { return }
        reports.note(
            "weight-missing",
            .warning,
            "\(words(subject)): no \(denominator) of \(without.joined(separator: " "))",
            subject.year,
            expected: "\(denominator) of every place that has a value",
            hint: "they are left out of what is weighted"
        )
    }
}
