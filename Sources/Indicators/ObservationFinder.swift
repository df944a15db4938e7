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
        return low < observations.count && ObservationKey(observations[low]) == key ? low : nil
    }

    public subscript(key: ObservationKey) -> Observation? {
        position(of: key).map { observations[$0] }
    }
}

extension Observation {
    /// ``canonicallyPrecedes(_:_:)``, of a key.
    fileprivate func precedes(_ key: ObservationKey) -> Bool {
        (indicator, place, year, group) < (key.indicator, key.place, key.year, key.group)
    }
}
