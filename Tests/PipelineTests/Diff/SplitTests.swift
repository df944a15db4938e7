import Testing

@testable import Pipeline

/// What the parts of a move are, by hand and for thousands of random numbers.
@Suite struct `The split of a move` {
    @Test func `gives each change what it does by itself, and the rest to the interaction`() throws {
        // m(revised, new, method) = 10 + revised 1 + new 2 + method 4, revised and method together 8 more, all three 16.
        let split = try #require(Split([10, 11, 12, 13, 14, 23, 16, 41]))
        #expect(split.change == 31)
        #expect(split.revisedData == 1)
        #expect(split.newData == 2)
        #expect(split.method == 4)
        #expect(split.interaction == 24)
        #expect(split.revisedAndNew == 0)
        #expect(split.revisedAndMethod == 8)
        #expect(split.newAndMethod == 0)
        #expect(split.allThree == 16)
    }

    @Test func `is nothing but zeros where nothing moved`() throws {
        let split = try #require(Split(Array(repeating: 0.1, count: 8)))
        #expect(split.change == 0)
        #expect(split.interaction == 0)
        #expect(split.allThree == 0)
        #expect(try #require(Split(Array(repeating: 0, count: 8))).change == 0)
    }

    @Test func `tells the move but not the parts that are not known`() throws {
        let split = try #require(Split([1, nil, 3, nil, 2, nil, nil, 5]))
        #expect(split.change == 4)
        #expect(split.revisedData == nil)
        #expect(split.newData == 2)
        #expect(split.method == 1)
        #expect(split.interaction == nil)
        #expect(split.newAndMethod == nil)
        #expect(split.allThree == nil)
    }

    @Test func `is none without an end, or where the move is beyond all doubles`() {
        #expect(Split([nil, 1, 1, 1, 1, 1, 1, 1]) == nil)
        #expect(Split([1, 1, 1, 1, 1, 1, 1, nil]) == nil)
        let greatest = Double.greatestFiniteMagnitude
        #expect(Split(old: -greatest, new: greatest) == nil)
        #expect(Split(old: 0, new: greatest / 2)?.change == greatest / 2 + 0x1p970)
        #expect(Split(old: 0, new: .leastNonzeroMagnitude)?.change == .leastNonzeroMagnitude)
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `adds up to the move exactly, in any order, whatever the numbers are`(_ seed: UInt64) throws {
        var random = Congruence(state: seed)
        for round in 0..<5_000 {
            // Sizes from 1e-300 to 1e300, of one size in a round or of all sizes.
            let isMixed = round.isMultiple(of: 3)
            let common = random.exponent()
            let values = (0..<8).map { _ in random.number(exponent: isMixed ? random.exponent() : common) }
            let split = try #require(Split(values))
            let parts = try [split.revisedData, split.newData, split.method, split.interaction].map { try #require($0) }
            #expect(parts.reduce(0, +) == split.change)
            #expect(parts.reversed().reduce(0, +) == split.change)
            let joint = try [split.revisedAndNew, split.revisedAndMethod, split.newAndMethod, split.allThree]
                .map { try #require($0) }
            #expect(joint.reduce(0, +) == split.interaction)
            // And each is what its definition says, to within the step.
            let greatest = values.map(abs).max() ?? 0
            let step = greatest * 0x1p-46
            #expect(abs(split.change - (values[7] - values[0])) <= step)
            #expect(abs(parts[0] - (values[1] - values[0])) <= step)
            #expect(abs(parts[1] - (values[2] - values[0])) <= step)
            #expect(abs(parts[2] - (values[4] - values[0])) <= step)
            #expect(abs(joint[2] - (values[6] - values[2] - values[4] + values[0])) <= 4 * step)
        }
    }
}

/// Knuth's MMIX generator: the same numbers on every machine.
struct Congruence {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 11
    }

    mutating func unit() -> Double { Double(next()) * 0x1p-53 }

    mutating func exponent() -> Int { Int(next() % 1_900) - 950 }

    mutating func number(exponent: Int) -> Double {
        Double(sign: next().isMultiple(of: 2) ? .plus : .minus, exponent: exponent, significand: 1 + unit())
    }
}
