/// Why the illustrative set cannot be made.
package enum IllustrateError: Error, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    case noSuchColumn(file: String, column: String, header: [String])
    /// A text that should be a number, or a name that should be a province's.
    case unusable(file: String, found: String, expected: String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot be read; expected a file of Datasets; found: \(reason); run from the package's folder or give --from"
        case .unwritable(let path, let reason):
            "\(path): cannot be written; \(reason)"
        case .noSuchColumn(let file, let column, let header):
            "\(file):1: no column \(column); found: \(header.joined(separator: ", "))"
        case .unusable(let file, let found, let expected):
            "\(file): expected \(expected), found \"\(found)\""
        }
    }
}
