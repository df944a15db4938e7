package import Indicators

/// Reads registers of joint activities.
///
/// - Parameters:
///   - tables: `date,form,topic,title,host,source` and, optionally, `participants_CC` for each country, `course`, `trained`, `grade`;
///     other columns are passed over. Dates are `2018-02-07` or `7/2/2018`, the year in the Common or the Buddhist Era, digits
///     ASCII, Thai or Lao. A host is a code or a name, empty where it was in neither country. An empty topic is all of them.
///   - names: The gazetteer and every spelling of its places.
///   - catalogue: Knows the topics.
///   - asOf: An activity after it is noted.
/// - Returns: The activities in the order of the files, and a finding for each row that was refused or is worth a look.
/// - Throws: ``HarmoniseError`` where a column is missing.
package func readActivities(
    _ tables: [TextTable],
    names: PlaceNames,
    catalogue: Catalogue,
    asOf: CalendarDate
) throws(HarmoniseError) -> (activities: [Activity], findings: [Finding]) {
    var activities: [Activity] = []
    var findings: [Finding] = []
    var seen: [String: Int] = [:]
    for table in tables {
        let columns = try ActivityColumns(table)
        for row in table.rows {
            var reading = ActivityReading(row: row, table: table, columns: columns)
            if let activity = reading.activity(names, catalogue, asOf) {
                let key =
                    "\(activity.date) \(activity.form.rawValue) \(activity.topic) \(activity.host ?? "") \(activity.title)"
                if let first = seen[key] {
                    reading.refuse(
                        "activity-duplicate",
                        "title",
                        activity.title,
                        "each activity once, not as in record \(first)"
                    )
                } else {
                    seen[key] = row.record
                    activities.append(activity)
                }
            }
            findings += reading.findings
        }
    }
    return (activities, findings)
}

/// Where the columns of a register stand.
private struct ActivityColumns {
    let date, form, topic, title, host, source: Int
    let course, trained, grade: Int?
    /// The code of a country and the column of its participants.
    let participants: [(country: String, column: Int)]

    init(_ table: TextTable) throws(HarmoniseError) {
        date = try table.position(of: "date")
        form = try table.position(of: "form")
        topic = try table.position(of: "topic")
        title = try table.position(of: "title")
        host = try table.position(of: "host")
        source = try table.position(of: "source")
        course = table.column("course")
        trained = table.column("trained")
        grade = table.column("grade")
        let prefix = "participants_"
        participants = table.header.enumerated().compactMap { column, name in
            name.lowercased().hasPrefix(prefix) ? (name.dropFirst(prefix.count).uppercased(), column) : nil
        }
    }
}

/// One row of a register, being read.
private struct ActivityReading {
    let row: TextTable.Row
    let table: TextTable
    let columns: ActivityColumns
    private(set) var findings: [Finding] = []

    init(row: TextTable.Row, table: TextTable, columns: ActivityColumns) {
        self.row = row
        self.table = table
        self.columns = columns
    }

    mutating func refuse(
        _ code: String,
        _ column: String,
        _ found: String,
        _ expected: String,
        _ hint: String = "",
        severity: Finding.Severity = .warning
    ) {
        findings.append(
            row.finding(
                code,
                severity: severity,
                in: table,
                column: column,
                found: found,
                expected: expected,
                hint: hint.isEmpty ? "the activity is left out" : hint
            )
        )
    }

    mutating func activity(_ names: PlaceNames, _ catalogue: Catalogue, _ asOf: CalendarDate) -> Activity? {
        let dateText = row.fields[columns.date]
        let date = ActivityDate.read(dateText)
        if date == nil {
            refuse("activity-bad-date", "date", dateText, "a day as 2018-02-07 or 7/2/2561, Common or Buddhist Era")
        }
        let form: Activity.Form? = word("activity-unknown-form", "form", row.fields[columns.form])
        let topic = topic(catalogue)
        let title = row.fields[columns.title]
        if title.isEmpty { refuse("activity-without-title", "title", "", "what it is called") }
        let source = row.fields[columns.source]
        if source.isEmpty { refuse("activity-without-source", "source", "", "the public document that says so") }
        let host = host(names)
        let counts = counts()
        let courseText = row.field(columns.course)
        let course: Activity.Course? =
            courseText.isEmpty ? nil : word("activity-unknown-course", "course", courseText)
        let gradeText = row.field(columns.grade)
        let grade: Grade? = gradeText.isEmpty ? .official : word("activity-bad-grade", "grade", gradeText)
        guard let date, let form, let topic, !title.isEmpty, !source.isEmpty, let host, let counts, let grade,
            courseText.isEmpty || course != nil
        else { return nil }
        if counts.trained != nil, course == nil, form != .training, form != .workshop {
            refuse(
                "activity-trained-without-course",
                "trained",
                row.field(columns.trained),
                "a course, or the form training or workshop",
                "it is counted all the same",
                severity: .note
            )
        }
        if date > asOf {
            let hint = "it is counted as if it had been: a plan belongs among the targets"
            refuse("activity-in-future", "date", dateText, "a day not after \(asOf)", hint, severity: .note)
        }
        return Activity(
            date: date,
            form: form,
            topic: topic,
            title: title,
            host: host.code,
            hostCountry: host.code.flatMap { names.gazetteer[$0]?.country },
            participants: counts.participants,
            course: course,
            trained: counts.trained,
            source: source,
            grade: grade,
            origin: Origin(
                file: table.file,
                record: row.record,
                line: row.line,
                field: columns.title + 1,
                column: "title"
            )
        )
    }

    private mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ code: String,
        _ column: String,
        _ text: String
    ) -> Word? {
        if let word = Word(rawValue: text) { return word }
        let hint = Indicators.hint(for: text, among: Word.words)
        refuse(code, column, text, "one of " + Word.words.joined(separator: ", "), hint)
        return nil
    }

    private mutating func topic(_ catalogue: Catalogue) -> String? {
        let text = row.fields[columns.topic]
        if text.isEmpty || text == Activity.generalTopic { return Activity.generalTopic }
        if catalogue.topics.contains(where: { $0.id == text }) { return text }
        let topics = catalogue.topics.map(\.id)
        let hint = Indicators.hint(for: text, among: topics)
        refuse("activity-unknown-topic", "topic", text, "a topic of the catalogue, or nothing for all of them", hint)
        return nil
    }

    /// The host; a code of `nil` where the cell is empty, `nil` where it cannot be read.
    private mutating func host(_ names: PlaceNames) -> (code: String?, isRead: Bool)? {
        let text = row.fields[columns.host]
        if text.isEmpty { return (nil, true) }
        switch names.match(text) {
        case .place(let code, _): return (code, true)
        case .unknown(let candidates):
            let near = candidates.map { "\($0.name) (\($0.code))" }.joined(separator: ", ")
            let hint = near.isEmpty ? "" : "nearest: \(near)"
            refuse("activity-unknown-place", "host", text, "a code or name of a place in the gazetteer", hint)
        case .ambiguous(let codes):
            refuse(
                "activity-ambiguous-place",
                "host",
                text,
                "a name of one place, or a code",
                codes.joined(separator: ", ")
            )
        default: refuse("activity-unknown-place", "host", text, "a code or name of a place in the gazetteer")
        }
        return nil
    }

    /// The numbers of the row; `nil` where one cannot be read.
    private mutating func counts() -> (participants: [String: Int], trained: Int?)? {
        var participants: [String: Int] = [:]
        var isSound = true
        func number(_ column: Int?, _ reading: inout Self) -> Int? {
            let text = reading.row.field(column)
            if text.isEmpty { return nil }
            if let number = ActivityDate.whole(text), number <= 1_000_000 { return number }
            let name = column.map { reading.table.header[$0] } ?? ""
            reading.refuse("activity-bad-count", name, text, "a whole number from 0 to 1000000, or nothing")
            isSound = false
            return nil
        }
        for (country, column) in columns.participants {
            if let count = number(column, &self) { participants[country] = count }
        }
        let trained = number(columns.trained, &self)
        return isSound ? (participants, trained) : nil
    }
}

/// A day as people write it.
enum ActivityDate {
    /// `2018-02-07`, `7/2/2018`, `07.02.2561`: the year in either calendar, told by its size; `nil` for anything else.
    static func read(_ text: String) -> CalendarDate? {
        let marks = text.filter { "-/.".contains($0) }
        guard marks.count == 2, Set(marks).count == 1, let mark = marks.first else { return nil }
        let parts = text.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
        let numbers = parts.compactMap(whole)
        guard numbers.count == 3 else { return nil }
        let isYearFirst = parts[0].count == 4
        guard isYearFirst != (parts[2].count == 4), isYearFirst || mark != "-" else { return nil }
        let (year, month, day) =
            isYearFirst ? (numbers[0], numbers[1], numbers[2]) : (numbers[2], numbers[1], numbers[0])
        switch year {
        case 1900...2300: return CalendarDate(year: year, month: month, day: day)
        case 2443...2843: return CalendarDate(year: year - 543, month: month, day: day)
        default: return nil
        }
    }

    /// The whole number that a text of ASCII, Thai or Lao digits of one script is.
    static func whole(_ text: String) -> Int? {
        guard (1...7).contains(text.unicodeScalars.count) else { return nil }
        var value = 0
        var zeros: Set<UInt32> = []
        for scalar in text.unicodeScalars {
            guard let zero = [0x30, 0xE50, 0xED0].first(where: { ($0...$0 + 9).contains(scalar.value) }) else {
                return nil
            }
            zeros.insert(zero)
            value = value * 10 + Int(scalar.value - zero)
        }
        return zeros.count == 1 ? value : nil
    }
}
