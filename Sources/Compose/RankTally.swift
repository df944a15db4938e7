import Indicators

/// How often each place had each rank, and was ahead of each other place: as long as there are places, whatever the number
/// of replications. Counts are whole numbers, so that the order of the replications does not matter.
struct RankTally: Sendable {
    let placeCount: Int
    /// By place, then rank from 1.
    private var counts: [Int32]
    /// By place, then other place: ahead, and both ranked; empty where pairs are not asked for.
    private var ahead: [Int32]
    private var both: [Int32]

    init(placeCount: Int, countsPairs: Bool) {
        self.placeCount = placeCount
        counts = [Int32](repeating: 0, count: placeCount * placeCount)
        ahead = countsPairs ? counts : []
        both = ahead
    }

    /// Adds a replication.
    ///
    /// - Parameters:
    ///   - ranks: By place; 0 for none.
    ///   - order: The places that are ranked, from the best.
    mutating func add(ranks: [Int32], order: [Int32]) {
        for place in order { counts[Int(place) * placeCount + Int(ranks[Int(place)]) - 1] += 1 }
        guard !ahead.isEmpty else { return }
        for (index, place) in order.enumerated() {
            let rank = ranks[Int(place)]
            let start = Int(place) * placeCount
            for position in (index + 1)..<max(order.count, index + 1) {
                let other = Int(order[position])
                both[start + other] += 1
                if rank < ranks[other] { ahead[start + other] += 1 }
            }
        }
    }

    mutating func add(_ other: RankTally) {
        for index in counts.indices { counts[index] += other.counts[index] }
        for index in ahead.indices {
            ahead[index] += other.ahead[index]
            both[index] += other.both[index]
        }
    }

    func spell(_ writer: inout MemoWriter) {
        writer.append(counts)
        writer.append(ahead)
        writer.append(both)
    }

    /// As ``spell(_:)`` spelt a tally of as many places; `nil` where it did not.
    init?(_ reader: inout MemoReader, like other: RankTally) {
        self = other
        guard let counts = reader.list({ $0.integer(Int32.self) }), counts.count == other.counts.count,
            let ahead = reader.list({ $0.integer(Int32.self) }), ahead.count == other.ahead.count,
            let both = reader.list({ $0.integer(Int32.self) }), both.count == other.both.count
        else { return nil }
        self.counts = counts
        self.ahead = ahead
        self.both = both
    }

    /// How many replications gave a place a rank.
    func replications(_ place: Int) -> Int {
        counts[place * placeCount..<(place + 1) * placeCount].reduce(0) { $0 + Int($1) }
    }

    /// The ranks that a place had, and how often.
    func counts(of place: Int) -> [(rank: Int, count: Int)] {
        (0..<placeCount).compactMap { rank in
            let count = Int(counts[place * placeCount + rank])
            return count > 0 ? (rank + 1, count) : nil
        }
    }

    func mean(_ place: Int) -> Double? {
        let total = replications(place)
        guard total > 0 else { return nil }
        let sum = (0..<placeCount).reduce(0) { $0 + ($1 + 1) * Int(counts[place * placeCount + $1]) }
        return Double(sum) / Double(total)
    }

    /// The quantile of type 7 of a place's ranks: between the order statistics around (n-1)p, in proportion.
    ///
    /// - SeeAlso: Hyndman and Fan (1996), *Sample quantiles in statistical packages*, The American Statistician 50:361-365.
    func quantile(_ share: Double, of place: Int) -> Double? {
        let total = replications(place)
        guard total > 0 else { return nil }
        let position = Double(total - 1) * share
        let below = Int(position)
        let low = Double(rank(at: below, of: place))
        let high = Double(rank(at: min(below + 1, total - 1), of: place))
        return low + (position - Double(below)) * (high - low)
    }

    /// The rank at a position, from 0, of a place's ranks in order.
    private func rank(at position: Int, of place: Int) -> Int {
        var passed = 0
        for rank in 0..<placeCount {
            passed += Int(counts[place * placeCount + rank])
            if passed > position { return rank + 1 }
        }
        return placeCount
    }

    /// In how many replications a place was ahead of another, level with it, and both had a rank.
    func pair(_ place: Int, _ other: Int) -> (ahead: Int, level: Int, both: Int) {
        let (there, back) = (place * placeCount + other, other * placeCount + place)
        let total = Int(both[there]) + Int(both[back])
        return (Int(ahead[there]), total - Int(ahead[there]) - Int(ahead[back]), total)
    }
}
