/// Numbers the distinct values of a sequence from 0, in the order in which they first come.
///
/// The rows of a file repeat each other: what came behind a value the last time is looked at first, and only a value that breaks
/// this order is searched for.
struct RecurringValues<Value: Hashable> {
    /// The distinct values, by their numbers.
    private(set) var values: [Value] = []
    /// Empty as long as there are few values: these are looked through.
    private var numbers: [Value: Int] = [:]
    private static var few: Int { 8 }
    /// By the number of a value: that of the one that came behind it the last time.
    private var following: [Int] = []
    private var last = 0

    /// The number of `value`; a new one where it has not come before.
    mutating func number(_ value: Value) -> Int {
        if last < values.count {
            if values[last] == value { return last }
            let next = following[last]
            if values[next] == value {
                last = next
                return next
            }
        }
        let number =
            values.count > Self.few
            ? numbers[value].claimed(by: values.count) : values.firstIndex(of: value) ?? values.count
        if number == values.count {
            values.append(value)
            following.append(0)
            if values.count == Self.few + 1 {
                numbers.reserveCapacity(8 * Self.few)
                for (number, value) in values.enumerated() { numbers[value] = number }
            }
        }
        following[last] = number
        last = number
        return number
    }
}

extension RecurringValues where Value: Comparable {
    /// For each number the rank of its value among all, sorted.
    func ranks() -> [Int] {
        var ranks = [Int](repeating: 0, count: values.count)
        let sorted = values.indices.sorted { values[$0] < values[$1] }
        for (rank, number) in sorted.enumerated() { ranks[number] = rank }
        return ranks
    }
}

extension Int? {
    /// The number that stands in a place of a dictionary, which is `next` where there was none: the key is hashed once.
    mutating func claimed(by next: Int) -> Int {
        if let self { return self }
        self = next
        return next
    }
}
