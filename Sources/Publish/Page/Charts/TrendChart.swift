import Indicators

/// Lines of both sides over the years, with the years that lie between them drawn as a bracket.
struct TrendChart {
    struct Dot {
        var year: Int
        var value: Double
        /// Of the cell that it shows.
        var number: Int?
        /// Whether the series breaks here: no line leads to it.
        var isBreak = false
        /// Whether it was not observed: drawn hollow.
        var isHollow = false
    }

    /// How long before the other the reference was at the other's level.
    struct Bracket {
        var level: Double
        /// When the reference passed the level, in years and parts of one.
        var from: Double
        /// When the other was there.
        var to: Double
        var label: LocalisedMarkup
        var number: Int?
    }

    var reference: [Dot]
    var other: [Dot]
    var names: (reference: LocalisedText, other: LocalisedText)
    var bracket: Bracket?
    var isPercentage = false

    private let width = 360.0
    private let height = 230.0
    private let left = 40.0
    private let right = 14.0
    private let top = 18.0
    private let bottom = 26.0
    /// What is kept free for a name at the end of a line, or for a number of years.
    private let nameWidth = 60.0

    init(
        reference: [Dot],
        other: [Dot],
        names: (reference: LocalisedText, other: LocalisedText),
        bracket: Bracket? = nil,
        isPercentage: Bool = false
    ) {
        self.reference = reference
        self.other = other
        self.names = names
        self.bracket = bracket
        self.isPercentage = isPercentage
    }

    /// - Parameter id: Of the element that says what is drawn.
    /// - Returns: A drawing; empty axes of one year where there is no dot.
    func svg(labelledBy id: String) -> Markup {
        let dots = reference + other
        let years = (dots.map(\.year).min() ?? 0)...(dots.map(\.year).max() ?? 0)
        let end = Double(max(years.upperBound, years.lowerBound + 1))
        let x = LinearScale(Double(years.lowerBound)...end, to: (left, width - right))
        let y = LinearScale.round(
            over: dots.map(\.value),
            isPercentage: isPercentage,
            to: (height - bottom, top)
        )
        return drawing(
            width: width,
            height: height,
            labelledBy: id,
            axes(x, y, years) + line(reference, .reference, x, y) + line(other, .other, x, y)
                + (bracket.map { self.bracket($0, x, y) } ?? "") + labels(x, y)
        )
    }

    private func axes(_ x: LinearScale, _ y: LinearScale, _ years: ClosedRange<Int>) -> Markup {
        var axes = Markup()
        for tick in y.ticks() {
            axes += "<path class=\"grid\" d=\"M\(left) \(y(tick))H\(width - right)\"/>"
            axes += "<text class=\"tick end\" x=\"\(left - 5)\" y=\"\(y(tick) + 4)\">\(NumberText.short(tick))</text>"
        }
        for year in yearTicks(years) {
            axes +=
                "<text class=\"tick middle\" x=\"\(x(Double(year)))\" y=\"\(height - 8)\">\(String(year))</text>"
        }
        return axes
    }

    private func line(_ dots: [Dot], _ side: Side, _ x: LinearScale, _ y: LinearScale) -> Markup {
        var path = Markup()
        var last: Int?
        for dot in dots {
            let isJoined = last != nil && !dot.isBreak
            path += "\(isJoined ? "L" : "M")\(x(Double(dot.year))) \(y(dot.value))"
            last = dot.year
        }
        var marks: Markup = "<path class=\"line \(side.rawValue)\" d=\"\(path)\"/>"
        for dot in dots {
            let centre = Point(x: x(Double(dot.year)), y: y(dot.value))
            marks += side.mark(at: centre, radius: 3.2, number: dot.number, isHollow: dot.isHollow)
        }
        return dots.isEmpty ? Markup() : marks
    }

    private func bracket(_ bracket: Bracket, _ x: LinearScale, _ y: LinearScale) -> Markup {
        let (from, to, level) = (x(bracket.from), x(bracket.to), y(bracket.level))
        let (first, last) = (min(from, to), max(from, to))
        // Left of the bracket there is room: the line that it starts from came from below. Else right of it, and where
        // it goes from side to side, above its middle.
        let (place, rise, anchor) =
            if first > left + nameWidth {
                (first - 6, -4.0, "end")
            } else if last < width - right - nameWidth {
                (last + 6, -4.0, "start")
            } else {
                ((first + last) / 2, 8.0, "middle")
            }
        return """
            <path class="bracket" d="M\(from) \(level - 5)v10M\(from) \(level)H\(to)M\(to) \(level - 5)v10"/>\
            <text class="bracket-label \(anchor)" x="\(place)" y="\(level - rise)"\(cellAttribute(bracket.number))>\
            \(bracket.label.tspans)</text>
            """
    }

    /// Where a line is that runs right of a place: at each of its dots there, and where it comes in.
    private func heights(of dots: [Dot], from start: Double, _ x: LinearScale, _ y: LinearScale) -> [Double] {
        let points = dots.map { Point(x: x(Double($0.year)), y: y($0.value)) }
        let entries = zip(points, points.dropFirst()).compactMap { before, after -> Double? in
            guard before.x < start, after.x > start else { return nil }
            return before.y + (after.y - before.y) * (start - before.x) / (after.x - before.x)
        }
        return entries + points.filter { $0.x >= start }.map(\.y)
    }

    /// The names at the ends of the lines, apart from each other.
    private func labels(_ x: LinearScale, _ y: LinearScale) -> Markup {
        var ends: [(side: Side, name: LocalisedText, point: Point)] = []
        for (side, name, dots) in [(Side.reference, names.reference, reference), (.other, names.other, other)] {
            guard let last = dots.last else { continue }
            let end = x(Double(last.year))
            // Above all of the line that the name stands over.
            let highest = heights(of: dots, from: end - nameWidth, x, y).min() ?? y(last.value)
            ends.append((side, name, Point(x: end, y: highest - 9)))
        }
        if ends.count == 2, abs(ends[0].point.y - ends[1].point.y) < 28 {
            // Too near to one another for a name between them: that of the lower goes below all of its line.
            let lower = ends[0].point.y >= ends[1].point.y ? 0 : 1
            let dots = ends[lower].side == .reference ? reference : other
            let lowest = heights(of: dots, from: ends[lower].point.x - nameWidth, x, y).max()
            ends[lower].point.y = (lowest ?? ends[lower].point.y) + 17
        }
        return ends.map { end in
            let isRight = end.point.x > width / 2
            let height = min(max(end.point.y, 11), height - bottom - 3)
            let name: Markup = "series \(end.side.rawValue) \(isRight ? "end" : "start")"
            return "<text class=\"\(name)\" x=\"\(end.point.x)\" y=\"\(height)\">\(end.name.tspans)</text>"
        }.joined()
    }
}

extension Markup {
    static func + (left: Markup, right: Markup) -> Markup {
        var whole = left
        whole += right
        return whole
    }
}
