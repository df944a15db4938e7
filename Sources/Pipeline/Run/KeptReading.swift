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
    /// As written.
    private let catalogues: [String]
    private let paths: Paths

    /// - Parameters:
    ///   - source: An entry of `sources:`.
    ///   - description: The pipeline.
    ///   - work: What an earlier run may have read already.
    init(_ source: PipelineDescription.SourceDescription, of description: PipelineDescription, _ work: EarlierWork) {
        self.source = source
        self.work = work
        catalogues = description.outline.catalogues
        paths = description.paths
    }

    /// The reading: that of an earlier run where file, declaration and catalogue are what they were, and the same added it up.
    func ingested(
        _ read: () throws(RunFailure) -> IngestedSource
    ) throws(RunFailure) -> IngestedSource {
        if let engine = source.records?.engine { return try summed(by: engine.name, read) }
        guard let data = work.inputs(source.files), data.bytes >= Self.leastBytes,
            let question = question("reading 2", data.hashes)
        else { return try read() }
        let memo = work.memo(of: "ingest")
        if let answer = memo.recall(question), let kept = IngestedSource(kept: answer) { return kept }
        let ingested = try read()
        if data.bytes >= ingested.values.count * Self.leastBytesForEachValue { memo.keep(question, ingested.kept) }
        return ingested
    }

    /// What an engine added up is kept in any case: it is dear, and the figures of the run are explained by it. What lies at an
    /// address may have changed since, so that only the run itself is explained by what was read of it.
    private func summed(
        by engine: String,
        _ read: () throws(RunFailure) -> IngestedSource
    ) throws(RunFailure) -> IngestedSource {
        let addresses = source.files.filter(Paths.isAddress)
        guard let data = work.inputs(source.files.filter { !Paths.isAddress($0) }),
            let question = question("reading 2 by \(engine)", data.hashes + addresses)
        else { return try read() }
        let isStanding = addresses.isEmpty || work.isOfLandedRun
        let memo = isStanding ? work.memo(of: "ingest") : work.memoOfThisCommand()
        if let answer = memo.recall(question), let kept = IngestedSource(kept: answer) { return kept }
        let ingested = try read()
        memo.keep(question, ingested.kept)
        return ingested
    }

    private func question(_ kind: String, _ data: [String]) -> [UInt8]? {
        guard let looked = work.inputs(catalogues.map(paths.name)) else { return nil }
        var writer = MemoWriter()
        writer.append(kind)
        writer.append(source.entry.digest)
        writer.append(data)
        writer.append(looked.hashes)
        return writer.bytes
    }
}
