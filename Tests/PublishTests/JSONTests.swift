import Foundation
import Indicators
import Publish
import Testing

@Suite struct `The JSON that we write` {
    /// Foundation's encoder with the same options is the oracle.
    @Test(
        arguments: [
            .null, .text(""), .text("plain"), .array([]), .object([:]), .array([.array([]), .object([:])]),
            .text(
                "quote \" back \\ slash / tab \t line \n return \r bell \u{7} escape \u{1B} b \u{8} f \u{C} del \u{7F}"
            ),
            .text("ก้ำ ຫຼ 👩‍👩‍👧 é e\u{301} \u{2028} \u{0}"),
            .integer(0), .integer(.min), .integer(.max),
            .array([.number(1), .number(-0.0), .number(0.1), .number(1e-7), .number(123456.789), .number(1e21)]),
            .array([
                .number(.leastNonzeroMagnitude), .number(.greatestFiniteMagnitude), .number(-2.5),
                .number(9_007_199_254_740_992),
            ]),
            .object(["b": .integer(1), "a": .object(["$x": .null, "_": .array([.text("y")])]), "": .text("z")]),
            .object(["a10": .null, "a2": .null, "B": .null, "é": .null, "ก": .null]),
        ] as [JSON]
    )
    func `is spelt as Foundation does`(json: JSON) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let expected = try String(decoding: encoder.encode(Boxed(json: json)), as: UTF8.self) + "\n"
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }

    /// The number goes to the other process by its bits. Captures travel as JSON; one that cannot be encoded leaves a
    /// child behind for which nobody waits, and with it no exit test of the whole run ends any more.
    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `has no number that is not finite`(number: Double) async {
        await #expect(processExitsWith: .failure) { [bits = number.bitPattern as UInt64] in
            _ = JSON.number(Double(bitPattern: bits)).bytes
        }
    }
}

private struct Boxed: Encodable {
    let json: JSON

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch json {
        case .object(let members):
            let pairs = members.inOrder.map { ($0.0, Boxed(json: $0.1)) }
            try container.encode(Dictionary(uniqueKeysWithValues: pairs))
        case .array(let elements): try container.encode(elements.map(Boxed.init))
        case .text(let text): try container.encode(text)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number == 0 ? 0 : number)
        case .boolean(let boolean): try container.encode(boolean)
        case .null: try container.encodeNil()
        }
    }
}
