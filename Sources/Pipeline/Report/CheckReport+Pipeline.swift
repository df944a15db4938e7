internal import Check
internal import Indicators
internal import Publish

extension CheckReport {
    /// The checks of a pipeline with their verdicts, the pipeline file named by its last part, without times.
    init(_ description: PipelineDescription, asOf: CalendarDate?, table: Table?) {
        self.init(
            pipeline: description.name,
            title: description.title,
            asOf: asOf,
            file: description.file.split(separator: "/").last.map(String.init) ?? description.file,
            checks: description.checks.map {
                CheckReport.Check(id: $0.id, metric: $0.metric, owner: $0.owner, line: $0.line, column: $0.column)
            },
            table: table
        )
    }
}
