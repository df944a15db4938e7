/// Everything that one entry of `sources:` says about reading its file.
package struct Source: Sendable {
    /// As origins, findings and messages name the file: relative to the pipeline's folder.
    package var file: String
    /// What to open.
    package var path: String
    package var encoding: TextEncoding
    /// Of a workbook: the sheet that is meant, `nil` for the only one.
    package var sheet: String?
    /// Of a workbook: `A5:F90`, `A:F` or `5:90`; what is outside counts as blank.
    package var range: String?
    package var delimiter: Delimiter
    /// Whether a quote inside an unquoted field, and text after a closing quote, are taken as they stand.
    package var isLenient: Bool
    /// How many lines stand above the header; `nil` to look for the header by the names that the layout uses.
    package var skip: Int?
    /// How many records the header takes; 0 where there is none and columns go by number; `nil` to find out (1 to 3).
    package var header: Int?
    package var layout: Layout
    /// The texts that stand for a missing value, compared after trimming. `0` is a number unless it is listed here.
    package var missing: [String]
    package var numbers: NumberStyle
    /// Marks that refer to footnotes, removed from the ends of numbers, places and headers: `*`, `[໑]`, `p`.
    package var footnotes: [String]
    /// The table ends before the first record whose first cell that is not blank begins with this text.
    package var until: String?
    /// Only the records that pass all of these are read; the others are set aside.
    package var filters: [RowFilter]
    /// Columns in which a blank cell means the text above it, as merged cells are exported.
    package var fillDown: [ColumnName]
    /// What a row with values, but neither place nor code, is about.
    package var blankPlace: BlankPlace
    /// The unit that the source states, empty where it states none; with `%` its values may bear percent signs.
    package var unit: String
    /// Whether the source declares by what its values are to be multiplied.
    package var isScaled: Bool
    /// The catalogue's id of what the file measures, where no column or header tells.
    package var indicator: String?
    /// The year or period of the file, where no column or header tells.
    package var year: String?
    /// A column that says which part of the year a record is of, beside the year.
    package var partOfYear: PartOfYear?
    package var country: String?
    package var group: String?
    package var limits: Limits

    package init(
        file: String,
        path: String,
        encoding: TextEncoding = .automatic,
        sheet: String? = nil,
        range: String? = nil,
        delimiter: Delimiter = .automatic,
        isLenient: Bool = false,
        skip: Int? = nil,
        header: Int? = nil,
        layout: Layout,
        missing: [String] = Source.usualMissingMarkers,
        numbers: NumberStyle = NumberStyle(),
        footnotes: [String] = [],
        until: String? = nil,
        filters: [RowFilter] = [],
        fillDown: [ColumnName] = [],
        blankPlace: BlankPlace = .refused,
        unit: String = "",
        isScaled: Bool = false,
        indicator: String? = nil,
        year: String? = nil,
        partOfYear: PartOfYear? = nil,
        country: String? = nil,
        group: String? = nil,
        limits: Limits = Limits()
    ) {
        self.file = file
        self.path = path
        self.encoding = encoding
        self.sheet = sheet
        self.range = range
        self.delimiter = delimiter
        self.isLenient = isLenient
        self.skip = skip
        self.header = header
        self.layout = layout
        self.missing = missing
        self.numbers = numbers
        self.footnotes = footnotes
        self.until = until
        self.filters = filters
        self.fillDown = fillDown
        self.blankPlace = blankPlace
        self.unit = unit
        self.isScaled = isScaled
        self.indicator = indicator
        self.year = year
        self.partOfYear = partOfYear
        self.country = country
        self.group = group
        self.limits = limits
    }

    package static let usualMissingMarkers = ["", "-", "..", "...", "n.a."]
}

/// How the bytes of a file stand for text.
package enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    /// By byte order mark, else valid UTF-8, else UTF-16 by its zero bytes, else Windows-874 if it reads as Thai.
    case automatic = "auto"
    case utf8 = "utf-8"
    /// By byte order mark, else little-endian unless the zero bytes say otherwise.
    case utf16 = "utf-16"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows874 = "windows-874"
    /// Read as Windows-874, which adds to it.
    case tis620 = "tis-620"
}

/// What separates the fields of a record.
package enum Delimiter: Hashable, Sendable {
    /// Comma, semicolon or tab: the one under which the header is found and the records agree.
    case automatic
    /// Any ASCII character but the quote and the ends of lines.
    case byte(UInt8)

    package static let comma = Delimiter.byte(UInt8(ascii: ","))
    package static let semicolon = Delimiter.byte(UInt8(ascii: ";"))
    package static let tab = Delimiter.byte(UInt8(ascii: "\t"))
}

/// How a source writes its numbers.
package struct NumberStyle: Hashable, Sendable {
    package enum DecimalMark: String, Hashable, Sendable, CaseIterable {
        case point, comma
        /// Whichever of the two stands in a cell, alone. Before exactly three digits it could separate thousands as well, and the
        /// cell is refused, unless nothing but 0 stands before it.
        case either
    }

    package enum Thousands: Hashable, Sendable {
        /// The comma, or the point where the comma is the decimal mark; none where either is.
        case usual
        /// None but spaces.
        case none
        case separator(Character)
    }

    package var decimal: DecimalMark
    /// What may stand between groups of three digits; spaces always may.
    package var thousands: Thousands

    package init(decimal: DecimalMark = .point, thousands: Thousands = .usual) {
        self.decimal = decimal
        self.thousands = thousands
    }
}

/// A condition on one column: its text, trimmed, is one of `values`.
package struct RowFilter: Hashable, Sendable {
    package var column: ColumnName
    package var values: [String]

    package init(_ column: ColumnName, isOneOf values: [String]) {
        self.column = column
        self.values = values
    }
}

/// A column for the months or quarters of the year that another column, or the source, tells.
///
/// The period handed on is `2561-03` or `2561 Q1` for a bare number, else the year and the text: `2561 มีนาคม`. A
/// blank cell stands for the whole year.
package struct PartOfYear: Hashable, Sendable {
    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case month, quarter
    }

    package var column: ColumnName
    package var unit: Unit

    package init(_ column: ColumnName, unit: Unit) {
        self.column = column
        self.unit = unit
    }
}

package enum BlankPlace: Hashable, Sendable {
    /// Its values are refused with a finding.
    case refused
    /// The country that its row or the source states: national rows of a table by province.
    case country
}

/// What bounds the memory that a hostile file can claim.
package struct Limits: Hashable, Sendable {
    package var recordBytes: Int
    package var columns: Int
    /// How many files the archive of a workbook may hold, how many bytes each of them may have once unfolded, and how
    /// many times its packed size that may be.
    package var entries: Int
    package var partBytes: Int
    package var expansion: Int

    package init(
        recordBytes: Int = 16 << 20,
        columns: Int = 16_384,
        entries: Int = 10_000,
        partBytes: Int = 512 << 20,
        expansion: Int = 200
    ) {
        self.recordBytes = recordBytes
        self.columns = columns
        self.entries = entries
        self.partBytes = partBytes
        self.expansion = expansion
    }
}
