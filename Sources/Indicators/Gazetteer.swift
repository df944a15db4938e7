/// All places of a pipeline, with what happened to them.
public struct Gazetteer: Sendable {
    /// In order of their codes.
    public let places: [Place]
    public let changes: [PlaceChange]
    private let indices: [String: Int]
    private let childrenByParent: [String: [Int]]
    /// The positions of the places at or below each code, in order of their codes.
    private let within: [String: [Int]]
    private let finestLevels: [String: PlaceLevel]

    /// - Precondition: No two places have the same code.
    public init(places: [Place], changes: [PlaceChange] = []) {
        let places = places.sorted { $0.code < $1.code }
        self.places = places
        self.changes = changes.sorted { ($0.date, $0.place) < ($1.date, $1.place) }
        var indices: [String: Int] = [:]
        var children: [String: [Int]] = [:]
        for (index, place) in places.enumerated() {
            let earlier = indices.updateValue(index, forKey: place.code)
            precondition(earlier == nil, "two places with the code \(place.code)")
            if let parent = place.parent { children[parent, default: []].append(index) }
        }
        self.indices = indices
        childrenByParent = children
        var within: [String: [Int]] = [:]
        var deepest: [String: (depth: Int, level: PlaceLevel)] = [:]
        for (index, place) in places.enumerated() {
            var above = [place.code]
            var next = place.parent
            while let code = next, !above.contains(code) {
                above.append(code)
                next = indices[code].flatMap { places[$0].parent }
            }
            for code in above { within[code, default: []].append(index) }
            if above.count > deepest[place.country]?.depth ?? 0 { deepest[place.country] = (above.count, place.level) }
        }
        self.within = within
        finestLevels = deepest.mapValues(\.level)
    }

    public subscript(_ code: String) -> Place? {
        indices[code].map { places[$0] }
    }

    /// The country of a place, `nil` where there is no such place.
    public func country(of code: String) -> String? {
        indices[code].map { places[$0].country }
    }

    /// The level of a place, `nil` where there is no such place.
    public func level(of code: String) -> PlaceLevel? {
        indices[code].map { places[$0].level }
    }

    /// The level of the places that lie deepest in a country, of several the one whose code comes first.
    public func finestLevel(in country: String) -> PlaceLevel? {
        finestLevels[country]
    }

    /// The places directly below `code`, in order of their codes.
    public func children(of code: String) -> [Place] {
        (childrenByParent[code] ?? []).map { places[$0] }
    }

    /// The places of `level` in `country`, in order of their codes.
    public func places(at level: PlaceLevel, in country: String) -> [Place] {
        places.filter { $0.level == level && $0.country == country }
    }

    /// The places of `level` at or below `code`, however deep, in order of their codes.
    ///
    /// Each stands there once, even where someone made a place its own ancestor.
    public func places(at level: PlaceLevel, under code: String) -> [Place] {
        (within[code] ?? []).lazy.map { places[$0] }.filter { $0.level == level }
    }
}
