import Indicators
import Testing

@Suite struct `Spellings` {
    /// Latin, Thai and Lao letters with marks in several orders, composed and decomposed letters, other scripts.
    static let texts = [
        "", "a", "b", "ab", "a\u{301}", "á", "á b", "a\u{301} b", "a\u{301}\u{323}", "a\u{323}\u{301}", "ạ\u{301}",
        "ที่", "ท\u{E48}\u{E35}", "ปู่", "ป\u{E39}\u{E48}", "ป\u{E48}\u{E39}", "ป\u{E39}", "เลย", "เลยa", "aเลย",
        "เลยá", "เลยa\u{301}", "ແຂວງ", "ຄຸ້ມ", "ຄ\u{EC9}\u{EB8}ມ", "ຄມ", "K", "\u{212A}", "Å", "\u{212B}", "A\u{30A}",
        "한", "\u{1112}\u{1161}\u{11AB}", ";", "\u{37E}", "\u{E4D}\u{E32}", "\u{E33}", "น้ำ", "นํ้า", "\u{0}", "\u{0}a",
    ]

    @Test func `are equivalent where Swift's comparison says so, in every pair`() {
        for left in Self.texts {
            for right in Self.texts {
                #expect(Spelling.areEquivalent(left, right) == (left == right), "\(left) and \(right)")
                #expect(Spelling.areEquivalent("x" + left, "x" + right) == ("x" + left == "x" + right))
                #expect(Spelling.areEquivalent(left + "ก", right + "ก") == (left + "ก" == right + "ก"))
            }
        }
        #expect(Spelling.areEquivalent("ป\u{E39}\u{E48}", "ป\u{E48}\u{E39}"))
        #expect(!Spelling.areAlike("ป\u{E39}\u{E48}", "ป\u{E48}\u{E39}"))
    }

    @Test func `are equivalent likewise in every pair of short words of letters and marks`() {
        var words = [""]
        for _ in 0..<3 {
            words += words.flatMap { word in ["ก", "\u{E35}", "\u{E38}", "\u{E48}", "\u{EC8}", "a"].map { word + $0 } }
        }
        let distinct = Dictionary(grouping: words) { Array($0.utf8) }.values.map { $0[0] }
        var wrong: [(String, String)] = []
        for left in distinct {
            for right in distinct where Spelling.areEquivalent(left, right) != (left == right) {
                wrong.append((left, right))
            }
        }
        #expect(distinct.count == 1 + 6 + 36 + 216)
        #expect(wrong.isEmpty)
    }

    @Test func `are alike, hash alike and are ordered by their bytes`() {
        for left in Self.texts {
            for right in Self.texts {
                let (one, other) = (Array(left.utf8), Array(right.utf8))
                #expect(Spelling.areAlike(left, right) == (one == other))
                #expect(Spelling.precedes(left, right) == one.lexicographicallyPrecedes(other))
            }
        }
        #expect(Set(Self.texts.map(Spelling.init)).count == Set(Self.texts.map { Array($0.utf8) }).count)
    }
}

@Suite struct `Whole numbers` {
    @Test func `are spelt in bytes as the standard library spells them`() {
        var numbers = [0, 1, -1, 9, 10, 99, 100, -100, Int.max, Int.min, Int.max - 1, Int.min + 1]
        for power in 0..<63 { numbers += [1 << power, -(1 << power), (1 << power) - 1] }
        for number in numbers {
            var bytes = Array("=".utf8)
            bytes.append(decimal: number)
            #expect(String(decoding: bytes, as: UTF8.self) == "=\(number)")
        }
        for number in [
            0.0, -0.0, 1, -7, -2.2250738585072014e-308, 1.7976931348623157e308, -Double.leastNonzeroMagnitude, 0.5,
            1e15, 9_007_199_254_740_992, 9_007_199_254_740_994, 1e-5, -123.25,
        ] {
            var bytes: [UInt8] = []
            bytes.append(addingCapacity: Cell.numberWidth) { Cell.write(number, to: &$0) }
            #expect(String(decoding: bytes, as: UTF8.self) == Cell.format(number))
        }
    }

    /// The standard library's shortest decimal is the oracle, on both sides of each bound and of each published figure.
    @Test func `and fractions are spelt in bytes as their description has them`() {
        var numbers = [0.0001, 0.000_099_999, 1e9, 0.1 + 0.2, 1.0 / 3, 99_999.99999, 999_999_999.99999, 0.1, 100.00001]
        for step in 0..<20_000 {
            let digits = Double(step &* 2_654_435_761 % 1_000_000_007)
            for power in [10.0, 1e2, 1e3, 1e4, 1e5, 1e6, 1e9] { numbers.append(digits / power) }
        }
        numbers += numbers.flatMap { [$0.nextUp, $0.nextDown, -$0, $0.squareRoot()] }
        var bytes: [UInt8] = []
        var wrong: [Double] = []
        for number in numbers {
            bytes.removeAll(keepingCapacity: true)
            bytes.append(addingCapacity: Cell.numberWidth) { Cell.write(number, to: &$0) }
            if !bytes.elementsEqual(Cell.format(number).utf8) { wrong.append(number) }
        }
        #expect(wrong.isEmpty)
    }
}
