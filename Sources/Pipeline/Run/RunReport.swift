package import Indicators
internal import Publish

/// What a command asks of a pipeline.
package struct RunOrder: Sendable {
    /// The path of the pipeline file.
    package var pipeline: String
    /// The day on which freshness is judged; else the pipeline file's, else today in UTC.
    package var asOf: CalendarDate?
    /// The language in which people read the outputs first; else the first that the pipeline file names.
    package var language: Language?
    /// The folder that no path may leave.
    package var confinement: String?
    /// The reports that will be written of it, looked at before the work begins.
    package var reports: [ReportOrder]
    /// Who adds up files of records, in a run; `nil` for `divide` itself.
    package var engine: SparkEngine?
    /// Whether someone will read of the checks even where nothing changed.
    package var needsChecks = false
    /// Whether to run even where nothing changed.
    package var isForced = false
    /// What this command worked out before the run.
    var done: EarlierWork?
    /// How many seconds to wait for another run of this pipeline to end; 0 for not at all.
    package var patience = 0.0
    /// How many of the pipeline's runs to keep in the store; `nil` for all.
    package var keep: Int?
    /// Who may ask the run to end.
    package var interruption = Interruption()
    /// Called with the name of each stage once it is done, on whatever thread the run is.
    package var onStage: @Sendable (String) -> Void = { _ in }
    /// Called once if another run is at work and this one waits.
    package var onWaiting: @Sendable (LockHolder) -> Void = { _ in }

    package init(
        pipeline: String,
        asOf: CalendarDate? = nil,
        confinement: String? = nil,
        reports: [ReportOrder] = []
    ) {
        self.pipeline = pipeline
        self.asOf = asOf
        self.confinement = confinement
        self.reports = reports
    }
}

/// How a run ended, for the command line to tell.
package struct RunReport: Sendable {
    /// One file and what became of its values.
    package struct Input: Sendable {
        package var file: String
        /// Encoding, delimiter, header: how the file turned out to be made.
        package var form: String
        package var grade: Grade
        package var tally: Tally
        /// All records, those of titles and header too.
        package var records = 0
        /// How many of its values are of the same place, year and group as another.
        package var duplicates = 0
    }

    package var pipeline: String
    package var inputs: [Input] = []
    /// In canonical order, severities overridden.
    package var findings: [Finding] = []
    /// The table of verdicts, `nil` where no check ran.
    package var checks: Table?
    /// What the comparisons came to, in short; `nil` where none was made.
    package var gaps: GapOverview? {
        get { overview() }
        set { overview = { newValue } }
    }
    /// Makes ``gaps`` once someone asks: whoever is to be told nothing needs none.
    var overview: @Sendable () -> GapOverview? = { nil }
    /// The worst that the checks say, `nil` where no check ran.
    package var verdict: Verdict?
    /// The stages that ran, in order.
    package var stages: [(name: String, seconds: Double)] = []
    /// The folder of the outputs, from the working directory; `nil` where none were written.
    package var destination: String?
    /// What reports tell of its checks.
    var checkReport: CheckReport
    /// Why each stage ran, in their order.
    package var reasons: [StageReason] = []
    /// When the run ended whose outputs stand there, where nothing changed since and nothing ran; else `nil`.
    package var unchangedSince: String?
    /// What went wrong once the outputs stood: no failure of the run.
    package var troubles: [Finding] = []
    /// What the run worked with, which goes when the report does: a process that ends with it need not take it apart.
    var remains: [any Sendable] = []

    package init(pipeline: String) {
        self.pipeline = pipeline
        checkReport = CheckReport(pipeline: pipeline, file: "")
    }
}
