package import Indicators

/// What `report.html` is made of: a run, and what its figures are called.
///
/// The page is a face of the tables: it shows what is there, and has no section for a table that the pipeline did not
/// ask for.
package struct ReportPage {
    package var summary: Summary
    package var catalogue: Catalogue
    package var gazetteer: Gazetteer
    /// The code of the country that the other is measured against.
    package var reference: String
    package var other: String
    /// The languages that may be chosen on the page; the first is shown until one is.
    package var languages: [Language]
    /// The outlines of the places, `nil` for the tile grid.
    package var boundaries: Boundaries?
    /// As the reader would have to write the pipeline file in a command.
    package var file: String
    /// SHA-256 of some bytes in base64, by which the page's policy knows its own style and script.
    package var digest: ([UInt8]) -> String
    /// Works out where the cells come from, roots in the order of the cells, in about so many bytes; `nil` where the page is to explain
    /// nothing.
    package var derivations: (([ShownCell], Int) -> DerivationGraph)?

    package init(
        summary: Summary,
        catalogue: Catalogue,
        gazetteer: Gazetteer,
        reference: String,
        other: String,
        languages: [Language] = Language.allCases,
        boundaries: Boundaries? = nil,
        file: String,
        digest: @escaping ([UInt8]) -> String,
        derivations: (([ShownCell], Int) -> DerivationGraph)? = nil
    ) {
        self.summary = summary
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        self.reference = reference
        self.other = other
        self.languages = languages.isEmpty ? Language.allCases : languages
        self.boundaries = boundaries
        self.file = file
        self.digest = digest
        self.derivations = derivations
    }
}

extension ReportPage {
    /// `report.html`: one file that asks for nothing outside itself, useful without a script and better with it.
    ///
    /// The same run gives the same bytes; there is no clock in it.
    /// It is made when the artefact is written.
    package var artefact: Artefact {
        // No stage writes any more into what the derivations are worked out from, and the page alone asks for them.
        nonisolated(unsafe) let page = self
        return Artefact(path: "report.html", madeBy: { unsafe page.bytes })
    }

    /// The page as UTF-8.
    package var bytes: [UInt8] {
        Array(PageWriter(self).whole().utf8)
    }
}
