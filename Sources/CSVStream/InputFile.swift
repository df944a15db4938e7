import Glibc

/// A regular file, open for reading from its beginning to its end.
public struct InputFile: ~Copyable {
    private let descriptor: Int32

    /// Opens the file at `path`, links followed. Directories, pipes, devices and sockets are refused, without waiting.
    public init(path: String) throws(CSVError) {
        // Without O_NONBLOCK, opening a pipe would wait for someone to write to it.
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
        let reason = errno
        self.descriptor = descriptor
        guard descriptor >= 0 else {
            // A socket cannot even be opened.
            if reason == ENXIO { throw .notAFile(kind: "a socket or a device") }
            throw reason == ENOENT || reason == ENOTDIR ? .noSuchFile : .unreadable(reason: words(for: reason))
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(reason: words(for: errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(kind: kind(ofMode: status.st_mode)) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Fills as much of `buffer` as one read does; returns the number of bytes, 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        while true {
            let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .unreadable(reason: words(for: errno)) }
        }
    }
}

func kind(ofMode mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a directory"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    default: "something else"
    }
}

/// The C library's words for an error: English, since nothing here sets a locale.
func words(for code: Int32) -> String {
    guard let words = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: words)
}
