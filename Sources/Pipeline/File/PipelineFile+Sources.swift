internal import Indicators
internal import Ingest

extension PipelineFile {
    /// The data file of an entry of `sources:`, and its metadata.
    func inputFiles(_ entry: Located) -> [String] {
        [entry["file"]?.text].compactMap(\.self) + RecordsReader(entry: entry, paths: paths).files
            + [metadataFile(of: entry)].compactMap(\.self)
    }

    /// One entry of `sources:`, with its metadata.
    mutating func source(
        _ entry: Located,
        period: ClosedRange<Int>?
    ) throws(RunFailure) -> PipelineDescription.SourceDescription {
        let reader = SourceReader(entry: entry, paths: paths)
        let metadata = try metadata(of: entry)
        guard let grade = entry["grade"]?.text.flatMap(Grade.init) ?? metadata?.grade else {
            throw RunFailure(
                Problem(
                    file: file,
                    place: entry.place,
                    problem: "a source without a grade",
                    expected: "grade: " + Grade.allCases.map(\.rawValue).joined(separator: ", "),
                    found: "none here, and no metadata beside the file",
                    hint: "a number is worth what its source is worth: say it"
                )
            )
        }
        return PipelineDescription.SourceDescription(
            source: reader.source(),
            records: entry["records"] == nil ? nil : RecordsReader(entry: entry, paths: paths).source(),
            options: reader.options(grade: grade, period: period),
            expectation: reader.expectation(),
            priority: entry["priority"]?.integer ?? 0,
            metadata: metadata,
            entry: entry
        )
    }

    private func metadata(of entry: Located) throws(RunFailure) -> SourceMetadata? {
        guard let written = metadataFile(of: entry) else { return nil }
        return try MetadataFile.read(path: paths.absolute(written), file: paths.name(of: written))
    }

    /// The metadata that the entry names, or those beside its file, `nil` where there are none.
    private func metadataFile(of entry: Located) -> String? {
        if let written = entry["metadata"]?.text { return written }
        guard let data = entry["file"]?.text ?? RecordsReader(entry: entry, paths: paths).files.first else {
            return nil
        }
        let beside = MetadataFile.path(beside: data)
        guard case .regular = FileKind(of: paths.absolute(beside)) else { return nil }
        return beside
    }
}
