import Indicators
internal import Ingest

/// The shape of one entry of `sources:`.
enum SourceShape {
    static let entry = Shape.recordWithOneOf(
        [["file", "layout"], ["records"]],
        reading + meaning + [
            Field("file", Forms.path, "The file to read; needed unless there is `records`."),
            Field(
                "records",
                RecordsShape.section,
                "In place of file and layout: files of records, and what to make of them."
            ),
            Field("metadata", Forms.path, "Its metadata; NAME.meta.yaml beside it where there is one."),
            Field(
                "grade",
                .choice(Grade.allCases.map(\.rawValue)),
                "How far it can be trusted; else its metadata say."
            ),
            Field("priority", .integer(-1000...1000), "Which source wins where two have a value; 0."),
            Field(
                "layout",
                layout,
                "Where in the file the places, years and values are; needed unless there is `records`."
            ),
            Field("expect", .record(expect), "What the file should hold."),
        ]
    )

    private static let reading = [
        Field(
            "encoding",
            .choice(["auto", "utf-8", "utf-16", "utf-16le", "utf-16be", "windows-874", "tis-620"]),
            "How its bytes spell text; auto."
        ),
        Field("sheet", .text, "Of a workbook (.xlsx): the sheet that is meant; the only one where absent."),
        Field("range", cellRange, "Of a workbook: which cells of the sheet count, A5:F90, A:F or 5:90; all."),
        Field(
            "delimiter",
            .choice(["auto", "comma", "semicolon", "tab", "pipe"]),
            "What stands between fields; auto."
        ),
        Field("quotes", .choice(["strict", "lenient"]), "Whether a stray quotation mark is an error; strict."),
        Field("skip", .integer(0...1000), "Lines before the header; found by its words where absent."),
        Field("header", .integer(0...20), "Records of the header; found where absent."),
        Field("until", .text, "The place text of the first record that is no data."),
        Field("fill_down", .list(.text), "Columns in which a blank repeats the cell above."),
        Field("where", .map(.oneOrMany(.text)), "Only records in which these columns hold these texts."),
        Field("missing", .list(.text), "Texts that stand for a missing value."),
        Field(
            "thousands",
            .choice(["comma", "point", "space", "apostrophe", "none"]),
            "Between groups of three; comma."
        ),
        Field("decimal", .choice(["point", "comma", "either"]), "Before the decimals; point."),
        Field("unit", .text, "The unit that the file states; with % its values may bear percent signs."),
        Field("blank_place", .choice(["refused", "country"]), "What a row without a place is; refused."),
        Field("footnotes", .list(.text), "Marks to take off: *, a), [1]."),
        Field(
            "limits",
            .record([
                Field("record_bytes", .integer(1...(1 << 40)), "The longest record; 16 MiB."),
                Field("columns", .integer(1...10_000_000), "The most columns; 16,384."),
                Field("entries", .integer(1...10_000_000), "The most files in a workbook's archive; 10,000."),
                Field("part_bytes", .integer(1...(1 << 40)), "The longest of them once unfolded; 512 MiB."),
                Field("expansion", .integer(1...10_000), "How many times its packed size that may be; 200."),
            ]),
            "How much is too much."
        ),
    ]

    private static let cellRange = Shape.text(
        matching: "a part of a sheet such as A5:F90, A:F or 5:90",
        #"^(\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}:\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6})$"#
    ) { isCellRange($0) }

    private static let meaning = [
        Field("indicator", Forms.identifier, "The indicator of the whole file."),
        Field("indicators", .map(Forms.identifier), "Texts of the indicator column, and what each is."),
        Field("group", .text, "Whom the whole file counts; total."),
        Field("groups", .map(.text), "Texts of the group column, and what each is."),
        Field("country", .text, "The country of the whole file."),
        Field("year", .text, "The year of the whole file, in its own calendar."),
        Field(
            "part_of_year",
            .record([
                Field("column", column, required: true, "The column of the month or quarter."),
                Field("unit", .choice(["month", "quarter"]), required: true, "Which of the two it is."),
            ]),
            "Where the month or quarter stands in a column of its own."
        ),
        Field("calendar", .choice(["auto", "buddhist", "common"]), "Which years its numbers are; auto, by range."),
        Field("sub_annual", .choice(["sum", "mean", "last"]), "How months and quarters become years."),
        Field("level", Forms.identifier, "The level of its places, where names alone could mislead."),
        Field("levels", .list(Forms.identifier), "The levels whose rows are wanted."),
        Field(
            "retabulated",
            .either(scalar: .choice(["evident", "all"]), other: .list(.text)),
            "Which values from before a place was there the source worked out later: evident, all, or their places."
        ),
        Field(
            "status",
            .choice(["normal", "estimated", "provisional", "unreliable"]),
            "What the source says of all its values; normal."
        ),
        Field(
            "markers",
            .map(.choice(["missing", "suppressed", "unreliable", "impossible"])),
            "Missing markers that mean more than missing."
        ),
        Field("countries", .list(.text), "The countries wanted; the others are set aside."),
        Field("factor", .number(-1e15...1e15), "What to multiply its values by to get the catalogue's unit."),
        Field(
            "totals_within",
            .record([
                Field("sum", .number(0...1_000), "For sums, in percent; 0.5."),
                Field("mean", .number(0...1_000), "For means, in percent; 5."),
            ]),
            "How far a published total may be from its parts."
        ),
    ]

    /// A column: by its header, or by its number as `#3`.
    private static let column = Shape.text

    private static let place = [
        Field("place", column, "The column of the place's name."),
        Field("place_code", column, "The column of the place's code."),
        Field("country", column, "The column of the country."),
    ]
    private static let year = Field("year", column, "The column of the year.")
    private static let group = Field("group", column, "The column that says whom a value counts.")
    private static let indicator = Field("indicator", column, "The column that says what a value measures.")

    private static let headings = Field(
        "headings",
        .map(.either(scalar: Forms.identifier, other: .record(headingMeaning))),
        "In a header of several rows: what a part of it says of the columns under it."
    )

    private static let layout = Shape.variant(
        key: "form",
        choices: [
            (
                "long",
                place + [
                    year, group, indicator,
                    Field("value", column, required: true, "The column of the values."),
                    Field("standard_error", column, "The column of their standard errors."),
                ] + interval
            ),
            (
                "years-across",
                place + [
                    group, indicator, headings,
                    Field("years", .map(.text), "The year of columns whose header does not tell it."),
                ]
            ),
            (
                "indicators-across",
                place + [
                    year, group,
                    Field(
                        "columns",
                        .map(.either(scalar: Forms.identifier, other: .record(columnMeaning))),
                        required: true,
                        "Each column of values, and its indicator."
                    ),
                ]
            ),
            (
                "places-across",
                [
                    year, group, indicator, headings,
                    Field("ignoring", .oneOrMany(column), "The columns that are no places."),
                ]
            ),
        ]
    )

    private static let columnMeaning =
        headingMeaning + [
            Field("standard_error", column, "The column of its standard errors.")
        ] + interval

    private static let interval = [
        Field("low", column, "The column of the lower confidence limits, where there are no standard errors."),
        Field("high", column, "The column of the upper confidence limits."),
        Field(
            "confidence",
            .number(0.5...0.9999),
            "With which probability the limits hold the figure; 0.95. Two standard errors on either side are 0.9545."
        ),
        Field(
            "interval_scale",
            .choice(IntervalScale.allCases.map(\.rawValue)),
            "On which scale the limits lie as far below the value as above: linear, the logit of a share, log; linear."
        ),
    ]

    private static let headingMeaning = [
        Field("indicator", Forms.identifier, "What it measures."),
        Field("group", .text, "Whom it counts."),
    ]

    private static let expect = [
        Field("values", .integer(0...1_000_000_000), "How many values it has."),
        Field("places", .integer(0...1_000_000), "How many places it has."),
        Field("max_age", Forms.age, "How old its latest year may be: 3y."),
    ]
}
