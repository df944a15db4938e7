internal import Foundation
internal import Indicators

extension Explanation {
    /// The same as JSON: an object for each node, its inputs in it. A node that comes up again stands there once in full;
    /// where it comes up again only its address and value, with `told` true.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        var told: Set<Int> = []
        var object = object(Edge(role: "", subject: "", node: 0), &told)
        if !notes.isEmpty { object.notes = notes }
        return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private struct Object: Encodable {
        struct Pair: Encodable {
            var name: String
            var value: String
        }

        struct Decided: Encodable {
            var subject: String
            var statement: String
        }

        struct Found: Encodable {
            var code: String
            var severity: String
            var found: String
            var expected: String
        }

        struct Origin: Encodable {
            var file: String
            var line: Int?
            var record: Int?
            var field: Int?
            var cell: String?
            var column: String?
            var text: String
            var of: String?
        }

        var role: String?
        var of: String?
        var address: String?
        var origin: Origin?
        var value: Value
        var rule: String?
        var statement: String?
        var parameters: [Pair]?
        var decisions: [Decided]?
        var findings: [Found]?
        var inputs: [Object]?
        var told: Bool?
        var notes: [String]?
    }

    /// A number, a text or null.
    private struct Value: Encodable {
        var cell: Cell

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch cell {
            case .number(let number): try container.encode(number == 0 ? 0 : number)
            case .integer(let integer): try container.encode(integer)
            case .text(let text): try container.encode(text)
            case .missing: try container.encodeNil()
            }
        }
    }

    private func object(_ edge: Edge, _ told: inout Set<Int>) -> Object {
        let node = nodes[edge.node]
        func given(_ text: String) -> String? { text.isEmpty ? nil : text }
        var object = Object(
            role: given(edge.role),
            of: given(edge.subject),
            address: node.address?.description,
            value: Value(cell: node.value)
        )
        guard told.insert(edge.node).inserted else {
            object.told = true
            return object
        }
        if let place = node.place {
            object.origin = Object.Origin(
                file: place.file,
                line: place.line > 0 ? place.line : nil,
                record: place.record > 0 ? place.record : nil,
                field: place.field > 0 ? place.field : nil,
                cell: given(place.cell),
                column: given(place.column),
                text: place.text,
                of: given(place.subject)
            )
        }
        if !node.findings.isEmpty {
            object.findings = node.findings.map {
                .init(code: $0.code, severity: $0.severity.rawValue, found: $0.found, expected: $0.expected)
            }
        }
        guard let derivation = node.derivation else { return object }
        object.rule = derivation.rule
        object.statement = derivation.statement
        func some<Element>(_ list: [Element]) -> [Element]? { list.isEmpty ? nil : list }
        object.parameters = some(derivation.parameters.map { .init(name: $0.name, value: $0.value) })
        object.decisions = some(derivation.decisions.map { .init(subject: $0.subject, statement: $0.statement) })
        object.inputs = some(node.inputs.map { self.object($0, &told) })
        return object
    }
}
