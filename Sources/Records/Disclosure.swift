/// Withholds cells of few records, and so many others that totals do not give them away.
///
/// A cell of fewer than `minimum_records` records is suppressed (MICS reports so below 25), one of fewer than twice as
/// many flagged. Then, along every key over which someone may know a total: where the suppressed cells of a line are
/// one alone, or have together too few records, the cell with the fewest records of the others is suppressed too (of
/// equals the first by its keys), until there is no such line.
struct Disclosure {
    private let minimum: Int
    /// The positions of the keys over which totals may be known.
    private let dimensions: [Int]

    init(_ order: RecordOrder, keys: [String]) {
        minimum = order.minimumRecords
        dimensions = keys.indices.filter { order.totalsOver?.contains(keys[$0]) ?? true }
    }

    /// - Parameters:
    ///   - cells: Those of one measure, sorted by their keys.
    ///   - isCount: Whether a cell without records is a number, and so tells something.
    func withhold(_ cells: inout [RecordResult.Cell], isCount: Bool) {
        guard minimum > 0 else { return }
        let records = cells.map { $0.records ?? 0 }
        var isSuppressed = cells.indices.map { records[$0] < minimum && (isCount || cells[$0].status != .missing) }
        let isPrimary = isSuppressed
        let lines = self.lines(of: cells)
        var isSettled = false
        while !isSettled {
            isSettled = true
            for line in lines {
                let hidden = line.filter { isSuppressed[$0] }
                guard !hidden.isEmpty, hidden.count == 1 || hidden.reduce(0, { $0 + records[$1] }) < minimum else {
                    continue
                }
                let open = line.filter { !isSuppressed[$0] && cells[$0].status != .missing }
                guard let next = open.min(by: { (records[$0], $0) < (records[$1], $1) }) else { continue }
                isSuppressed[next] = true
                isSettled = false
            }
        }
        for index in cells.indices {
            if isSuppressed[index] {
                cells[index] = RecordResult.Cell(
                    keys: cells[index].keys,
                    measure: cells[index].measure,
                    status: .suppressed,
                    reason: isPrimary[index] ? "fewer-than-\(minimum)-records" : "complementary",
                    method: ""
                )
            } else if records[index] < 2 * minimum, cells[index].status == .normal {
                cells[index].status = .unreliable
                if cells[index].reason.isEmpty { cells[index].reason = "fewer-than-\(2 * minimum)-records" }
            }
        }
    }

    /// The cells that a total over one key adds up: equal in all other keys.
    private func lines(of cells: [RecordResult.Cell]) -> [[Int]] {
        var lines: [[Int]] = []
        for dimension in dimensions {
            var positions: [[String]: Int] = [:]
            for index in cells.indices {
                var rest = cells[index].keys
                rest.remove(at: dimension)
                if let position = positions[rest] {
                    lines[position].append(index)
                } else {
                    positions[rest] = lines.count
                    lines.append([index])
                }
            }
        }
        return lines
    }
}
