import Indicators
import Synchronization

/// The places of one country in one year that a figure is taken over.
struct ComparedSide {
    let country: ComparedCountry
    let division: Division
    /// The position of the year in the panel.
    let year: Int
    let observed: ObservedDivision
}

/// What the cells of a row come from: looked up when the first of them is asked, for all of them.
final class PlacesBehind: Sendable {
    let series: ComparedSeries
    let isWeighted: Bool
    private let sides: [ComparedSide]
    private let found = Mutex<[ExplainedGap.Side]?>(nil)

    init(_ series: ComparedSeries, _ sides: [ComparedSide], isWeighted: Bool) {
        self.series = series
        self.sides = sides
        self.isWeighted = isWeighted
    }

    func explained(_ frame: ComparedPanel) -> [ExplainedGap.Side] {
        if let known = found.withLock({ $0 }) { return known }
        let explained = sides.map { side in
            ExplainedGap.Side(side.country, side.division, year: side.year, series, frame, isWeighted: isWeighted)
        }
        found.withLock { $0 = explained }
        return explained
    }

    /// The values that count, and their weights where they have any: of one of the sides by its position, or of all.
    func values(_ frame: ComparedPanel, side: Int? = nil, prefix: String = "") -> [Derivation.Input] {
        chosen(frame, side).flatMap(\.counted).flatMap { value in
            let own = Derivation.Input(prefix + "value", of: value.key.place, .observation(value.key, .value))
            guard isWeighted else { return [own] }
            let weight = value.weightInput
            return [own, Derivation.Input(prefix + weight.role, of: weight.subject, weight.source)]
        }
    }

    /// A part of the observations of values and weights.
    func marks(_ aspect: ObservationKey.Aspect, _ frame: ComparedPanel) -> [Derivation.Input] {
        explained(frame).flatMap(\.counted).flatMap { value in
            [Derivation.Input("value", of: value.key.place, .observation(value.key, aspect))]
                + (isWeighted ? value.weights : []).map {
                    Derivation.Input("weight", of: value.key.place, .observation($0, aspect))
                }
        }
    }

    func count(_ frame: ComparedPanel) -> CellOrigin {
        CellOrigin(
            "count",
            explained(frame).flatMap(\.counted).map { .init("value", of: $0.key.place, .observation($0.key, .value)) }
        )
    }

    func places(_ frame: ComparedPanel) -> CellOrigin {
        CellOrigin(
            "count",
            explained(frame).flatMap(\.places).map { .init("place", of: $0, .place($0, column: "code")) }
        )
    }

    /// Of ``Backing/coverage``, in a row with the columns `n`, `places` and `coverage_basis`.
    func coverage(_ row: RowQuestion, basis: String) -> CellOrigin {
        guard basis != ObservedDivision.placesBasis else {
            return CellOrigin("share", [.init("part", row.cell("n")), .init("whole", row.cell("places"))])
        }
        let sides = explained(row.frame)
        let parts = sides.flatMap(\.counted).map { value in
            Derivation.Input("part", of: value.key.place, value.weightInput.source)
        }
        let totals = sides.map { side in
            let keys = side.total?.keys ?? []
            let sum = Derivation(
                "sum",
                keys.map(\.place) == [side.country.code]
                    ? "the country's own figure, since a place has none" : "the sum over all places of the level",
                inputs: keys.map { .init("value", of: $0.place, .observation($0, .value)) }
            )
            return Derivation.Source.intermediate(.number(side.total?.value ?? 0), sum)
        }
        return CellOrigin("share", parts + totals.map { .init("whole", $0) })
    }

    func basis(_ row: RowQuestion) -> CellOrigin {
        CellOrigin("basis", explained(row.frame).flatMap(\.values).filter { !$0.weight.isNaN }.map(\.weightInput))
    }

    /// Of the year of one side's weights.
    func weightYear(_ side: Int, _ row: RowQuestion) -> CellOrigin {
        guard explained(row.frame).indices.contains(side) else { return CellOrigin("weight-year") }
        return CellOrigin(
            "weight-year",
            explained(row.frame)[side].values.filter { !$0.weight.isNaN }.map(\.weightInput),
            parameters: [.init("weight_years within", String(row.frame.options.weightYearsWithin))]
        )
    }

    private func chosen(_ frame: ComparedPanel, _ side: Int?) -> [ExplainedGap.Side] {
        let all = explained(frame)
        return side.map { all.indices.contains($0) ? [all[$0]] : [] } ?? all
    }
}

extension ExplainedGap.Value {
    /// Its weight: the place's own value of the denominator, or the sum over its parts.
    var weightInput: Derivation.Input {
        if weights.count == 1 { return .init("weight", of: key.place, .observation(weights[0], .value)) }
        let sum = Derivation(
            "sum",
            "the sum over the places that it is made of",
            inputs: weights.map { .init("value", of: $0.place, .observation($0, .value)) }
        )
        return .init("weight", of: key.place, .intermediate(.number(weight), sum))
    }
}
