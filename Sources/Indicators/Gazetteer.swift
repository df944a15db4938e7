/// All places of a pipeline, with what happened to them.
package struct Gazetteer: Sendable {
    /// In order of their codes.
    package let places: [Place]
    package let changes: [PlaceChange]
    private let indices: [String: Int]
    private let childrenByParent: [String: [Int]]

    /// - Precondition: No two places have the same code.
    package init(places: [Place], changes: [PlaceChange] = []) {
        self.places = places.sorted { $0.code < $1.code }
        self.changes = changes.sorted { ($0.date, $0.place) < ($1.date, $1.place) }
        var indices: [String: Int] = [:]
        var children: [String: [Int]] = [:]
        for (index, place) in self.places.enumerated() {
            let earlier = indices.updateValue(index, forKey: place.code)
            precondition(earlier == nil, "two places with the code \(place.code)")
            if let parent = place.parent { children[parent, default: []].append(index) }
        }
        self.indices = indices
        childrenByParent = children
    }

    package subscript(_ code: String) -> Place? {
        indices[code].map { places[$0] }
    }

    /// The places directly below `code`, in order of their codes.
    package func children(of code: String) -> [Place] {
        (childrenByParent[code] ?? []).map { places[$0] }
    }

    /// The places of `level` in `country`, in order of their codes.
    package func places(at level: PlaceLevel, in country: String) -> [Place] {
        places.filter { $0.level == level && $0.country == country }
    }

    /// The places of `level` at or below `code`, however deep, in order of their codes.
    ///
    /// Each stands there once, even where someone made a place its own ancestor.
    package func places(at level: PlaceLevel, under code: String) -> [Place] {
        var found: [Place] = []
        var pending = [code]
        var visited: Set<String> = []
        while let next = pending.popLast() {
            guard visited.insert(next).inserted else { continue }
            if let place = self[next], place.level == level { found.append(place) }
            pending += children(of: next).map(\.code)
        }
        return found.sorted { $0.code < $1.code }
    }
}
