/// What was done to a value, in a byte: a panel holds millions.
package struct TreatmentSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package init(_ treatments: some Sequence<Treatment>) {
        self = treatments.reduce(into: TreatmentSet()) { $0.formUnion(TreatmentSet($1)) }
    }

    package init(_ treatment: Treatment) {
        let position = Treatment.allCases.firstIndex(of: treatment) ?? 0
        self.init(rawValue: 1 << UInt8(position))
    }

    package static let transformed = TreatmentSet(.transformed)

    package var treatments: Set<Treatment> {
        Set(Treatment.allCases.filter { contains(TreatmentSet($0)) })
    }

    /// As the outputs write them.
    package var text: String {
        isEmpty ? "" : treatments.sorted().map(\.rawValue).joined(separator: " ")
    }
}
