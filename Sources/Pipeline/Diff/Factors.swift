/// What may differ between two runs: each can be changed alone, and the results worked out anew.
struct Factors: OptionSet, Hashable {
    let rawValue: Int

    /// Cells that both runs have, with another value, status, error, treatment or grade.
    static let revisedData = Factors(rawValue: 1)
    /// Cells with a value that one of the runs does not have.
    static let newData = Factors(rawValue: 2)
    /// Pipeline file, catalogue, gazetteer.
    static let method = Factors(rawValue: 4)

    static let all: Factors = [.revisedData, .newData, .method]
    static let single: [(factor: Factors, name: String)] = [
        (.revisedData, "revised data"), (.newData, "new data"), (.method, "method"),
    ]
    /// All eight, nothing changed first.
    static let combinations = (0..<8).map(Factors.init)

    /// In words: `new data + method`.
    var words: String {
        Self.single.filter { contains($0.factor) }.map(\.name).joined(separator: " + ")
    }

    var count: Int { rawValue.nonzeroBitCount }
}
