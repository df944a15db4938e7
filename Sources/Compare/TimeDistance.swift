import Indicators

/// When a figure reached a level, as far as its years tell.
enum Reached: Equatable {
    /// Years, with a fraction.
    case at(Double)
    /// In the first year that there is, if not before.
    case atFirst(Double)
    /// Before the first year that there is.
    case before(Double)
    /// Not up to the last year that there is.
    case notUntil(Double)

    /// Of the points of a figure.
    enum Crossing: String, Sendable, CaseIterable {
        /// The first time that the level is reached.
        case earliest
        /// The last time, after whatever the figure lost in between.
        case last
    }

    /// The word in the tables.
    var word: String {
        switch self {
        case .at: "exact"
        case .atFirst: "left-censored"
        case .before: "before"
        case .notUntil: "not-reached"
        }
    }

    /// The year that stands in the tables: `nil` where there is only a limit.
    var year: Double? {
        switch self {
        case .at(let year), .atFirst(let year): year
        case .before, .notUntil: nil
        }
    }
}

/// The points of a figure in order of their years, ready to be asked when levels were reached.
///
/// - SeeAlso: Sicherl (2004), *Comparing in two dimensions*, European Societies 6(2), 181-203.
struct LevelCrossings {
    private let years: [Double]
    /// Times d, so that better is always higher: a level of an indicator of which less is better is crossed downwards.
    private let values: [Double]
    private let highest: [Double]
    private let crossing: Reached.Crossing
    private let sign: Double

    /// - Precondition: There is a point.
    init(_ points: [TimeLine.Point], sign: Double, crossing: Reached.Crossing) {
        precondition(!points.isEmpty, "no points")
        years = points.map { Double($0.year) }
        values = points.map { sign * $0.value }
        var highest: [Double] = []
        for value in values { highest.append(max(value, highest.last ?? value)) }
        self.highest = highest
        self.crossing = crossing
        self.sign = sign
    }

    /// When `level` was reached: in (k, k + 1] with x_k < L <= x_(k+1), on the straight line between the two points.
    ///
    /// O(log n) for the earliest crossing, O(n) for the last.
    func reached(_ level: Double) -> Reached {
        let level = sign * level
        let last = years.count - 1
        if crossing == .last {
            for index in stride(from: last, to: 0, by: -1) where values[index - 1] < level && level <= values[index] {
                return .at(interpolated(level, before: index))
            }
        }
        guard values[0] < level else { return values[0] == level ? .atFirst(years[0]) : .before(years[0]) }
        guard highest[last] >= level else { return .notUntil(years[last]) }
        var (low, high) = (0, last)
        while high - low > 1 {
            let middle = (low + high) / 2
            if highest[middle] >= level { high = middle } else { low = middle }
        }
        return .at(interpolated(level, before: high))
    }

    private func interpolated(_ level: Double, before index: Int) -> Double {
        // Halved, so that the difference of two huge values is still a number.
        let part = (level / 2 - values[index - 1] / 2) / (values[index] / 2 - values[index - 1] / 2)
        let years = (years[index - 1], years[index])
        return part.isFinite ? years.0 + part * (years.1 - years.0) : years.1
    }
}

/// How many years lie between the two countries' reaching the same level.
struct TimeDistance: Equatable {
    enum Bound: String, Sendable {
        case exact
        /// A level reached in the first year that there is, perhaps before: the distance holds if it was then.
        case leftCensored = "left-censored"
        /// The true distance is this or more.
        case atLeast = "at-least"
        /// The true distance is this or less.
        case atMost = "at-most"
        /// Nothing can be said.
        case undefined
    }

    /// Positive where the other reached the level later.
    var years: Double?
    var bound: Bound

    init(reference: Reached, other: Reached) {
        switch (reference, other) {
        case (.at(let one), .at(let two)): self.init(two - one, .exact)
        case (.at(let one), .atFirst(let two)), (.atFirst(let one), .at(let two)),
            (.atFirst(let one), .atFirst(let two)):
            self.init(two - one, .leftCensored)
        case (.at(let one), .notUntil(let two)), (.atFirst(let one), .notUntil(let two)),
            (.before(let one), .notUntil(let two)), (.before(let one), .at(let two)),
            (.before(let one), .atFirst(let two)):
            self.init(two - one, .atLeast)
        case (.notUntil(let one), .at(let two)), (.notUntil(let one), .atFirst(let two)),
            (.notUntil(let one), .before(let two)), (.at(let one), .before(let two)),
            (.atFirst(let one), .before(let two)):
            self.init(two - one, .atMost)
        case (.before, .before), (.notUntil, .notUntil): self.init(nil, .undefined)
        }
    }

    private init(_ years: Double?, _ bound: Bound) {
        self.years = years.map { $0 + 0 }
        self.bound = bound
    }
}
