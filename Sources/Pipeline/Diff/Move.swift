internal import Indicators

/// A cell of a result that is another in the new run.
struct Move {
    enum Kind: String {
        case moved
        /// Only the new run has it.
        case appeared
        /// Only the old run has it.
        case vanished
    }

    var table: String
    /// As addresses spell it.
    var row: String
    var column: Column
    var kind: Kind
    var old: Cell
    var new: Cell
    /// Of a number that both runs have.
    var split: Split?
    /// Which change brings the new state about by itself; empty where that is not known.
    var cause: String

    /// How large the move is beside the numbers between which it is; 0 where there is no number at one end.
    var size: Double {
        guard let change = split?.change, let old = old.numeric, let new = new.numeric else { return 0 }
        let greatest = max(abs(old), abs(new))
        return greatest > 0 ? abs(change) / greatest : 0
    }

    var isRank: Bool { column.id == "rank" || column.id.hasPrefix("rank_") || column.id.hasSuffix("_rank") }
}

/// What moved in one table.
struct TableMoves {
    let old: KeyedTable
    let new: KeyedTable
    /// The table under a combination of factors; `nil` where nothing can be said of causes.
    var recomputed: ((Factors) -> KeyedTable?)?
    var active: Factors = .all

    /// Numbers that moved, appeared or vanished, and words that are others; in order of the rows' keys, then of the columns.
    ///
    /// A row that only one run has is told of by its numbers, a verdict by itself: its other words say nothing more.
    var moves: [Move] {
        var moves: [Move] = []
        for row in 0..<new.table.rowCount {
            let key = new.key(ofRow: row)
            let hasBoth = old.row(key) != nil
            for column in new.table.schema.columns where !column.isKey {
                guard let index = new.table.schema.index(of: column.id) else { continue }
                let pair = (old.cell(key, column.id), new.table[row, index])
                if let move = move(new.table, row, key, column, pair, hasBoth: hasBoth) { moves.append(move) }
            }
        }
        for row in 0..<old.table.rowCount {
            let key = old.key(ofRow: row)
            guard new.row(key) == nil else { continue }
            for column in old.table.schema.columns where !column.isKey {
                let pair = (old.cell(key, column.id), Cell.missing)
                if let move = move(old.table, row, key, column, pair, hasBoth: false) { moves.append(move) }
            }
        }
        return moves
    }

    private func move(
        _ table: Table,
        _ row: Int,
        _ key: KeyedTable.Key,
        _ column: Column,
        _ pair: (old: Cell, new: Cell),
        hasBoth: Bool
    ) -> Move? {
        if column.type == .text {
            let isToldOf = hasBoth ? !old.hasNumbersOnly && !new.hasNumbersOnly : column.id == "verdict"
            guard isToldOf || column.id == "verdict", pair.old.text != pair.new.text else { return nil }
        } else if pair.old.numeric == pair.new.numeric {
            return nil
        }
        var move = Move(
            table: table.schema.name,
            row: table.cellAddress(row: row, column: 0).rowText,
            column: column,
            kind: pair.old.text.isEmpty ? .appeared : pair.new.text.isEmpty ? .vanished : .moved,
            old: pair.old,
            new: pair.new,
            cause: ""
        )
        let cells = recomputed.map { tables in Factors.combinations.map { tables($0)?.cell(key, column.id) ?? .missing }
        }
        if let old = pair.old.numeric, let new = pair.new.numeric {
            var values = cells?.map(\.numeric) ?? []
            // The verdicts that could not be judged again, for instance.
            if values.first != old || values.last != new { values = [] }
            move.split = values.isEmpty ? Split(old: old, new: new) : Split(values)
            // Closer than the last bits: no move.
            if move.split?.change == 0 { return nil }
        }
        if let cells, cells.first?.text == pair.old.text, cells.last?.text == pair.new.text {
            move.cause = cause(cells, move)
        }
        return move
    }

    /// The smallest changes that bring about the new state: the new word, or that there is a number at all.
    private func cause(_ cells: [Cell], _ move: Move) -> String {
        if let split = move.split, move.kind == .moved {
            let parts = [split.revisedData, split.newData, split.method]
            guard parts.allSatisfy({ $0 != nil }) else { return "" }
            var names = zip(Factors.single, parts).filter { $0.1 != 0 }.map(\.0.name)
            if let interaction = split.interaction, interaction != 0 { names.append("interaction") }
            return names.joined(separator: ", ")
        }
        func isNew(_ factors: Factors) -> Bool {
            let cell = cells[factors.rawValue]
            switch move.kind {
            case .moved: return cell.text == move.new.text
            case .appeared: return !cell.text.isEmpty
            case .vanished: return cell.text.isEmpty
            }
        }
        for count in 1...3 {
            let found = Factors.combinations.filter { $0.count == count && $0.isSubset(of: active) && isNew($0) }
            if !found.isEmpty { return found.map(\.words).joined(separator: " or ") }
        }
        return ""
    }
}
