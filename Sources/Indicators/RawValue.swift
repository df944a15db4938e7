/// Where a value stands in its file.
public struct Origin: Hashable, Sendable, Comparable {
    /// As messages and outputs name it: relative to the pipeline's folder, never absolute.
    public var file: String
    /// The sheet of a workbook, `nil` for text files.
    public var sheet: String?
    /// Counted from 1 over all records of the file, title and header records too; not lines. 0 where nobody knows it: an
    /// engine added up records and does not tell the first of them.
    public var record: Int
    /// The line on which the record begins, counted from 1.
    public var line: Int
    /// The position of the field in its record, counted from 1.
    public var field: Int
    /// The header above the value, as found; parts of a header of several rows are joined by ` / `. Of a value worked out of
    /// records its formula, and where nobody knows the record also the group.
    public var column: String

    public init(file: String, sheet: String? = nil, record: Int, line: Int, field: Int, column: String) {
        self.file = file
        self.sheet = sheet
        self.record = record
        self.line = line
        self.field = field
        self.column = column
    }

    /// `Income!C12`: the cell of a workbook, `nil` in a text file.
    public var cell: String? {
        sheet.map { "\($0)!\(Self.letters(ofColumn: field))\(record)" }
    }

    /// `income.csv, record 12, column 2556`.
    public var words: String {
        "\(file), " + (record > 0 ? "record \(record), " : "") + "column \(column)"
    }

    /// The header alone, without the name of the sheet's column that ``label(_:column:sheet:)`` puts behind it.
    public var heading: String {
        guard let sheet else { return column }
        let place = "\(sheet)!\(Self.letters(ofColumn: field))"
        return column == place
            ? "" : column.hasSuffix(" (\(place))") ? String(column.dropLast(place.count + 3)) : column
    }

    /// What a column of a sheet is called: its header and the sheet's own name for it, `ร้อยละ (Income!C)`.
    public static func label(_ header: String, column: Int, sheet: String) -> String {
        let place = "\(sheet)!\(letters(ofColumn: column))"
        return header.isEmpty ? place : "\(header) (\(place))"
    }

    /// `A` for 1, `AA` for 27.
    private static func letters(ofColumn column: Int) -> String {
        var letters: [UInt8] = []
        var rest = column
        while rest > 0 {
            letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    /// Where it stands tells the cells of a file apart, and its headers are in scripts that are slow to hash. What an engine
    /// added up stands at no record, and is told apart by its column.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(file)
        hasher.combine(record)
        hasher.combine(field)
        if record == 0 { hasher.combine(column) }
    }

    public static func < (left: Origin, right: Origin) -> Bool {
        (left.file, left.sheet ?? "", left.record, left.field, left.column)
            < (right.file, right.sheet ?? "", right.record, right.field, right.column)
    }
}

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

    /// The id of the catalogue's indicator that the source says this is.
    public let indicator: String
    /// What names the place, as found: `จังหวัดเลย`.
    public let place: String
    /// A code for the place that stands beside its name, as found, empty where the source has none.
    public let placeCode: String
    /// The country that the source or the row states (a code of the gazetteer), empty where none.
    public let country: String
    /// The year or finer period, as found: `2561`, `2018-03`, `Q2/2561`.
    public let period: String
    /// Whom it counts: `total`, `women`, `men`, `urban`, `rural`, or an age band.
    public let group: String
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

    public init(
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
        self.indicator = indicator
        self.place = place
        self.placeCode = placeCode
        self.country = country
        self.period = period
        self.group = group
        self.text = text
        self.reading = reading
        self.origin = origin
        rarity = Rarity(standardError, interval, status, aggregation)
    }

    /// The same value with the error and the limits that stand beside it.
    public func with(standardError: Double?, interval: StatedInterval?) -> RawValue {
        with(text, reading, at: origin, standardError: standardError, interval: interval)
    }

    /// The same value with another reading, or from another cell.
    public func with(
        _ text: String,
        _ reading: Reading,
        at origin: Origin,
        standardError: Double?,
        interval: StatedInterval?
    ) -> RawValue {
        RawValue(
            indicator: indicator,
            place: place,
            placeCode: placeCode,
            country: country,
            period: period,
            group: group,
            text: text,
            reading: reading,
            standardError: standardError,
            interval: interval,
            origin: origin,
            status: status,
            aggregation: aggregation
        )
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
