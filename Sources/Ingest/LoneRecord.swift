import CSVStream

/// A record with hardly a cell filled: a note, a heading, or a place of which all is missing. What follows decides.
struct LoneRecord {
    let record: Int
    let line: Int
    /// The text of the cell.
    let text: String
    let isAfterBlank: Bool
    /// What the record says, `nil` where it is a note in any case.
    let texts: RecordTexts?

    var isNote: Bool { texts == nil }
}

/// The first cell of a record that is not blank, and whether there are more.
struct LoneCell {
    /// 0, 1, or 2 for more.
    private(set) var cells = 0
    private(set) var text = ""

    init(_ row: borrowing CSVRow) {
        for field in 0..<row.count where row.withBytes(at: field, { !$0.isBlank }) {
            cells += 1
            if cells == 2 { return }
            text = row.string(at: field).trimmed
        }
    }
}

/// Whether a text begins as notes below tables do: a source, a remark, an asterisk.
func startsLikeNote(_ text: String) -> Bool {
    let start = text.prefix(24).lowercased()
    return noteBeginnings.contains { start.hasPrefix($0) }
}

private let noteBeginnings = [
    "source", "note", "remark", "compiled by", "*", "†",
    "ที่มา", "แหล่งที่มา", "แหล่งข้อมูล", "หมายเหตุ", "รวบรวมโดย",
    "ທີ່ມາ", "ແຫຼ່ງ", "ແຫລ່ງ", "ໝາຍເຫດ", "ຫມາຍເຫດ",
]
