package import Indicators
internal import Workbook

/// What `workbook.xlsx` is made of: a run, and what its figures are called.
///
/// A sheet for each table that is published, in the order in which they are read, behind a cover, a summary and two
/// sheets of charts; behind them what each column means and where the figures come from. A table that the pipeline did
/// not ask for has no sheet.
package struct ReportBook: Sendable {
    package var summary: Summary
    package var catalogue: Catalogue
    package var gazetteer: Gazetteer
    /// The code of the country that the other is measured against.
    package var reference: String
    package var other: String
    /// In which sheets, headings and names of places stand.
    package var language: Language
    /// As the reader would have to write the pipeline file in a command.
    package var file: String
    /// By which the run can be found again; empty where it has none.
    package var runHash: String
    package var tool: String

    package init(
        summary: Summary,
        catalogue: Catalogue,
        gazetteer: Gazetteer,
        reference: String,
        other: String,
        language: Language = .english,
        file: String = "",
        runHash: String = "",
        tool: String = ""
    ) {
        self.summary = summary
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        self.reference = reference
        self.other = other
        self.language = language
        self.file = file
        self.runHash = runHash
        self.tool = tool
    }
}

extension ReportBook {
    /// The name of the file.
    package static let path = "workbook.xlsx"

    /// `workbook.xlsx`. The same run gives the same bytes; the day on which it was made is `as_of`.
    package var artefact: Artefact {
        Artefact(path: Self.path, begunBy: { (target: String) throws(PublishError) in try begin(at: target) })
    }

    /// Writes the workbook.
    ///
    /// - Parameter path: Where it is to stand. Its folder takes nameless files as long as it is written.
    /// - Throws: An error that names ``path``; what was written is of no use.
    package func write(to path: String) throws(PublishError) {
        try begin(at: path)()
    }

    /// Writes the sheets, each to a nameless file beside `path`.
    ///
    /// - Returns: What puts them together.
    private func begin(at path: String) throws(PublishError) -> Artefact.Ending {
        do throws(WorkbookWritingError) {
            let writer = try BookWriter(self, path: path)
            try writer.writeSheets()
            return { () throws(PublishError) in
                do throws(WorkbookWritingError) { try writer.file.close() } catch { throw PublishError(error) }
            }
        } catch {
            throw PublishError(error)
        }
    }
}

extension PublishError {
    init(_ error: WorkbookWritingError) {
        switch error {
        case .system(let code): self.init(path: ReportBook.path, code: code)
        case .cut(let part): self.init(path: ReportBook.path, problem: .cut(part))
        case .library(let reason): self.init(path: ReportBook.path, problem: .system(reason))
        }
    }
}
