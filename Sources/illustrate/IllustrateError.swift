/// Why the illustrative set cannot be made.
package enum IllustrateError: Error, CustomStringConvertible {
    case unreadable(path: String)
    case unwritable(path: String)
    case noSuchColumn(file: String, column: String, header: [String])
    /// A text that should be a number, or a name that should be a province's.
    case unusable(file: String, found: String, expected: String)

    package var description: String {
        switch self {
        case .unreadable(let path):
            "\(path): cannot be read; expected a file of Datasets; run from the folder of the package, or give --from"
        case .unwritable(let path):
            "\(path): cannot be written; expected a folder that may be written to; give another by --to"
        case .noSuchColumn(let file, let column, let header):
            "\(file):1: no column \(column); found: \(header.joined(separator: ", "))"
        case .unusable(let file, let found, let expected):
            "\(file): expected \(expected), found \"\(found)\""
        }
    }
}
