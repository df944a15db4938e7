import Cores
package import Indicators

/// One file of a run's output, before it lands.
package struct Artefact: Sendable {
    private enum Content: Sendable {
        case bytes([UInt8])
        case made(@Sendable () -> [UInt8])
        case table(Table, CSVDialect)
        case written(@Sendable (_ path: String) throws(PublishError) -> Ending)
        case begun(Ending)
    }

    /// Relative to the output folder: `gaps.csv`.
    package let path: String
    private let content: Content

    /// What is left of a file that was begun: it then stands whole at its path, or the error says why not.
    package typealias Ending = @Sendable () throws(PublishError) -> Void

    /// A file that is written by a library which wants its path and goes back and forth in it.
    ///
    /// - Parameters:
    ///   - path: Relative to the output folder.
    ///   - begin: Does what takes all cores, and returns what is left for one.
    package init(path: String, begunBy begin: @escaping @Sendable (_ path: String) throws(PublishError) -> Ending) {
        self.path = path
        content = .written(begin)
    }

    private init(path: String, ending: @escaping Ending) {
        self.path = path
        content = .begun(ending)
    }

    /// A file that takes long to spell: that is done when it is written, on whichever core does that.
    package init(path: String, madeBy make: @escaping @Sendable () -> [UInt8]) {
        self.path = path
        content = .made(make)
    }

    /// A file that is already spelt.
    package init(path: String, bytes: [UInt8]) {
        self.path = path
        content = .bytes(bytes)
    }

    /// The CSV of a table, spelt as it is written.
    package init(_ table: Table, dialect: CSVDialect = .standard) {
        path = "\(table.schema.name).csv"
        content = .table(table, dialect)
    }

    /// Whether to write it takes as long as to write many others: where there are several cores, one begins with it.
    package var isDear: Bool {
        switch content {
        case .written, .begun, .made: true
        case .bytes, .table: false
        }
    }

    /// The same file, begun where that takes all cores: to be done before others are written beside it.
    ///
    /// - Parameter folder: In which ``write(into:observe:)`` will be asked to write it.
    /// - Returns: What is left to be written.
    /// - Throws: What the library says.
    package func begun(in folder: String) throws(PublishError) -> Artefact {
        guard case .written(let begin) = content else { return self }
        return Artefact(path: path, ending: try begin("\(folder)/\(path)"))
    }

    /// Writes a file that a library writes.
    ///
    /// - Parameter target: The path of the file itself.
    /// - Returns: Whether it is one; else nothing is written.
    /// - Throws: What the library says.
    func writeByLibrary(to target: String) throws(PublishError) -> Bool {
        switch content {
        case .written(let begin): try begin(target)()
        case .begun(let end): try end()
        case .bytes, .made, .table: return false
        }
        return true
    }

    /// The whole file.
    ///
    /// - Precondition: It is none that a library writes.
    package var bytes: [UInt8] {
        var whole: [UInt8] = []
        stream { whole += $0 }
        return whole
    }

    /// Hands the file to `sink` piece by piece: for a hash, or for another place than a folder.
    ///
    /// - Precondition: It is none that a library writes.
    package func stream<Failure>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        switch content {
        case .bytes(let bytes): try sink(bytes)
        case .made(let make): try sink(make())
        case .table(let table, let dialect): try writeCSV(table, dialect: dialect, to: sink)
        case .written, .begun: preconditionFailure("\(path) is written to a path and nowhere else")
        }
    }
}

/// All files that Publish makes of a run, as its formats ask: a CSV for each table with `datapackage.json` and
/// `csv-metadata.json`, which describe them; `summary.json` and its schema.
///
/// - Parameters:
///   - summary: Of the run; its tables are those that are published.
///   - dialect: For all tables alike.
/// - Returns: In order of their paths.
/// - Throws: `repeatedKey` where a table has two rows of one key.
package func artefacts(of summary: Summary, dialect: CSVDialect = .standard) throws(PublishError) -> [Artefact] {
    var artefacts: [Artefact] = []
    let tables = summary.tables
    // To look for a key twice is to sort the table.
    let isWorthIt = tables.reduce(0) { $0 + $1.rowCount } > 20_000
    let repeated = onAllCores(tables.count, isWorthIt: isWorthIt) { tables[$0].repeatedKey() }
    for (table, key) in zip(tables, repeated) {
        let artefact = Artefact(table, dialect: dialect)
        if let key { throw PublishError(path: artefact.path, problem: .repeatedKey(key)) }
        if summary.formats.contains(.csv) { artefacts.append(artefact) }
    }
    if summary.formats.contains(.csv) {
        artefacts.append(Artefact(path: "datapackage.json", bytes: summary.dataPackage(dialect)))
        artefacts.append(Artefact(path: "csv-metadata.json", bytes: summary.csvOnTheWeb(dialect)))
    }
    if summary.formats.contains(.json) {
        artefacts.append(Artefact(path: "summary.json", bytes: summaryJSON(summary)))
        artefacts.append(Artefact(path: "summary.schema.json", bytes: summarySchema))
    }
    return artefacts.sorted { $0.path < $1.path }
}
