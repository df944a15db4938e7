/// What a ``RunArray`` holds.
protocol Repeatable: Sendable {
    /// Equal for two that are the same, bit for bit.
    var pattern: UInt64 { get }
}

extension UInt32: Repeatable {
    var pattern: UInt64 { UInt64(self) }
}

extension Int: Repeatable {
    var pattern: UInt64 { UInt64(bitPattern: Int64(self)) }
}

extension Double: Repeatable {
    var pattern: UInt64 { bitPattern }
}

/// Elements one after the other, of which a run of the same takes no more room than one: in a table of millions of rows most
/// columns hold long runs. Where runs turn out to be short it becomes a plain array.
struct RunArray<Element: Repeatable>: Sendable {
    private(set) var count = 0
    /// One of each run; once dense, all elements.
    private var values: [Element] = []
    /// Where each run begins; empty once dense.
    private var starts: [Int] = []
    private var isDense = false
    /// How many elements will come, where that is known: an array that grows by and by is copied again and again.
    private var expected = 0

    /// Fewer runs are not worth an array.
    private static var fewRuns: Int { 32 }

    init(expecting expected: Int = 0) {
        self.expected = expected
    }

    init(_ elements: [Element]) {
        expected = elements.count
        append(contentsOf: elements)
    }

    /// Whether all elements are the same.
    var isUniform: Bool { !isDense && values.count < 2 }

    /// All elements.
    var all: [Element] {
        if isDense { return values }
        guard let first = values.first else { return [] }
        var all = [Element](repeating: first, count: count)
        for run in values.indices.dropFirst() {
            let (value, end) = (values[run], end(ofRun: run))
            for position in starts[run]..<end { all[position] = value }
        }
        return all
    }

    private func end(ofRun run: Int) -> Int {
        run + 1 < starts.count ? starts[run + 1] : count
    }

    /// O(1) once dense, else O(log n) in the number of runs.
    subscript(index: Int) -> Element {
        if isDense { return values[index] }
        precondition(index < count, "position \(index) of \(count)")
        var (low, high) = (0, starts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] > index { high = middle - 1 } else { low = middle }
        }
        return values[low]
    }

    /// Whether no element comes before the one above it, of those that are tied with that one; which of them have its rank.
    ///
    /// O(runs), and O(n) once dense.
    func isInOrder(where isTied: inout [Bool], by rank: (Element) -> Int) -> Bool {
        func isInOrder(_ above: Element, _ element: Element, at position: Int) -> Bool {
            if above.pattern == element.pattern { return true }
            let (earlier, later) = (rank(above), rank(element))
            isTied[position] = earlier == later
            return earlier <= later
        }
        if isDense {
            for position in values.indices.dropFirst() where isTied[position] {
                guard isInOrder(values[position - 1], values[position], at: position) else { return false }
            }
        } else {
            for run in starts.indices.dropFirst() where isTied[starts[run]] {
                guard isInOrder(values[run - 1], values[run], at: starts[run]) else { return false }
            }
        }
        return true
    }

    mutating func append(_ element: Element) {
        if isDense {
            values.append(element)
            count += 1
        } else if values.last?.pattern == element.pattern {
            count += 1
        } else {
            appendRun(of: element, count: 1)
        }
    }

    mutating func append(repeating element: Element, count more: Int) {
        guard more > 0 else { return }
        if isDense {
            values.append(contentsOf: repeatElement(element, count: more))
            count += more
        } else if values.last?.pattern == element.pattern {
            count += more
        } else {
            appendRun(of: element, count: more)
        }
    }

    /// Adds a run of another element than the last.
    private mutating func appendRun(of element: Element, count more: Int) {
        // Many columns have a single run; where there are two, there mostly are more.
        if values.count == 1 {
            values.reserveCapacity(Self.fewRuns)
            starts.reserveCapacity(Self.fewRuns)
        }
        values.append(element)
        starts.append(count)
        count += more
        if values.count > Self.fewRuns, 4 * values.count > count { becomeDense() }
    }

    mutating func append(contentsOf elements: [Element]) {
        var position = 0
        while position < elements.count, !isDense {
            let element = elements[position]
            var end = position + 1
            while end < elements.count, elements[end].pattern == element.pattern { end += 1 }
            append(repeating: element, count: end - position)
            position = end
        }
        guard position < elements.count else { return }
        values.append(contentsOf: elements[position...])
        count = values.count
    }

    private mutating func becomeDense() {
        values = all
        values.reserveCapacity(max(expected, count, 4 * Self.fewRuns))
        starts = []
        isDense = true
    }
}
