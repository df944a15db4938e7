internal import Foundation
internal import Indicators
internal import Ingest

/// A run that is held against another: its manifest, and what of it can still be found.
struct ComparedRun {
    /// As the words of the command line have it.
    let word: String
    let manifest: Manifest
    /// Where its outputs lie, absolute; `nil` for a run of the history.
    let folder: String?
    /// Where what was kept of it may lie.
    var stores: [Store]
    /// Its place in the history, where that is known.
    let entry: (history: HistoryFile, id: Int64)?

    /// Where the bytes lie that were kept, `nil` where they are nowhere or no longer what they were.
    func path(of kept: Kept) -> String? {
        for store in stores {
            let path = store.path(of: kept.sha256)
            guard case .regular(kept.bytes) = FileKind(of: path), digest(ofFile: path)?.sha256 == kept.sha256 else {
                continue
            }
            return path
        }
        return nil
    }

    /// What should have been kept and is not there.
    var missing: [Kept] {
        manifest.kept.filter { $0.role != .results && $0.role != .answer && path(of: $0) == nil }
    }

    /// The schemas of its tables, as far as they are known.
    var schemas: SchemaList? {
        if let kept = manifest.kept.first(where: { $0.role == .schemas }), let path = path(of: kept),
            let bytes = readSmallFile(path), let list = SchemaList(bytes)
        {
            return list
        }
        guard let folder, let bytes = readSmallFile(folder + "/datapackage.json") else { return nil }
        return SchemaList(dataPackage: bytes)
    }

    /// The names of the tables that the run wrote.
    var tableNames: [String] {
        let kept = manifest.kept.filter { $0.role == .table }.map(\.path)
        let names = kept + manifest.outputs.map(\.path)
        return Set(names.filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) }).sorted()
    }

    /// A table as it was stored: from the store, else from the run's folder if it still is what the manifest says.
    ///
    /// - Returns: `nil` where it is nowhere, or is not what its schema says.
    func table(_ name: String, _ schema: TableSchema) -> Table? {
        let file = name + ".csv"
        if let kept = manifest.kept.first(where: { $0.role == .table && $0.path == file }), let path = path(of: kept),
            let text = try? readTextTable(path: path, file: file, encoding: .utf8, delimiter: .comma)
        {
            return Table(text, schema: schema)
        }
        guard let folder, let output = manifest.outputs.first(where: { $0.path == file }),
            digest(ofFile: folder + "/" + file)?.sha256 == output.sha256,
            let text = try? readTextTable(path: folder + "/" + file, file: file, encoding: .utf8)
        else { return nil }
        return Table(text, schema: schema)
    }

    /// The numbers of a table as the history has them, for a run whose tables are gone.
    func numbers(_ name: String, _ schema: TableSchema) -> Table? {
        guard let entry, let rows = try? entry.history.results(ofRun: entry.id)[name] else { return nil }
        var table = Table(schema: schema)
        for row in rows {
            let key = Dictionary(RowKey(row.row).parts.map { ($0.column, $0.value) }) { first, _ in first }
            let values = (try? JSONDecoder().decode([String: HistoryValue].self, from: Data(row.numbers.utf8))) ?? [:]
            var cells: [Cell] = []
            for column in schema.columns {
                let text = column.isKey ? key[column.id] : nil
                cells.append(values[column.id]?.cell(column.type) ?? Cell(text, column.type))
            }
            let isWhole = zip(schema.columns, cells).allSatisfy { column, cell in !column.isKey || cell != .missing }
            guard isWhole else { return nil }
            table.append(cells)
        }
        return table
    }
}

/// A number or a word in the history.
private enum HistoryValue: Decodable {
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    func cell(_ type: Column.ValueType) -> Cell? {
        switch (self, type) {
        case (.number(let number), .number): number.isFinite ? .number(number) : nil
        case (.number(let number), .integer): Int(exactly: number).map { .integer($0) }
        case (.text(let text), .text): .text(text)
        default: nil
        }
    }
}

extension Cell {
    /// A text of a row's key.
    fileprivate init(_ text: String?, _ type: Column.ValueType) {
        switch type {
        case .text: self.init(text)
        case .integer: self.init(text.flatMap { Int($0) })
        case .number: self.init(text.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil })
        }
    }
}
