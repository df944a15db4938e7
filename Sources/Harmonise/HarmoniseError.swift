/// Why names, gazetteer or changes cannot be used at all. Bad rows are findings instead.
package enum HarmoniseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A column that the file must have is not in its header.
    case missingColumn(file: String, column: String, header: [String])
    /// The gazetteer has no usable row.
    case noPlaces(file: String)

    /// `FILE:LINE:COLUMN: problem; expected; found; hint`.
    package var description: String {
        switch self {
        case .missingColumn(let file, let column, let header):
            "\(file):1:1: no column \(column); expected a header with \(column); found "
                + "\(header.joined(separator: ",")); add the column or name the right file"
        case .noPlaces(let file):
            "\(file):2:1: no place; expected one place a row; found none that can be used; "
                + "see the findings about its rows"
        }
    }
}
