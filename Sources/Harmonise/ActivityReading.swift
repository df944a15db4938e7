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
                    reading.register.refuse(
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
            findings += reading.register.findings
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
    var register: RegisterRow
    let columns: ActivityColumns

    init(row: TextTable.Row, table: TextTable, columns: ActivityColumns) {
        register = RegisterRow(row, of: table, noun: "activity")
        self.columns = columns
    }

    private var row: TextTable.Row { register.row }

    mutating func activity(_ names: PlaceNames, _ catalogue: Catalogue, _ asOf: CalendarDate) -> Activity? {
        let dateText = row.fields[columns.date]
        let date = ActivityDate.read(dateText)
        if date == nil {
            register.refuse(
                "activity-bad-date",
                "date",
                dateText,
                "a day as 2018-02-07 or 7/2/2561, Common or Buddhist Era"
            )
        }
        let form: Activity.Form? = register.word("activity-unknown-form", "form", row.fields[columns.form])
        let topic = topic(catalogue)
        let title = row.fields[columns.title]
        if title.isEmpty { register.refuse("activity-without-title", "title", "", "what it is called") }
        let source = row.fields[columns.source]
        if source.isEmpty {
            register.refuse("activity-without-source", "source", "", "the public document that says so")
        }
        let host = host(names)
        let counts = counts()
        let courseText = row.field(columns.course)
        let course: Activity.Course? =
            courseText.isEmpty ? nil : register.word("activity-unknown-course", "course", courseText)
        let gradeText = row.field(columns.grade)
        let grade: Grade? = gradeText.isEmpty ? .official : register.word("activity-bad-grade", "grade", gradeText)
        guard let date, let form, let topic, !title.isEmpty, !source.isEmpty, let host, let counts, let grade,
            courseText.isEmpty || course != nil
        else { return nil }
        if counts.trained != nil, course == nil, form != .training, form != .workshop {
            register.refuse(
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
            register.refuse("activity-in-future", "date", dateText, "a day not after \(asOf)", hint, severity: .note)
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
            origin: register.origin(field: columns.title, column: "title")
        )
    }

    private mutating func topic(_ catalogue: Catalogue) -> String? {
        let text = row.fields[columns.topic]
        if text.isEmpty || text == Activity.generalTopic { return Activity.generalTopic }
        if catalogue.topics.contains(where: { $0.id == text }) { return text }
        let topics = catalogue.topics.map(\.id)
        let hint = Indicators.hint(for: text, among: topics)
        register.refuse(
            "activity-unknown-topic",
            "topic",
            text,
            "a topic of the catalogue, or nothing for all of them",
            hint
        )
        return nil
    }

    /// The host; a code of `nil` where the cell is empty, `nil` where it cannot be read.
    private mutating func host(_ names: PlaceNames) -> (code: String?, isRead: Bool)? {
        let text = row.fields[columns.host]
        if text.isEmpty { return (nil, true) }
        let (unknown, ambiguous) = ("activity-unknown-place", "activity-ambiguous-place")
        return register.place(text, in: "host", names, unknown: unknown, ambiguous: ambiguous).map { ($0, true) }
    }

    /// The numbers of the row; `nil` where one cannot be read.
    private mutating func counts() -> (participants: [String: Int], trained: Int?)? {
        var participants: [String: Int] = [:]
        var isSound = true
        func number(_ column: Int?, _ reading: inout Self) -> Int? {
            let text = reading.row.field(column)
            if text.isEmpty { return nil }
            if let number = ActivityDate.whole(text), number <= 1_000_000 { return number }
            let name = column.map { reading.register.table.header[$0] } ?? ""
            reading.register.refuse("activity-bad-count", name, text, "a whole number from 0 to 1000000, or nothing")
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
