/// What was done to a value, in a byte: a panel holds millions.
public struct TreatmentSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public init(_ treatments: some Sequence<Treatment>) {
        self = treatments.reduce(into: TreatmentSet()) { $0.formUnion(TreatmentSet($1)) }
    }

    public init(_ treatment: Treatment) {
        let position = Treatment.allCases.firstIndex(of: treatment) ?? 0
        self.init(rawValue: 1 << UInt8(position))
    }

    public static let transformed = TreatmentSet(.transformed)

    public var treatments: Set<Treatment> {
        Set(Treatment.allCases.filter { contains(TreatmentSet($0)) })
    }

    /// As the outputs write them.
    public var text: String {
        isEmpty ? "" : treatments.sorted().map(\.rawValue).joined(separator: " ")
    }
}
