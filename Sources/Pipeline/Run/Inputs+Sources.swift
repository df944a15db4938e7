internal import Cores
internal import Harmonise
internal import Indicators
internal import Ingest

extension Inputs {
    /// Fewer bytes in all are read in less time by one thread.
    private static let bytesWorthThreads = 1 << 18

    /// Reads the sources, each by itself. Files of records are on all cores already, one after the other.
    static func ingest(
        _ description: PipelineDescription,
        _ work: EarlierWork?
    ) throws(RunFailure) -> [IngestedSource] {
        let sources = description.sources
        let bytes = sources.reduce(0) { $0 + (work?.inputs($1.files)?.bytes ?? 0) }
        let isWorthIt = bytes > bytesWorthThreads && sources.allSatisfy { $0.records == nil }
        @Sendable func read(_ source: PipelineDescription.SourceDescription) throws(RunFailure) -> IngestedSource {
            guard let work else { return try source.ingested(description.catalogue) }
            return try KeptReading(source, of: description, work).ingested { () throws(RunFailure) in
                try source.ingested(description.catalogue)
            }
        }
        var ingested: [IngestedSource] = []
        guard isWorthIt else {
            // One that cannot be read ends it: the next may be gigabytes.
            for source in sources { ingested.append(try read(source)) }
            return ingested
        }
        let results = onAllCores(sources.count, isWorthIt: true) { position in
            Result { () throws(RunFailure) in try read(sources[position]) }
        }
        for result in results { ingested.append(try result.get()) }
        return ingested
    }

    /// Fewer values in all are harmonised in less time by one thread.
    private static let valuesWorthThreads = 10_000

    /// Harmonises the sources: first those that hold a denominator, one after the other, so that the totals of the others can
    /// be weighted; then the others, each by itself.
    static func harmonise(
        _ ingested: [IngestedSource],
        _ description: PipelineDescription,
        _ names: PlaceNames
    ) -> [HarmonisedSource] {
        var weights = DenominatorValues(of: description.catalogue)
        let holdsDenominator = ingested.map { source in weights.areAmong(source.values) }
        @Sendable func harmonised(_ index: Int, _ weights: DenominatorValues) -> HarmonisedSource {
            Harmonise.harmonise(
                ingested[index].values,
                options: description.sources[index].options,
                names: names,
                catalogue: description.catalogue,
                weights: { weights.value(of: $0, at: $1, in: $2) }
            )
        }
        var sources = [HarmonisedSource?](repeating: nil, count: ingested.count)
        for index in ingested.indices where holdsDenominator[index] {
            let source = harmonised(index, weights)
            weights.add(source.observations)
            sources[index] = source
        }
        let others = ingested.indices.filter { !holdsDenominator[$0] }
        let isWorthIt = others.reduce(0) { $0 + ingested[$1].values.count } > valuesWorthThreads
        let made = onAllCores(others.count, isWorthIt: isWorthIt) { [weights] in harmonised(others[$0], weights) }
        for (index, source) in zip(others, made) { sources[index] = source }
        return sources.compactMap { $0 }
    }
}

extension PipelineDescription.SourceDescription {
    /// Reads the source.
    fileprivate func ingested(_ catalogue: Catalogue) throws(RunFailure) -> IngestedSource {
        if let records { return try records.aggregated() }
        do {
            return try ingest(source) { catalogue[$0] }
        } catch {
            throw RunFailure(Problem(error))
        }
    }
}
