internal import Indicators
internal import Ingest

extension PipelineFile {
    /// The data file of an entry of `sources:`, and its metadata.
    func inputFiles(_ entry: Located, metadata: String?) -> [String] {
        [entry["file"]?.text].compactMap(\.self) + RecordsReader(entry: entry, paths: paths).files
            + [metadata].compactMap(\.self)
    }

    /// One entry of `sources:`, with the metadata at `metadataFile`, if it has any.
    mutating func source(
        _ entry: Located,
        metadata metadataFile: String?,
        period: ClosedRange<Int>?
    ) throws(RunFailure) -> PipelineDescription.SourceDescription {
        let reader = SourceReader(entry: entry, paths: paths)
        let problems = intervalProblems(of: entry)
        guard problems.isEmpty else { throw RunFailure(problems) }
        let metadata = try metadata(at: metadataFile)
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
            records: entry["records"] == nil
                ? nil : RecordsReader(entry: entry, paths: paths).source(file: file, engine: engine),
            options: reader.options(grade: grade, period: period),
            expectation: reader.expectation(),
            priority: entry["priority"]?.integer ?? 0,
            metadata: metadata,
            entry: entry
        )
    }

    /// What cannot be meant by the columns of limits beside a column of values.
    private func intervalProblems(of entry: Located) -> [Problem] {
        guard let layout = entry["layout"] else { return [] }
        let values = [layout] + (layout["columns"]?.entries ?? []).map(\.value)
        return values.compactMap { value in
            func problem(_ key: String, _ words: String, _ expected: String) -> Problem? {
                value[key].map { Problem(file: file, place: $0.place, problem: words, expected: expected, found: key) }
            }
            switch (value["low"], value["high"]) {
            case (.some, .some):
                return problem("standard_error", "errors told twice", "standard_error, or low and high")
            case (.some, nil): return problem("low", "a limit without the other", "low and high")
            case (nil, .some): return problem("high", "a limit without the other", "low and high")
            case (nil, nil):
                return problem("confidence", "nothing to hold for", "low and high beside it")
                    ?? problem("interval_scale", "nothing to hold for", "low and high beside it")
            }
        }
    }

    private func metadata(at written: String?) throws(RunFailure) -> SourceMetadata? {
        guard let written else { return nil }
        let (name, path) = paths.place(of: written)
        return try MetadataFile.read(path: path, file: name)
    }

    /// The metadata that the entry names, or those beside its file, `nil` where there are none.
    func metadataFile(of entry: Located) -> String? {
        if let written = entry["metadata"]?.text { return written }
        guard let data = entry["file"]?.text ?? RecordsReader(entry: entry, paths: paths).files.first else {
            return nil
        }
        let beside = MetadataFile.path(beside: data)
        guard case .regular = FileKind(of: paths.absolute(beside)) else { return nil }
        return beside
    }
}
