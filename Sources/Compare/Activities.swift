import Indicators

/// A row of `activities.csv`: what was done together, counted under one heading.
struct ActivityRow: ComparedRow {
    /// By what activities are counted.
    enum Heading: String, CaseIterable {
        case all, topic, form, year, country, province, course
    }

    var heading: Heading
    var item: String
    /// Those that are counted, in the order of the register.
    var activities: [Activity]
    var reference: String
    var other: String

    private func hosted(_ country: String) -> [Activity] { activities.filter { $0.hostCountry == country } }

    private var elsewhere: [Activity] {
        activities.filter { $0.hostCountry != reference && $0.hostCountry != other }
    }

    private func participants(_ country: String) -> [Int] { activities.compactMap { $0.participants[country] } }

    private func sum(_ numbers: [Int]) -> Int? { numbers.isEmpty ? nil : numbers.reduce(0, +) }

    /// The smaller of two counts by the larger; `nil` where both are 0 or one is not known.
    private func balance(_ one: Int?, _ two: Int?) -> Double? {
        guard let one, let two, max(one, two) > 0 else { return nil }
        return Double(min(one, two)) / Double(max(one, two))
    }

    private var dates: [CalendarDate] { activities.map(\.date).sorted() }

    var cells: [Cell] {
        let (atReference, atOther) = (hosted(reference).count, hosted(other).count)
        let (fromReference, fromOther) = (sum(participants(reference)), sum(participants(other)))
        return [
            .text(heading.rawValue), .text(item), .integer(activities.count), .integer(atReference), .integer(atOther),
            .integer(elsewhere.count), Cell(balance(atReference, atOther)), Cell(fromReference), Cell(fromOther),
            Cell(balance(fromReference, fromOther)),
            .integer(activities.count { $0.participants[reference] == nil || $0.participants[other] == nil }),
            Cell(sum(activities.compactMap(\.trained))), Cell(dates.first?.description), Cell(dates.last?.description),
            .integer(activities.count { $0.grade == .illustrative }),
            Cell(Grade.worst(of: activities.map(\.grade))?.rawValue),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        switch column {
        case "activities": return tally { _ in true }
        case "hosted_reference": return tally { $0.hostCountry == reference }
        case "hosted_other": return tally { $0.hostCountry == other }
        case "hosted_elsewhere": return tally { $0.hostCountry != reference && $0.hostCountry != other }
        case "without_participants":
            return tally { $0.participants[reference] == nil || $0.participants[other] == nil }
        case "illustrative": return tally { $0.grade == .illustrative }
        case "participants_reference": return made("sum") { Cell($0.participants[reference]) }
        case "participants_other": return made("sum") { Cell($0.participants[other]) }
        case "trained": return made("sum") { Cell($0.trained) }
        case "first_date": return made("earliest") { .text($0.date.description) }
        case "last_date": return made("latest") { .text($0.date.description) }
        case "grade": return made("worst-grade") { .text($0.grade.rawValue) }
        case "host_balance": return CellOrigin("balance", row.cells("hosted_reference", "hosted_other"))
        case "participant_balance":
            return CellOrigin("balance", row.cells("participants_reference", "participants_other"))
        default: return nil
        }
    }

    /// How many of the activities are of a kind; those that are not stand there as well.
    private func tally(_ isCounted: (Activity) -> Bool) -> CellOrigin {
        CellOrigin("tally", activities.map { declared($0, as: isCounted($0) ? "counted" : "not counted") })
    }

    /// What is made of a part of each activity.
    private func made(_ rule: String, of part: (Activity) -> Cell) -> CellOrigin {
        let inputs = activities.map { activity in
            Derivation.Input(
                "activity",
                of: activity.host ?? "",
                .intermediate(
                    part(activity),
                    Derivation("declared", "what the register says", inputs: [declared(activity, as: "row")])
                )
            )
        }
        return CellOrigin(rule, inputs)
    }

    /// The row of the register.
    private func declared(_ activity: Activity, as role: String) -> Derivation.Input {
        var words = ["\(activity.date)", activity.form.rawValue, activity.topic, activity.title]
        words.append("host \(activity.host ?? "elsewhere")")
        for (country, count) in activity.participants.sorted(by: { $0.key < $1.key }) {
            words.append("\(country) \(count)")
        }
        if let trained = activity.trained { words.append("trained \(trained)") }
        words += [activity.grade.rawValue, activity.source]
        return Derivation.Input(
            role,
            of: activity.host ?? "",
            .declaration(file: activity.origin.file, line: activity.origin.line, text: words.joined(separator: "; "))
        )
    }
}

/// A row of `activity-indicators.csv`: an indicator of a topic in which something was done together, where it stands.
struct ActivityIndicatorRow: ComparedRow {
    var topic: String
    var activities: Int
    var trained: Cell
    /// `gaps.csv`, and its row of the latest years.
    var gaps: Table
    var row: Int

    static let copied = [
        "year_reference", "year_other", "value_reference", "value_other", "absolute_gap", "parity", "status", "grade",
    ]

    var cells: [Cell] {
        [.text(topic)] + ["indicator", "level", "weighting"].map { gaps[row, $0] } + [.integer(activities), trained]
            + Self.copied.map { gaps[row, $0] } + [gaps[row, "unit"], gaps[row, "direction"]]
    }

    func origin(of column: String, _ question: RowQuestion) -> CellOrigin? {
        if column == "activities" || column == "trained" {
            let keys = [CellAddress.Key("by", "topic"), CellAddress.Key("item", topic)]
            let address = CellAddress(table: "activities", keys: keys, column: column)
            return CellOrigin("same", [Derivation.Input("count", .cell(address))])
        }
        guard Self.copied.contains(column) else { return nil }
        return CellOrigin("same", [Derivation.Input("gap", .cell(gaps.cellAddress(row: row, column: column)))])
    }
}

extension ComparedPanel {
    /// `activities.csv`, and where there are gaps `activity-indicators.csv`.
    ///
    /// - Parameter known: The gaps as they were compared; `nil` to compare them here, where they are asked for.
    /// - Returns: The tables, without findings.
    func activities(gaps known: Table? = nil) -> ComparisonOutcome {
        var table = ComparedRows(.activities, for: self)
        let rows = activityRows()
        table.add(rows)
        guard options.metrics.contains(.gaps) else { return ComparisonOutcome(tables: [table]) }
        let gaps: Table
        if let known {
            gaps = known
        } else {
            var comparison = GapComparison(self)
            comparison.compareAll()
            gaps = comparison.table.sortedByKey()
        }
        var beside = ComparedRows(.activityIndicators, for: self)
        for row in rows where row.heading == .topic {
            let cells = row.cells
            for position in latestGaps(of: row.item, in: gaps) {
                beside.add([
                    ActivityIndicatorRow(
                        topic: row.item,
                        activities: row.activities.count,
                        trained: cells[TableSchema.activities.index(of: "trained") ?? 0],
                        gaps: gaps,
                        row: position
                    )
                ])
            }
        }
        return ComparisonOutcome(tables: [table, beside])
    }

    /// A row for all, and one for each item of each heading under which there is an activity.
    private func activityRows() -> [ActivityRow] {
        let all = options.dynamics.activities
        func items(_ heading: ActivityRow.Heading, _ activity: Activity) -> String? {
            switch heading {
            case .all: "all"
            case .topic: activity.topic
            case .form: activity.form.rawValue
            case .year: String(activity.date.year)
            case .country: activity.hostCountry ?? "elsewhere"
            case .province: activity.host.flatMap { gazetteer[$0]?.level == .province ? $0 : nil }
            case .course: activity.course?.rawValue
            }
        }
        return ActivityRow.Heading.allCases.flatMap { heading in
            let byItem = Dictionary(grouping: all.filter { items(heading, $0) != nil }) { items(heading, $0) ?? "" }
            return byItem.sorted { $0.key < $1.key }.map { item, activities in
                ActivityRow(
                    heading: heading,
                    item: item,
                    activities: activities,
                    reference: options.reference,
                    other: options.other
                )
            }
        }
    }

    /// The rows of `gaps` of a topic's indicators for all persons, of each level and weighting the latest pair of years.
    private func latestGaps(of topic: String, in gaps: Table) -> [Int] {
        var latest: [String: Int] = [:]
        func years(_ row: Int) -> (Double, Double) {
            (gaps[row, "year_other"].numeric ?? 0, gaps[row, "year_reference"].numeric ?? 0)
        }
        for row in 0..<gaps.rowCount {
            guard catalogue[gaps[row, "indicator"].text]?.topic == topic, gaps[row, "group"].text == Group.total else {
                continue
            }
            let key = ["indicator", "level", "weighting"].map { gaps[row, $0].text }.joined(separator: " ")
            if let known = latest[key], years(known) >= years(row) { continue }
            latest[key] = row
        }
        return latest.values.sorted()
    }
}
