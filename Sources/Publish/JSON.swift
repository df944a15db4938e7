import FoundationEssentials

/// A JSON value. Objects are written with their keys sorted, numbers shortest-round-trip.
package indirect enum JSON: Encodable {
    case object([String: JSON])
    case array([JSON])
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case null

    init(_ text: String?) {
        self = text.map(JSON.text) ?? .null
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let members): try container.encode(members)
        case .array(let elements): try container.encode(elements)
        case .text(let text): try container.encode(text)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number == 0 ? 0 : number)
        case .boolean(let boolean): try container.encode(boolean)
        case .null: try container.encodeNil()
        }
    }

    /// The value over several lines, as UTF-8 with a final line feed.
    package var spelt: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
        } catch {
            preconditionFailure("JSON of ours holds only texts and finite numbers, but: \(error)")
        }
    }
}
