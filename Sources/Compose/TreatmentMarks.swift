package import Indicators

/// What was done to a value, in one byte, since there are millions of them.
package struct TreatmentMarks: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package init(_ treatments: some Sequence<Treatment>) {
        rawValue = treatments.reduce(0) { $0 | Self.bit(of: $1) }
    }

    /// The treatments themselves.
    package var treatments: Set<Treatment> {
        Set(Treatment.allCases.filter { rawValue & Self.bit(of: $0) != 0 })
    }

    /// As the outputs write them: joined by a space in a fixed order, empty where there are none.
    var text: String {
        treatments.sorted().map(\.rawValue).joined(separator: " ")
    }

    private static func bit(of treatment: Treatment) -> UInt8 {
        guard let position = Treatment.allCases.firstIndex(of: treatment), position < UInt8.bitWidth else {
            preconditionFailure("more treatments than a byte has bits")
        }
        return 1 << UInt8(position)
    }
}
