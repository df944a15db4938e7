import Indicators

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Judgement {
    /// The positive values, one series behind the other: an indicator at a place for a group, in order of time.
    private struct PositiveValues {
        /// Where they stand among the observations.
        let positions: [Int]
        let series: [Range<Int>]
        /// For each value the absolute change from the one before it in its series, in logarithms; NaN for the first, and where
        /// the two cannot be compared.
        let changes: [Double]

        /// The change to the value at `index` of a series, counted from 0; `nil` where there is none.
        func change(_ index: Int, in series: Range<Int>) -> Double? {
            guard series.contains(series.lowerBound + index) else { return nil }
            let change = changes[series.lowerBound + index]
            return change.isNaN ? nil : change
        }

        /// The position of the value at `index` of a series, counted from 0.
        func position(_ index: Int, in series: Range<Int>) -> Int { positions[series.lowerBound + index] }
    }

    /// Values further apart than this many years are not compared.
    private static let longestGap = 5
    /// A change must exceed this many times the indicator's usual one.
    private static let unusual = 6.0
    /// A rise from less than this part of the series' maximum, with nothing greater before it, is a beginning.
    private static let beginning = 0.01

    /// Flags values that are many times their neighbours in time, or few parts of them: 2,168 beside 26,168.
    ///
    /// A change is a jump when it exceeds the declared factor *and* six times the median of the indicator's other
    /// changes over all its places, without the changes beside it (all absolute, in logarithms), so that an indicator
    /// that is wild by nature does not cry at every step. A rise from less than 1 % of the series' maximum, with nothing greater before it, is a beginning, not a
    /// jump: the first mobile telephones. A value that jumps back with the next is flagged once. Zero, negative and
    /// missing values and values more than five years apart are not compared, nor a break with what is before it.
    ///
    /// Calibrated on 5,583 provincial and 798 national values of real series, 1960 to 2024: with the default of 5,
    /// eight are flagged, all of them counts and shares of one indicator that fall or rise at least 36-fold between
    /// two surveys; none of the starts of mobile, broadband and Internet use is.
    mutating func judgeJumps(_ options: ValidateOptions) {
        let values = positiveValues
        var start = 0
        while start < values.series.count {
            let indicator = indicator(of: values.series[start], in: values)
            var end = start + 1
            while end < values.series.count, self.indicator(of: values.series[end], in: values) == indicator {
                end += 1
            }
            judgeJumps(in: values.series[start..<end], of: values, options)
            start = end
        }
    }

    private var positiveValues: PositiveValues {
        let positive = remaining.filter { observations[$0].value ?? 0 > 0 }
        let groups = Groups(positive, by: [ranks.indicators, ranks.places, ranks.groups])
        var changes = [Double](repeating: .nan, count: positive.count)
        for series in groups.ranges {
            for index in series.dropFirst() {
                guard let change = change(groups.positions[index - 1], groups.positions[index]) else { continue }
                changes[index] = abs(change)
            }
        }
        return PositiveValues(positions: groups.positions, series: groups.ranges, changes: changes)
    }

    /// The rank of the indicator of a series.
    private func indicator(of series: Range<Int>, in values: PositiveValues) -> Int {
        ranks.indicators[values.position(0, in: series)]
    }

    /// Of all series of one indicator, which stand one behind the other.
    private mutating func judgeJumps(
        in allSeries: ArraySlice<Range<Int>>,
        of values: PositiveValues,
        _ options: ValidateOptions
    ) {
        guard let first = allSeries.first, let last = allSeries.last else { return }
        let factor = options.rules[observations[values.position(0, in: first)].indicator]?.jumpFactor
        let least = log(factor ?? options.jumpFactor)
        let suspects = allSeries.filter { values.changes[$0].contains { $0 > least } }
        if suspects.isEmpty { return }
        let changes = values.changes[first.lowerBound..<last.upperBound].filter { !$0.isNaN }.sorted()
        for series in suspects {
            for index in jumps(in: series, of: values, least, among: changes).sorted() {
                note(
                    "jump",
                    .warning,
                    values.position(index, in: series),
                    expected: "a value nearer to \(neighbourText(index, in: series, of: values)); it is kept",
                    hint: "was a digit dropped or doubled, or the unit changed? declare `jump_factor` if it is right"
                )
            }
        }
    }

    /// The median of sorted numbers without some of them; 0 where none is left.
    private func median(of sorted: [Double], without excluded: [Double]) -> Double {
        let count = sorted.count - excluded.count
        if count == 0 { return 0 }
        let excluded = excluded.sorted()
        // That at a position among those that are left stands as much further on as are excluded up to it.
        func left(_ position: Int) -> Double {
            sorted[excluded.reduce(position) { $1 <= sorted[$0] ? $0 + 1 : $0 }]
        }
        let middle = count / 2
        return count % 2 == 1 ? left(middle) : (left(middle - 1) + left(middle)) / 2
    }

    /// The change from one value to the next in logarithms; `nil` where the two cannot be compared.
    private func change(_ left: Int, _ right: Int) -> Double? {
        let status = (before: observations[left].status, after: observations[right].status)
        guard let from = observations[left].value, let to = observations[right].value,
            observations[right].year - observations[left].year <= Self.longestGap,
            status.after != .seriesBreak, status.before != .includesOther || status.after == .includesOther
        else { return nil }
        return log(to / from)
    }

    /// The values that stand out in a series, counted from 0: they change by more than `least`, and by more than is usual among
    /// the `changes` of the indicator.
    private func jumps(
        in series: Range<Int>,
        of all: PositiveValues,
        _ least: Double,
        among changes: [Double]
    ) -> Set<Int> {
        func jumps(_ index: Int) -> Bool {
            guard let change = all.change(index, in: series), change > least else { return false }
            let beside = [all.change(index - 1, in: series), change, all.change(index + 1, in: series)]
            return change > Self.unusual * median(of: changes, without: beside.compactMap(\.self))
        }
        let values = all.positions[series].map { observations[$0].value ?? 0 }
        let maximum = values.max() ?? 0
        var flagged: Set<Int> = []
        var highestBefore = 0.0
        for index in values.indices.dropFirst() {
            defer { highestBefore = max(highestBefore, values[index - 1]) }
            guard jumps(index), !flagged.contains(index - 1) else { continue }
            let isBeginning =
                values[index] > values[index - 1] && values[index - 1] < Self.beginning * maximum
                && highestBefore <= values[index - 1]
            if isBeginning { continue }
            // Where only the first value is far from the rest, it is the one that stands out.
            flagged.insert(index == 1 && values.count > 2 && !jumps(2) ? 0 : index)
        }
        return flagged
    }

    /// `25194 (2013) and 26915 (2015)`: the values before and after.
    private func neighbourText(_ index: Int, in series: Range<Int>, of values: PositiveValues) -> String {
        let around = [index - 1, index + 1].filter((0..<series.count).contains)
        return around.map { index in
            let observation = observations[values.position(index, in: series)]
            return "\(Cell(observation.value).text) (\(observation.year))"
        }.joined(separator: " and ")
    }
}
