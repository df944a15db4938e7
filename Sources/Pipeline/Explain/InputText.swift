internal import Compose
internal import Foundation
internal import Indicators
internal import Ingest

/// Looks things up in the input files that are no figures: the gazetteer's rows and the catalogue's entries.
final class InputText {
    private let description: PipelineDescription
    private lazy var places = readPlaces()
    private lazy var catalogue = readCatalogue()

    init(_ description: PipelineDescription) {
        self.description = description
    }

    /// Where a column of a place's row stands.
    func place(_ code: String, column: String) -> Explanation.FilePlace {
        let file = description.paths.name(of: description.gazetteer.places)
        guard let places, let codes = places.column("code"), let field = places.column(column),
            let row = places.rows.first(where: { $0.fields[codes] == code })
        else { return Explanation.FilePlace(file: file, line: 0, text: code) }
        return Explanation.FilePlace(
            file: file,
            line: row.line,
            record: row.record,
            field: field + 1,
            column: column,
            text: row.fields[field]
        )
    }

    /// Where the entry of an indicator stands.
    func indicator(_ id: String) -> Explanation.FilePlace {
        catalogue[id] ?? ofIndex(id) ?? Explanation.FilePlace(file: "", line: 0, text: id)
    }

    /// Where an index or a node of one stands in the pipeline file.
    private func ofIndex(_ id: String) -> Explanation.FilePlace? {
        for index in description.indices {
            guard let position = index.indicators.firstIndex(where: { $0.id == id }) else { continue }
            return Explanation.FilePlace(file: index.file, line: index.tree.nodes[position].line, text: id)
        }
        return nil
    }

    private func readPlaces() -> TextTable? {
        let written = description.gazetteer.places
        return try? readTextTable(path: description.paths.absolute(written), file: description.paths.name(of: written))
    }

    /// The lines `id: ID` of the catalogues, which come before the sources among the inputs.
    private func readCatalogue() -> [String: Explanation.FilePlace] {
        var found: [String: Explanation.FilePlace] = [:]
        let wanted = Set(description.catalogue.indicators.map(\.id))
        for written in description.inputFiles where written.hasSuffix(".yaml") || written.hasSuffix(".yml") {
            guard found.count < wanted.count,
                let data = try? Data(contentsOf: URL(filePath: description.paths.absolute(written)))
            else { continue }
            let file = description.paths.name(of: written)
            for (index, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .enumerated()
            {
                let words = line.split { $0 == 0x20 || $0 == 0x22 || $0 == 0x27 || $0 == 0x0D || $0 == 0x2C }
                guard
                    let key = words.firstIndex(where: { $0.elementsEqual("id:".utf8) || $0.elementsEqual("{id:".utf8) }
                    ),
                    key + 1 < words.count
                else { continue }
                let id = String(decoding: words[key + 1], as: UTF8.self)
                guard wanted.contains(id), found[id] == nil else { continue }
                found[id] = Explanation.FilePlace(
                    file: file,
                    line: index + 1,
                    text: String(decoding: line, as: UTF8.self)
                )
            }
        }
        return found
    }
}
