internal import Check
internal import Compare
internal import Harmonise
internal import Indicators
internal import Ingest
internal import Normalise
internal import Publish
internal import Records
internal import Validate

/// A pipeline file, read and checked: what each stage is told.
struct PipelineDescription {
    /// One entry of `sources:`.
    struct SourceDescription {
        var source: Source
        /// Where the source is files of records: what to make of them.
        var records: RecordSource?
        var options: HarmoniseOptions
        var expectation: Expectation
        var priority: Int
        var metadata: SourceMetadata?
        /// What the pipeline file says of it.
        var entry: Located

        /// Where the entry stands in the pipeline file.
        var place: TextPlace { entry.place }

        /// As origins name them.
        var files: [String] { records?.files.map(\.name) ?? [source.file] }
    }

    struct Publication {
        /// Absolute.
        var folder: String
        var formats: Set<Format>
        var dialect: CSVDialect
        /// A GeoJSON file of the places' outlines, as written; `nil` for tiles.
        var boundaries: String?
        /// Of what people read; the first is shown by default.
        var languages: [Language]

        /// In which people are spoken to where there is room for one.
        var language: Language { languages.first ?? .english }
    }

    var name: String
    var title: LocalisedText
    /// As messages name the pipeline file itself.
    var file: String
    var paths: Paths
    var gazetteer: GazetteerFiles
    var catalogue: Catalogue
    var period: ClosedRange<Int>?
    var asOf: CalendarDate?
    var sources: [SourceDescription]
    var validate: ValidateOptions
    /// By code; `nil` leaves the finding out.
    var severities: [String: Finding.Severity?]
    var normalise: NormaliseOptions
    var indices: [IndexDescription]
    var compare: CompareOptions
    var checks: [CheckRule]
    /// The files of targets, as written.
    var targetFiles: [String]
    /// The registers of activities, as written.
    var activityFiles: [String]
    var publication: Publication
    /// Every file that the run reads but the pipeline file itself, as written.
    var inputFiles: [String]
    /// Of which the run's hash is made.
    var outline: PipelineOutline
}

/// The files of a gazetteer, as the pipeline file writes them.
struct GazetteerFiles {
    var places: String
    var names: String?
    var changes: String?
    var aliases: [String]

    var all: [String] {
        [places] + [names, changes].compactMap { $0 } + aliases
    }
}
