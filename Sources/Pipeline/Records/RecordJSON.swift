internal import Foundation
internal import Records

/// The result of `divide records` for machines.
struct RecordJSON: Encodable {
    private struct Account: Encodable {
        var file: String
        var read: Int
        var used: Int
        var filtered: Int
        var rejected: Int
    }

    private struct Measured: Encodable {
        var keys: [String: String]
        var measure: String
        var value: Double?
        var standard_error: Double?
        var ci_low: Double?
        var ci_high: Double?
        var design_effect: Double?
        var effective_records: Double?
        var records: Int?
        var status: String
        var reason: String?
        var method: String?
    }

    private var files: [Account]
    private var group_by: [String]
    private var cells: [Measured]

    static func bytes(of reading: RecordReading) -> [UInt8] {
        let result = reading.result
        let json = RecordJSON(
            files: reading.files.map {
                Account(
                    file: $0.file,
                    read: $0.account.read,
                    used: $0.account.used,
                    filtered: $0.account.filtered,
                    rejected: $0.account.rejected
                )
            },
            group_by: result.keys,
            cells: result.cells.map { cell in
                Measured(
                    keys: Dictionary(uniqueKeysWithValues: zip(result.keys, cell.keys)),
                    measure: cell.measure,
                    value: cell.value,
                    standard_error: cell.standardError,
                    ci_low: cell.low,
                    ci_high: cell.high,
                    design_effect: cell.designEffect,
                    effective_records: cell.effectiveRecords,
                    records: cell.records,
                    status: cell.status.rawValue,
                    reason: cell.reason.isEmpty ? nil : cell.reason,
                    method: cell.method.isEmpty ? nil : cell.method
                )
            }
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Every number is finite, so nothing can fail.
        return Array((try? encoder.encode(json)) ?? Data()) + [UInt8(ascii: "\n")]
    }
}
