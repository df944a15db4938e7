internal import Check
internal import Harmonise
internal import Indicators
internal import Ingest
internal import Publish

extension Problem {
    init(_ error: IngestError) {
        self.init(
            file: error.file,
            place: error.line > 0 ? TextPlace(line: error.line, column: max(1, error.column)) : nil,
            problem: error.problem,
            expected: error.expected,
            found: error.found,
            hint: error.hint
        )
    }

    /// A finding that the pipeline or its code calls an error.
    init(_ finding: Finding) {
        self.init(
            file: finding.file.isEmpty ? "pipeline" : finding.file,
            place: finding.line > 0 ? TextPlace(line: finding.line, column: 1) : nil,
            problem: finding.code + (finding.column.isEmpty ? "" : " in column \(Printable.quoted(finding.column))"),
            expected: finding.expected,
            found: finding.found.isEmpty ? "" : Printable.quoted(finding.found),
            hint: finding.hint
        )
    }
}

extension Problem {
    init(_ error: HarmoniseError) {
        switch error {
        case .missingColumn(let file, let column, let header):
            self.init(
                file: file,
                place: TextPlace(line: 1, column: 1),
                problem: "no column \(Printable.quoted(column))",
                expected: "a header with it",
                found: header.map { Printable.quoted($0) }.joined(separator: ", "),
                hint: Indicators.hint(for: column, among: header)
            )
        case .noPlaces(let file):
            self.init(file: file, problem: "no places", expected: "at least one row with a code, country and level")
        }
    }

    init(_ error: CheckError) {
        self.init(
            file: error.file,
            place: error.line > 0 ? TextPlace(line: error.line, column: error.column) : nil,
            problem: error.problem,
            expected: error.expected,
            found: error.found,
            hint: error.hint
        )
    }
}
