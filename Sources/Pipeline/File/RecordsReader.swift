internal import Indicators
internal import Ingest
internal import Records

/// Turns `records:` of an entry of `sources:` into what Records is told.
struct RecordsReader {
    let entry: Located
    let paths: Paths

    private var section: Located? { entry["records"] }

    /// The files meant, as the pipeline file would write them; patterns that mean nothing stay as they are.
    var files: [String] {
        let written = (section?["files"]?.texts ?? []).map(Paths.local)
        return (try? RecordFiles.expand(written, absolute: paths.absolute)) ?? written
    }

    /// The source, as declared in the pipeline file that messages call `file`, to be added up by `engine`, or by `divide`
    /// itself.
    func source(file: String, engine: RecordEngine?) -> RecordSource {
        let keys = section?["group_by"]?.entries.compactMap { key, _, value in
            value.text.map { RecordSource.Key(role: RecordSource.Role(rawValue: key) ?? .group, column: $0) }
        }
        let roles = (section?["totals_over"]?.texts).map { Set($0.compactMap(RecordSource.Role.init)) }
        let usual = RecordOrder(groupBy: [], measures: [])
        let order = RecordOrder(
            groupBy: (keys ?? []).map(\.column),
            measures: (section?["measures"]?.entries ?? []).map {
                RecordOrder.NamedMeasure(name: $0.key, formula: $0.value.text ?? "")
            },
            weight: section?["weight"]?.text,
            strata: section?["strata"]?.text,
            cluster: section?["cluster"]?.text,
            filter: section?["where"]?.text,
            missing: section?["missing"]?.texts ?? [],
            minimumRecords: section?["minimum_records"]?.integer ?? usual.minimumRecords,
            totalsOver: (keys ?? []).filter { roles?.contains($0.role) ?? ($0.role != .year) }.map(\.column),
            illFormed: section?["ill_formed"]?.text.flatMap(RecordOrder.IllFormed.init) ?? usual.illFormed,
            loneCluster: section?["lone_cluster"]?.text.flatMap(RecordOrder.LoneCluster.init) ?? usual.loneCluster,
            cellLimit: section?["limit_groups"]?.integer ?? usual.cellLimit
        )
        return RecordSource(
            files: files.map { RecordFile(path: paths.absolute($0), name: paths.name(of: $0)) },
            order: order,
            keys: keys ?? [],
            delimiter: delimiter,
            year: entry["year"]?.text ?? "",
            country: entry["country"]?.text ?? "",
            group: entry["group"]?.text ?? Group.total,
            groups: Dictionary((entry["groups"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") }) { first, _ in
                first
            },
            engine: engine,
            pipeline: file,
            place: section?["files"]?.place ?? entry.place
        )
    }

    private var delimiter: UInt8 {
        switch entry["delimiter"]?.text {
        case "semicolon": UInt8(ascii: ";")
        case "tab": UInt8(ascii: "\t")
        case "pipe": UInt8(ascii: "|")
        default: UInt8(ascii: ",")
        }
    }
}

extension PipelineFile {
    /// The files of records of an entry, each inside the confinement or a problem.
    mutating func recordFiles(_ entry: Located) -> [String] {
        guard let written = entry["records"]?["files"] else { return [] }
        _ = files(written)
        let found = RecordsReader(entry: entry, paths: paths).files
        for file in found
        where !paths.isAllowed(paths.absolute(file)) && !written.texts.map(Paths.local).contains(file) {
            refuse(written, "a path leaves the folder of --confined", expected: "a path inside it", found: file)
        }
        return found
    }

    /// Where an entry names records, it names nothing of a file with a layout.
    mutating func refuseHalfDeclared(_ entry: Located) {
        guard let records = entry["records"] else { return }
        for key in ["file", "layout", "sheet", "range", "skip", "header", "until", "fill_down", "where", "missing"] {
            if let other = entry[key] { refuse(other, "`\(key)` beside `records`", expected: "one of the two") }
        }
        let keys = records["group_by"]
        if keys?["place"] == nil, keys?["place_code"] == nil {
            refuse(keys, "no column of places", expected: "place or place_code")
        }
        if keys?["year"] == nil, entry["year"] == nil {
            refuse(keys, "no year", expected: "the column of the year, or `year` beside `records`")
        }
        let columns = (keys?.entries ?? []).compactMap(\.value.text)
        if Set(columns).count < columns.count { refuse(keys, "a column is named twice", expected: "each column once") }
        if records["measures"]?.entries.isEmpty ?? true {
            refuse(records["measures"], "no measures", expected: "an indicator and its formula")
        }
    }
}
