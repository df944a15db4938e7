internal import Glibc
internal import Publish

/// A file that is written whole or not at all: beside its place first, then under its name.
struct WholeFile {
    /// Absolute, links resolved.
    let path: String

    private var folder: String { Paths.parent(of: path) }
    private var name: String { String(path.split(separator: "/").last ?? "") }

    /// What can be seen to stand in the way of writing it; `nil` where nothing can.
    func obstacle(confinement paths: Paths) -> Problem? {
        guard paths.isAllowed(path) else {
            return Problem(
                file: path,
                problem: "a path leaves the folder of --confined",
                expected: "a path inside it",
                hint: "links are resolved first"
            )
        }
        switch FileKind(of: path) {
        case .directory:
            return Problem(file: path, problem: "not a file", expected: "the path of a file", found: "a directory")
        case .special: return unsafe access(path, W_OK) == 0 ? nil : failure("cannot be written")
        case .missing, .regular: break
        }
        guard case .directory = FileKind(of: folder) else {
            return Problem(
                file: path,
                problem: "cannot be written",
                expected: "a path in an existing folder",
                found: "no folder of that name"
            )
        }
        return unsafe access(folder, W_OK | X_OK) == 0 ? nil : failure("its folder cannot be written to")
    }

    /// Writes the file and gives it its name; a pipe or device is written to as it is.
    ///
    /// - Throws: ``RunFailure`` that names the path; what stood there before then stands.
    func write(_ bytes: [UInt8]) throws(RunFailure) {
        if case .special = FileKind(of: path) { return try append(bytes, creating: false) }
        let temporary = ".\(name).\(getpid()).new"
        let whole = folder + "/" + temporary
        // A leftover of a dead process, or a link that someone put there: not to be written through.
        _ = unsafe unlink(whole)
        do {
            try Artefact(path: temporary, bytes: bytes).write(into: folder)
        } catch {
            _ = unsafe unlink(whole)
            throw RunFailure(Problem(file: path, problem: "cannot be written", found: error.description))
        }
        Self.sync(whole)
        guard unsafe rename(whole, path) == 0 else {
            let failure = failure("cannot be written")
            _ = unsafe unlink(whole)
            throw RunFailure(failure)
        }
    }

    /// Adds to the end of the file.
    func append(_ bytes: [UInt8], creating: Bool = true) throws(RunFailure) {
        let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CLOEXEC | (creating ? O_CREAT : 0), 0o666)
        guard descriptor >= 0 else { throw RunFailure(failure("cannot be opened")) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw RunFailure(failure("cannot be written")) }
            rest = rest.dropFirst(count)
        }
    }

    private static func sync(_ path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }

    private func failure(_ problem: String) -> Problem {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        return Problem(file: path, problem: problem, found: reason)
    }
}
