import Indicators

/// A row of `peers.csv`: a place of the other country and one of the reference's that is most like it.
struct PeerRow: ComparedRow {
    var other: String
    var rank: Int
    var reference: String
    var distance: Double
    var context: PeerContext

    private var values: [PlaceValue] {
        context.dimensions.flatMap { dimension in [reference, other].compactMap { dimension.values[$0] } }
    }

    var cells: [Cell] {
        [
            .text(other), .integer(rank), .text(reference), .number(distance), .text(context.text),
            .text(context.options.scale.rawValue),
            Cell(ObservationStatus.worst(of: values.map(\.status))?.rawValue),
            Cell(Grade.worst(of: values.map(\.grade))?.rawValue),
        ]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        func inputs(_ aspect: ObservationKey.Aspect) -> [Derivation.Input] {
            context.dimensions.flatMap { dimension in
                [reference, other].compactMap { code in
                    dimension.values[code].map {
                        .init(dimension.series.key.indicator, of: code, .observation($0.key(dimension.series), aspect))
                    }
                }
            }
        }
        let scale = [
            Derivation.Parameter("scale", context.options.scale.rawValue), .init("context", context.text),
        ]
        switch column {
        case "distance", "place_reference":
            return CellOrigin("peer-distance", inputs(.value) + context.limits, parameters: scale)
        case "context", "scale": return CellOrigin("declared", parameters: scale)
        case "status": return CellOrigin("worst-status", inputs(.status))
        case "grade": return CellOrigin("worst-grade", inputs(.grade))
        default: return nil
        }
    }
}

/// A row of `peer-gaps.csv`.
struct PeerGapRow: ComparedRow {
    var rank: Int
    var series: ComparedSeries
    var reference: PlaceValue
    var other: PlaceValue

    var cells: [Cell] {
        [
            .text(other.place), .integer(rank), .text(series.key.indicator), .text(series.key.group),
            .integer(reference.year), .integer(other.year), .text(reference.place),
        ] + gapCells(series, reference, other)
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        guard column == "place_reference" else { return gapOrigin(of: column, row, series, reference, other) }
        let keys: [CellAddress.Key] = [.init("place_other", other.place), .init("rank", String(rank))]
        return CellOrigin(
            "same",
            [.init("peer", .cell(CellAddress(table: TableSchema.peers.name, keys: keys, column: column)))]
        )
    }
}

extension ComparedPanel {
    /// `peers.csv` and `peer-gaps.csv`. The cost is places times places times indicators.
    func peers() -> ComparisonOutcome {
        var table = ComparedRows(.peers, for: self)
        var gaps = ComparedRows(.peerGaps, for: self)
        var findings: [Finding] = []
        guard let options = options.dynamics.peers else {
            findings.append(
                Finding(
                    code: "peers-undeclared",
                    severity: .error,
                    found: "the metric peers without a section peers",
                    expected: "the context indicators by which places are held to be alike"
                )
            )
            return ComparisonOutcome(tables: [table, gaps], findings: findings)
        }
        if let context = context(options, &findings) {
            let rows = peerRows(context, &findings)
            table.add(rows)
            for series in series where isOutcome(series, options) {
                gaps.add(rows.flatMap { peerGaps($0, series) })
            }
        }
        return ComparisonOutcome(tables: [table, gaps], findings: findings)
    }

    private func isOutcome(_ series: ComparedSeries, _ options: PeerOptions) -> Bool {
        options.outcomes.isEmpty
            ? !options.indicators.contains(series.key.indicator) : options.outcomes.contains(series.key.indicator)
    }

    private func peerRows(_ context: PeerContext, _ findings: inout [Finding]) -> [PeerRow] {
        let level = context.options.level
        let codes = { (country: String) in self.gazetteer.places(at: level, in: country).map(\.code) }
        let (references, others) = (codes(options.reference), codes(options.other))
        let incomplete = (references + others).filter { code in
            context.dimensions.contains { $0.coordinates[code] == nil }
        }
        if !incomplete.isEmpty {
            findings.append(
                Finding(
                    code: "context-missing",
                    severity: .note,
                    found: incomplete.joined(separator: " "),
                    expected: "a value of each context indicator: \(context.text)",
                    hint: "these places have no peers and are none"
                )
            )
        }
        return others.flatMap { other in
            references.compactMap { code in context.distance(code, other).map { (distance: $0, code: code) } }
                .sorted { ($0.distance, $0.code) < ($1.distance, $1.code) }
                .prefix(context.options.count)
                .enumerated().map { index, peer in
                    PeerRow(
                        other: other,
                        rank: index + 1,
                        reference: peer.code,
                        distance: peer.distance,
                        context: context
                    )
                }
        }
    }

    private func peerGaps(_ peer: PeerRow, _ series: ComparedSeries) -> [PeerGapRow] {
        guard let left = panel.index(ofPlace: peer.reference), let right = panel.index(ofPlace: peer.other) else {
            return []
        }
        let years = YearPair.matches(
            reference: ownYears(series, left),
            other: ownYears(series, right),
            within: options.matchYearsWithin
        )
        return years.compactMap { years in
            guard let reference = ownValue(series, left, years.reference),
                let other = ownValue(series, right, years.other)
            else { return nil }
            return PeerGapRow(rank: peer.rank, series: series, reference: reference, other: other)
        }
    }
}
