/// One cell of a source that should hold a value, read as a number but not yet placed: what Ingest hands on.
///
/// The texts are as found, with the spaces around them removed; Harmonise finds out what they mean. It never changes, and whoever
/// is handed one shares it.
public final class RawValue: Hashable, Sendable {
    public enum Reading: Hashable, Sendable {
        case number(Double)
        /// One of the source's missing markers; the marker itself is in ``RawValue/text``.
        case missing
    }

    /// What a row says of its values, where their columns do not say otherwise. All values of the row share it.
    public final class Subject: Sendable {
        public let indicator, place, placeCode, country, period, group: String

        /// The parameters are those of ``RawValue``; one is empty where the columns say it.
        public init(
            indicator: String,
            place: String,
            placeCode: String = "",
            country: String = "",
            period: String,
            group: String = Group.total
        ) {
            self.indicator = indicator
            self.place = place
            self.placeCode = placeCode
            self.country = country
            self.period = period
            self.group = group
        }
    }

    /// The id of the catalogue's indicator that the source says this is.
    public var indicator: String { origin.source.indicator ?? subject.indicator }
    /// What names the place, as found: `จังหวัดเลย`.
    public var place: String { origin.source.place ?? subject.place }
    /// A code for the place that stands beside its name, as found, empty where the source has none.
    public var placeCode: String { subject.placeCode }
    /// The country that the source or the row states (a code of the gazetteer), empty where none.
    public var country: String { subject.country }
    /// The year or finer period, as found: `2561`, `2018-03`, `Q2/2561`.
    public var period: String { origin.source.period ?? subject.period }
    /// Whom it counts: `total`, `women`, `men`, `urban`, `rural`, or an age band.
    public var group: String { origin.source.group ?? subject.group }
    private let subject: Subject
    /// The cell's text, unchanged.
    public let text: String
    public let reading: Reading
    public let origin: Origin
    private let rarity: Rarity?

    /// What few values have: they would be larger by half or more with it.
    private final class Rarity: Hashable, Sendable {
        let standardError: Double?
        let interval: StatedInterval?
        let status: ObservationStatus?
        let aggregation: String?

        /// `nil` where there is nothing.
        init?(
            _ standardError: Double?,
            _ interval: StatedInterval?,
            _ status: ObservationStatus?,
            _ aggregation: String?
        ) {
            if standardError == nil, interval == nil, status == nil, aggregation == nil { return nil }
            self.standardError = standardError
            self.interval = interval
            self.status = status
            self.aggregation = aggregation
        }

        static func == (left: Rarity, right: Rarity) -> Bool {
            left.standardError == right.standardError && left.interval == right.interval && left.status == right.status
                && left.aggregation == right.aggregation
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(standardError)
        }
    }

    public var standardError: Double? { rarity?.standardError }
    /// The limits that the source gives in place of a standard error; `nil` where it gives none.
    public var interval: StatedInterval? { rarity?.interval }
    /// What the source says of this value beside its number, `nil` for what it says of all of them.
    public var status: ObservationStatus? { rarity?.status }
    /// How it was worked out of records, as a sentence; `nil` where it stands in the file as it is.
    public var aggregation: String? { rarity?.aggregation }

    /// - Parameters:
    ///   - subject: What its row says.
    ///   - text: The cell's text.
    ///   - reading: The number it was read as.
    ///   - origin: Where it stands, in a column that may say more.
    public convenience init(_ subject: Subject, text: String, reading: Reading, origin: Origin) {
        self.init(subject, text, reading, origin, nil)
    }

    private init(_ subject: Subject, _ text: String, _ reading: Reading, _ origin: Origin, _ rarity: Rarity?) {
        self.subject = subject
        self.text = text
        self.reading = reading
        self.origin = origin
        self.rarity = rarity
    }

    /// A value that has its row to itself.
    public convenience init(
        indicator: String,
        place: String,
        placeCode: String = "",
        country: String = "",
        period: String,
        group: String = Group.total,
        text: String,
        reading: Reading,
        standardError: Double? = nil,
        interval: StatedInterval? = nil,
        origin: Origin,
        status: ObservationStatus? = nil,
        aggregation: String? = nil
    ) {
        self.init(
            Subject(
                indicator: indicator,
                place: place,
                placeCode: placeCode,
                country: country,
                period: period,
                group: group
            ),
            text,
            reading,
            origin,
            Rarity(standardError, interval, status, aggregation)
        )
    }

    /// The same value with the error and the limits that stand beside it.
    public func with(standardError: Double?, interval: StatedInterval?) -> RawValue {
        RawValue(subject, text, reading, origin, Rarity(standardError, interval, status, aggregation))
    }

    /// A limit of its interval as a cell of its own: where it stands, and what stands there.
    public func cell(of limit: StatedInterval.Limit) -> RawValue {
        let column = origin.source.beside(field: limit.field, label: limit.column)
        let place = Origin(column, record: origin.record, line: origin.line)
        return RawValue(subject, limit.text, limit.reading, place, Rarity(nil, nil, status, aggregation))
    }

    /// Whether another value has the name, code and country of this one's place from the same cells.
    public func sharesPlace(with other: RawValue) -> Bool {
        subject === other.subject && origin.source.place == nil && other.origin.source.place == nil
    }

    public static func == (left: RawValue, right: RawValue) -> Bool {
        if left === right { return true }
        return left.origin == right.origin && left.indicator == right.indicator && left.place == right.place
            && left.placeCode == right.placeCode && left.country == right.country && left.period == right.period
            && left.group == right.group && left.text == right.text && left.reading == right.reading
            && left.rarity == right.rarity
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(origin)
        hasher.combine(indicator)
        hasher.combine(group)
    }
}

/// The names of the groups that every source may use; others (age bands) are spelt by the source.
public enum Group {
    public static let total = "total"
    public static let women = "women"
    public static let men = "men"
    public static let urban = "urban"
    public static let rural = "rural"
}

/// The rows of a small file as text, with where they stand: gazetteers, alias files, and what `match` reads.
public struct TextTable: Sendable {
    public struct Row: Sendable {
        public var record: Int
        public var line: Int
        /// As many as the header has; short records are an error of the reader.
        public var fields: [String]

        public init(record: Int, line: Int, fields: [String]) {
            self.record = record
            self.line = line
            self.fields = fields
        }
    }

    public var file: String
    public var header: [String]
    public var rows: [Row]

    public init(file: String, header: [String], rows: [Row]) {
        self.file = file
        self.header = header
        self.rows = rows
    }

    /// The position of a column by its header, `nil` where there is none.
    public func column(_ name: String) -> Int? {
        header.firstIndex(of: name)
    }
}
