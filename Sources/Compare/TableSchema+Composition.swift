package import Indicators

extension TableSchema {
    /// `gap-composition.csv`.
    package static let gapComposition = TableSchema(
        name: "gap-composition",
        title:
            "The gap between the countries split into what comes of their composition by groups and what of the groups' rates."
            + " In the definitions c is a group's share of a country and r its rate, A the reference and B the other.",
        columns: [
            Column("indicator", .text, definition: "The catalogue's id of what is compared.", isKey: true),
            Column("groups", .text, definition: "The groups that make up a country, none twice.", isKey: true),
            Column("year_reference", .integer, unit: "year", definition: "The year of A's rates.", isKey: true),
            Column("year_other", .integer, unit: "year", definition: "The year of B's rates.", isKey: true),
            Column("component", .text, definition: "One of the groups, or all: their sum.", isKey: true),
            Column("share_reference", .number, unit: "1", definition: "c_A, from 0 to 1."),
            Column("share_other", .number, unit: "1", definition: "c_B, from 0 to 1."),
            Column(
                "rate_reference",
                .number,
                unit: "indicator",
                definition:
                    "r_A, taken from B where A has nobody of the group; in the row of all sum c_A r_A, which may differ from"
                    + " the figure that is published for the country."
            ),
            Column("rate_other", .number, unit: "indicator", definition: "r_B, likewise."),
            Column(
                "composition_effect",
                .number,
                unit: "indicator",
                definition:
                    "d (c_A - c_B) (r_A + r_B) / 2, d = 1 where higher is better and -1 where lower is: what comes of the"
                    + " shares; in the row of all the sum over the groups.",
                source: "Kitagawa (1955), Journal of the American Statistical Association 50(272), 1168-1194."
            ),
            Column(
                "rate_effect",
                .number,
                unit: "indicator",
                definition: "d (r_A - r_B) (c_A + c_B) / 2: what comes of the rates; in the row of all the sum.",
                source: "Kitagawa (1955), Journal of the American Statistical Association 50(272), 1168-1194."
            ),
            Column(
                "effect",
                .number,
                unit: "indicator",
                definition:
                    "composition_effect + rate_effect; in the row of all the gap itself, d (rate_reference - rate_other):"
                    + " positive where B is worse off."
            ),
            Column(
                "status",
                .text,
                definition: "SDMX CL_OBS_STATUS, the most telling of the rates and shares: U I B W E P A in this order."
            ),
            Column("grade", .text, definition: "The worst grade of the rates and shares."),
            Column("unit", .text, definition: "The unit of rates and effects."),
            Column("direction", .text, definition: "Whether a higher or a lower value is better."),
        ]
    )
}
