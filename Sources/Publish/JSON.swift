import FoundationEssentials

/// A JSON value. Objects are written with their keys sorted, numbers shortest-round-trip.
indirect enum JSON: Encodable {
    case object([String: JSON])
    case array([JSON])
    case text(String)
    case integer(Int)
    case number(Double)
    case null

    init(_ text: String?) {
        self = text.map(JSON.text) ?? .null
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let members): try container.encode(members)
        case .array(let elements): try container.encode(elements)
        case .text(let text): try container.encode(text)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number == 0 ? 0 : number)
        case .null: try container.encodeNil()
        }
    }
}
