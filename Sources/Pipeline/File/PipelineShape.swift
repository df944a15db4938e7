internal import Check
import Indicators

/// The shape of a pipeline file: every key that there is, with the sentence that explains it.
enum PipelineShape {
    static let file = Shape.record([
        Field("pipeline", Forms.pipelineName, required: true, "The pipeline's name."),
        Field("title", .localised, "What the pipeline is called on its outputs."),
        Field("gazetteer", .record(gazetteer), required: true, "The places, their names and their changes."),
        Field("catalogue", .oneOrMany(Forms.path), required: true, "The catalogue of indicators."),
        Field("aliases", .oneOrMany(Forms.path), "Names that the gazetteer does not have: see divide match."),
        Field("period", Forms.period, "The first and the last year wanted."),
        Field("as_of", Forms.date, "The day on which freshness is judged; today where absent."),
        Field("sources", .list(SourceShape.entry), required: true, "The files to read."),
        Field("validate", .record(validate), "How the values are judged."),
        Field("normalise", .record(normalise), "Which denominators and scales to apply."),
        Field("compare", .record(compare), "Which comparisons to make."),
        Field("checks", .list(.record(check)), "Thresholds on results."),
        Field("publish", .record(publish), required: true, "Where the outputs go, and in which forms."),
    ])

    private static let gazetteer = [
        Field("places", Forms.path, required: true, "Codes, levels and names of the places."),
        Field("names", Forms.path, "Every spelling in use, with the code that it means."),
        Field("changes", Forms.path, "Splits, mergers, re-creations and changed codes, with dates."),
    ]

    private static let validate = [
        Field(
            "severity",
            .map(.choice(["off"] + Finding.Severity.allCases.map(\.rawValue))),
            "Another severity for a finding's code; off leaves it out."
        ),
        Field("jump_factor", .number(1...1e9), "From one year to the next, values may grow or shrink by this factor."),
        Field(
            "rules",
            .map(
                .record([
                    Field("minimum", .number(-1e300...1e300), "A value below is refused."),
                    Field("maximum", .number(-1e300...1e300), "A value above is refused."),
                    Field("jump_factor", .number(1...1e9), "Another factor than the general one."),
                ])
            ),
            "What holds for an indicator besides the rules for its kind."
        ),
    ]

    private static let normalise = [
        Field("denominator", .list(.record(denominator)), "New indicators: one divided by another."),
        Field("scale", .oneOrMany(scale), "Scores of the indicators."),
    ]

    private static let denominator = [
        Field("id", Forms.identifier, required: true, "The catalogue's indicator that comes of it."),
        Field("of", Forms.identifier, required: true, "The indicator to divide."),
        Field("by", Forms.identifier, "The indicator to divide by, or area; absent for a share of the total."),
        Field("per", .number(1e-9...1e12), "How many of the denominator: 1, 100, 1000, 100000; 1."),
        Field(
            "share_of",
            .choice(["country", "region"]),
            "Instead of by: the percentage of the total of the country or region."
        ),
        Field("years", .choice(["same", "nearest", "latest-before"]), "Which year of the denominator may serve."),
        Field("within", .integer(0...100), "How many years away it may be."),
        Field("year", .integer(1000...2999), "The one year of the denominator for all."),
    ]

    private static let scaleCommon = [
        Field("indicators", .oneOrMany(Forms.identifier), "Which indicators; absent for all that have a direction."),
        Field("within", .choice(["pooled", "country"]), "Whether both countries share one scale."),
        Field(
            "limits",
            .either(
                scalar: .text(matching: "each-year, whole-panel or a year", "^(each-year|whole-panel|[0-9]{4})$") {
                    $0 == "each-year" || $0 == "whole-panel" || ($0.utf8.count == 4 && Int($0) != nil)
                },
                other: .text
            ),
            required: true,
            "Which years give the limits; scores of different years can be compared unless it is each-year."
        ),
        Field("level", Forms.identifier, "The level of the places that are scaled; province where absent."),
    ]

    private static let scale = Shape.variant(
        key: "method",
        choices: [
            (
                "min-max",
                scaleCommon + [Field("to", .list(.number(-1e9...1e9)), "The scores of worst and best; [0, 1].")]
            ),
            (
                "z-score",
                scaleCommon + [
                    Field("mean", .number(-1e9...1e9), "The mean of the scores; 0."),
                    Field("deviation", .number(0...1e9), "Their standard deviation; 1."),
                ]
            ),
            (
                "goalposts",
                scaleCommon + [
                    Field("goalposts", .map(.record(goalpost)), required: true, "The goalposts of each indicator."),
                    Field("to", .list(.number(-1e9...1e9)), "The scores of worst and best; [0, 1]."),
                ]
            ),
            (
                "rank",
                scaleCommon + [
                    Field(
                        "ties",
                        .choice(["competition", "average", "maximum", "dense", "ordinal"]),
                        "What equal values get; competition."
                    ),
                    Field("from", .choice(["worst", "best"]), "Which end has the rank 1; worst."),
                ]
            ),
            (
                "percentile-rank",
                scaleCommon + [
                    Field(
                        "ties",
                        .choice(["competition", "average", "maximum", "dense", "ordinal"]),
                        "What equal values get; competition."
                    )
                ]
            ),
        ]
    )

    /// Either low and high, and the indicator's direction says which is best; or threshold and goalpost.
    private static let goalpost = [
        Field("low", .number(-1e15...1e15), "The lower of two limits."),
        Field("high", .number(-1e15...1e15), "The higher of two limits."),
        Field("threshold", .number(-1e15...1e15), "The value that scores worst."),
        Field("goalpost", .number(-1e15...1e15), "The value that scores best."),
        Field("form", .choice(["linear", "ln x", "ln(x+1)"]), "On the value or on a logarithm; linear."),
        Field("clip", .boolean, "Whether scores outside the scale are brought to its end; true."),
    ]

    private static let compare = [
        Field("reference", .text, "The country that the other is measured against; TH."),
        Field("other", .text, "The country whose lag is asked for; LA."),
        Field(
            "match_years",
            .record([Field("within", .integer(0...100), required: true, "Years apart at most; 0.")]),
            "Whether different years may be paired where no common year exists."
        ),
        Field(
            "weight_years",
            .record([Field("within", .integer(0...100), required: true, "Years apart at most; 5.")]),
            "How far from a value's year its weights may be."
        ),
        Field("minimum_coverage", .number(0...100), "Means of fewer people than this percentage are not compared."),
        Field("metrics", .list(.choice(["gaps"])), "Which tables to make; gaps."),
    ]

    private static let check = [
        Field("id", Forms.identifier, "What the check is called; its metric and number where absent."),
        Field("metric", .text, required: true, "TABLE.column: gaps.parity."),
        Field(
            "select",
            .map(.oneOrMany(.text)),
            "Key columns and what they must be: a value, a list, or latest; of places country, region, province, level."
        ),
        Field("judge", .choice(CheckRule.Quantity.allCases.map(\.rawValue)), "What the bands are about; value."),
        Field("baseline", .text, "Where changes are measured from: previous, a run, a CSV file, a folder; previous."),
        Field("count_if", .text, "Which cells count and percent count: a band, or missing."),
        Field("warn_if", .text, "A warning where it is: < 0.8, >= 5, outside 0 and 100, is behind."),
        Field("fail_if", .text, "A failure where it is."),
        Field("for", runs, "In how many runs in a row it must be there before the verdict counts; 1 run."),
        Field("owner", .text, "Who answers for it."),
        Field("message", .text, "What to tell them; {value}, {change} and key columns are filled in."),
    ]

    private static let runs = Shape.text(matching: "a number of runs such as 2 runs", "^[1-9][0-9]{0,3}( runs?)?$") {
        StageOptions.runs($0) != nil
    }

    private static let publish = [
        Field("to", Forms.path, required: true, "The folder of the outputs."),
        Field("formats", .list(.choice(["csv", "json"])), "Which forms; csv and json."),
        Field("languages", .list(.choice(Language.allCases.map(\.rawValue))), "Which languages, the first by default."),
        Field("excel", .boolean, "CSV with a byte order mark and CRLF, for spreadsheets."),
        Field("decimal_comma", .boolean, "With excel: a comma in numbers."),
        Field("semicolon", .boolean, "With excel: a semicolon between fields."),
    ]
}
