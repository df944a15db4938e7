import Indicators

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Judgement {
    /// By the ranks of the texts.
    private struct Key: Comparable {
        var indicator: Int
        var place: Int
        var group: Int

        init(_ ranks: Ranks) {
            indicator = ranks.indicator
            place = ranks.place
            group = ranks.group
        }

        static func < (left: Key, right: Key) -> Bool {
            (left.indicator, left.place, left.group) < (right.indicator, right.place, right.group)
        }
    }

    /// The positive values of an indicator at a place, in order of time.
    private struct PositiveSeries {
        var positions: ArraySlice<Int>
        /// Of each value but the first the absolute change from the one before it, in logarithms; `nil` where the two cannot be
        /// compared.
        var changes: [Double?]

        /// The change to the value at `index`, counted from 0.
        func change(_ index: Int) -> Double? {
            changes.indices.contains(index - 1) ? changes[index - 1] : nil
        }

        /// The position of the value at `index`, counted from 0.
        func position(_ index: Int) -> Int { positions[positions.startIndex + index] }
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
        let (observations, ranks) = (observations, ranks)
        let positive = remaining.filter { observations[$0].value ?? 0 > 0 }
        let series = Self.groups(positive.map { (Key(ranks[$0]), $0) }).map { positions in
            PositiveSeries(
                positions: positions,
                changes: zip(positions, positions.dropFirst()).map { change($0, $1).map(abs) }
            )
        }
        var start = 0
        while start < series.count {
            let indicator = ranks[series[start].position(0)].indicator
            let end = series[start...].firstIndex { ranks[$0.position(0)].indicator != indicator } ?? series.count
            judgeJumps(in: series[start..<end], options)
            start = end
        }
    }

    /// Of all series of one indicator.
    private mutating func judgeJumps(in series: ArraySlice<PositiveSeries>, _ options: ValidateOptions) {
        guard let first = series.first else { return }
        let factor = options.rules[observations[first.position(0)].indicator]?.jumpFactor ?? options.jumpFactor
        let least = log(factor)
        let suspects = series.filter { $0.changes.contains { $0 ?? 0 > least } }
        if suspects.isEmpty { return }
        let changes = series.flatMap { $0.changes.compactMap(\.self) }.sorted()
        for series in suspects {
            for index in jumps(in: series, least, among: changes).sorted() {
                note(
                    "jump",
                    .warning,
                    series.position(index),
                    expected: "a value nearer to \(neighbourText(index, in: series)); it is kept",
                    hint: "was a digit dropped or doubled, or the unit changed? declare `jump_factor` if it is right"
                )
            }
        }
    }

    /// The median of sorted numbers without some of them; 0 where none is left.
    private func median(of sorted: [Double], without excluded: [Double]) -> Double {
        var pending = excluded
        let left = sorted.filter { number in
            guard let index = pending.firstIndex(of: number) else { return true }
            pending.remove(at: index)
            return false
        }
        if left.isEmpty { return 0 }
        let middle = left.count / 2
        return left.count % 2 == 1 ? left[middle] : (left[middle - 1] + left[middle]) / 2
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
    private func jumps(in series: PositiveSeries, _ least: Double, among changes: [Double]) -> Set<Int> {
        func jumps(_ index: Int) -> Bool {
            guard let change = series.change(index), change > least else { return false }
            let beside = [series.change(index - 1), change, series.change(index + 1)].compactMap(\.self)
            return change > Self.unusual * median(of: changes, without: beside)
        }
        let values = series.positions.map { observations[$0].value ?? 0 }
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
    private func neighbourText(_ index: Int, in series: PositiveSeries) -> String {
        let around = [index - 1, index + 1].filter((0..<series.positions.count).contains)
        return around.map { index in
            let observation = observations[series.position(index)]
            return "\(Cell(observation.value).text) (\(observation.year))"
        }.joined(separator: " and ")
    }
}
