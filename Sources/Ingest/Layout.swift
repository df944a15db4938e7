package import Indicators

/// How the values of a file are laid out, and which of its columns tell what.
package enum Layout: Sendable {
    /// One value a record.
    case long(
        place: ColumnName,
        placeCode: ColumnName? = nil,
        country: ColumnName? = nil,
        year: ColumnName? = nil,
        indicator: Classifier? = nil,
        group: Classifier? = nil,
        value: ColumnName,
        standardError: ColumnName? = nil,
        interval: IntervalColumns? = nil
    )
    /// A record for each place, a column for each year.
    ///
    /// The columns are those whose header, or a part of it, is a year (`2561`, `2561 (2018)`, `พ.ศ. 2561`), and
    /// those listed in `years`. Where `headings` are given, only columns that bear one of them are read.
    case yearsAcross(
        place: ColumnName,
        placeCode: ColumnName? = nil,
        country: ColumnName? = nil,
        indicator: Classifier? = nil,
        group: Classifier? = nil,
        years: [YearColumn] = [],
        headings: [Heading] = []
    )
    /// A record for each place or for each place and year, a column for each indicator or group.
    case indicatorsAcross(
        place: ColumnName,
        placeCode: ColumnName? = nil,
        country: ColumnName? = nil,
        year: ColumnName? = nil,
        group: Classifier? = nil,
        columns: [IndicatorColumn]
    )
    /// A record for each year or indicator, a column for each place, whose name is the header.
    ///
    /// The columns are all that have a header, are not named here, and are not among `ignoring`. Where `headings`
    /// are given, the header has several rows and one of its parts is a heading, the other the place.
    case placesAcross(
        year: ColumnName? = nil,
        indicator: Classifier? = nil,
        group: Classifier? = nil,
        ignoring: [ColumnName] = [],
        headings: [Heading] = []
    )
}

extension Layout {
    /// The column that tells what a record is about.
    var keyColumn: ColumnName? {
        switch self {
        case .long(let place, _, _, _, _, _, _, _, _), .yearsAcross(let place, _, _, _, _, _, _),
            .indicatorsAcross(let place, _, _, _, _, _):
            place
        case .placesAcross(let year, let indicator, _, _, _): year ?? indicator?.column
        }
    }
}

/// A column, by its header or by its number.
///
/// A header is compared after trimming and Unicode normalisation: first whole, the parts of a header of several
/// rows joined by ` / `; then part by part; then without a unit in brackets (`ชาย` finds `ชาย (คน)`).
package enum ColumnName: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case named(String)
    /// Counted from 1.
    case numbered(Int)

    package init(stringLiteral value: String) {
        self = .named(value)
    }

    package init(integerLiteral value: Int) {
        self = .numbered(value)
    }
}

/// A column whose text says which indicator or group a record is about.
package struct Classifier: Hashable, Sendable {
    package var column: ColumnName
    /// From the text found, trimmed, to the id; where it is empty, the text is the id. Records with another text are
    /// set aside.
    package var meanings: [String: String]

    package init(_ column: ColumnName, meanings: [String: String] = [:]) {
        self.column = column
        self.meanings = meanings
    }
}

/// A column of one year whose header does not tell it.
package struct YearColumn: Hashable, Sendable {
    package var column: ColumnName
    package var year: String

    package init(_ column: ColumnName, year: String) {
        self.column = column
        self.year = year
    }
}

/// A column of values of one indicator, and of one group where not of all.
package struct IndicatorColumn: Hashable, Sendable {
    package var column: ColumnName
    package var indicator: String
    package var group: String?
    package var standardError: ColumnName?
    package var interval: IntervalColumns?

    package init(
        _ column: ColumnName,
        indicator: String,
        group: String? = nil,
        standardError: ColumnName? = nil,
        interval: IntervalColumns? = nil
    ) {
        self.column = column
        self.indicator = indicator
        self.group = group
        self.standardError = standardError
        self.interval = interval
    }
}

/// The columns of the confidence limits beside a column of values, and how the limits were made.
package struct IntervalColumns: Hashable, Sendable {
    package var low: ColumnName
    package var high: ColumnName
    package var form: IntervalForm

    package init(low: ColumnName, high: ColumnName, form: IntervalForm = IntervalForm()) {
        self.low = low
        self.high = high
        self.form = form
    }
}

/// What a part of a header of several rows says of the columns under it, beside the year or the place.
package struct Heading: Hashable, Sendable {
    package var text: String
    package var indicator: String?
    package var group: String?

    package init(_ text: String, indicator: String? = nil, group: String? = nil) {
        self.text = text
        self.indicator = indicator
        self.group = group
    }
}
