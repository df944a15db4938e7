import Indicators

/// How the sum of some values is shared out: the lowest first, each counting the same.
struct LorenzCurve {
    /// From (0, 0) to (1, 1): the share of the places, and of the sum that they hold.
    let points: [Point]

    /// - Parameter values: In any order. `nil` where there are none, one is negative, or their sum is zero.
    init?(_ values: [Double]) {
        let sorted = values.sorted()
        let total = sorted.reduce(0, +)
        guard let least = sorted.first, least >= 0, total > 0, total.isFinite else { return nil }
        var points = [Point(x: 0, y: 0)]
        var sum = 0.0
        for (index, value) in sorted.enumerated() {
            sum += value
            points.append(Point(x: Double(index + 1) / Double(sorted.count), y: min(1, sum / total)))
        }
        self.points = points
    }

    /// Twice the area between the diagonal and the curve: the Gini coefficient without correction for their number.
    var gini: Double {
        1 - zip(points, points.dropFirst()).map { ($1.x - $0.x) * ($0.y + $1.y) }.reduce(0, +)
    }
}

/// The Lorenz curves of both countries under the line of equality.
struct LorenzChart {
    var curves: [(side: Side, name: LocalisedText, curve: LorenzCurve)]
    /// What the horizontal axis counts.
    var axis: LocalisedText

    func svg(labelledBy id: String) -> Markup {
        let x = LinearScale(0...1, to: (36, 300))
        let y = LinearScale(0...1, to: (286, 14))
        var content = Markup()
        for tick in [0, 0.25, 0.5, 0.75, 1] {
            content += "<path class=\"grid\" d=\"M36 \(y(tick))H300\"/>"
            content += "<text class=\"tick end\" x=\"31\" y=\"\(y(tick) + 4)\">\(Int(tick * 100))%</text>"
            content += "<text class=\"tick middle\" x=\"\(x(tick))\" y=\"301\">\(Int(tick * 100))%</text>"
        }
        content += "<path class=\"equality\" d=\"M\(x(0)) \(y(0))L\(x(1)) \(y(1))\"/>"
        content += "<text class=\"tick middle\" x=\"168\" y=\"316\">\(axis.tspans)</text>"
        for (index, entry) in curves.enumerated() {
            let path = entry.curve.points.enumerated().map { number, point -> Markup in
                "\(number == 0 ? "M" : "L")\(x(point.x)) \(y(point.y))"
            }.joined()
            content += "<path class=\"line \(entry.side.rawValue)\" d=\"\(path)\"/>"
            content +=
                "<text class=\"series \(entry.side.rawValue)\" x=\"44\" y=\"\(26.0 + 17 * Double(index))\">\(entry.name.tspans)</text>"
        }
        return drawing(width: 322, height: 322, labelledBy: id, style: "lorenz", content)
    }
}
