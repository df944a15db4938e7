internal import Harmonise
internal import Indicators
internal import Ingest
internal import Validate

/// Turns one checked entry of `sources:` into what Ingest is told.
struct SourceReader {
    let entry: Located
    let paths: Paths

    var written: String { entry["file"]?.text ?? RecordsReader(entry: entry, paths: paths).files.first ?? "" }

    func source() -> Source {
        let (file, path) = paths.place(of: written)
        return Source(
            file: file,
            path: path,
            encoding: entry["encoding"]?.text.flatMap(TextEncoding.init) ?? .automatic,
            sheet: entry["sheet"]?.text,
            range: entry["range"]?.text,
            delimiter: delimiter,
            isLenient: entry["quotes"]?.text == "lenient",
            skip: entry["skip"]?.integer,
            header: entry["header"]?.integer,
            layout: layout,
            missing: entry["missing"]?.texts ?? Source.usualMissingMarkers,
            numbers: numbers,
            footnotes: entry["footnotes"]?.texts ?? [],
            until: entry["until"]?.text,
            filters: (entry["where"]?.entries ?? []).map {
                RowFilter(Self.column($0.key), isOneOf: $0.value.texts)
            },
            fillDown: (entry["fill_down"]?.texts ?? []).map(Self.column),
            blankPlace: entry["blank_place"]?.text == "country" ? .country : .refused,
            unit: entry["unit"]?.text ?? "",
            isScaled: entry["factor"] != nil,
            indicator: entry["indicator"]?.text,
            year: entry["year"]?.text,
            partOfYear: partOfYear,
            country: entry["country"]?.text,
            group: entry["group"]?.text,
            limits: limits
        )
    }

    private var partOfYear: PartOfYear? {
        guard let part = entry["part_of_year"], let column = part["column"]?.text else { return nil }
        return PartOfYear(Self.column(column), unit: part["unit"]?.text == "quarter" ? .quarter : .month)
    }

    private var delimiter: Delimiter {
        switch entry["delimiter"]?.text {
        case "comma": .comma
        case "semicolon": .semicolon
        case "tab": .tab
        case "pipe": .byte(UInt8(ascii: "|"))
        default: .automatic
        }
    }

    private var numbers: NumberStyle {
        let thousands: NumberStyle.Thousands =
            switch entry["thousands"]?.text {
            case "comma": .separator(",")
            case "point": .separator(".")
            case "apostrophe": .separator("'")
            case "space", "none": .none
            default: .usual
            }
        return NumberStyle(
            decimal: entry["decimal"]?.text.flatMap(NumberStyle.DecimalMark.init) ?? .point,
            thousands: thousands
        )
    }

    private var limits: Limits {
        let usual = Limits()
        return Limits(
            recordBytes: entry["limits"]?["record_bytes"]?.integer ?? usual.recordBytes,
            columns: entry["limits"]?["columns"]?.integer ?? usual.columns,
            entries: entry["limits"]?["entries"]?.integer ?? usual.entries,
            partBytes: entry["limits"]?["part_bytes"]?.integer ?? usual.partBytes,
            expansion: entry["limits"]?["expansion"]?.integer ?? usual.expansion
        )
    }

    private var layout: Layout {
        let layout = entry["layout"]
        func column(_ key: String) -> ColumnName? { layout?[key]?.text.map(Self.column) }
        let place = column("place") ?? column("place_code") ?? .numbered(1)
        let indicator = column("indicator").map { Classifier($0, meanings: meanings("indicators")) }
        let group = column("group").map { Classifier($0, meanings: meanings("groups")) }
        switch layout?["form"]?.text {
        case "years-across":
            return .yearsAcross(
                place: place,
                placeCode: column("place_code"),
                country: column("country"),
                indicator: indicator,
                group: group,
                years: (layout?["years"]?.entries ?? []).map {
                    YearColumn(Self.column($0.key), year: $0.value.text ?? "")
                },
                headings: headings
            )
        case "indicators-across":
            return .indicatorsAcross(
                place: place,
                placeCode: column("place_code"),
                country: column("country"),
                year: column("year"),
                group: group,
                columns: columns
            )
        case "places-across":
            return .placesAcross(
                year: column("year"),
                indicator: indicator,
                group: group,
                ignoring: (layout?["ignoring"]?.texts ?? []).map(Self.column),
                headings: headings
            )
        default:
            return .long(
                place: place,
                placeCode: column("place_code"),
                country: column("country"),
                year: column("year"),
                indicator: indicator,
                group: group,
                value: column("value") ?? .numbered(1),
                standardError: column("standard_error"),
                interval: layout.flatMap(Self.interval)
            )
        }
    }

    private var columns: [IndicatorColumn] {
        (entry["layout"]?["columns"]?.entries ?? []).map { key, _, value in
            IndicatorColumn(
                Self.column(key),
                indicator: value.text ?? value["indicator"]?.text ?? entry["indicator"]?.text ?? "",
                group: value["group"]?.text,
                standardError: value["standard_error"]?.text.map(Self.column),
                interval: Self.interval(value)
            )
        }
    }

    private static func interval(_ entry: Located) -> IntervalColumns? {
        guard let low = entry["low"]?.text, let high = entry["high"]?.text else { return nil }
        return IntervalColumns(
            low: column(low),
            high: column(high),
            form: IntervalForm(
                confidence: entry["confidence"]?.number ?? 0.95,
                scale: entry["interval_scale"]?.text.flatMap(IntervalScale.init) ?? .linear
            )
        )
    }

    private var headings: [Heading] {
        (entry["layout"]?["headings"]?.entries ?? []).map { key, _, value in
            Heading(key, indicator: value.text ?? value["indicator"]?.text, group: value["group"]?.text)
        }
    }

    private func meanings(_ key: String) -> [String: String] {
        Dictionary((entry[key]?.entries ?? []).map { ($0.key, $0.value.text ?? "") }) { first, _ in first }
    }

    /// A column by its header, or by its number as `#3`.
    private static func column(_ written: String) -> ColumnName {
        if written.utf8.first == UInt8(ascii: "#"), let number = Int(written.dropFirst()), number > 0 {
            return .numbered(number)
        }
        return .named(written)
    }
}

extension SourceReader {
    /// What Harmonise is told of the source.
    ///
    /// - Parameters:
    ///   - grade: The entry's own, or that of its metadata.
    ///   - period: The pipeline's.
    /// - Returns: The options, the usual ones where the entry says nothing.
    func options(grade: Grade, period: ClosedRange<Int>?) -> HarmoniseOptions {
        let usual = TotalTolerance()
        return HarmoniseOptions(
            grade: grade,
            calendar: entry["calendar"]?.text.flatMap(YearCalendar.init) ?? .automatic,
            level: entry["level"]?.text.map(PlaceLevel.init(rawValue:)),
            levels: entry["levels"].map { Set($0.texts.map(PlaceLevel.init(rawValue:))) },
            subAnnual: entry["sub_annual"]?.text.flatMap(SubAnnualRule.init),
            retabulated: retabulated,
            period: period,
            countries: entry["countries"].map { Set($0.texts) },
            totals: TotalTolerance(
                sum: entry["totals_within"]?["sum"]?.number.map { $0 / 100 } ?? usual.sum,
                mean: entry["totals_within"]?["mean"]?.number.map { $0 / 100 } ?? usual.mean
            ),
            unitFactor: entry["factor"]?.number ?? 1,
            status: Self.status(entry["status"]?.text),
            markers: Dictionary(
                (entry["markers"]?.entries ?? []).map { ($0.key, Self.status($0.value.text)) }
            ) { first, _ in first }
        )
    }

    func expectation() -> Expectation {
        Expectation(
            file: paths.name(of: written),
            indicators: indicators,
            values: entry["expect"]?["values"]?.integer,
            places: entry["expect"]?["places"]?.integer,
            maximumAgeInMonths: entry["expect"]?["max_age"]?.text.flatMap(Forms.months)
        )
    }

    /// The indicators that the entry says its file holds; empty where any may be in it.
    private var indicators: Set<String> {
        var ids = entry["indicator"]?.texts ?? []
        ids += (entry["indicators"]?.entries ?? []).compactMap(\.value.text)
        ids += columns.map(\.indicator)
        ids += (entry["records"]?["measures"]?.entries ?? []).map(\.key)
        ids += headings.compactMap(\.indicator)
        return Set(ids)
    }

    private var retabulated: Retabulation {
        guard let declared = entry["retabulated"] else { return .evident }
        if let word = declared.text { return word == "all" ? .all : .evident }
        return .places(Set(declared.texts))
    }

    private static func status(_ word: String?) -> ObservationStatus {
        switch word {
        case "estimated": .estimated
        case "provisional": .provisional
        case "unreliable": .unreliable
        case "missing": .missing
        case "suppressed": .suppressed
        case "impossible": .impossible
        default: .normal
        }
    }
}
