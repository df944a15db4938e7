internal import Compare
internal import Indicators
internal import Publish

extension ReportBook {
    /// The workbook of a run.
    ///
    /// - Parameters:
    ///   - results: Of the run.
    ///   - summary: The same, as it is published.
    ///   - runHash: Of the run, as its manifest has it.
    init(_ results: Results, _ summary: Summary, runHash: String) {
        let description = results.inputs.description
        self.init(
            summary: summary,
            catalogue: description.catalogue,
            gazetteer: results.inputs.gazetteer,
            reference: description.compare.reference,
            other: description.compare.other,
            language: description.publication.language,
            file: String(description.file.split(separator: "/").last ?? ""),
            runHash: runHash,
            tool: toolVersion
        )
    }
}
