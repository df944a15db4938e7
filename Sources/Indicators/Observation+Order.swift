extension Observation {
    /// The observations in canonical order; those that came in where they are in it, without a copy.
    package static func inCanonicalOrder(_ observations: [Observation]) -> [Observation] {
        let isOrdered = observations.indices.dropFirst().allSatisfy { position in
            // Most neighbours differ in the year alone; equal texts are found equal at once.
            if observations[position - 1].place == observations[position].place,
                observations[position - 1].indicator == observations[position].indicator,
                observations[position - 1].year < observations[position].year
            {
                return true
            }
            return canonicallyPrecedes(observations[position - 1], observations[position])
        }
        return isOrdered ? observations : canonicalOrder(of: observations).map { observations[$0] }
    }

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
