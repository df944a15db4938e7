import Indicators

/// What stands behind a figure that is taken over the places of one country, or of both together.
struct Backing {
    /// How many places have a value (and, where weighted, a weight above 0).
    let count: Int
    /// How many places there are.
    let placeCount: Int
    /// From 0 to 1.
    let coverage: Double
    /// What ``coverage`` is a share of: the id of the denominator, or `places`.
    let coverageBasis: String
    let status: ObservationStatus
    let grade: Grade
    /// The years of the weights, Common Era, one for each country; `nil` where none came in.
    let weightYears: [Int?]
    /// What a reader should know besides, in words.
    let notes: [String]

    /// Of the divisions that are taken together, with those entries of each that count; at least one in all.
    init(_ sides: [ObservedDivision], counted: [CountedPlaces], isWeighted: Bool) {
        count = counted.reduce(0) { $0 + $1.entries.count }
        placeCount = sides.reduce(0) { $0 + $1.placeCount }
        let known = Self.knownShare(sides, counted)
        coverage = known?.share ?? Double(count) / Double(placeCount)
        coverageBasis = known?.basis ?? ObservedDivision.placesBasis
        weightYears = sides.map { side in
            isWeighted || known != nil ? side.weights.map { side.panelYears[$0.year] } : nil
        }
        let status = ObservationStatus.worst(of: counted.compactMap(\.status)) ?? .normal
        let grade = Grade.worst(of: counted.compactMap(\.grade))
        self.status = coverage < 0.5 ? status.worse(.unreliable) : status
        self.grade = grade ?? .official
        var notes: [String] = []
        if isWeighted, sides.contains(where: { $0.weights?.areSummed == true }) {
            notes.append("weights summed from smaller places")
        }
        let dropped = sides.reduce(0) { $0 + $1.entries.count } - count
        if isWeighted, dropped > 0 {
            notes.append("\(dropped) place\(dropped == 1 ? "" : "s") with a value but without a weight left out")
        }
        self.notes = notes
    }

    /// The share of what the denominator counts, where it is known for every place counted and for all places together.
    private static func knownShare(
        _ sides: [ObservedDivision],
        _ counted: [CountedPlaces]
    ) -> (share: Double, basis: String)? {
        guard let denominator = sides.first?.denominator else { return nil }
        var totals: [Double] = []
        for (side, places) in zip(sides, counted) {
            guard let total = side.totalWeight, total > 0, places.knownWeight != nil else { return nil }
            totals.append(total)
        }
        let part =
            counted.count == 1
            ? counted[0].knownWeight : ExactSum.value(of: counted.flatMap { $0.entries.map(\.weight) })
        guard let part, let whole = ExactSum.value(of: totals), whole > 0 else { return nil }
        return (min(1, part / whole), denominator)
    }
}
