/// What came of record-level files: a cell for each group and measure.
package struct RecordResult: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable {
        case normal = "A"
        /// Of few records: between the minimum and twice as many.
        case unreliable = "U"
        /// Withheld; see ``Cell/reason``.
        case suppressed = "Q"
        /// There is nothing that it could be worked out of.
        case missing = "O"
    }

    package struct Cell: Hashable, Sendable {
        /// The texts of the keys, in the order of ``RecordResult/keys``.
        package var keys: [String]
        package var measure: String
        /// `nil` where suppressed or missing, as is everything else then.
        package var value: Double?
        package var standardError: Double?
        package var low: Double?
        package var high: Double?
        /// The variance over that of a simple random sample with replacement of as many records.
        package var designEffect: Double?
        /// How many records of a simple random sample tell as much.
        package var effectiveRecords: Double?
        /// How many records the measure was worked out of, whatever their weight.
        package var records: Int?
        package var status: Status
        /// Why it is not what it seems, in stable words; empty where it is.
        package var reason: String
        /// By which rule, where there are several: `exact`, `ddsketch 0.5%`.
        package var method: String
    }

    package var keys: [String]
    /// Sorted by measure in the order of the order, then by the bytes of the keys.
    package var cells: [Cell]
    package var account: RecordAggregation.Account
    /// By file and record.
    package var rejects: [Reject]
}
