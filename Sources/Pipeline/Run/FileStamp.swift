internal import Glibc

/// What changes in a file's entry whenever the file does: which file it is, how long, and when it was touched.
struct FileStamp: Hashable {
    private let device: UInt
    private let node: UInt
    private let bytes: Int
    private let modified: Moment
    private let changed: Moment

    private struct Moment: Hashable {
        let seconds: Int
        let nanoseconds: Int

        init(_ time: timespec) {
            seconds = Int(time.tv_sec)
            nanoseconds = Int(time.tv_nsec)
        }
    }

    /// `nil` where there is no regular file.
    init?(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        device = UInt(status.st_dev)
        node = UInt(status.st_ino)
        bytes = Int(status.st_size)
        modified = Moment(status.st_mtim)
        changed = Moment(status.st_ctim)
    }

    /// Whether the file was touched within a second before `moment` or later, so that a second change could hide in
    /// the same tick of the file system's clock.
    func isFresh(at moment: Timestamp) -> Bool {
        max(modified.seconds, changed.seconds) >= moment.secondsSince1970 - 1
    }

    /// A word for the program that runs: another build of the same version is another tool.
    var word: String {
        digest(of: Array("\(bytes) \(modified.seconds).\(modified.nanoseconds)".utf8)).prefix(16).description
    }
}
