import Indicators

/// A row of `time-distance.csv`: when the counterpart stood where a country stands in a year.
struct TimeDistanceRow: ComparedRow {
    let pair: TimeLinePair
    /// Whether the country whose year it is is the other.
    var isOther: Bool
    var point: TimeLine.Point
    var reached: Reached
    var distance: TimeDistance
    var crossing: Reached.Crossing

    private var line: TimeLine { isOther ? pair.other : pair.reference }
    private var counterpart: TimeLine { isOther ? pair.reference : pair.other }

    init(
        _ pair: TimeLinePair,
        isOther: Bool,
        _ point: TimeLine.Point,
        _ counterpart: LevelCrossings,
        _ crossing: Reached.Crossing
    ) {
        self.pair = pair
        self.isOther = isOther
        self.point = point
        self.crossing = crossing
        reached = counterpart.reached(point.value)
        let own = Reached.at(Double(point.year))
        distance =
            isOther
            ? TimeDistance(reference: reached, other: own) : TimeDistance(reference: own, other: reached)
    }

    var cells: [Cell] {
        var (status, grade) = (point.status, point.grade)
        for used in counterpartPoints {
            status = status.worse(used.status)
            grade = grade.worse(used.grade)
        }
        let key = pair.series.key
        return [
            .text(key.indicator), .text(key.group), .text(pair.level), .text(pair.weighting),
            .text(line.country.code), .integer(point.year),
            .number(point.value), .text(counterpart.country.code), Cell(reached.year),
            Cell(distance.years), .text(distance.bound.rawValue), .text(crossing.rawValue),
            .text(status.rawValue), .text(grade.rawValue),
            .text(pair.series.indicator.unit), .text(pair.series.indicator.direction.rawValue),
        ]
    }

    /// The points of the counterpart between which the level lies, or the one that limits it.
    private var counterpartPoints: [TimeLine.Point] {
        counterpart.points(around: reached)
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        let ends = counterpartPoints.map {
            Derivation.Input(
                "\(counterpart.country.code) \($0.year)",
                counterpart.source($0.year, pair.series, row.frame)
            )
        }
        switch column {
        case "value": return CellOrigin("same", [.init("value", line.source(point.year, pair.series, row.frame))])
        case "counterpart": return CellOrigin("counterpart", row.cells("country"))
        case "counterpart_year": return CellOrigin("level-crossing", row.cells("value") + ends)
        case "time_distance":
            return CellOrigin("time-distance", row.cells("year", "counterpart_year", "bound") + ends)
        case "bound": return CellOrigin("bound", row.cells("value") + ends)
        case "crossing": return CellOrigin("declared", parameters: [.init("crossing", crossing.rawValue)])
        case "status", "grade":
            guard let aspect = ObservationKey.Aspect(rawValue: column) else { return nil }
            return CellOrigin(
                "worst-\(column)",
                line.marks(aspect, [point.year], pair.series, row.frame)
                    + counterpart.marks(aspect, counterpartPoints.map(\.year), pair.series, row.frame)
            )
        default: return nil
        }
    }
}

/// A row of `time-distance-levels.csv`: when each country reached a level.
struct LevelRow: ComparedRow {
    var pair: TimeLinePair
    var level: Double
    var reference: Reached
    var other: Reached
    /// When they reached the level before, exactly known.
    var earlier: (reference: Double?, other: Double?)
    var crossing: Reached.Crossing
    var distance: TimeDistance { TimeDistance(reference: reference, other: other) }

    private var used: [TimeLine.Point] {
        pair.reference.points(around: reference) + pair.other.points(around: other)
    }

    var cells: [Cell] {
        let used = used
        return pair.keys + [
            .number(level), Cell(reference.year), Cell(other.year), .text(reference.word), .text(other.word),
            Cell(distance.years), .text(distance.bound.rawValue),
            Cell(step(reference, earlier.reference)), Cell(step(other, earlier.other)), .text(crossing.rawValue),
            Cell(ObservationStatus.worst(of: used.map(\.status))?.rawValue),
            Cell(Grade.worst(of: used.map(\.grade))?.rawValue),
            .text(pair.series.indicator.unit), .text(pair.series.indicator.direction.rawValue),
        ]
    }

    private func step(_ reached: Reached, _ earlier: Double?) -> Double? {
        guard case .at(let year) = reached, let earlier else { return nil }
        return year - earlier
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func ends(_ line: TimeLine, _ reached: Reached) -> [Derivation.Input] {
            line.points(around: reached).map {
                .init("\(line.country.code) \($0.year)", line.source($0.year, pair.series, row.frame))
            }
        }
        let left = ends(pair.reference, reference)
        let right = ends(pair.other, other)
        switch column {
        case "year_reached_reference", "bound_reference": return CellOrigin("level-crossing", row.cells("value") + left)
        case "year_reached_other", "bound_other": return CellOrigin("level-crossing", row.cells("value") + right)
        case "time_distance", "bound":
            return CellOrigin("time-distance", row.cells("year_reached_reference", "year_reached_other") + left + right)
        case "step_reference": return CellOrigin("time-step", row.cells("year_reached_reference") + left)
        case "step_other": return CellOrigin("time-step", row.cells("year_reached_other") + right)
        case "crossing": return CellOrigin("declared", parameters: [.init("crossing", crossing.rawValue)])
        case "status", "grade":
            guard let aspect = ObservationKey.Aspect(rawValue: column) else { return nil }
            return CellOrigin(
                "worst-\(column)",
                [(pair.reference, reference), (pair.other, other)].flatMap { line, reached in
                    line.marks(aspect, line.points(around: reached).map(\.year), pair.series, row.frame)
                }
            )
        default: return nil
        }
    }
}

extension TimeLine {
    /// The points between which a crossing lies, or the one at the end that limits it.
    func points(around reached: Reached) -> [Point] {
        switch reached {
        case .at(let year):
            guard let after = points.firstIndex(where: { Double($0.year) >= year }) else { return [] }
            return after == 0 || Double(points[after].year) == year
                ? [points[after]] : [points[after - 1], points[after]]
        case .atFirst, .before: return points.prefix(1).map(\.self)
        case .notUntil: return points.suffix(1).map(\.self)
        }
    }
}

extension ComparedPanel {
    /// `time-distance.csv`, `time-distance-levels.csv` and `catch-up.csv`.
    func timeDistances() -> ComparisonOutcome {
        var byYear = ComparedRows(.timeDistance, for: self)
        var byLevel = ComparedRows(.timeDistanceLevels, for: self)
        var catchUps = ComparedRows(.catchUp, for: self)
        var findings: [Finding] = []
        var without: Set<String> = []
        for series in series {
            let pairs = timeLines(series)
            guard series.indicator.direction != .neutral else {
                if !pairs.isEmpty { without.insert(series.key.indicator) }
                continue
            }
            for pair in pairs {
                let lines = [pair.reference, pair.other].map {
                    LevelCrossings(
                        $0.points,
                        sign: series.indicator.direction.sign,
                        crossing: options.dynamics.crossing
                    )
                }
                for (isOther, line, counterpart) in [(false, pair.reference, lines[1]), (true, pair.other, lines[0])] {
                    byYear.add(
                        line.points.map {
                            TimeDistanceRow(pair, isOther: isOther, $0, counterpart, options.dynamics.crossing)
                        }
                    )
                }
                byLevel.add(levelRows(pair, lines[0], lines[1]))
                let trends = CatchUpRow.both(pair, window: options.dynamics.trendYears)
                catchUps.add(trends)
                findings += trends.compactMap(\.finding)
            }
        }
        if !without.isEmpty { findings.append(.noDirection(without, "a time distance")) }
        return ComparisonOutcome(tables: [byYear, byLevel, catchUps], findings: findings)
    }

    private func levelRows(_ pair: TimeLinePair, _ reference: LevelCrossings, _ other: LevelCrossings) -> [LevelRow] {
        let values = (pair.reference.points + pair.other.points).map(\.value)
        guard let low = values.min(), let high = values.max() else { return [] }
        let declared = options.dynamics.levels[pair.series.key.indicator]
        var levels = (declared ?? Levels.usual(pair.series.indicator, from: low, to: high)).sorted()
        // In the order in which they are reached, so that a step is the time since the level before.
        if pair.series.indicator.direction == .lowerIsBetter { levels.reverse() }
        var rows: [LevelRow] = []
        for level in levels {
            rows.append(
                LevelRow(
                    pair: pair,
                    level: level,
                    reference: reference.reached(level),
                    other: other.reached(level),
                    earlier: (rows.last?.reference.year, rows.last?.other.year),
                    crossing: options.dynamics.crossing
                )
            )
        }
        return rows.filter { declared != nil || $0.distance.bound != .undefined }
    }
}

/// The levels at which time distances are taken where a pipeline names none.
enum Levels {
    /// Of a share 5, 10, ... 95; of anything else 1, 2 and 5 times the powers of ten; those between the least and the greatest
    /// value.
    static func usual(_ indicator: Indicator, from low: Double, to high: Double) -> [Double] {
        let all: [Double]
        if indicator.kind == .share {
            all = (1...19).map { Double($0 * 5) }
        } else {
            all = (-9...15).flatMap { exponent in [1.0, 2, 5].map { scaled($0, exponent) } }
        }
        return all.filter { (low...high).contains($0) }
    }

    /// The double nearest to the decimal: a negative power divides, since 0.1 is no double.
    private static func scaled(_ digit: Double, _ exponent: Int) -> Double {
        let power = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
        return exponent < 0 ? digit / power : digit * power
    }
}

extension Finding {
    static let noDirectionCode = "no-direction"

    /// Says of which indicators a measure has no sense, for want of a better end.
    static func noDirection(_ indicators: Set<String>, _ measure: String) -> Finding {
        Finding(
            code: noDirectionCode,
            severity: .note,
            found: indicators.sorted().joined(separator: " "),
            expected: "an indicator of which more, or less, is better",
            hint: "\(measure) is worked out only for indicators with a direction"
        )
    }
}
