import Indicators

/// What a map shows at one place.
struct MapValue {
    var value: Double
    /// Of the cell that it shows.
    var number: Int?
    /// Whether it is the value of the region that the place lies in.
    var isRegional = false
}

/// A map of places shaded by their values.
protocol PlaceMap {
    /// What all maps of a page share; it must stand on the page once.
    var definitions: Markup { get }
    /// Whether the place is on it.
    func contains(_ code: String) -> Bool
    /// - Parameters:
    ///   - values: By place; a place without one is hatched.
    ///   - shading: The classes of the values.
    ///   - id: Of the element that says what is drawn.
    /// - Returns: A drawing with a mark for each place that is on it.
    func svg(_ values: [String: MapValue], _ shading: Shading, labelledBy id: String) -> Markup
}

/// One square for each province, all of the same size: small provinces count as much as large ones.
struct TileMap: PlaceMap {
    let grid: TileGrid
    /// The name of the river.
    let river: LocalisedText

    /// Whether a place is of the other country, whose tiles are outlined.
    let isOther: (String) -> Bool

    private let side = 32.0
    private let inset = 1.5

    init(_ grid: TileGrid, river: LocalisedText, isOther: @escaping (String) -> Bool) {
        self.grid = grid
        self.river = river
        self.isOther = isOther
    }

    private var width: Double { Double((grid.tiles.map(\.column).max() ?? 0) + 1) * side + 2 }
    private var height: Double { Double((grid.tiles.map(\.row).max() ?? 0) + 1) * side + 2 }

    func contains(_ code: String) -> Bool { grid[code] != nil }

    /// The tiles, and their labels in a group for each language, drawn on each map by reference.
    var definitions: Markup {
        let size = side - 2 * inset
        let tiles = grid.tiles.map { tile -> Markup in
            let corner = Point(x: Double(tile.column) * side + 1 + inset, y: Double(tile.row) * side + 1 + inset)
            return """
                <rect id="t-\(tile.code)" x="\(corner.x)" y="\(corner.y)" width="\(size)" height="\(size)" rx="3"/>
                """
        }
        let groups = Language.allCases.map { language -> Markup in
            let labels = grid.tiles.map { tile -> Markup in
                let centre = centre(of: tile)
                return "<text x=\"\(centre.x)\" y=\"\(centre.y + 4)\">\(tile.label[language])</text>"
            }
            return "<g id=\"labels-\(language.rawValue)\">\(labels.joined())</g>"
        }
        return
            "<svg class=\"definitions\" aria-hidden=\"true\" width=\"0\" height=\"0\"><defs>\(missingPattern)\(tiles.joined())\(groups.joined())</defs></svg>"
    }

    func svg(_ values: [String: MapValue], _ shading: Shading, labelledBy id: String) -> Markup {
        var content = Markup()
        for tile in grid.tiles {
            let value = values[tile.code]
            let name = value.map { shading.name(of: shading.shade(of: $0.value)) } ?? "none"
            let country = isOther(tile.code) ? " foreign" : ""
            let regional = value?.isRegional == true ? " regional" : ""
            content += """
                <use href="#t-\(tile.code)" class="tile \(name)\(country)\(regional)"\(cellAttribute(value?.number))/>
                """
        }
        for language in Language.allCases {
            content += "<use class=\"labels\" lang=\"\(language.rawValue)\" href=\"#labels-\(language.rawValue)\"/>"
        }
        return drawing(width: width, height: height, labelledBy: id, style: "map", content + riverLine)
    }

    private func centre(of tile: TileGrid.Tile) -> Point {
        Point(x: (Double(tile.column) + 0.5) * side + 1, y: (Double(tile.row) + 0.5) * side + 1)
    }

    private var riverLine: Markup {
        let points = grid.river.map { Point(x: $0.x * side + 1, y: $0.y * side + 1) }
        guard let first = points.first, let bend = points.dropFirst(9).first ?? points.last else { return "" }
        let path = points.dropFirst().map { "L\($0.x) \($0.y)" as Markup }.joined()
        return """
            <path class="river" d="M\(first.x) \(first.y)\(path)"/>\
            <text class="river-name" x="\(bend.x + 6)" y="\(bend.y - 8)">\(river.tspans)</text>
            """
    }
}

/// The hatching of a place without a value.
let missingPattern: Markup = """
    <pattern id="missing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect class="missing-ground" width="6" height="6"/><path class="missing-line" d="M0 0V6"/></pattern>
    """
