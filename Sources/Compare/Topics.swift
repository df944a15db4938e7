import Indicators

/// A row of `topics.csv`: what there is of a topic of the catalogue, and what is not.
struct TopicRow: ComparedRow {
    /// Of what the figures of a topic are made.
    enum State: String, CaseIterable {
        case real, illustrative, mixed
        case noData = "no data"
    }

    /// One indicator of the topic, with the latest and the worst graded of its values; `nil` where it has none.
    struct Member {
        var indicator: Indicator
        var latest: Observation?
        var worst: Observation?
        var best: Observation?
    }

    var topic: Topic
    /// In order of their ids.
    var members: [Member]

    private var known: [Member] { members.filter { $0.latest != nil } }

    private var state: State {
        let worst = known.contains { $0.worst?.grade == .illustrative }
        let best = known.contains { $0.best.map { $0.grade != .illustrative } ?? false }
        if known.isEmpty { return .noData }
        return worst ? (best ? .mixed : .illustrative) : .real
    }

    var cells: [Cell] {
        [
            .text(topic.id), .text(topic.basis.rawValue), .integer(members.count), .integer(known.count),
            Cell(known.compactMap { $0.latest?.year }.max()), .text(state.rawValue),
            Cell(Grade.worst(of: known.compactMap { $0.worst?.grade })?.rawValue),
            known.isEmpty ? .text("\(topic.id).csv of divide init") : .missing,
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func entries(_ isCounted: (Member) -> Bool) -> [Derivation.Input] {
            members.map { .init(isCounted($0) ? "counted" : "not counted", .indicator($0.indicator.id)) }
        }
        switch column {
        case "indicators": return CellOrigin("tally", entries { _ in true })
        case "with_data": return CellOrigin("tally", entries { $0.latest != nil })
        case "latest_year":
            let years = known.compactMap { member in
                member.latest.map { observation in
                    Derivation.Input(
                        "year",
                        of: observation.place,
                        .intermediate(
                            .integer(observation.year),
                            Derivation(
                                "year-of-value",
                                "the year of the latest value of \(member.indicator.id)",
                                inputs: [.init("latest value", .observation(ObservationKey(observation), .value))]
                            )
                        )
                    )
                }
            }
            return CellOrigin("maximum", years)
        case "grade": return CellOrigin("worst-grade", known.compactMap { grade(of: $0.worst) })
        case "state":
            return CellOrigin(
                "state",
                known.flatMap { [grade(of: $0.best), grade(of: $0.worst)] }.compactMap(\.self)
                    + entries { $0.latest != nil }
            )
        case "basis", "template": return CellOrigin("catalogue-topic", entries { $0.latest != nil })
        default: return nil
        }
    }

    private func grade(of observation: Observation?) -> Derivation.Input? {
        observation.map { .init("grade", of: $0.place, .observation(ObservationKey($0), .grade)) }
    }
}

extension ComparedPanel {
    /// `topics.csv`: a row for each topic of the catalogue, in any state. What an index makes of figures is not counted.
    func topics() -> ComparisonOutcome {
        var latest: [String: Observation] = [:]
        var worst: [String: Observation] = [:]
        var best: [String: Observation] = [:]
        for (series, key) in panel.series.enumerated() {
            for year in panel.years.indices {
                for source in panel.sources(series: series, year: year) where source >= 0 {
                    let observation = observations[Int(source)]
                    guard observation.value != nil else { continue }
                    if latest[key.indicator].map({ $0.year < observation.year }) ?? true {
                        latest[key.indicator] = observation
                    }
                    if worst[key.indicator].map({ $0.grade.worse(observation.grade) != $0.grade }) ?? true {
                        worst[key.indicator] = observation
                    }
                    if best[key.indicator].map({
                        $0.grade != observation.grade && $0.grade.worse(observation.grade) == $0.grade
                    }) ?? true {
                        best[key.indicator] = observation
                    }
                }
            }
        }
        var table = ComparedRows(.topics, for: self)
        let members = Dictionary(grouping: catalogue.indicators.filter { !$0.id.contains(".") }, by: \.topic)
        table.add(
            catalogue.topics.map { topic in
                TopicRow(
                    topic: topic,
                    members: (members[topic.id] ?? []).map {
                        TopicRow.Member(indicator: $0, latest: latest[$0.id], worst: worst[$0.id], best: best[$0.id])
                    }
                )
            }
        )
        return ComparisonOutcome(tables: [table])
    }

    /// A warning for each figure of which a country's places have made-up values beside real ones in one year and level: their
    /// mean would pass for more than it is.
    func mixedGrades() -> [Finding] {
        // By position: an observation is not copied.
        let made = observations.indices.count { observations[$0].grade == .illustrative }
        guard made > 0, made < observations.count else { return [] }
        var findings: [Finding] = []
        for (series, key) in panel.series.enumerated() {
            for country in [reference, other] {
                for division in country.divisions {
                    var years: [Int] = []
                    for year in panel.years.indices {
                        let sources = division.units.compactMap {
                            panel.source(series: series, year: year, place: $0.place)
                        }.filter { observations[$0].value != nil }
                        let made = sources.count { observations[$0].grade == .illustrative }
                        if made > 0, made < sources.count { years.append(panel.years[year]) }
                    }
                    guard let first = years.first, let last = years.last else { continue }
                    let span = first == last ? "\(first)" : "\(years.count) years from \(first) to \(last)"
                    findings.append(
                        Finding(
                            code: "mixed-grades",
                            severity: .warning,
                            found:
                                "\(key.indicator), \(key.group), \(country.code), \(division.level.rawValue): real and illustrative values in \(span)",
                            expected: "values of provinces that are all real, or all illustrative",
                            hint: "their means bear the grade illustrative"
                        )
                    )
                }
            }
        }
        return findings
    }
}
