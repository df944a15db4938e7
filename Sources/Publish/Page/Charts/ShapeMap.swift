import Indicators

/// The places in their own shapes, on a plate carrée whose middle parallel is true to scale.
struct ShapeMap: PlaceMap {
    private let paths: [(code: String, path: Markup)]
    private let height: Double
    private let isOther: (String) -> Bool

    private static let width = 380.0
    /// What lies nearer to the straight line between its neighbours is left out, in units of the drawing.
    private static let tolerance = 0.5

    /// - Parameters:
    ///   - boundaries: At least one ring.
    ///   - isOther: Whether a place is of the other country, whose shapes are outlined.
    init?(_ boundaries: Boundaries, isOther: @escaping (String) -> Bool) {
        let points = boundaries.rings.values.joined().joined()
        guard let south = points.map(\.latitude).min(), let north = points.map(\.latitude).max(),
            let west = points.map(\.longitude).min(), let east = points.map(\.longitude).max(), east > west,
            north > south
        else { return nil }
        let squeeze = Self.cosine(ofDegrees: (south + north) / 2)
        let scale = (Self.width - 4) / ((east - west) * squeeze)
        height = (north - south) * scale + 4
        self.isOther = isOther
        paths = boundaries.rings.keys.sorted().map { code in
            let rings = (boundaries.rings[code] ?? []).map { ring in
                ring.map {
                    Point(x: ($0.longitude - west) * squeeze * scale + 2, y: (north - $0.latitude) * scale + 2)
                }
            }
            return (code, rings.compactMap(Self.path).joined())
        }
        .filter { !$0.1.isEmpty }
    }

    func contains(_ code: String) -> Bool {
        paths.contains { $0.code == code }
    }

    var definitions: Markup {
        let shapes = paths.map { "<path id=\"s-\($0.code)\" d=\"\($0.path)\"/>" as Markup }.joined()
        return
            "<svg class=\"definitions\" aria-hidden=\"true\" width=\"0\" height=\"0\"><defs>\(missingPattern)\(shapes)</defs></svg>"
    }

    func svg(_ values: [String: MapValue], _ shading: Shading, labelledBy id: String) -> Markup {
        var content = Markup()
        for (code, _) in paths {
            let value = values[code]
            let name = value.map { shading.name(of: shading.shade(of: $0.value)) } ?? "none"
            content += """
                <use href="#s-\(code)" class="shape \(name)\(isOther(code) ? " foreign" : "")"\
                \(cellAttribute(value?.number))/>
                """
        }
        return drawing(width: Self.width, height: height, labelledBy: id, style: "map", content)
    }

    /// A closed path, simplified; `nil` where too little is left of it to be seen.
    private static func path(_ ring: [Point]) -> Markup? {
        let kept = simplified(ring)
        guard kept.count >= 4 else { return nil }
        let path = kept.dropLast().enumerated().map { index, point -> Markup in
            "\(index == 0 ? "M" : "L")\(point.x) \(point.y)"
        }
        return path.joined() + "z"
    }

    /// The algorithm of Ramer, Douglas and Peucker, with a stack of its own so that no ring is too long for it.
    static func simplified(_ ring: [Point]) -> [Point] {
        guard ring.count > 4 else { return ring }
        var isKept = [Bool](repeating: false, count: ring.count)
        // A ring begins where it ends: it is cut in two so that its ends tell of a direction.
        let middle = ring.count / 2
        for index in [0, middle, ring.count - 1] { isKept[index] = true }
        var spans = [(0, middle), (middle, ring.count - 1)]
        while let (first, last) = spans.popLast() {
            var farthest = (index: first, distance: 0.0)
            for index in (first + 1)..<max(first + 1, last) {
                let distance = distance(of: ring[index], fromLine: ring[first], ring[last])
                if distance > farthest.distance { farthest = (index, distance) }
            }
            guard farthest.distance > tolerance else { continue }
            isKept[farthest.index] = true
            spans += [(first, farthest.index), (farthest.index, last)]
        }
        return ring.indices.filter { isKept[$0] }.map { ring[$0] }
    }

    private static func distance(of point: Point, fromLine start: Point, _ end: Point) -> Double {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0 else {
            let (x, y) = (point.x - start.x, point.y - start.y)
            return (x * x + y * y).squareRoot()
        }
        return abs(dy * (point.x - start.x) - dx * (point.y - start.y)) / length
    }

    /// The cosine by its series: the same bits on every machine.
    private static func cosine(ofDegrees degrees: Double) -> Double {
        let angle = degrees * .pi / 180
        var (term, sum) = (1.0, 1.0)
        for step in 1...12 {
            term *= -angle * angle / Double((2 * step - 1) * (2 * step))
            sum += term
        }
        return sum
    }
}
