internal import Compare
internal import Indicators
internal import Normalise

/// The figures of a pipeline, ready to be ranked and held against each other.
struct Figures {
    private let catalogue: Catalogue
    private let gazetteer: Gazetteer
    private let panel: Panel
    private let observations: [Observation]

    init(_ inputs: Inputs, trace: Trace) {
        let description = inputs.description
        let normalised = normalise(
            inputs.observations,
            catalogue: description.catalogue,
            gazetteer: inputs.gazetteer,
            options: description.normalise
        )
        let composed = ComposedIndices(description, of: normalised.observations, gazetteer: inputs.gazetteer)
        catalogue = description.catalogue
        gazetteer = inputs.gazetteer
        observations = normalised.observations + composed.observations
        panel = Panel(observations, places: gazetteer.places.map(\.code))
    }

    /// One value with what people ask of it.
    private struct Figure {
        var observation: Observation
        var value: Double
        /// Among the places of its country and level with a value in its year, best first, equals alike.
        var rank: Int?
        var count: Int
    }

    func table(for question: Showing.Question) -> Table {
        switch question {
        case .ranking(let indicator): ranking(indicator)
        case .profile(let place): profile(place)
        case .sideBySide(let one, let two): sideBySide(one, two)
        }
    }

    // MARK: Answers

    /// Every province in the latest year in which it has a value, ordered by country and rank.
    private func ranking(_ indicator: String) -> Table {
        var table = Table(schema: Self.rankingSchema)
        guard let series = panel.index(of: SeriesKey(indicator: indicator)) else { return table }
        let unit = catalogue[indicator]?.unit ?? ""
        for place in gazetteer.places {
            guard let figure = latest(series, place.code) else { continue }
            table.append(
                [
                    .text(place.country), .text(place.level.rawValue), .text(place.code),
                    .integer(figure.observation.year),
                    .number(figure.value), Cell(figure.rank), .integer(figure.count), .text(unit),
                    .text(figure.observation.status.rawValue), .text(figure.observation.grade.rawValue),
                ]
            )
        }
        return table
    }

    private func profile(_ place: String) -> Table {
        var table = Table(schema: Self.profileSchema)
        for (position, key) in panel.series.enumerated() where key.group == Group.total {
            guard let indicator = catalogue[key.indicator], let figure = latest(position, place) else { continue }
            table.append(
                [
                    .text(indicator.topic), .text(indicator.id), .integer(figure.observation.year),
                    .number(figure.value),
                    Cell(figure.rank), .integer(figure.count), .text(indicator.unit),
                    .text(figure.observation.status.rawValue), .text(figure.observation.grade.rawValue),
                ]
            )
        }
        return table
    }

    private func sideBySide(_ one: String, _ two: String) -> Table {
        var table = Table(schema: Self.pairSchema)
        for (position, key) in panel.series.enumerated() where key.group == Group.total {
            guard let indicator = catalogue[key.indicator] else { continue }
            let years = pair(position, one, two)
            let (left, right) = (
                years.one.flatMap { figure(position, one, $0) }, years.two.flatMap { figure(position, two, $0) }
            )
            if left == nil && right == nil { continue }
            let sign = indicator.direction.sign
            let gap = left.flatMap { left in right.map { right in (sign == 0 ? 1 : sign) * (left.value - right.value) }
            }
            let grade = Grade.worst(of: [left, right].compactMap { $0?.observation.grade })
            table.append(
                [
                    .text(indicator.topic), .text(indicator.id), Cell(left?.observation.year), Cell(left?.value),
                    Cell(left?.rank), Cell(left?.count), Cell(right?.observation.year), Cell(right?.value),
                    Cell(right?.rank), Cell(right?.count), Cell(gap?.isFinite == true ? gap.map { $0 + 0 } : nil),
                    Cell(timeDistance(position, sign, ahead: one, behind: right)), .text(indicator.unit),
                    .text(indicator.direction.rawValue), Cell(grade?.rawValue),
                ]
            )
        }
        return table
    }

    // MARK: Parts of answers

    /// The latest year that both have; each its own latest where there is none.
    private func pair(_ series: Int, _ one: String, _ two: String) -> (one: Int?, two: Int?) {
        let (first, second) = (years(series, one), years(series, two))
        if let common = Set(first).intersection(second).max() { return (common, common) }
        return (first.last, second.last)
    }

    private func years(_ series: Int, _ place: String) -> [Int] {
        guard let place = panel.index(ofPlace: place) else { return [] }
        return panel.years(of: series, at: place)
    }

    private func latest(_ series: Int, _ place: String) -> Figure? {
        years(series, place).last.flatMap { figure(series, place, $0) }
    }

    private func figure(_ series: Int, _ code: String, _ year: Int) -> Figure? {
        guard let place = panel.index(ofPlace: code), let value = panel.value(series: series, year: year, place: place),
            let source = panel.source(series: series, year: year, place: place), let own = gazetteer[code]
        else { return nil }
        let sign = catalogue[panel.series[series].indicator]?.direction.sign ?? 0
        let others = gazetteer.places(at: own.level, in: own.country).compactMap { other in
            panel.index(ofPlace: other.code).flatMap { panel.value(series: series, year: year, place: $0) }
        }
        let rank = sign == 0 ? nil : 1 + others.count { sign * $0 > sign * value }
        return Figure(observation: observations[source], value: value, rank: rank, count: others.count)
    }

    /// How many years before the second place's figure the first was where that is; negative where it came there later; `nil`
    /// where it never did in the years at hand, or was beyond it from the first of them.
    private func timeDistance(_ series: Int, _ sign: Double, ahead: String, behind: Figure?) -> Double? {
        guard sign != 0, let behind, let place = panel.index(ofPlace: ahead) else { return nil }
        let points = years(series, ahead).compactMap { year in
            panel.value(series: series, year: year, place: place).map { (year: panel.years[year], value: $0) }
        }
        guard let reached = yearReached(behind.value, by: points, sign: sign) else { return nil }
        return Double(behind.observation.year) - reached
    }
}

extension Figures {
    private static let place = Column("place", .text, definition: "The code of the place.", isKey: true)
    private static let topic = Column("topic", .text, definition: "The topic of the indicator.", isKey: true)
    private static let indicator = Column("indicator", .text, definition: "The catalogue's id.", isKey: true)
    private static let ends = [
        Column("unit", .text, definition: "The unit of the values."),
        Column("status", .text, definition: "SDMX CL_OBS_STATUS."),
        Column("grade", .text, definition: "The grade of the value."),
    ]

    private static func figure(_ suffix: String = "") -> [Column] {
        [
            Column("year" + suffix, .integer, unit: "year", definition: "The year of the value."),
            Column("value" + suffix, .number, unit: "indicator", definition: "The value."),
            Column(
                "rank" + suffix,
                .integer,
                unit: "1",
                definition:
                    "Among the places of its country and level with a value in that year, 1 the best, equals alike."
            ),
            Column("of" + suffix, .integer, unit: "places", definition: "How many those are."),
        ]
    }

    private static let rankingSchema = TableSchema(
        name: "ranking",
        title: "One row for each place.",
        columns: [
            Column("country", .text, definition: "The code of its country.", isKey: true),
            Column("level", .text, definition: "Its level.", isKey: true), place,
        ] + figure() + ends
    )
    private static let profileSchema = TableSchema(
        name: "profile",
        title: "One row for each indicator.",
        columns: [topic, indicator] + figure() + ends
    )
    private static let pairSchema = TableSchema(
        name: "side-by-side",
        title: "One row for each indicator.",
        columns: [topic, indicator] + figure("_a") + figure("_b") + [
            Column(
                "gap",
                .number,
                unit: "indicator",
                definition:
                    "How much worse off the second place is; where neither end is better, the first less the second."
            ),
            Column(
                "time_distance",
                .number,
                unit: "years",
                definition:
                    "How many years before the second the first place was where the second is; negative where later."
            ),
            Column("unit", .text, definition: "The unit of the values."),
            Column("direction", .text, definition: "Which end is better."),
            Column("grade", .text, definition: "The worse grade of the two."),
        ]
    )
}
