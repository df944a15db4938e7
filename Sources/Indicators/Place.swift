/// A country, region or province, or whatever level another gazetteer holds.
///
/// A place is known by its code; its names are for people. It exists in time: ``lifespans`` tells when.
package struct Place: Hashable, Sendable {
    /// The gazetteer's code, unique in it: ISO 3166-2 for provinces (`TH-43`), ISO 3166-1 for countries (`TH`).
    package var code: String
    package var level: PlaceLevel
    /// The code of the country it belongs to; a country's own code for a country.
    package var country: String
    /// The code of the place directly above, `nil` at the top.
    package var parent: String?
    package var names: LocalisedText
    /// The region's name as the gazetteer gives it, empty where it gives none.
    package var region: String
    /// The published area in square kilometres, which may differ from what a polygon would give.
    package var areaSquareKilometres: Double?
    /// The code of the national statistical office (TIS 1099 in Thailand).
    package var nationalCode: String?
    /// The place code of humanitarian data (OCHA COD-AB), for instance `TH43`.
    package var pcode: String?
    /// Where a label is best put, in degrees.
    package var labelPoint: GeographicPoint?
    /// The codes of the places across the national border that touch this one.
    package var neighbours: [String]
    /// When it existed, in order of time; empty means always.
    package var lifespans: [Lifespan]

    package init(
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

    /// Whether it existed on at least one day of `year`.
    package func exists(in year: Int) -> Bool {
        lifespans.isEmpty || lifespans.contains { $0.overlaps(year) }
    }
}

/// The kind of a place: `country`, `region`, `province`, or a word of another gazetteer such as `district`.
package struct PlaceLevel: RawRepresentable, Hashable, Sendable, Comparable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let country = PlaceLevel(rawValue: "country")
    package static let region = PlaceLevel(rawValue: "region")
    package static let province = PlaceLevel(rawValue: "province")

    package static func < (left: PlaceLevel, right: PlaceLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A point in degrees of the WGS 84 datum.
package struct GeographicPoint: Hashable, Sendable {
    package var latitude: Double
    package var longitude: Double

    package init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }
}

/// A stretch of time in which a place existed under one code.
package struct Lifespan: Hashable, Sendable {
    /// The code in use in that time: Xaisomboun was LA-XN in its first life and is LA-XS in its second.
    package var code: String
    /// The first day, `nil` where it has no known beginning.
    package var from: CalendarDate?
    /// The last day, `nil` where it still lasts.
    package var until: CalendarDate?

    package init(code: String, from: CalendarDate?, until: CalendarDate?) {
        self.code = code
        self.from = from
        self.until = until
    }

    /// Whether at least one day of `year` (Common Era) lies in it.
    package func overlaps(_ year: Int) -> Bool {
        (from.map { $0.year <= year } ?? true) && (until.map { $0.year >= year } ?? true)
    }
}

/// What happened to places on a day: one row of `province-changes.csv`.
package struct PlaceChange: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A new place made of parts of its predecessors, which go on, smaller.
        case split
        /// The place ends and its land goes to its successors.
        case merger
        /// A place that had existed before exists again, made of parts of its predecessors.
        case recreation = "re-creation"
        /// The same place under another code.
        case code = "code-change"
    }

    package var date: CalendarDate
    package var kind: Kind
    /// The place that the row is about, by its present code.
    package var place: String
    /// The code that the place bears from (or, for a merger, bore until) that day.
    package var code: String
    /// The places that lost land to it.
    package var predecessors: [String]
    /// The places that got its land.
    package var successors: [String]
    package var note: String

    package init(
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
