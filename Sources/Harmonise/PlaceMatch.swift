package import Indicators

/// What a name, with a code beside it or without, means.
package enum PlaceMatch: Hashable, Sendable {
    /// It means one place of the gazetteer.
    case place(code: String, how: How)
    /// A total, or an area that is no place of the gazetteer: `Greater Bangkok`.
    case setAside
    /// It may mean any of these places.
    case ambiguous([String])
    /// Nothing matches; the nearest spellings, at most three, nearest first.
    case unknown([PlaceCandidate])
    /// The name (known, but of several places) and the code exclude each other.
    case contradictory(names: [String], code: [String])
    /// A code that its place bore only at another time: LA-XN in 2018.
    case codeOutOfTime(place: String)
    /// U+FFFD in it: the file was read in the wrong encoding, by us or by someone before us.
    case garbled

    /// By which rule a place was found.
    package enum How: Hashable, Sendable {
        /// Spelt as in the gazetteer or its names.
        case spelling
        /// Spelt so after folding: case, marks, spaces, the order of vowel and tone.
        case folding
        /// After removal of the word for province, or by the word for capital or region.
        case word
        case alias
        case code
        /// The name means several places, and the code beside it says which.
        case nameAndCode
        /// The name means several places; the rest of the row or file tells them apart, in the words given.
        case context(String)
        /// The name means this place; the code beside it, refused, means another (or is out of its time).
        case nameAgainstCode([String])
        /// No name and no code: the country that the row states.
        case country
    }
}

/// A spelling near to one that does not match.
package struct PlaceCandidate: Hashable, Sendable {
    /// As the gazetteer, its names or an alias file spell it.
    package var name: String
    package var code: String
    /// Damerau–Levenshtein, over folded scalars.
    package var distance: Int

    package init(name: String, code: String, distance: Int) {
        self.name = name
        self.code = code
        self.distance = distance
    }
}

/// What the rest of a file tells about its ambiguous names. An empty context tells nothing.
package struct FileContext: Hashable, Sendable {
    /// The places that the file names beyond doubt.
    package var places: Set<String>
    /// The level that the source declares its names to be of.
    package var level: PlaceLevel?

    package init(places: Set<String> = [], level: PlaceLevel? = nil) {
        self.places = places
        self.level = level
    }
}
