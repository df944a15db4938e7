import Indicators

/// A position on a drawing.
struct Point: Hashable, Sendable {
    var x: Double
    var y: Double
}

/// On which side of the comparison something stands: colour and shape of its mark follow.
enum Side: String, Sendable {
    case reference, other

    /// A disc for the reference, a diamond for the other: told apart without colour, too.
    ///
    /// - Parameters:
    ///   - centre: Of the mark.
    ///   - radius: Half its width.
    ///   - number: Of the cell that it shows, `nil` for a mark of none.
    ///   - isHollow: Whether it is of a value that was not observed.
    /// - Returns: One element.
    func mark(at centre: Point, radius: Double = 5, number: Int?, isHollow: Bool = false) -> Markup {
        let name: Markup = "\(rawValue)\(isHollow ? " hollow" : "")"
        let cell = cellAttribute(number)
        switch self {
        case .reference:
            return "<circle class=\"\(name)\" cx=\"\(centre.x)\" cy=\"\(centre.y)\" r=\"\(radius)\"\(cell)/>"
        case .other:
            let reach = radius * 1.25
            return
                "<path class=\"\(name)\" d=\"M\(centre.x) \(centre.y - reach)l\(reach) \(reach)l\(-reach) \(reach)l\(-reach) \(-reach)z\"\(cell)/>"
        }
    }
}

/// What ties a mark to the cell that it shows.
func cellAttribute(_ number: Int?) -> Markup {
    number.map { " data-e=\"\($0)\"" } ?? ""
}

/// The frame of every drawing: scales to the width it is given, named by an element of the page.
func drawing(width: Double, height: Double, labelledBy id: String, style: String = "", _ content: Markup) -> Markup {
    """
    <svg class="drawing \(style)" viewBox="0 0 \(width) \(height)" role="group" aria-labelledby="\(id)">\(content)</svg>
    """
}
