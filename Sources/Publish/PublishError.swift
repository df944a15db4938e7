/// Why an output could not be written. The run cannot go on; what stood there before stands.
package struct PublishError: Error, Hashable, CustomStringConvertible {
    package enum Problem: Hashable, Sendable {
        /// Two rows of the table share a primary key, so that a cell would have no address of its own.
        case repeatedKey(String)
        case diskFull
        /// A part of the workbook ends before its end.
        case cut(String)
        case noPermission
        case noSuchFolder
        /// What the operating system says.
        case system(String)
    }

    /// The file as the run names it.
    package var path: String
    package var problem: Problem

    package init(path: String, problem: Problem) {
        self.path = path
        self.problem = problem
    }

    /// `PATH: problem; expected; hint`, in one line.
    package var description: String {
        switch problem {
        case .repeatedKey(let key):
            "\(path): two rows have the key \(key); expected one row for each key; please report it with the pipeline"
        case .diskFull:
            "\(path): cannot be written: no space is left on the disk; free some, or let publish.to name another disk"
        case .cut(let part):
            "\(path): cannot be written: \(part) was cut short; the disk, or a limit on the size of files, must take its"
                + " parts too, some ten times its size; free some, or let publish.to name another disk"
        case .noPermission:
            "\(path): cannot be written: permission denied; expected a folder that this user may write to"
        case .noSuchFolder:
            "\(path): cannot be written: its folder does not exist; expected a folder that was there a moment ago"
        case .system(let reason):
            "\(path): cannot be written: \(reason)"
        }
    }
}
