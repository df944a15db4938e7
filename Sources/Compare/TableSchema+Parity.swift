package import Indicators

extension TableSchema {
    /// `parity.csv`.
    package static let parity = TableSchema(
        name: "parity",
        title: "How one group of persons compares with another, for each place and year that has both.",
        columns: [
            Column("indicator", .text, definition: "The catalogue's id of what is compared.", isKey: true),
            Column("numerator", .text, definition: "The group above the line: women of women / men.", isKey: true),
            Column("denominator", .text, definition: "The group below the line.", isKey: true),
            Column("place", .text, definition: "The code of the place, or of the country as a whole.", isKey: true),
            Column("year", .integer, unit: "year", definition: "The year of both, Common Era.", isKey: true),
            Column("country", .text, definition: "The code of the place's country."),
            Column("level", .text, definition: "The level of the place."),
            Column("value_numerator", .number, unit: "indicator", definition: "The value of the group above the line."),
            Column(
                "value_denominator",
                .number,
                unit: "indicator",
                definition: "The value of the group below the line."
            ),
            Column(
                "parity",
                .number,
                unit: "1",
                definition:
                    "value_numerator / value_denominator, not capped: above 1 where the numerator's is higher, whichever"
                    + " direction is good. Empty where the denominator's is 0 or either is negative.",
                source: "UNESCO Institute for Statistics, gender parity index (GPI)."
            ),
            Column(
                "parity_adjusted",
                .number,
                unit: "1",
                definition: "parity up to 1, else 2 - 1 / parity: as far from 1 whichever group is ahead, from 0 to 2.",
                source: "UNESCO Institute for Statistics, adjusted gender parity index (GPIA)."
            ),
            Column(
                "difference",
                .number,
                unit: "indicator",
                definition: "value_numerator - value_denominator, whichever direction is good."
            ),
            Column(
                "parity_low",
                .number,
                unit: "1",
                definition: "The lower bound of the 95 percent interval of parity" + interval,
                source: "Delta method; Katz et al. (1978), Biometrics 34(3), 469-474."
            ),
            Column(
                "parity_high",
                .number,
                unit: "1",
                definition: "The upper bound of the 95 percent interval of parity" + interval,
                source: "Delta method; Katz et al. (1978), Biometrics 34(3), 469-474."
            ),
            Column(
                "year_benchmark",
                .integer,
                unit: "year",
                definition:
                    "The year of parity_benchmark: the nearest allowed, of equals the later; empty where none is."
            ),
            Column(
                "parity_benchmark",
                .number,
                unit: "1",
                definition: "The parity of the reference country as a whole, to read the row's beside it."
            ),
            Column(
                "status",
                .text,
                definition: "SDMX CL_OBS_STATUS, the more telling of the two values' in the order U I B W E P A."
            ),
            Column("grade", .text, definition: "The worse grade of the two values."),
            Column("unit", .text, definition: "The unit of the values."),
            Column("direction", .text, definition: "Whether a higher or a lower value is better, or none."),
        ]
    )

    private static let interval =
        ": parity x exp(-+ 1.96 s), s^2 the sum of the two squared relative standard errors, the groups taken as independent"
        + " samples. Empty without both errors, or where a value is 0."
}
