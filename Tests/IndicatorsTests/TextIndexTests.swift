import Testing

@testable import Indicators

@Suite
struct `The index of texts` {
    @Test
    func `begin at 0, in the order in which texts first come`() {
        var index = TextIndex()
        let texts = ["", "b", "a", "b", "", "ก", "a longer text than fits into sixteen bytes", "ก"]
        #expect(texts.map { index.number(of: $0) } == [0, 1, 2, 1, 0, 3, 4, 3])
        #expect(index.texts == ["", "b", "a", "ก", "a longer text than fits into sixteen bytes"])
    }

    /// Lengths around the eight bytes that are taken at once, and texts that differ in one byte only.
    @Test
    func `are kept by ten thousand texts while the table grows`() {
        var index = TextIndex()
        let texts = (0..<10_000).map { String(repeating: "x", count: $0 % 19) + String($0) }
        for (number, text) in texts.enumerated() {
            #expect(index.number(of: text) == number)
        }
        for (number, text) in texts.enumerated().reversed() {
            // From bytes, so that it lies elsewhere than the text that was numbered.
            #expect(index.number(of: String(decoding: Array(text.utf8), as: UTF8.self)) == number)
        }
        #expect(index.texts == texts)
    }

    @Test
    func `tell zero bytes from nothing`() {
        var index = TextIndex()
        let texts = (0..<20).map { String(repeating: "\0", count: $0) }
        #expect(texts.map { index.number(of: $0) } == Array(0..<20))
    }

    /// `\u{0E48}\u{0E38}` and `\u{0E38}\u{0E48}` are canonically equivalent, as are the kelvin sign and `K`.
    @Test
    func `differ between spellings of one text, and are one for the text`() {
        var index = TextIndex()
        let spellings = ["ก\u{0E48}\u{0E38}", "ก\u{0E38}\u{0E48}", "\u{212A}", "K"]
        #expect(spellings.map { index.number(of: $0) } == [0, 1, 2, 3])
        var numbers = TextNumbers()
        #expect(spellings.map { numbers.number($0) } == [0, 0, 1, 1])
        #expect(spellings.map { numbers.number($0) } == [0, 0, 1, 1])
        #expect(numbers.texts.map { Array($0.utf8) } == [spellings[0], spellings[2]].map { Array($0.utf8) })
        #expect(TextNumbers.ranks(4) { ["b", "a", "b", "ก"][$0] } == [1, 0, 1, 2])
    }
}
