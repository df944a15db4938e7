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
            if precedes(middle, key) { low = middle + 1 } else { high = middle }
        }
        return low < observations.count && ObservationKey(observations[low]) == key ? low : nil
    }

    /// ``Observation/canonicallyPrecedes(_:_:)``, of a key.
    private func precedes(_ position: Int, _ key: ObservationKey) -> Bool {
        Observation.precedes(
            indicators: (observations[position].indicator, key.indicator),
            places: (observations[position].place, key.place),
            years: (observations[position].year, key.year),
            groups: (observations[position].group, key.group)
        )
    }

    public subscript(key: ObservationKey) -> Observation? {
        position(of: key).map { observations[$0] }
    }
}
