import Indicators

extension TargetRow.Status {
    /// The column that counts it.
    var column: String { rawValue.replacing("-", with: "_") }
}

/// A row of `target-topics.csv`: the states of the targets of a topic in a country.
struct TargetTopicRow: ComparedRow {
    var topic: String
    var country: String
    /// In the order of the files.
    var targets: [TargetRow]

    private var grades: [Grade] { targets.compactMap(\.grade) }

    var cells: [Cell] {
        [.text(topic), .text(country), .integer(targets.count)]
            + TargetRow.Status.allCases.map { status in .integer(targets.count { $0.status == status }) }
            + [Cell(Grade.worst(of: grades)?.rawValue)]
    }

    func origin(of column: String, _ row: RowQuestion) -> CellOrigin? {
        if column == "grade" { return CellOrigin("worst-grade", targets.map { $0.cell("grade") }) }
        if column == "targets" { return CellOrigin("count", targets.map { $0.cell("status") }) }
        guard let status = TargetRow.Status.allCases.first(where: { $0.column == column }) else { return nil }
        return CellOrigin(
            "tally",
            targets.map { target in
                var input = target.cell("status")
                input.role = target.status == status ? "counted" : "not counted"
                return input
            }
        )
    }

    /// In the order of topic and country.
    static func rows(_ rows: [TargetRow], _ gazetteer: Gazetteer) -> [TargetTopicRow] {
        let groups = Dictionary(grouping: rows) { row in
            [row.series.indicator.topic, gazetteer[row.target.place]?.country ?? ""]
        }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { TargetTopicRow(topic: $0.key[0], country: $0.key[1], targets: $0.value) }
    }
}

extension TargetRow {
    var grade: Grade? {
        (Grade.worst(of: [base, latest].compactMap { $0?.grade }) ?? target.grade).worse(target.grade)
    }

    /// A cell of its row in `targets.csv`.
    fileprivate func cell(_ column: String) -> Derivation.Input {
        let keys = [
            CellAddress.Key("indicator", series.key.indicator), CellAddress.Key("group", series.key.group),
            CellAddress.Key("place", target.place), CellAddress.Key("year", String(target.year)),
            CellAddress.Key("document", target.document),
        ]
        return Derivation.Input(
            "target",
            of: target.place,
            .cell(CellAddress(table: "targets", keys: keys, column: column))
        )
    }
}
