internal import Indicators
internal import Pipeline

/// A number over time as a table with a bar a run: what fits on a terminal, in ASCII.
enum Chart {
    private static let width = 32.0

    /// One line a run: number, day, value, and a bar from the least value (one mark) to the greatest (all of them).
    static func lines(of series: History.Series) -> [String] {
        let values = series.points.compactMap(\.value)
        let least = values.min() ?? 0
        let greatest = values.max() ?? 0
        var table = AlignedText()
        table.append(["run", "ended", "as_of", "value", ""])
        var previous: Double?
        for point in series.points {
            guard let value = point.value else {
                table.append([String(point.run.id), point.run.ended, point.run.asOf, "-", ""])
                continue
            }
            let share = greatest > least ? (value - least) / (greatest - least) : 0.5
            let bar = String(repeating: "#", count: 1 + Int((share * (width - 1)).rounded()))
            let change = previous.map { value > $0 ? " +" : value < $0 ? " -" : "" } ?? ""
            table.append([String(point.run.id), point.run.ended, point.run.asOf, Cell.format(value), bar + change])
            previous = value
        }
        let ends = "from \(Cell.format(least)) (#) to \(Cell.format(greatest)) (\(Int(width)) #)"
        return table.lines + (greatest > least ? [ends] : [])
    }
}
