package import Indicators

/// Reads a gazetteer and what happened to its places.
///
/// - Parameters:
///   - places: `code,country,level,parent,name_en,name_th,name_lo,region,area_km2,national_code,pcode,label_lat,label_lon`
///     and, optionally, `neighbours`; other columns are passed over. Only the first five must be there.
///   - changes: `date,kind,place,code,predecessors,successors,note`. A place's lifespans come of it: splits and
///     re-creations begin one, mergers end one, a code change ends one and begins the next.
/// - Throws: ``HarmoniseError`` where a column is missing or no row can be used.
/// - Returns: The gazetteer, and a finding for each row that could not be used: severity `error`, because every later
///   number depends on them.
package func makeGazetteer(
    places: TextTable,
    changes: TextTable?
) throws(HarmoniseError) -> (Gazetteer, [Finding]) {
    var findings: [Finding] = []
    var read = try readPlaces(places, &findings)
    let known = Set(read.map(\.code))
    let changes =
        try changes.map { table throws(HarmoniseError) in try readChanges(table, known: known, &findings) } ?? []
    for index in read.indices {
        let known = lifespans(of: read[index].code, changes)
        if !known.isEmpty { read[index] = read[index].existing(during: known) }
    }
    if read.isEmpty { throw .noPlaces(file: places.file) }
    return (Gazetteer(places: read, changes: changes), findings)
}

private func readPlaces(_ table: TextTable, _ findings: inout [Finding]) throws(HarmoniseError) -> [Place] {
    let code = try table.position(of: "code")
    let country = try table.position(of: "country")
    let level = try table.position(of: "level")
    let parent = try table.position(of: "parent")
    let english = try table.position(of: "name_en")
    func numberColumn(_ name: String) -> (name: String, position: Int?) { (name, table.column(name)) }
    let thai = table.column("name_th")
    let lao = table.column("name_lo")
    let region = table.column("region")
    let national = table.column("national_code")
    let pcode = table.column("pcode")
    let neighbours = table.column("neighbours")
    let area = numberColumn("area_km2")
    let latitude = numberColumn("label_lat")
    let longitude = numberColumn("label_lon")
    var places: [Place] = []
    var seen: Set<String> = []
    let codes = Set(table.rows.map { $0.fields[code] })

    for row in table.rows {
        func refuse(_ id: String, _ column: String, _ found: String, _ expected: String) {
            findings.append(
                row.finding(id, severity: .error, in: table, column: column, found: found, expected: expected)
            )
        }
        func number(_ column: (name: String, position: Int?)) -> Double? {
            let text = row.field(column.position)
            if text.isEmpty { return nil }
            guard let value = Double(text), value.isFinite else {
                refuse("gazetteer-bad-number", column.name, text, "a number with a decimal point, or nothing")
                return nil
            }
            return value
        }
        let id = row.fields[code]
        guard !id.isEmpty, id != PlaceNames.setAsideCode else {
            refuse("gazetteer-bad-code", "code", id, "the code of a place")
            continue
        }
        guard seen.insert(id).inserted else {
            refuse("gazetteer-duplicate-code", "code", id, "a code that no other row has")
            continue
        }
        guard !row.fields[level].isEmpty else {
            refuse("gazetteer-bad-level", "level", "", "country, region, province or another word")
            continue
        }
        let above = row.fields[parent]
        if !above.isEmpty, !codes.contains(above) || above == id {
            refuse("gazetteer-unknown-parent", "parent", above, "the code of another row, or nothing")
        }
        let point = number(latitude).flatMap { latitude in
            number(longitude).map { GeographicPoint(latitude: latitude, longitude: $0) }
        }
        places.append(
            Place(
                code: id,
                level: PlaceLevel(rawValue: row.fields[level]),
                country: row.fields[country].isEmpty ? id : row.fields[country],
                parent: codes.contains(above) && above != id ? above : nil,
                names: LocalisedText(english: row.fields[english], thai: row.field(thai), lao: row.field(lao)),
                region: row.field(region),
                areaSquareKilometres: number(area),
                nationalCode: row.field(national).nonEmpty,
                pcode: row.field(pcode).nonEmpty,
                labelPoint: point,
                neighbours: row.field(neighbours).split(separator: " ").map(String.init)
            )
        )
    }
    return places
}

private func readChanges(
    _ table: TextTable,
    known: Set<String>,
    _ findings: inout [Finding]
) throws(HarmoniseError) -> [PlaceChange] {
    let date = try table.position(of: "date")
    let kind = try table.position(of: "kind")
    let place = try table.position(of: "place")
    let code = try table.position(of: "code")
    let predecessors = try table.position(of: "predecessors")
    let successors = try table.position(of: "successors")
    let note = table.column("note")
    var changes: [PlaceChange] = []
    for row in table.rows {
        func refuse(_ column: String, _ found: String, _ expected: String) {
            findings.append(
                row.finding(
                    "gazetteer-bad-change",
                    severity: .error,
                    in: table,
                    column: column,
                    found: found,
                    expected: expected
                )
            )
        }
        let id = row.fields[place]
        let before = row.fields[predecessors].split(separator: " ").map(String.init)
        let after = row.fields[successors].split(separator: " ").map(String.init)
        guard let day = CalendarDate(row.fields[date]) else {
            refuse("date", row.fields[date], "a date such as 2011-03-23")
            continue
        }
        guard let what = PlaceChange.Kind(rawValue: row.fields[kind]) else {
            refuse("kind", row.fields[kind], PlaceChange.Kind.allCases.map(\.rawValue).joined(separator: ", "))
            continue
        }
        guard known.contains(id) else {
            refuse("place", id, "a code of the gazetteer")
            continue
        }
        if let stranger = (before + after).first(where: { !known.contains($0) }) {
            refuse(before.contains(stranger) ? "predecessors" : "successors", stranger, "codes of the gazetteer")
            continue
        }
        changes.append(
            PlaceChange(
                date: day,
                kind: what,
                place: id,
                code: row.fields[code].isEmpty ? id : row.fields[code],
                predecessors: before,
                successors: after,
                note: row.field(note)
            )
        )
    }
    return changes
}

/// The stretches of time in which a place existed, from its changes; empty for a place without any.
func lifespans(of place: String, _ changes: [PlaceChange]) -> [Lifespan] {
    let own = changes.filter { $0.place == place }.sorted { $0.date < $1.date }
    var spans: [Lifespan] = []
    // A place whose first change is no birth was there before it, under the code that it bore until then.
    var current: Lifespan? = own.first.flatMap { first in
        switch first.kind {
        case .split, .recreation: nil
        case .merger: Lifespan(code: first.code, from: nil, until: nil)
        case .code: Lifespan(code: place, from: nil, until: nil)
        }
    }
    for change in own {
        switch change.kind {
        case .split, .recreation:
            if current == nil { current = Lifespan(code: change.code, from: change.date, until: nil) }
        case .merger:
            current?.until = change.date
            spans += current.map { [$0] } ?? []
            current = nil
        case .code:
            guard var span = current else { continue }
            span.until = change.date
            spans.append(span)
            current = Lifespan(code: change.code, from: change.date, until: nil)
        }
    }
    return spans + (current.map { [$0] } ?? [])
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
