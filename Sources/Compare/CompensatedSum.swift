/// A sum of doubles kept in two doubles: as if summed with twice the digits, for a few additions more.
///
/// The order of the summands matters in the last of those digits, so that sums run in a canonical order. Cheaper than
/// `ExactSum`, for sums that a measure takes by the dozen.
///
/// - SeeAlso: Neumaier (1974), *Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen*.
struct CompensatedSum {
    private var sum = 0.0
    private var rest = 0.0

    mutating func add(_ summand: Double) {
        let next = sum + summand
        rest += abs(sum) >= abs(summand) ? (sum - next) + summand : (summand - next) + sum
        sum = next
    }

    var value: Double { sum + rest }

    /// What is left of `total`, without rounding either sum first.
    func remainder(of total: CompensatedSum) -> Double {
        (total.sum - sum) + (total.rest - rest)
    }
}
