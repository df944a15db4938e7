private import Cores

extension Observation {
    /// The observations in canonical order; those that came in where they are in it, without a copy.
    ///
    /// - Parameters:
    ///   - observations: In any order.
    ///   - size: How many a core looks at in one go.
    /// - Returns: All of them.
    public static func inCanonicalOrder(_ observations: [Observation], inPartsOf size: Int = 1 << 18) -> [Observation] {
        let partCount = (observations.count + size - 1) / size
        let isOrdered = onAllCores(partCount, isWorthIt: partCount > 1) { part in
            let range = max(1, part * size)..<max(1, min((part + 1) * size, observations.count))
            return range.allSatisfy { isNext($0, in: observations) }
        }.allSatisfy { $0 }
        return isOrdered ? observations : canonicalOrder(of: observations).map { observations[$0] }
    }

    /// Whether an observation comes behind the one before it.
    private static func isNext(_ position: Int, in observations: [Observation]) -> Bool {
        let before = position - 1
        return precedes(
            indicators: (observations[before].indicator, observations[position].indicator),
            places: (observations[before].place, observations[position].place),
            years: (observations[before].year, observations[position].year),
            groups: (observations[before].group, observations[position].group)
        )
    }

    /// The canonical order, of two whose fields are looked at where they stand and only as far as they must be: an observation
    /// that is handed over is copied, and a run compares tens of thousands.
    @inline(__always)
    static func precedes(
        indicators: @autoclosure () -> (String, String),
        places: @autoclosure () -> (String, String),
        years: @autoclosure () -> (Int, Int),
        groups: @autoclosure () -> (String, String)
    ) -> Bool {
        let (indicator, otherIndicator) = indicators()
        if indicator != otherIndicator { return indicator < otherIndicator }
        let (place, otherPlace) = places()
        if place != otherPlace { return place < otherPlace }
        let (year, otherYear) = years()
        if year != otherYear { return year < otherYear }
        let (group, otherGroup) = groups()
        return group < otherGroup
    }

    /// Observations in canonical order and others, together in canonical order.
    ///
    /// - Parameters:
    ///   - ordered: In canonical order.
    ///   - others: In any order; none is of the indicator, place, year and group of another.
    /// - Returns: All of them.
    public static func merged(_ ordered: [Observation], with others: [Observation]) -> [Observation] {
        if others.isEmpty { return ordered }
        var merged: [Observation] = []
        merged.reserveCapacity(ordered.count + others.count)
        var next = 0
        for position in canonicalOrder(of: others) {
            if next < ordered.count, canonicallyPrecedes(ordered[next], others[position]) {
                let end = firstPosition(in: ordered, from: next, behind: others[position])
                merged.append(contentsOf: ordered[next..<end])
                next = end
            }
            merged.append(others[position])
        }
        merged.append(contentsOf: ordered[next...])
        return merged
    }

    /// The first position at or after `start` whose observation does not precede `other`.
    private static func firstPosition(in ordered: [Observation], from start: Int, behind other: Observation) -> Int {
        var (low, high) = (start, ordered.count)
        while low < high {
            let middle = (low + high) / 2
            if canonicallyPrecedes(ordered[middle], other) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The positions of observations in canonical order, those of one key by their first cells.
    ///
    /// Each distinct text is compared once, not each pair of observations: O(n log n) comparisons of integers.
    public static func canonicalOrder(of observations: [Observation]) -> [Int] {
        ObservationRanks(observations).canonicalOrder(of: observations)
    }
}

/// For each of some observations the rank of its texts among the distinct ones, sorted: what is grouped and sorted by them need
/// not compare texts.
public struct ObservationRanks: Sendable {
    public let indicators: [Int]
    public let places: [Int]
    public let groups: [Int]

    public init(_ observations: [Observation]) {
        let count = observations.count
        indicators = TextNumbers.ranks(count) {
            observations[$0].indicator
        } isRepeated: {
            Spelling.areAlike(observations[$0 - 1].indicator, observations[$0].indicator)
        }
        places = TextNumbers.ranks(count) {
            observations[$0].place
        } isRepeated: {
            Spelling.areAlike(observations[$0 - 1].place, observations[$0].place)
        }
        groups = TextNumbers.ranks(count) {
            observations[$0].group
        } isRepeated: {
            Spelling.areAlike(observations[$0 - 1].group, observations[$0].group)
        }
    }

    /// For each observation the rank of the file of its first cell among the distinct ones; that of the empty text where it comes
    /// from none.
    package static func files(of observations: [Observation]) -> [Int] {
        TextNumbers.ranks(observations.count) {
            observations[$0].past.file ?? ""
        } isRepeated: {
            observations[$0].past.isFromFile(of: observations[$0 - 1].past)
        }
    }

    /// The positions in canonical order, those of one key by their first cells.
    ///
    /// - Parameter observations: Those that the ranks are of.
    /// - Returns: Each position once.
    public func canonicalOrder(of observations: [Observation]) -> [Int] {
        let keys = observations.indices.map { (indicators[$0], places[$0], observations[$0].year, groups[$0]) }
        return observations.indices.sorted { left, right in
            let (key, other) = (keys[left], keys[right])
            if key.0 != other.0 { return key.0 < other.0 }
            if key.1 != other.1 { return key.1 < other.1 }
            if key.2 != other.2 { return key.2 < other.2 }
            if key.3 != other.3 { return key.3 < other.3 }
            return observations[left].origins.lexicographicallyPrecedes(observations[right].origins)
        }
    }
}
