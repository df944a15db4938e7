internal import Ingest
internal import Publish

extension Summary.Input {
    /// An input with what the metadata of its first source in the pipeline file say of it.
    init(_ input: RunReport.Input, among sources: [PipelineDescription.SourceDescription]) {
        // By position: only what is looked at is copied.
        let told = sources.indices.first { sources[$0].source.file == input.file && sources[$0].metadata != nil }
        let metadata = told.flatMap { sources[$0].metadata }
        self.init(
            file: input.file,
            grade: input.grade,
            tally: input.tally,
            metadata: metadata.map(Summary.Metadata.init)
        )
    }
}

extension Summary.Metadata {
    fileprivate init(_ metadata: SourceMetadata) {
        self.init(
            title: metadata.title,
            publisher: metadata.publisher,
            table: metadata.table,
            years: metadata.years,
            licence: metadata.licence,
            source: metadata.source,
            retrievedFrom: metadata.retrievedFrom
        )
    }
}
