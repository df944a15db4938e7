import Indicators
import Synchronization

/// The places of a division that a figure counts, and what several figures take of them: worked out once.
final class CountedPlaces: Sendable {
    /// In order of their codes.
    let entries: [ObservedDivision.Entry]
    let values: [Double]
    /// One for each value; 1 each where it is not weighted.
    let weights: [Double]
    /// The sum of the weights that the denominator gives, `nil` where one is not known or the sum is beyond all doubles.
    let knownWeight: Double?
    /// `nil` where there is no place.
    let distribution: Distribution?
    /// The most telling status, of the weights too where it is weighted; `nil` where there is no place.
    let status: ObservationStatus?
    let grade: Grade?
    /// The positions of the values in ascending order.
    let order: [Int32]

    /// - Parameters:
    ///   - all: In order of their codes.
    ///   - isWeighted: Whether only places with a weight above 0 count.
    ///   - known: The ascending order of the values of all entries, where it is known.
    init(_ all: [ObservedDivision.Entry], isWeighted: Bool, order known: [Int32]?) {
        entries = isWeighted && !all.allSatisfy({ $0.weight > 0 }) ? all.filter { $0.weight > 0 } : all
        values = entries.map(\.value)
        let ownWeights = entries.map(\.weight)
        weights = isWeighted ? ownWeights : [Double](repeating: 1, count: entries.count)
        knownWeight = ownWeights.contains(where: \.isNaN) ? nil : ExactSum.value(of: ownWeights)
        if let known, entries.count == all.count {
            order = known
        } else {
            order = ascendingOrder(of: values)
        }
        distribution = Distribution(values, weights: weights, order: order)
        var status: ObservationStatus?
        var grade: Grade?
        for entry in entries {
            var (own, ownGrade) = (entry.status, entry.grade)
            if isWeighted {
                if own != entry.weightStatus { own = own.worse(entry.weightStatus) }
                if ownGrade != entry.weightGrade { ownGrade = ownGrade.worse(entry.weightGrade) }
            }
            if status != own { status = status?.worse(own) ?? own }
            if grade != ownGrade { grade = grade?.worse(ownGrade) ?? ownGrade }
        }
        self.status = status
        self.grade = grade
    }
}

/// The places that count and the mean over them, not weighted and weighted, once they were asked for.
final class CountedStore: Sendable {
    private struct Found {
        var places: CountedPlaces?
        /// `.some(nil)` where there is no mean.
        var mean: Mean??
    }

    private let found = Mutex<(simple: Found, weighted: Found)>((Found(), Found()))

    func places(_ entries: [ObservedDivision.Entry], isWeighted: Bool) -> CountedPlaces {
        let (known, order) = found.withLock { found in
            (isWeighted ? found.weighted.places : found.simple.places, found.simple.places?.order)
        }
        if let known { return known }
        let made = CountedPlaces(entries, isWeighted: isWeighted, order: isWeighted ? order : nil)
        found.withLock { found in
            if isWeighted { found.weighted.places = made } else { found.simple.places = made }
        }
        return made
    }

    func mean(isWeighted: Bool, _ make: () -> Mean?) -> Mean? {
        if let known = found.withLock({ isWeighted ? $0.weighted.mean : $0.simple.mean }) { return known }
        let made = make()
        found.withLock { found in
            if isWeighted { found.weighted.mean = .some(made) } else { found.simple.mean = .some(made) }
        }
        return made
    }
}
