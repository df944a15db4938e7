import Indicators
import Publish

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
        Field("normalise", .record(NormaliseShape.section), "Which denominators and scales to apply."),
        Field("index", .oneOrMany(.record(IndexShape.index)), "Which indices to put together of the scores."),
        Field("compare", .record(CompareShape.section), "Which comparisons to make."),
        Field("targets", .oneOrMany(Forms.path), "Files of targets: what plans want, of whom, by when."),
        Field("activities", .oneOrMany(Forms.path), "Registers of what the two countries did together."),
        Field("checks", .list(.record(CheckShape.entry)), "Thresholds on results."),
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

    private static let publish = [
        Field("to", Forms.path, required: true, "The folder of the outputs."),
        Field("formats", .list(.choice(Format.allCases.map(\.rawValue))), "Which forms; csv and json."),
        Field("languages", .list(.choice(Language.allCases.map(\.rawValue))), "Which languages, the first by default."),
        Field("boundaries", Forms.path, "With html: a GeoJSON file of the places' outlines, for a map of shapes."),
        Field("excel", .boolean, "CSV with a byte order mark and CRLF, for spreadsheets."),
        Field("decimal_comma", .boolean, "With excel: a comma in numbers."),
        Field("semicolon", .boolean, "With excel: a semicolon between fields."),
    ]
}
