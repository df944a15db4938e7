internal import Foundation
internal import Indicators
internal import Publish

/// The schemas of a run's tables, kept so that a later version of `divide` reads its CSV files as what they were.
///
/// ```json
/// [{"name": "gaps", "title": "...", "columns": [{"id": "indicator", "type": "text", "key": true, ...}]}]
/// ```
struct SchemaList: Hashable {
    static let file = "tables.json"

    /// In order of their names.
    let schemas: [TableSchema]

    init(_ schemas: [TableSchema]) {
        self.schemas = schemas.sorted { $0.name < $1.name }
    }

    /// - Returns: `nil` where these bytes spell no such list.
    init?(_ bytes: [UInt8]) {
        guard let entries = try? JSONDecoder().decode([Entry].self, from: Data(bytes)) else { return nil }
        self.init(entries.compactMap(\.schema))
    }

    /// The file that describes a folder of tables to other programs (Frictionless `datapackage.json`), where one is there.
    init?(dataPackage bytes: [UInt8]) {
        guard let package = try? JSONDecoder().decode(DataPackage.self, from: Data(bytes)) else { return nil }
        self.init(package.resources.compactMap(\.tableSchema))
    }

    subscript(_ table: String) -> TableSchema? {
        schemas.first { $0.name == table }
    }

    var artefact: Artefact {
        let entries = schemas.map { schema in
            JSON.object([
                "columns": .array(
                    schema.columns.map { column in
                        .object([
                            "definition": .text(column.definition), "id": .text(column.id),
                            "key": .boolean(column.isKey), "source": .text(column.source),
                            "type": .text(column.type.rawValue), "unit": .text(column.unit),
                        ])
                    }
                ),
                "name": .text(schema.name),
                "title": .text(schema.title),
            ])
        }
        return Artefact(path: Self.file, bytes: JSON.array(entries).bytes)
    }

    private struct Entry: Decodable {
        struct ColumnEntry: Decodable {
            var id: String
            var type: String
            var unit: String
            var definition: String
            var source: String
            var key: Bool
        }

        var name: String
        var title: String
        var columns: [ColumnEntry]

        /// `nil` where two columns have one name or a type is none of ours.
        var schema: TableSchema? {
            guard Set(columns.map(\.id)).count == columns.count else { return nil }
            var made: [Column] = []
            for column in columns {
                guard let type = Column.ValueType(rawValue: column.type) else { return nil }
                made.append(
                    Column(
                        column.id,
                        type,
                        unit: column.unit,
                        definition: column.definition,
                        source: column.source,
                        isKey: column.key
                    )
                )
            }
            return TableSchema(name: name, title: title, columns: made)
        }
    }

    private struct DataPackage: Decodable {
        struct Field: Decodable {
            var name: String
            var type: String?
            var description: String?
        }

        /// A key of one column may be spelt without a list.
        enum Key: Decodable {
            case columns([String])

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let one = try? container.decode(String.self) {
                    self = .columns([one])
                } else {
                    self = .columns(try container.decode([String].self))
                }
            }
        }

        struct Schema: Decodable {
            var fields: [Field]
            var primaryKey: Key?
        }

        struct Resource: Decodable {
            var path: String?
            var title: String?
            var schema: Schema?

            var tableSchema: TableSchema? {
                guard let path, path.hasSuffix(".csv"), let schema,
                    Set(schema.fields.map(\.name)).count == schema.fields.count
                else { return nil }
                var keys: [String] = []
                if case .columns(let columns)? = schema.primaryKey { keys = columns }
                let columns = schema.fields.map { field in
                    let type: Column.ValueType =
                        switch field.type {
                        case "integer", "year": .integer
                        case "number": .number
                        default: .text
                        }
                    return Column(
                        field.name,
                        type,
                        definition: field.description ?? "",
                        isKey: keys.contains(field.name)
                    )
                }
                return TableSchema(name: String(path.dropLast(4)), title: title ?? "", columns: columns)
            }
        }

        var resources: [Resource]
    }
}
