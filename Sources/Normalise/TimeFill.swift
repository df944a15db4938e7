import Indicators

/// One place's values over the years, and what imputation over time makes of a hole in them.
struct TimeFill {
    /// A value for a hole, and the positions of the years that it comes from.
    struct Found: Equatable {
        var value: Double
        var from: Int
        var to: Int
    }

    private let values: [Double]
    private let statuses: [ObservationStatus]
    /// For each year the nearest one with a value before, and after; -1 where there is none.
    private let before: [Int]
    private let after: [Int]

    /// - Parameters:
    ///   - values: One for each year, no year left out; NaN for missing.
    ///   - statuses: As many. A value that includes another place is not carried beyond that place's separation.
    init(_ values: [Double], statuses: [ObservationStatus]) {
        self.values = values
        self.statuses = statuses
        var before = [Int](repeating: -1, count: values.count)
        var after = before
        var last = -1
        for year in values.indices {
            before[year] = last
            if !values[year].isNaN { last = year }
        }
        last = -1
        for year in values.indices.reversed() {
            after[year] = last
            if !values[year].isNaN { last = year }
        }
        self.before = before
        self.after = after
    }

    /// The value that a rule gives to a year without one, `nil` where it gives none.
    func value(at year: Int, by method: ImputationRule.Method) -> Found? {
        switch method {
        case .latest(let age): forward(year, within: age)
        case .constant(let age): before[year] >= 0 ? forward(year, within: age) : backward(year, within: age)
        case .linear(let gap): between(year, within: gap)
        case .none, .group, .row: nil
        }
    }

    private func forward(_ year: Int, within age: Int?) -> Found? {
        let donor = before[year]
        guard donor >= 0, year - donor <= age ?? .max else { return nil }
        if statuses[donor] == .includesOther {
            let next = after[year]
            guard next >= 0, statuses[next] == .includesOther else { return nil }
        }
        return Found(value: values[donor], from: donor, to: donor)
    }

    private func backward(_ year: Int, within age: Int?) -> Found? {
        let donor = after[year]
        guard donor >= 0, donor - year <= age ?? .max else { return nil }
        return Found(value: values[donor], from: donor, to: donor)
    }

    /// On the line between the neighbours; beyond the ends the nearest value.
    private func between(_ year: Int, within gap: Int?) -> Found? {
        let (from, to) = (before[year], after[year])
        guard from >= 0 else { return backward(year, within: gap) }
        guard to >= 0 else { return forward(year, within: gap) }
        guard to - from <= gap ?? .max, statuses[to] != .seriesBreak,
            (statuses[from] == .includesOther) == (statuses[to] == .includesOther)
        else { return nil }
        let share = Double(year - from) / Double(to - from)
        let step = values[to] - values[from]
        // Two summands where the difference is beyond all doubles.
        let value = step.isFinite ? values[from] + share * step : values[from] * (1 - share) + values[to] * share
        return Found(value: value, from: from, to: to)
    }
}

/// The middle value, of an even number the mean of the two in the middle; `nil` of none.
func middle(of values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
}

extension ImputationRule.Statistic {
    /// The statistic of `values`, `nil` of none or where the sum is beyond all doubles.
    func callAsFunction(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        switch self {
        case .mean: return ExactSum(of: values).value.map { $0 / Double(values.count) }
        case .median: return middle(of: values)
        }
    }
}
