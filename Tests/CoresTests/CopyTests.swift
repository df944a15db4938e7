import Cores
import Testing

@Suite struct `A copy on all cores` {
    @Test(arguments: [0, 1, 1_000, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 3 << 18, (3 << 18) + 7])
    func `has every element in its place, and shares none`(count: Int) {
        let original = (0..<count).map { Int32(truncatingIfNeeded: $0 &* 2_654_435_761) }
        var copy = copyOnAllCores(original)
        #expect(copy == original)
        guard count > 0 else { return }
        copy[count - 1] &+= 1
        #expect(copy != original)
        #expect(copy.dropLast() == original.dropLast())
    }
}
