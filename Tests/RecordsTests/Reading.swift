import CSVStream
import Foundation
import Records
import Testing

/// The texts of records, read as from a file.
func reading(_ text: String, _ order: RecordOrder) throws -> RecordReading {
    let file = FileManager.default.temporaryDirectory.appending(path: "records-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try aggregateRecords([RecordFile(path: file.path, name: "people.csv")], order: order)
}

/// An order without disclosure control.
func order(
    by keys: [String] = [],
    _ measures: [String: String],
    weight: String? = nil,
    where filter: String? = nil,
    minimum: Int = 0,
    illFormed: RecordOrder.IllFormed = .count
) -> RecordOrder {
    RecordOrder(
        groupBy: keys,
        measures: measures.sorted { $0.key < $1.key }.map { RecordOrder.NamedMeasure(name: $0.key, formula: $0.value) },
        weight: weight,
        filter: filter,
        minimumRecords: minimum,
        illFormed: illFormed
    )
}

extension RecordResult {
    func cell(_ measure: String, _ keys: String...) -> Cell? {
        cells.first { $0.measure == measure && $0.keys == keys }
    }

    func value(_ measure: String, _ keys: String...) -> Double? {
        cells.first { $0.measure == measure && $0.keys == keys }?.value
    }
}

/// The file of fixtures beside the tests.
func fixture(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "fixtures/\(name)").path
}
