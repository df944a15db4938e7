internal import Indicators
internal import Ingest

/// What a source came to, kept so that a run reads only the large files that changed.
struct KeptReading {
    /// Below this size a file is read again in less time than it takes to find out what it came to.
    private static let leastBytes = 1 << 20
    /// Of a file that is not much larger than what it came to, the same is true.
    private static let leastBytesForEachValue = 1_000

    private let source: PipelineDescription.SourceDescription
    private let work: EarlierWork
    private let catalogue: [String]

    /// - Parameters:
    ///   - source: An entry of `sources:`.
    ///   - description: The pipeline.
    ///   - work: What an earlier run may have read already.
    init(_ source: PipelineDescription.SourceDescription, of description: PipelineDescription, _ work: EarlierWork) {
        self.source = source
        self.work = work
        catalogue = description.outline.catalogues.map(description.paths.name)
    }

    /// The reading: that of an earlier run where file, declaration and catalogue are what they were.
    func ingested(
        _ read: () throws(RunFailure) -> IngestedSource
    ) throws(RunFailure) -> IngestedSource {
        guard let data = work.inputs(source.files), data.bytes >= Self.leastBytes,
            let looked = work.inputs(catalogue)
        else { return try read() }
        var writer = MemoWriter()
        writer.append("reading 1")
        writer.append(source.entry.digest)
        writer.append(data.hashes)
        writer.append(looked.hashes)
        let question = writer.bytes
        let memo = work.memo(of: "ingest")
        if let answer = memo.recall(question), let kept = IngestedSource(kept: answer) { return kept }
        let ingested = try read()
        if data.bytes >= ingested.values.count * Self.leastBytesForEachValue { memo.keep(question, ingested.kept) }
        return ingested
    }
}
