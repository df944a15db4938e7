/// A record that could not be used, and why.
package struct Reject: Hashable, Sendable {
    /// As messages name it.
    package var file: String
    /// Counted from 1 over all records of the file, the header too.
    package var record: Int
    /// Where it begins in the file, counted from 0.
    package var byte: Int
    /// Stable, in words joined by hyphens.
    package var code: String
    /// The header of the column at fault, empty where the record as a whole is.
    package var column: String
    package var found: String
    package var expected: String
    /// The record as it was written, without its line break; of a longer one the first ``textLimit`` bytes. Empty where
    /// the run ends with it.
    package var text: String

    package static let textLimit = 64 << 10

    /// As the error with which a run ends that refuses such records.
    package var error: RecordError {
        RecordError(
            code: code,
            file: file,
            record: record,
            problem: column.isEmpty ? "the record cannot be used" : "the field of column \(column) cannot be used",
            expected: expected,
            found: found,
            hint: "the record begins at byte \(byte); ill-formed records can be counted instead"
        )
    }
}
