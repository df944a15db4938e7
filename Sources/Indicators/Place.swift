/// A country, region or province, or whatever level another gazetteer holds.
///
/// A place is known by its code; its names are for people. It exists in time: ``lifespans`` tells when. It never changes, and
/// whoever is handed one shares it: places are asked for with each value.
public final class Place: Hashable, Sendable {
    /// The gazetteer's code, unique in it: ISO 3166-2 for provinces (`TH-43`), ISO 3166-1 for countries (`TH`).
    public let code: String
    public let level: PlaceLevel
    /// The code of the country it belongs to; a country's own code for a country.
    public let country: String
    /// The code of the place directly above, `nil` at the top.
    public let parent: String?
    public let names: LocalisedText
    /// The region's name as the gazetteer gives it, empty where it gives none.
    public let region: String
    /// The published area in square kilometres, which may differ from what a polygon would give.
    public let areaSquareKilometres: Double?
    /// The code of the national statistical office (TIS 1099 in Thailand).
    public let nationalCode: String?
    /// The place code of humanitarian data (OCHA COD-AB), for instance `TH43`.
    public let pcode: String?
    /// Where a label is best put, in degrees.
    public let labelPoint: GeographicPoint?
    /// The codes of the places across the national border that touch this one.
    public let neighbours: [String]
    /// When it existed, in order of time; empty means always.
    public let lifespans: [Lifespan]

    public init(
        code: String,
        level: PlaceLevel,
        country: String,
        parent: String? = nil,
        names: LocalisedText = LocalisedText(),
        region: String = "",
        areaSquareKilometres: Double? = nil,
        nationalCode: String? = nil,
        pcode: String? = nil,
        labelPoint: GeographicPoint? = nil,
        neighbours: [String] = [],
        lifespans: [Lifespan] = []
    ) {
        self.code = code
        self.level = level
        self.country = country
        self.parent = parent
        self.names = names
        self.region = region
        self.areaSquareKilometres = areaSquareKilometres
        self.nationalCode = nationalCode
        self.pcode = pcode
        self.labelPoint = labelPoint
        self.neighbours = neighbours
        self.lifespans = lifespans
    }

    /// The same place, of which it is known when it existed.
    public func existing(during lifespans: [Lifespan]) -> Place {
        Place(
            code: code,
            level: level,
            country: country,
            parent: parent,
            names: names,
            region: region,
            areaSquareKilometres: areaSquareKilometres,
            nationalCode: nationalCode,
            pcode: pcode,
            labelPoint: labelPoint,
            neighbours: neighbours,
            lifespans: lifespans
        )
    }

    /// Whether it existed on at least one day of `year`.
    public func exists(in year: Int) -> Bool {
        lifespans.isEmpty || lifespans.contains { $0.overlaps(year) }
    }

    public static func == (left: Place, right: Place) -> Bool {
        if left === right { return true }
        return left.code == right.code && left.level == right.level && left.country == right.country
            && left.parent == right.parent && left.names == right.names && left.region == right.region
            && left.areaSquareKilometres == right.areaSquareKilometres && left.nationalCode == right.nationalCode
            && left.pcode == right.pcode && left.labelPoint == right.labelPoint
            && left.neighbours == right.neighbours && left.lifespans == right.lifespans
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(code)
    }
}

/// The kind of a place: `country`, `region`, `province`, or a word of another gazetteer such as `district`.
public struct PlaceLevel: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static let country = PlaceLevel(rawValue: "country")
    public static let region = PlaceLevel(rawValue: "region")
    public static let province = PlaceLevel(rawValue: "province")

    public static func < (left: PlaceLevel, right: PlaceLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A point in degrees of the WGS 84 datum.
public struct GeographicPoint: Hashable, Sendable {
    public var latitude: Double
    public var longitude: Double

    public init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }
}

/// A stretch of time in which a place existed under one code.
public struct Lifespan: Hashable, Sendable {
    /// The code in use in that time: Xaisomboun was LA-XN in its first life and is LA-XS in its second.
    public var code: String
    /// The first day, `nil` where it has no known beginning.
    public var from: CalendarDate?
    /// The last day, `nil` where it still lasts.
    public var until: CalendarDate?

    public init(code: String, from: CalendarDate?, until: CalendarDate?) {
        self.code = code
        self.from = from
        self.until = until
    }

    /// Whether at least one day of `year` (Common Era) lies in it.
    public func overlaps(_ year: Int) -> Bool {
        (from.map { $0.year <= year } ?? true) && (until.map { $0.year >= year } ?? true)
    }
}

/// What happened to places on a day: one row of `province-changes.csv`.
public struct PlaceChange: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// A new place made of parts of its predecessors, which go on, smaller.
        case split
        /// The place ends and its land goes to its successors.
        case merger
        /// A place that had existed before exists again, made of parts of its predecessors.
        case recreation = "re-creation"
        /// The same place under another code.
        case code = "code-change"
    }

    public var date: CalendarDate
    public var kind: Kind
    /// The place that the row is about, by its present code.
    public var place: String
    /// The code that the place bears from (or, for a merger, bore until) that day.
    public var code: String
    /// The places that lost land to it.
    public var predecessors: [String]
    /// The places that got its land.
    public var successors: [String]
    public var note: String

    public init(
        date: CalendarDate,
        kind: Kind,
        place: String,
        code: String,
        predecessors: [String],
        successors: [String],
        note: String
    ) {
        self.date = date
        self.kind = kind
        self.place = place
        self.code = code
        self.predecessors = predecessors
        self.successors = successors
        self.note = note
    }
}
