/// Finds observations by what they are of. Nothing is made beforehand: a run of thousands is asked for few of them.
public struct ObservationFinder: Sendable {
    public let observations: [Observation]

    /// - Parameter observations: In any order, at most one of each key.
    public init(_ observations: [Observation]) {
        self.observations = Observation.inCanonicalOrder(observations)
    }

    /// The position in ``observations`` of the one that is of `key`; `nil` for none.
    public func position(of key: ObservationKey) -> Int? {
        var (low, high) = (0, observations.count)
        while low < high {
            let middle = (low + high) / 2
            if observations[middle].precedes(key) { low = middle + 1 } else { high = middle }
        }
        return low < observations.count && observations[low].is(of: key) ? low : nil
    }

    public subscript(key: ObservationKey) -> Observation? {
        position(of: key).map { observations[$0] }
    }
}

extension Observation {
    fileprivate func precedes(_ key: ObservationKey) -> Bool {
        if indicator != key.indicator { return indicator < key.indicator }
        if place != key.place { return place < key.place }
        return year == key.year ? group < key.group : year < key.year
    }

    fileprivate func `is`(of key: ObservationKey) -> Bool {
        year == key.year && place == key.place && indicator == key.indicator && group == key.group
    }
}
