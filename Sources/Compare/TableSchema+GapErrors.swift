import Indicators

extension TableSchema {
    /// The last columns of `gaps.csv`: how the places of each side lie, and how far sampling errors let the figures be trusted.
    static let gapSpread: [Column] =
        ["reference", "other"].flatMap { side -> [Column] in
            [
                Column(
                    "lowest_fifth_\(side)",
                    .number,
                    unit: "indicator",
                    definition: "The mean of the lowest values of the \(side)\(whose) that make up a fifth" + fifth
                ),
                Column(
                    "highest_fifth_\(side)",
                    .number,
                    unit: "indicator",
                    definition: "The mean of the highest values of the \(side)\(whose) that make up a fifth" + fifth
                ),
            ]
        }
        + [("reference", "A"), ("other", "B")].flatMap { side, letter -> [Column] in
            [
                Column(
                    "standard_error_\(side)",
                    .number,
                    unit: "indicator",
                    definition:
                        "The standard error of \(letter): of the national figure as its source gives it, else"
                        + " sqrt(sum w^2 s^2) / sum w with the places' errors s taken as independent and the weights w as"
                        + " known; empty where a value has no standard error."
                ),
                Column(
                    "low_\(side)",
                    .number,
                    unit: "indicator",
                    definition:
                        "The lower bound of the 95 percent interval of \(letter): \(letter) - 1.96 standard errors."
                ),
                Column(
                    "high_\(side)",
                    .number,
                    unit: "indicator",
                    definition:
                        "The upper bound of the 95 percent interval of \(letter): \(letter) + 1.96 standard errors."
                ),
            ]
        } + gapErrors
        + ["reference", "other"].map { side -> Column in
            Column(
                "band_\(side)",
                .text,
                definition:
                    "For a share of people or homes connected, the band of universal and meaningful connectivity: below 50"
                    + " percent limited, below 75 satisfactory, below 95 advanced, from there on target met.",
                source: "ITU and UN Envoy on Technology (2022), Aspirational targets for 2030."
            )
        }

    private static let whose = "'s places"
    private static let fifth =
        " of the weight, the place at the boundary counted in proportion; empty for a national figure."

    private static let gapErrors: [Column] = [
        Column(
            "standard_error_gap",
            .number,
            unit: "indicator",
            definition: "The standard error of absolute_gap: sqrt(s_A^2 + s_B^2), A and B taken as independent samples."
        ),
        Column(
            "low_gap",
            .number,
            unit: "indicator",
            definition: "The lower bound of the 95 percent interval of absolute_gap: the gap - 1.96 standard errors."
        ),
        Column(
            "high_gap",
            .number,
            unit: "indicator",
            definition: "The upper bound of the 95 percent interval of absolute_gap: the gap + 1.96 standard errors."
        ),
        Column(
            "standard_error_log_ratio",
            .number,
            unit: "1",
            definition: "The standard error of log_ratio by the delta method: sqrt((s_A / A)^2 + (s_B / B)^2).",
            source: "Casella and Berger (2002), Statistical Inference, 2nd ed., 5.5.4."
        ),
        Column(
            "low_ratio",
            .number,
            unit: "1",
            definition:
                "The lower bound of the 95 percent interval of ratio: ratio x exp(-1.96 standard_error_log_ratio)."
        ),
        Column(
            "high_ratio",
            .number,
            unit: "1",
            definition:
                "The upper bound of the 95 percent interval of ratio: ratio x exp(1.96 standard_error_log_ratio)."
        ),
    ]

    /// What stands in ``gapSpread``.
    static func gapSpreadCells(_ gap: Gap, _ indicator: Indicator, _ left: Mean, _ right: Mean) -> [Cell] {
        let error = GapError(gap, left, right)
        let (one, two) = (left.interval, right.interval)
        let isBanded = ConnectivityBand.apply(to: indicator)
        func band(_ mean: Mean) -> Cell {
            isBanded ? .text(ConnectivityBand(percent: mean.value).rawValue) : .missing
        }
        return [
            Cell(left.fifths?.lowest), Cell(left.fifths?.highest),
            Cell(right.fifths?.lowest), Cell(right.fifths?.highest),
            Cell(left.standardError), Cell(one?.low), Cell(one?.high),
            Cell(right.standardError), Cell(two?.low), Cell(two?.high),
            Cell(gap.absolute == nil ? nil : error?.standardError), Cell(error?.gap?.low), Cell(error?.gap?.high),
            Cell(error?.logarithm), Cell(error?.ratio?.low), Cell(error?.ratio?.high),
            band(left), band(right),
        ]
    }
}
