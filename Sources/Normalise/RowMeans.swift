import Indicators

/// The means or medians of places over several indicators, each on 0 to 1 by min-max with its direction.
struct RowMeans: Sendable {
    private struct Member {
        var series: Int
        var isReversed: Bool
        /// The least and the greatest value by year, or one of each for the whole panel.
        var low: [Double]
        var high: [Double]
    }

    private let observed: ValuePanel
    private let statistic: ImputationRule.Statistic
    private let isWhole: Bool
    private var members: [Member] = []

    /// Finds the limits of the indicators among observed values.
    init(of series: [Int], in observed: ValuePanel, by rule: ImputationRule, catalogue: Catalogue) {
        self.observed = observed
        guard case .row(let statistic, let years) = rule.method else { preconditionFailure("no rule of rows") }
        self.statistic = statistic
        isWhole = years == .wholePanel
        let width = observed.places.count
        for series in series {
            let direction = catalogue[observed.series[series].indicator]?.direction ?? .neutral
            // Without a direction nobody knows whether much of it goes with much of the others.
            guard direction != .neutral else { continue }
            let block = observed.block(series)
            let rows =
                isWhole
                ? [block]
                : observed.years.indices.map { block.lowerBound + $0 * width..<block.lowerBound + ($0 + 1) * width }
            let extents = rows.map { extent(of: observed.values[$0]) }
            members.append(
                Member(
                    series: series,
                    isReversed: direction == .lowerIsBetter,
                    low: extents.map(\.low),
                    high: extents.map(\.high)
                )
            )
        }
    }

    /// The series that take part in a cell's row: those with a value that is not the same everywhere.
    func givers(at position: Int) -> [Int] {
        members.filter { share(of: $0, at: position) != nil }.map(\.series)
    }

    /// What a row gives a series without a value, on the series' own range, and of how many; `nil` where no other has a value
    /// or the series is the same everywhere.
    func value(at position: Int, of series: Int) -> (value: Double, count: Int)? {
        guard let taker = members.first(where: { $0.series == series }) else { return nil }
        let (low, high) = limits(of: taker, at: position)
        let shares = members.compactMap { share(of: $0, at: position) }
        guard low < high, (high - low).isFinite, let share = statistic(shares) else { return nil }
        let value = taker.isReversed ? high - share * (high - low) : low + share * (high - low)
        return (value, shares.count)
    }

    /// How far along its range, towards the good end, a series is; `nil` where it takes no part.
    func share(of series: Int, at position: Int) -> Double? {
        members.first { $0.series == series }.flatMap { share(of: $0, at: position) }
    }

    /// The cells that have the least and the greatest value of a series, the first of several.
    func ends(of series: Int, at position: Int) -> (low: Int?, high: Int?) {
        guard let member = members.first(where: { $0.series == series }) else { return (nil, nil) }
        let (low, high) = limits(of: member, at: position)
        let block = observed.block(series)
        let width = observed.places.count
        let start = block.lowerBound + position / width * width
        let cells = isWhole ? block : start..<start + width
        return (cells.first { observed.values[$0] == low }, cells.first { observed.values[$0] == high })
    }

    private func limits(of member: Member, at position: Int) -> (low: Double, high: Double) {
        let row = isWhole ? 0 : position / observed.places.count
        return (member.low[row], member.high[row])
    }

    private func share(of member: Member, at position: Int) -> Double? {
        let value = observed.values[observed.block(member.series).lowerBound + position]
        let (low, high) = limits(of: member, at: position)
        guard !value.isNaN, low < high, (high - low).isFinite else { return nil }
        return member.isReversed ? (high - value) / (high - low) : (value - low) / (high - low)
    }
}
