extension Observation {
    /// The positions of observations in canonical order, those of one key by their first cells.
    ///
    /// Each distinct text is compared once, not each pair of observations: O(n log n) comparisons of integers.
    package static func canonicalOrder(of observations: [Observation]) -> [Int] {
        let indicators = ranks(observations.lazy.map(\.indicator))
        let places = ranks(observations.lazy.map(\.place))
        let groups = ranks(observations.lazy.map(\.group))
        let keys = observations.map { observation in
            (
                indicators[observation.indicator] ?? 0, places[observation.place] ?? 0, observation.year,
                groups[observation.group] ?? 0
            )
        }
        return observations.indices.sorted { left, right in
            if keys[left] != keys[right] { return keys[left] < keys[right] }
            return observations[left].origins.lexicographicallyPrecedes(observations[right].origins)
        }
    }

    private static func ranks(_ texts: some Sequence<String>) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: Set(texts).sorted().enumerated().map { ($1, $0) })
    }
}
