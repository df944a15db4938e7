/// One topic of the framework, to which indicators and activities belong.
package struct Topic: Hashable, Sendable {
    package var id: String
    /// Where it stands in the announcement of 2018.
    package var basis: Indicator.Basis
    package var names: LocalisedText

    package init(id: String, basis: Indicator.Basis, names: LocalisedText) {
        self.id = id
        self.basis = basis
        self.names = names
    }
}
