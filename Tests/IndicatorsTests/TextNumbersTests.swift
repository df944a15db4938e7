import Testing

@testable import Indicators

@Suite struct `Numbers of texts` {
    @Test func `count from 0 in the order of first appearance`() {
        var numbers = TextNumbers()
        #expect(["b", "b", "a", "", "b", "a"].map { numbers.number($0) } == [0, 0, 1, 2, 0, 1])
        #expect(numbers.texts == ["b", "a", ""])
        #expect(numbers.ranks() == [2, 1, 0])
    }

    @Test func `of nothing are none`() {
        #expect(TextNumbers().texts.isEmpty)
        #expect(TextNumbers().ranks().isEmpty)
        #expect(TextNumbers.ranks(0) { _ in "never asked" }.isEmpty)
    }

    @Test func `have ranks that compare as the texts do`() {
        let texts = ["TH-43", "la", "LA-VT", "", "ไทย", "TH-43", "ລາວ", "la", "TH-4"]
        let ranks = TextNumbers.ranks(texts.count) { texts[$0] }
        for left in texts.indices {
            for right in texts.indices {
                #expect((ranks[left] < ranks[right]) == (texts[left] < texts[right]))
                #expect((ranks[left] == ranks[right]) == (texts[left] == texts[right]))
            }
        }
    }

    @Test(arguments: ["", "TH-10", "a text that is no short one", "ບໍ່", "จังหวัดหนองบัวลำภู"])
    func `are remembered of the last text, by its spelling`(text: String) {
        #expect(LastText<Int>().meaning(of: text) == nil)
        let last = LastText(text, 7)
        #expect(last.meaning(of: text) == 7)
        #expect(last.meaning(of: String(text.unicodeScalars.map(Character.init))) == 7)
        #expect(last.meaning(of: text + "x") == nil)
        #expect(last.meaning(of: "x" + text.dropFirst()) == nil)
        #expect(LastText("\u{E9}", 1).meaning(of: "e\u{301}") == nil)
    }

    @Test func `take canonically equivalent texts for the same, as strings do`() {
        var numbers = TextNumbers()
        #expect(numbers.number("\u{E9}") == numbers.number("e\u{301}"))
        #expect(numbers.number("other") == 1)
        #expect(numbers.number("\u{E9}") == 0)
    }
}
