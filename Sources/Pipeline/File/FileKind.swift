internal import Glibc

/// What stands at a path.
enum FileKind {
    case missing
    case directory
    /// A pipe, socket or device: reading it may never end.
    case special
    case regular(bytes: Int)

    /// Follows links. What cannot be looked at counts as missing.
    init(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            self = .missing
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .regular(bytes: Int(status.st_size))
        case S_IFDIR: self = .directory
        default: self = .special
        }
    }
}
