/// Values of places in order, with their ranks: made once for all measures of rank agreement that ask for them.
struct Ranking {
    /// In the order of the places; finite.
    let values: [Double]
    /// The positions of the values in ascending order.
    let order: [Int32]
    /// The rank of each value, the smallest 1; equal values share the mean of their ranks.
    let ranks: [Double]
    /// How many values are equal at each rank, in ascending order.
    let lengths: [Int]

    /// O(n log n).
    init(_ values: [Double]) {
        let order = ascendingOrder(of: values)
        var ranks = [Double](repeating: 0, count: values.count)
        var lengths: [Int] = []
        lengths.reserveCapacity(values.count)
        var start = 0
        while start < order.count {
            let value = values[Int(order[start])]
            var end = start + 1
            while end < order.count, values[Int(order[end])] == value { end += 1 }
            for position in start..<end { ranks[Int(order[position])] = Double(start + 1 + end) / 2 }
            lengths.append(end - start)
            start = end
        }
        self.values = values
        self.order = order
        self.ranks = ranks
        self.lengths = lengths
    }

    /// How many pairs of values are equal.
    var tiedPairs: Int {
        lengths.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }

    /// The positions of the values in ascending order, those of equal ones in the order of the values of another ranking of the
    /// same places.
    func order(thenBy other: Ranking) -> [Int32] {
        if lengths.count == values.count { return order }
        return ascendingOrder(of: other.order.map { values[Int($0)] }).map { other.order[Int($0)] }
    }
}
