import Indicators

/// A figure of one country, year by year: its own, or the mean over its places.
struct TimeLine: Sendable {
    /// One year of it.
    struct Point: Sendable {
        /// Common Era.
        var year: Int
        var value: Double
        var status: ObservationStatus
        var grade: Grade
        /// The share of the people, or else of the places, that stand behind it, from 0 to 1.
        var coverage: Double
    }

    /// What it is made of.
    enum Kind: Sendable {
        case national
        /// The mean over the places of one of the country's divisions.
        case mean(division: Int, isWeighted: Bool)
    }

    var country: ComparedCountry
    var kind: Kind
    /// In order of their years.
    var points: [Point]

    var first: Point? { points.first }
    var last: Point? { points.last }

    func point(in year: Int) -> Point? {
        points.first { $0.year == year }
    }

    /// Where one of its values comes from.
    func source(_ year: Int, _ series: ComparedSeries, _ frame: ComparedPanel) -> Derivation.Source {
        let key = ObservationKey(
            indicator: series.key.indicator,
            place: country.code,
            year: year,
            group: series.key.group
        )
        guard case .mean(let position, let isWeighted) = kind, let index = frame.panel.index(ofYear: year) else {
            return .observation(key, .value)
        }
        let side = ExplainedGap.Side(
            country,
            country.divisions[position],
            year: index,
            series,
            frame,
            isWeighted: isWeighted
        )
        let value = point(in: year).map { Cell.number($0.value) } ?? .missing
        return .intermediate(
            value,
            isWeighted
                ? Derivation(
                    "weighted-mean",
                    "sum of value × weight / sum of weight, over the places of \(country.code)",
                    inputs: zip(side.valueInputs(side.counted), side.weightInputs(side.counted)).flatMap { [$0, $1] }
                )
                : Derivation(
                    "mean",
                    "the mean over the places of \(country.code), each counted the same",
                    inputs: side.valueInputs(side.counted)
                )
        )
    }

    /// The statuses or grades of the observations behind some of its years.
    func marks(
        _ aspect: ObservationKey.Aspect,
        _ years: [Int],
        _ series: ComparedSeries,
        _ frame: ComparedPanel
    ) -> [Derivation.Input] {
        years.flatMap { year -> [Derivation.Input] in
            guard case .mean(let position, let isWeighted) = kind, let index = frame.panel.index(ofYear: year) else {
                let key = ObservationKey(
                    indicator: series.key.indicator,
                    place: country.code,
                    year: year,
                    group: series.key.group
                )
                return [.init("value", of: country.code, .observation(key, aspect))]
            }
            let side = ExplainedGap.Side(
                country,
                country.divisions[position],
                year: index,
                series,
                frame,
                isWeighted: isWeighted
            )
            let marks = side.counted.flatMap { value -> [Derivation.Input] in
                [.init("value", of: value.key.place, .observation(value.key, aspect))]
                    + (isWeighted ? value.weights : []).map { .init("weight", of: $0.place, .observation($0, aspect)) }
            }
            guard aspect == .status, let coverage = point(in: year)?.coverage else { return marks }
            let share = Derivation(
                "coverage",
                "the share of the people, or where that is not known of the places, that the mean stands for",
                inputs: side.valueInputs(side.counted)
            )
            return marks + [.init("coverage", of: country.code, .intermediate(.number(coverage), share))]
        }
    }
}

extension ExplainedGap.Side {
    fileprivate func valueInputs(_ values: [ExplainedGap.Value]) -> [Derivation.Input] {
        values.map { .init("value", of: $0.key.place, .observation($0.key, .value)) }
    }

    /// The weights of places: each the place's own value of the denominator, or the sum over its parts.
    fileprivate func weightInputs(_ values: [ExplainedGap.Value]) -> [Derivation.Input] {
        values.map { value in
            if value.weights.count == 1 {
                return .init("weight", of: value.key.place, .observation(value.weights[0], .value))
            }
            let sum = Derivation(
                "sum",
                "the sum over the places that it is made of",
                inputs: value.weights.map { .init("value", of: $0.place, .observation($0, .value)) }
            )
            return .init("weight", of: value.key.place, .intermediate(.number(value.weight), sum))
        }
    }
}

/// The same figure of both countries. One for all rows about it.
final class TimeLinePair: Sendable {
    let series: ComparedSeries
    /// As in the tables: `country`, or the level of the places behind the means, the same on both sides.
    let level: String
    /// As in the tables: `none`, `simple`, or the id of the denominator.
    let weighting: String
    let reference: TimeLine
    let other: TimeLine

    init(_ series: ComparedSeries, level: String, weighting: String, _ reference: TimeLine, _ other: TimeLine) {
        self.series = series
        self.level = level
        self.weighting = weighting
        self.reference = reference
        self.other = other
    }

    /// The cells that begin a row about it.
    var keys: [Cell] {
        [.text(series.key.indicator), .text(series.key.group), .text(level), .text(weighting)]
    }

    func line(of country: String) -> TimeLine {
        country == reference.country.code ? reference : other
    }
}

extension ComparedPanel {
    /// The figures of a series that both countries have in some year: national, and the means over places of levels that both
    /// are divided into. Means over places of different levels are not the same figure, and no pair.
    func timeLines(_ series: ComparedSeries) -> [TimeLinePair] {
        var pairs: [TimeLinePair] = []
        func add(_ level: String, _ weighting: String, _ reference: TimeLine, _ other: TimeLine) {
            guard !reference.points.isEmpty, !other.points.isEmpty else { return }
            pairs.append(TimeLinePair(series, level: level, weighting: weighting, reference, other))
        }
        add(PlaceLevel.country.rawValue, "none", national(reference, series), national(other, series))
        let years = (
            self.years(reference, series.position),
            self.years(other, series.position)
        )
        for (left, division) in reference.divisions.enumerated() where !years.0[left].isEmpty {
            guard let right = other.divisions.firstIndex(where: { $0.level == division.level }),
                !years.1[right].isEmpty
            else { continue }
            for isWeighted in [false, true] where !isWeighted || series.indicator.denominator != nil {
                add(
                    division.level.rawValue,
                    isWeighted ? series.indicator.denominator ?? "" : "simple",
                    means(reference, left, years.0[left], series, isWeighted: isWeighted),
                    means(other, right, years.1[right], series, isWeighted: isWeighted)
                )
            }
        }
        return pairs
    }

    private func national(_ country: ComparedCountry, _ series: ComparedSeries) -> TimeLine {
        let points = country.nationalYears(of: series.position, in: panel).compactMap { year in
            national(country, series, year).map { TimeLine.Point(year: panel.years[year], $0) }
        }
        return TimeLine(country: country, kind: .national, points: points)
    }

    private func means(
        _ country: ComparedCountry,
        _ position: Int,
        _ years: [Int],
        _ series: ComparedSeries,
        isWeighted: Bool
    ) -> TimeLine {
        let points = years.compactMap { year -> TimeLine.Point? in
            let division = country.divisions[position]
            let side = ComparedSide(
                country: country,
                division: division,
                year: year,
                observed: observed(country, division, series, year)
            )
            guard !isWeighted || side.observed.weights != nil,
                let mean = side.observed.mean(isWeighted: isWeighted),
                mean.coverage >= options.minimumCoverage ?? 0
            else { return nil }
            return TimeLine.Point(year: panel.years[year], mean)
        }
        return TimeLine(country: country, kind: .mean(division: position, isWeighted: isWeighted), points: points)
    }
}

extension TimeLine.Point {
    fileprivate init(year: Int, _ mean: Mean) {
        self.init(year: year, value: mean.value, status: mean.status, grade: mean.grade, coverage: mean.coverage)
    }
}
