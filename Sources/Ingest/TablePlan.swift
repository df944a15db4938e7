import Indicators

/// A layout brought to the columns of one file: where each cell's text goes.
struct TablePlan {
    /// A column of values, and those of the errors and limits beside it.
    struct ValueColumn {
        /// What its header tells; the rest the row or the source tells.
        let cells: SourceColumn
        var standardError: Int?
        var interval: IntervalFields?

        /// Its position in a record, counted from 0.
        var field: Int { cells.field - 1 }
        /// Whether a column beside it tells of its sampling error.
        var hasError: Bool { standardError != nil || interval != nil }
    }

    /// The columns of the limits beside a column of values.
    struct IntervalFields {
        var low: Int
        var high: Int
        var form: IntervalForm
    }

    struct Class {
        var field: Int
        var meanings: [String: String]
    }

    struct Filter {
        var field: Int
        var values: Set<String>
    }

    let header: Header
    private(set) var place: Int?
    private(set) var placeCode: Int?
    private(set) var country: Int?
    private(set) var year: Int?
    private(set) var partOfYear: Int?
    private(set) var indicator: Class?
    private(set) var group: Class?
    private(set) var filters: [Filter] = []
    private(set) var fillDown: Set<Int> = []
    private(set) var values: [ValueColumn] = []
    /// The columns that nothing is read from since their header is no year or no place, where no heading is declared that
    /// would tell which ones are wanted.
    private(set) var passedOver: [Int] = []

    /// The field whose text tells what a record is about: the place, or with places across the year.
    var keyField: Int? { place ?? year ?? indicator?.field }

    /// The fields that a record is read for, values and others.
    private var fieldsOfRow: Set<Int> {
        var fields = Set(
            [place, placeCode, country, year, partOfYear, indicator?.field, group?.field].compactMap { $0 }
        )
        fields.formUnion(filters.map(\.field))
        fields.formUnion(fillDown)
        return fields
    }

    /// How many fields a record needs so that all columns in use are in it.
    var fieldsInUse: Int {
        let errors = values.compactMap(\.standardError) + values.compactMap(\.interval).flatMap { [$0.low, $0.high] }
        return (values.map(\.field) + errors + fieldsOfRow).reduce(0) { max($0, $1 + 1) }
    }

    /// - Throws: ``IngestError`` `no-such-column` or `ambiguous-column` where a column that is named is not there
    ///   once, `no-year` or `no-indicator` where nothing tells them.
    init(_ source: Source, header: Header) throws(IngestError) {
        self.header = header
        let finder = ColumnFinder(header: header, file: source.file)
        for filter in source.filters {
            filters.append(Filter(field: try finder.field(filter.column), values: Set(filter.values.map(\.trimmed))))
        }
        partOfYear = try finder.field(source.partOfYear?.column)
        for column in source.fillDown { fillDown.insert(try finder.field(column)) }
        switch source.layout {
        case .long(
            let place,
            let code,
            let country,
            let year,
            let indicator,
            let group,
            let value,
            let error,
            let limits
        ):
            try setRow(finder, place, code, country, year, indicator, group)
            let field = try finder.field(value)
            values = [
                ValueColumn(
                    cells: cells(field, source),
                    standardError: try finder.field(error),
                    interval: try Self.limits(finder, limits)
                )
            ]
        case .yearsAcross(let place, let code, let country, let indicator, let group, let years, let headings):
            try setRow(finder, place, code, country, nil, indicator, group)
            values = try yearColumns(finder, source, declared: years, headings: headings)
            if headings.isEmpty { passedOver = unread(beside: fieldsOfRow) }
            try refuseDoubles(source)
        case .indicatorsAcross(let place, let code, let country, let year, let group, let columns):
            try setRow(finder, place, code, country, year, nil, group)
            for column in columns {
                let field = try finder.field(column.column)
                values.append(
                    ValueColumn(
                        cells: cells(field, source, indicator: column.indicator, group: column.group),
                        standardError: try finder.field(column.standardError),
                        interval: try Self.limits(finder, column.interval)
                    )
                )
            }
        case .placesAcross(let year, let indicator, let group, let ignoring, let headings):
            try setRow(finder, nil, nil, nil, year, indicator, group)
            var ignored = fieldsOfRow
            for column in ignoring { ignored.insert(try finder.field(column)) }
            values = placeColumns(source, ignored: ignored, headings: headings)
            if headings.isEmpty { passedOver = unread(beside: ignored) }
        }
        try requireColumns(source)
        try requireHeadings(source.layout, source.file)
    }

    private mutating func setRow(
        _ finder: ColumnFinder,
        _ place: ColumnName?,
        _ placeCode: ColumnName?,
        _ country: ColumnName?,
        _ year: ColumnName?,
        _ indicator: Classifier?,
        _ group: Classifier?
    ) throws(IngestError) {
        self.place = try finder.field(place)
        self.placeCode = try finder.field(placeCode)
        self.country = try finder.field(country)
        self.year = try finder.field(year)
        if let indicator {
            self.indicator = Class(
                field: try finder.field(indicator.column),
                meanings: trimmingKeys(indicator.meanings)
            )
        }
        if let group {
            self.group = Class(field: try finder.field(group.column), meanings: trimmingKeys(group.meanings))
        }
    }

    private static func limits(
        _ finder: ColumnFinder,
        _ columns: IntervalColumns?
    ) throws(IngestError) -> IntervalFields? {
        guard let columns else { return nil }
        return IntervalFields(
            low: try finder.field(columns.low),
            high: try finder.field(columns.high),
            form: columns.form
        )
    }

    private func cells(
        _ field: Int,
        _ source: Source,
        place: String? = nil,
        period: String? = nil,
        indicator: String? = nil,
        group: String? = nil
    ) -> SourceColumn {
        SourceColumn(
            file: source.file,
            sheet: source.sheet,
            field: field + 1,
            label: header.label(field),
            place: place,
            period: period,
            indicator: indicator,
            group: group
        )
    }

    private func yearColumns(
        _ finder: ColumnFinder,
        _ source: Source,
        declared: [YearColumn],
        headings: [Heading]
    ) throws(IngestError) -> [ValueColumn] {
        var periods: [Int: String] = [:]
        for column in declared { periods[try finder.field(column.column)] = column.year }
        let taken = fieldsOfRow
        return header.columns.indices.compactMap { field in
            guard !taken.contains(field) else { return nil }
            let parts = header.columns[field].parts
            let match = headings.isEmpty ? nil : HeadingMatch(parts, headings: headings)
            if let match, !match.isFound { return nil }
            guard let year = periods[field] ?? parts.last(where: isYear) ?? match?.rests.last(where: isYear) else {
                return nil
            }
            let period = withoutCode(year)
            return ValueColumn(
                cells: cells(field, source, period: period, indicator: match?.indicator, group: match?.group)
            )
        }
    }

    private func unread(beside others: Set<Int>) -> [Int] {
        let read = others.union(values.map(\.field))
        return header.columns.indices.filter { !read.contains($0) }
    }

    private func placeColumns(_ source: Source, ignored: Set<Int>, headings: [Heading]) -> [ValueColumn] {
        header.columns.indices.compactMap { field in
            let column = header.columns[field]
            let match = HeadingMatch(column.parts, headings: headings)
            guard !column.name.isEmpty, !ignored.contains(field), headings.isEmpty || match.isFound else { return nil }
            let place = headings.isEmpty ? column.name : match.rests.joined(separator: " / ")
            guard !place.isEmpty else { return nil }
            return ValueColumn(
                cells: cells(field, source, place: place, indicator: match.indicator, group: match.group)
            )
        }
    }
}

/// `2019` of the `2019 [YR2019]` of the World Bank's files.
private func withoutCode(_ year: String) -> String {
    guard year.hasSuffix("]"), let bracket = year.firstIndex(of: "["), year[bracket...].hasPrefix("[YR") else {
        return year
    }
    return String(year[..<bracket]).trimmed
}

private func trimmingKeys(_ meanings: [String: String]) -> [String: String] {
    Dictionary(meanings.map { ($0.key.trimmed, $0.value) }) { first, _ in first }
}
