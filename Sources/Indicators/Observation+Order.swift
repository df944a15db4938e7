extension Observation {
    /// The positions of observations in canonical order, those of one key by their first cells.
    ///
    /// Each distinct text is compared once, not each pair of observations: O(n log n) comparisons of integers.
    package static func canonicalOrder(of observations: [Observation]) -> [Int] {
        let indicators = TextNumbers.ranks(observations.count) { observations[$0].indicator }
        let places = TextNumbers.ranks(observations.count) { observations[$0].place }
        let groups = TextNumbers.ranks(observations.count) { observations[$0].group }
        let keys = observations.indices.map { (indicators[$0], places[$0], observations[$0].year, groups[$0]) }
        return observations.indices.sorted { left, right in
            if keys[left] != keys[right] { return keys[left] < keys[right] }
            return observations[left].origins.lexicographicallyPrecedes(observations[right].origins)
        }
    }
}
