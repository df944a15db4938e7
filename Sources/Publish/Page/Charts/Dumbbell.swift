import Indicators

/// One row of a dumbbell plot: both sides on one axis, joined.
struct Dumbbell {
    var reference: (value: Double, number: Int?)
    var other: (value: Double, number: Int?)
    let scale: LinearScale

    static let width = 360.0
    static let range = (from: 12.0, to: 348.0)

    /// - Parameter id: Of the element that says what is drawn.
    /// - Returns: The marks of both sides with their values, and the bar between them.
    func svg(labelledBy id: String) -> Markup {
        let (left, right) = (scale(reference.value), scale(other.value))
        return drawing(
            width: Self.width,
            height: 36,
            labelledBy: id,
            style: "dumbbell",
            "<path class=\"grid\" d=\"M\(Self.range.from) 25H\(Self.range.to)\"/>"
                + "<path class=\"gap\" d=\"M\(left) 25H\(right)\"/>"
                + Side.reference.mark(at: Point(x: left, y: 25), radius: 6, number: reference.number)
                + Side.other.mark(at: Point(x: right, y: 25), radius: 6, number: other.number)
                + labels(left, right)
        )
    }

    /// The values above their marks; where they would touch, each to its own side.
    private func labels(_ left: Double, _ right: Double) -> Markup {
        func label(_ value: Double, _ number: Int?, _ side: Side, at x: Double, _ anchor: String) -> Markup {
            let name: Markup = "value \(side.rawValue) \(anchor)"
            return
                "<text class=\"\(name)\" x=\"\(x)\" y=\"12\"\(cellAttribute(number))>\(NumberText.rounded(value))</text>"
        }
        let isClose = abs(left - right) < 64
        let isReferenceLeft = left <= right
        func anchor(_ x: Double, isLeft: Bool) -> String {
            if x < 40, !(isClose && isLeft && x > 30) { return "start" }
            if x > 320 { return "end" }
            return isClose ? (isLeft ? "end" : "start") : "middle"
        }
        var first = (x: left, anchor: anchor(left, isLeft: isReferenceLeft))
        var second = (x: right, anchor: anchor(right, isLeft: !isReferenceLeft))
        if isClose, first.anchor == second.anchor {
            // Both at the same end of the axis: one moves inwards.
            if first.anchor == "end" {
                if isReferenceLeft {
                    first.x = min(first.x, second.x - 42)
                } else {
                    second.x = min(second.x, first.x - 42)
                }
            } else {
                if isReferenceLeft {
                    second.x = max(second.x, first.x + 42)
                } else {
                    first.x = max(first.x, second.x + 42)
                }
            }
        }
        return label(reference.value, reference.number, .reference, at: first.x, first.anchor)
            + label(other.value, other.number, .other, at: second.x, second.anchor)
    }

    /// The axis that several rows share.
    static func axis(_ scale: LinearScale) -> Markup {
        let ticks = scale.ticks(5).map { tick -> Markup in
            let anchor = scale(tick) < 30 ? "start" : scale(tick) > 330 ? "end" : "middle"
            return "<text class=\"tick \(anchor)\" x=\"\(scale(tick))\" y=\"11\">\(NumberText.short(tick))</text>"
        }
        return
            "<svg class=\"drawing axis\" viewBox=\"0 0 \(width) 14\" aria-hidden=\"true\">\(ticks.joined())</svg>"
    }
}
