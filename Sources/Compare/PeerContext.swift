import Glibc
import Indicators

/// What the places of both countries are held against each other in.
struct PeerContext {
    /// One indicator of it.
    struct Dimension {
        var series: ComparedSeries
        /// Common Era.
        var years: (reference: Int, other: Int)
        /// By place, those of both countries.
        var values: [String: PlaceValue]
        /// By place, on the common scale.
        var coordinates: [String: Double]
        /// What the scale is made of: mean and standard deviation, or least and greatest.
        var limits: [(role: String, rule: String, value: Double)]
    }

    var options: PeerOptions
    var dimensions: [Dimension]

    /// `population 2015/2015; households 2019/2015`.
    var text: String {
        dimensions.map { "\($0.series.key.indicator) \($0.years.reference)/\($0.years.other)" }.joined(separator: "; ")
    }

    var limits: [Derivation.Input] {
        dimensions.flatMap { dimension in
            dimension.limits.map { limit in
                let inputs = dimension.values.values.sorted { $0.place < $1.place }.map {
                    Derivation.Input("value", of: $0.place, .observation($0.key(dimension.series), .value))
                }
                let derivation = Derivation(
                    limit.rule,
                    "the \(limit.role) of the places of both countries",
                    inputs: inputs
                )
                return .init(
                    "\(limit.role) of \(dimension.series.key.indicator)",
                    .intermediate(.number(limit.value), derivation)
                )
            }
        }
    }

    /// The distance of two places; `nil` where one lacks a coordinate.
    func distance(_ left: String, _ right: String) -> Double? {
        var squares = ExactSum()
        for dimension in dimensions {
            guard let one = dimension.coordinates[left], let two = dimension.coordinates[right] else { return nil }
            squares.add(productOf: one - two, and: one - two)
        }
        return squares.value.map { $0.squareRoot() }
    }
}

extension ComparedPanel {
    /// `nil` where an indicator has no values on both sides, or one that the scale does not take.
    func context(_ options: PeerOptions, _ findings: inout [Finding]) -> PeerContext? {
        var dimensions: [PeerContext.Dimension] = []
        for id in options.indicators {
            guard let dimension = dimension(id, options, &findings) else { return nil }
            dimensions.append(dimension)
        }
        return PeerContext(options: options, dimensions: dimensions)
    }

    private func dimension(_ id: String, _ options: PeerOptions, _ findings: inout [Finding]) -> PeerContext.Dimension?
    {
        func refuse(_ code: String, _ found: String, _ expected: String) -> PeerContext.Dimension? {
            findings.append(
                Finding(
                    code: code,
                    severity: .warning,
                    found: "\(id): \(found)",
                    expected: expected,
                    hint: "there are no peers"
                )
            )
            return nil
        }
        guard let indicator = catalogue[id], let position = panel.index(of: SeriesKey(indicator: id)) else {
            return refuse("context-missing", "no values", "a context indicator that a source has")
        }
        let series = ComparedSeries(position: position, key: SeriesKey(indicator: id), indicator: indicator)
        let sides = [self.options.reference, self.options.other].map { country in
            gazetteer.places(at: options.level, in: country).compactMap { panel.index(ofPlace: $0.code) }
        }
        let years = sides.map { places in
            panel.years.indices.filter { year in
                (options.year == nil || panel.years[year] == options.year)
                    && places.contains { panel.value(series: position, year: year, place: $0) != nil }
            }
        }
        let pairs = YearPair.matches(reference: years[0], other: years[1], within: self.options.matchYearsWithin)
        guard let pair = pairs.last else {
            return refuse(
                "context-missing",
                "no years of both countries at most \(self.options.matchYearsWithin) apart",
                "values of places of both countries"
            )
        }
        let found =
            sides[0].compactMap { ownValue(series, $0, pair.reference) }
            + sides[1].compactMap { ownValue(series, $0, pair.other) }
        guard let scaled = scaled(found.map(\.value), options.scale) else {
            return refuse(
                "not-positive",
                "a value of 0 or less, or beyond all numbers",
                "values that the scale \(options.scale.rawValue) takes"
            )
        }
        if scaled.isConstant {
            findings.append(
                Finding(
                    code: "constant-indicator",
                    severity: .warning,
                    found: "\(id): all values are equal",
                    expected: "a context indicator in which places differ",
                    hint: "it adds nothing to the distances"
                )
            )
        }
        return PeerContext.Dimension(
            series: series,
            years: (panel.years[pair.reference], panel.years[pair.other]),
            values: Dictionary(found.map { ($0.place, $0) }) { first, _ in first },
            coordinates: Dictionary(zip(found.map(\.place), scaled.values).map { ($0, $1) }) { first, _ in first },
            limits: scaled.limits
        )
    }

    /// The values on a scale, with what it is made of; all 0 where they are equal.
    private func scaled(_ values: [Double], _ scale: PeerOptions.Scale) -> (
        values: [Double], limits: [(role: String, rule: String, value: Double)], isConstant: Bool
    )? {
        var values = values
        if scale == .logZScore {
            guard values.allSatisfy({ $0 > 0 }) else { return nil }
            values = values.map { log($0) }
        }
        guard let least = values.min(), let greatest = values.max(), let mean = mean(of: values),
            let deviation = standardDeviation(of: values, isSample: false), (greatest - least).isFinite
        else { return nil }
        let isConstant = least == greatest || deviation == 0
        switch scale {
        case .minMax:
            return (
                values.map { isConstant ? 0 : ($0 - least) / (greatest - least) },
                [("minimum", "minimum", least), ("maximum", "maximum", greatest)], isConstant
            )
        case .zScore, .logZScore:
            let form = scale == .zScore ? "" : "log-"
            return (
                values.map { isConstant ? 0 : ($0 - mean) / deviation },
                [
                    ("mean", form + "mean", mean), ("standard deviation", form + "deviation-over-n", deviation),
                ], isConstant
            )
        }
    }
}
