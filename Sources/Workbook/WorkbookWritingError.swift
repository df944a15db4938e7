/// Why a workbook could not be written. What was written of it is of no use.
package enum WorkbookWritingError: Error, Hashable, CustomStringConvertible {
    /// The operating system's code, 0 where it gave none.
    case system(Int32)
    /// A part of the archive ends before its end: the disk, or a limit on the size of files, took no more of it.
    case cut(String)
    /// What the library says.
    case library(String)

    package var description: String {
        switch self {
        case .system(let code): "the operating system says \(code)"
        case .cut(let part): "\(part) could not be written whole"
        case .library(let reason): reason
        }
    }
}
