import Indicators

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Judgement {
    /// By the ranks of the texts.
    private struct Key: Hashable {
        var indicator: Int
        var place: Int
        var group: Int

        init(_ ranks: Ranks) {
            indicator = ranks.indicator
            place = ranks.place
            group = ranks.group
        }
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
        var series: [Key: [Int]] = [:]
        // The values of most series stand together.
        var run: (key: Key, positions: [Int])?
        for position in remaining where observations[position].value ?? 0 > 0 {
            let key = Key(ranks[position])
            if run?.key != key {
                if let run { series[run.key, default: []] += run.positions }
                run = (key, [])
            }
            run?.positions.append(position)
        }
        if let run { series[run.key, default: []] += run.positions }
        let changes = changes(in: series.values)
        var jumps: [Int] = []
        for (key, positions) in series where positions.count > 1 {
            let indicator = observations[positions[0]].indicator
            let factor = options.rules[indicator]?.jumpFactor ?? options.jumpFactor
            jumps += self.jumps(in: positions, factor: factor, among: changes[key.indicator] ?? [])
        }
        for position in jumps.sorted() {
            let neighbours = neighbourText(position, series[Key(ranks[position])] ?? [])
            note(
                "jump",
                .warning,
                position,
                expected: "a value nearer to \(neighbours); it is kept",
                hint: "was a digit dropped or doubled, or the unit changed? declare `jump_factor` if it is right"
            )
        }
    }

    /// The absolute changes between neighbours in time, in logarithms, by the indicator's rank, sorted.
    private func changes(in series: some Sequence<[Int]>) -> [Int: [Double]] {
        var changes: [Int: [Double]] = [:]
        for positions in series {
            for (left, right) in zip(positions, positions.dropFirst()) {
                guard let change = change(left, right) else { continue }
                changes[ranks[right].indicator, default: []].append(abs(change))
            }
        }
        return changes.mapValues { $0.sorted() }
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

    /// The positions that stand out in a series of positive values in order of time, where all changes of the
    /// indicator are `changes`.
    private func jumps(in positions: [Int], factor: Double, among changes: [Double]) -> [Int] {
        func size(_ index: Int) -> Double? {
            guard positions.indices.contains(index - 1), positions.indices.contains(index) else { return nil }
            return change(positions[index - 1], positions[index]).map(abs)
        }
        func jumps(_ index: Int) -> Bool {
            guard let change = size(index), change > log(factor) else { return false }
            let beside = [size(index - 1), change, size(index + 1)].compactMap(\.self)
            return change > Self.unusual * median(of: changes, without: beside)
        }
        let values = positions.map { observations[$0].value ?? 0 }
        let maximum = values.max() ?? 0
        var flagged: Set<Int> = []
        var highestBefore = 0.0
        for index in positions.indices.dropFirst() {
            defer { highestBefore = max(highestBefore, values[index - 1]) }
            guard jumps(index), !flagged.contains(index - 1) else { continue }
            let isBeginning =
                values[index] > values[index - 1] && values[index - 1] < Self.beginning * maximum
                && highestBefore <= values[index - 1]
            if isBeginning { continue }
            // Where only the first value is far from the rest, it is the one that stands out.
            flagged.insert(index == 1 && positions.count > 2 && !jumps(2) ? 0 : index)
        }
        return flagged.map { positions[$0] }
    }

    /// `25194 (2013) and 26915 (2015)`: the values before and after.
    private func neighbourText(_ position: Int, _ positions: [Int]) -> String {
        guard let index = positions.firstIndex(of: position) else { return "its neighbours in time" }
        let around = [index - 1, index + 1].filter(positions.indices.contains).map { observations[positions[$0]] }
        return around.map { "\(Cell($0.value).text) (\($0.year))" }.joined(separator: " and ")
    }
}
