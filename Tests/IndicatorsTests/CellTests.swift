import Indicators
import Testing

@Suite struct `A number as text` {
    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (52.8, "52.8"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1.0 / 3, "0.3333333333333333"), (100, "100"), (1e15, "1000000000000000"), (0.0001, "0.0001"),
            (0.00001, "1e-05"), (1e-7, "1e-07"), (1.5e-7, "1.5e-07"), (9_007_199_254_740_991, "9007199254740991"),
            (9_007_199_254_740_992, "9007199254740992"), (-9_007_199_254_740_992, "-9007199254740992"),
            (9_007_199_254_740_994, "9.007199254740994e+15"), (1e16, "1e+16"),
            (1.2345678901234568e20, "1.2345678901234568e+20"), (1e300, "1e+300"),
            (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
        ] as [(Double, String)]
    )
    func `is the shortest that reads back`(number: Double, text: String) {
        #expect(Cell.format(number) == text)
        #expect(Cell.number(number).text == text)
        #expect(Double(text) == number)
    }

    @Test func `reads back bit by bit, whatever the number`() {
        var numbers = SplitMix(state: 20_180_207)
        var tried = 0
        while tried < 20_000 {
            let number = Double(bitPattern: numbers.next())
            guard number.isFinite, number != 0 else { continue }
            #expect(Double(Cell.format(number))?.bitPattern == number.bitPattern)
            tried += 1
        }
    }

    @Test func `reads back bit by bit for percentages and counts`() {
        var numbers = SplitMix(state: 2561)
        for _ in 0..<20_000 {
            let share = Double(numbers.next() % 1_000_000) / 10_000
            #expect(Double(Cell.format(share)) == share)
            let count = Double(numbers.next() % 100_000_000)
            let text = Cell.format(count)
            #expect(Double(text) == count)
            #expect(text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        }
    }

    @Test(arguments: [Int.max, .min + 1, 9_007_199_254_740_993, 0, -1])
    func `keeps a whole number beyond what a double holds`(integer: Int) {
        #expect(Int(Cell.integer(integer).text) == integer)
    }
}

@Suite struct `A cell` {
    @Test func `of nothing is missing`() {
        #expect(Cell(nil as Double?) == .missing)
        #expect(Cell(nil as Int?) == .missing)
        #expect(Cell(nil as String?) == .missing)
        #expect(Cell.missing.text.isEmpty)
        #expect(Cell.missing.numeric == nil)
    }

    @Test func `of something holds it`() {
        #expect(Cell(1.5) == .number(1.5))
        #expect(Cell(3 as Int?) == .integer(3))
        #expect(Cell("" as String?) == .text(""))
        #expect(Cell.integer(3).numeric == 3)
        #expect(Cell.text("3").numeric == nil)
    }
}

/// A small generator with a fixed seed: the same numbers in every run.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
