/// One topic of the framework, to which indicators and activities belong.
public struct Topic: Hashable, Sendable {
    public var id: String
    /// Where it stands in the announcement of 2018.
    public var basis: Indicator.Basis
    public var names: LocalisedText

    public init(id: String, basis: Indicator.Basis, names: LocalisedText) {
        self.id = id
        self.basis = basis
        self.names = names
    }
}
