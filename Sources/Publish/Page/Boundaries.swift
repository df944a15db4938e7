import FoundationEssentials
package import Indicators

/// The outlines of places, for a map of their shapes instead of tiles.
package struct Boundaries: Sendable {
    /// By the code of the place: closed rings of points, in the order of the file.
    package var rings: [String: [[GeographicPoint]]]
    /// The names of features that are no place of the gazetteer, in order.
    package var unmatched: [String]

    /// Reads a GeoJSON feature collection (RFC 7946) of polygons in degrees of WGS 84.
    ///
    /// A feature is the place whose code, p-code or name (in any language, exactly) stands in its `id` or in one of its
    /// properties; codes come before p-codes, and those before names. What is no polygon is left out.
    ///
    /// - Returns: `nil` where the bytes are no feature collection.
    package init?(geoJSON bytes: [UInt8], gazetteer: Gazetteer) {
        guard let collection = try? JSONDecoder().decode(FeatureCollection.self, from: Data(bytes)) else { return nil }
        let finest = gazetteer.places.filter { gazetteer.finestLevel(in: $0.country) == $0.level }
        var byWord: [[String: String]] = [[:], [:], [:]]
        for place in finest {
            byWord[0][place.code] = place.code
            if let pcode = place.pcode { byWord[1][pcode] = place.code }
            for name in [place.names.english, place.names.thai, place.names.lao] where !name.isEmpty {
                // A name of two places is the name of neither.
                byWord[2][name] = byWord[2][name] == nil || byWord[2][name] == place.code ? place.code : ""
            }
        }
        var rings: [String: [[GeographicPoint]]] = [:]
        var unmatched: [String] = []
        for feature in collection.features {
            let found = byWord.lazy.compactMap { words in
                feature.words.lazy.compactMap { words[$0] }.first { !$0.isEmpty }
            }.first
            guard let code = found else {
                unmatched.append(feature.words.first ?? "")
                continue
            }
            rings[code, default: []] += feature.rings
        }
        self.rings = rings
        self.unmatched = unmatched.sorted()
    }
}

private struct FeatureCollection: Decodable {
    var features: [Feature]
}

private struct Feature: Decodable {
    /// The id and every text among the properties, these in order of their names.
    var words: [String]
    var rings: [[GeographicPoint]]

    private enum Key: String, CodingKey {
        case id, properties, geometry
    }

    private enum Word: Decodable {
        case text(String)
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            self = (try? container.decode(String.self)).map(Word.text) ?? .other
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        var words: [String] = []
        if case .text(let id) = try container.decodeIfPresent(Word.self, forKey: .id) { words.append(id) }
        let properties = try container.decodeIfPresent([String: Word].self, forKey: .properties) ?? [:]
        for key in properties.keys.sorted() {
            if case .text(let text) = properties[key] { words.append(text) }
        }
        self.words = words
        rings = try container.decodeIfPresent(Geometry.self, forKey: .geometry)?.rings ?? []
    }
}

private struct Geometry: Decodable {
    var rings: [[GeographicPoint]]

    private enum Key: String, CodingKey {
        case type, coordinates
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let polygons: [[[[Double]]]] =
            switch try container.decode(String.self, forKey: .type) {
            case "Polygon": [try container.decode([[[Double]]].self, forKey: .coordinates)]
            case "MultiPolygon": try container.decode([[[[Double]]]].self, forKey: .coordinates)
            default: []
            }
        rings = polygons.joined().map { ring in
            ring.compactMap { point in
                guard point.count >= 2, abs(point[0]) <= 180, abs(point[1]) <= 90 else { return nil }
                return GeographicPoint(latitude: point[1], longitude: point[0])
            }
        }
        .filter { $0.count >= 4 }
    }
}
