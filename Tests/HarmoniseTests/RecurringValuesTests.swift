import Testing

@testable import Harmonise

@Suite struct `Recurring values` {
    private static let squares: [String] = (0..<60).map { String($0 * $0 % 23) }
    private static let rounds: [String] = (0..<60).map { String($0 % 11) }

    @Test(arguments: [
        [], ["a"], ["a", "a", "b", "a", "b", "a"], ["a", "b", "a", "c", "a", "b"], squares + rounds,
    ])
    func `are numbered in the order in which they first come`(values: [String]) {
        var recurring = RecurringValues<String>()
        let numbers = values.map { recurring.number($0) }
        var distinct: [String] = []
        for value in values where !distinct.contains(value) { distinct.append(value) }
        #expect(recurring.values == distinct)
        #expect(numbers == values.compactMap { distinct.firstIndex(of: $0) })
    }

    @Test func `are ranked as they are sorted`() {
        var recurring = RecurringValues<String>()
        for value in ["c", "a", "c", "b"] { _ = recurring.number(value) }
        #expect(recurring.ranks() == [2, 0, 1])
    }
}
