import CSVStream
import Testing

/// Bytes that are no text, and where the flaw stands.
private struct Foreign: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var rows: [[String]] = []
    var error: CSVError

    var testDescription: String { name }
}

private func bytes(_ text: String, _ more: [UInt8], _ rest: String = "") -> [UInt8] {
    Array(text.utf8) + more + Array(rest.utf8)
}

private let foreign = [
    Foreign(name: "NUL", bytes: bytes("a\nbก", [0], "c"), rows: [["a"]], error: .nulByte(at: place(2, 2, 3, 6))),
    Foreign(name: "NUL first", bytes: [0], error: .nulByte(at: place(1, 1, 1, 0))),
    Foreign(name: "NUL in quotes", bytes: bytes("\"a\n", [0], "\""), error: .nulByte(at: place(1, 2, 1, 3))),
    Foreign(
        name: "Windows-874",
        bytes: bytes("name\n", [0xC0, 0xC5, 0xC2], "\n"),
        rows: [["name"]],
        error: .invalidUTF8(at: place(2, 2, 1, 5), byte: 0xC0)
    ),
    Foreign(
        name: "lone continuation",
        bytes: bytes("a", [0x80]),
        error: .invalidUTF8(at: place(1, 1, 2, 1), byte: 0x80)
    ),
    Foreign(
        name: "cut by a comma",
        bytes: bytes("ก", [0xE0, 0xB8], ",b"),
        error: .invalidUTF8(at: place(1, 1, 2, 3), byte: 0xE0)
    ),
    Foreign(
        name: "cut by NUL",
        bytes: bytes("a", [0xE0, 0xB8, 0]),
        error: .invalidUTF8(at: place(1, 1, 2, 1), byte: 0xE0)
    ),
    Foreign(
        name: "cut by the end",
        bytes: bytes("a\n", [0xF0, 0x9F, 0x98]),
        rows: [["a"]],
        error: .invalidUTF8(at: place(2, 2, 1, 2), byte: 0xF0)
    ),
    Foreign(name: "surrogate", bytes: [0xED, 0xA0, 0x80], error: .invalidUTF8(at: place(1, 1, 1, 0), byte: 0xED)),
    Foreign(
        name: "overlong",
        bytes: bytes("a,", [0xE0, 0x80, 0xAF]),
        error: .invalidUTF8(at: place(1, 1, 3, 2), byte: 0xE0)
    ),
    Foreign(
        name: "beyond Unicode",
        bytes: [0xF4, 0x90, 0x80, 0x80],
        error: .invalidUTF8(at: place(1, 1, 1, 0), byte: 0xF4)
    ),
    Foreign(
        name: "half a byte order mark",
        bytes: [0xEF, 0xBB],
        error: .invalidUTF8(at: place(1, 1, 1, 0), byte: 0xEF)
    ),
    Foreign(
        name: "half a byte order mark and more",
        bytes: bytes("", [0xEF, 0xBB], "a"),
        error: .invalidUTF8(at: place(1, 1, 1, 0), byte: 0xEF)
    ),
    Foreign(
        name: "behind a closing quote: the quote comes first",
        bytes: bytes("\"a\"b", [0xFF]),
        error: .strayQuote(at: place(1, 1, 4, 3), openedAt: place(1, 1, 1, 0))
    ),
    Foreign(name: "UTF-16", bytes: [0xFF, 0xFE, 0x61, 0], error: .invalidUTF8(at: place(1, 1, 1, 0), byte: 0xFF)),
    Foreign(name: "UTF-16 without a mark", bytes: [0x61, 0, 0x2C, 0], error: .nulByte(at: place(1, 1, 2, 1))),
]

@Suite struct `Bytes that are no text` {
    @Test(arguments: foreign)
    fileprivate func `stop reading with their place, at every block size`(_ foreign: Foreign) {
        for blockSize in 1...foreign.bytes.count {
            let outcome = read(foreign.bytes, blockSize: { blockSize })
            #expect(outcome.texts == foreign.rows)
            #expect(outcome.error == foreign.error, "in blocks of \(blockSize)")
        }
    }

    @Test(arguments: 1...6)
    func `pass where UTF-8 is not checked, but for NUL`(blockSize: Int) {
        let options = CSVOptions(checksUTF8: false)
        let outcome = read([0xEF, 0xBB, 0x2C, 0xC5, 0x0A, 0xE0], options: options, blockSize: { blockSize })
        #expect(outcome.error == nil)
        #expect(outcome.rows.map(\.fields.count) == [2, 1])
        #expect(outcome.rows.map(\.byteOffset) == [0, 5])
        #expect(read([0x61, 0], options: options).error == .nulByte(at: place(1, 1, 2, 1)))
        #expect(read([0xEF, 0xBB], options: options, blockSize: { blockSize }).rows.count == 1)
    }
}
