import Indicators

/// Places in order of their ranks, each with the interval of the ranks that other choices would give it.
struct RankPlot {
    struct Row {
        var name: LocalisedText
        var side: Side
        var rank: Double
        var number: Int?
        /// The ends of the interval, `nil` where none was worked out.
        var interval: ClosedRange<Double>?
    }

    var rows: [Row]

    func svg(labelledBy id: String) -> Markup {
        let height = Double(rows.count) * 15 + 24
        let last = max(2, rows.flatMap { [$0.rank, $0.interval?.upperBound ?? 0] }.max() ?? 2)
        // To the left the longest name in any of the languages has room.
        let x = LinearScale(1...last, to: (164, 352))
        var content = Markup()
        for tick in [1] + x.ticks(4).filter({ $0 > 1 }) {
            content += "<path class=\"grid\" d=\"M\(x(tick)) 16V\(height)\"/>"
            content += "<text class=\"tick middle\" x=\"\(x(tick))\" y=\"10\">\(NumberText.rounded(tick))</text>"
        }
        for (index, row) in rows.enumerated() {
            let y = 26 + Double(index) * 15
            content += "<text class=\"end\" x=\"154\" y=\"\(y + 4)\">\(row.name.tspans)</text>"
            if let interval = row.interval {
                content +=
                    "<path class=\"interval \(row.side.rawValue)\" d=\"M\(x(interval.lowerBound)) \(y)H\(x(interval.upperBound))\"/>"
            }
            content += row.side.mark(at: Point(x: x(row.rank), y: y), radius: 4, number: row.number)
        }
        return drawing(width: 360, height: height, labelledBy: id, style: "ranks", content)
    }
}
