internal import CRename
internal import Crypto
internal import Glibc
internal import Publish

/// Puts a folder of outputs in the place of the last one, whole or not at all.
///
/// The files are written to a folder beside the destination, so on the same file system, synced, and the two folders
/// then exchange their names in one step (`RENAME_EXCHANGE`). Where the file system cannot do that, the old folder is
/// moved aside and the new one takes its name: between the two steps there is a moment without the output, and a
/// kill in it is mended by ``mend()`` at the next start.
struct Landing {
    /// Absolute, without a slash at its end.
    let destination: String

    private var folder: String { Paths.parent(of: destination) }
    private var name: String { String(destination.split(separator: "/").last ?? "output") }
    private var staging: String { folder + "/." + name + ".new" }
    private var retired: String { folder + "/." + name + ".old" }

    /// Removes what a killed run left, and gives the last good output its name back if a kill took it.
    func mend() {
        if case .missing = FileKind(of: destination), case .directory = FileKind(of: retired) {
            _ = unsafe rename(retired, destination)
        }
        Self.remove(staging)
        Self.remove(retired)
    }

    /// Writes the files and swaps them in.
    ///
    /// - Parameters:
    ///   - artefacts: The files; their paths are below the destination.
    ///   - manifest: The last file, made of what the others are once they are written.
    /// - Throws: ``RunFailure`` that names the path; the old output is then as it was.
    func land(
        _ artefacts: [Artefact],
        manifest: ([Manifest.Output]) throws(RunFailure) -> Artefact
    ) throws(RunFailure) {
        mend()
        try refuseForeignFolder()
        do {
            try Self.makeFolder(staging)
            var outputs: [Manifest.Output] = []
            for artefact in artefacts { outputs.append(try write(artefact)) }
            _ = try write(manifest(outputs))
            try Self.sync(staging, isFolder: true)
            try swap()
        } catch {
            Self.remove(staging)
            throw error
        }
        // From here on the new output stands: what fails now is no failure of the run.
        try? Self.sync(folder, isFolder: true)
        Self.remove(staging)
        Self.remove(retired)
    }

    /// Writes a file below the staging folder and makes it last.
    private func write(_ artefact: Artefact) throws(RunFailure) -> Manifest.Output {
        let path = staging + "/" + artefact.path
        try Self.makeFolder(Paths.parent(of: path))
        var hash = SHA256()
        let bytes: Int
        do {
            bytes = try artefact.write(into: staging) { hash.update(data: $0) }
        } catch {
            throw RunFailure(Problem(file: destination + "/" + artefact.path, problem: error.description))
        }
        try Self.sync(path, isFolder: false)
        return Manifest.Output(path: artefact.path, sha256: Manifest.hexadecimal(hash.finalize()), bytes: bytes)
    }

    /// What stands at the destination is replaced with all in it, so it must be ours: empty, or with a manifest.
    private func refuseForeignFolder() throws(RunFailure) {
        guard case .directory = FileKind(of: destination) else { return }
        if case .regular = FileKind(of: destination + "/" + Self.mark) { return }
        guard !Self.names(in: destination).isEmpty else { return }
        throw RunFailure(
            Problem(
                file: destination,
                problem: "the folder holds files that no run wrote",
                expected: "an empty folder, none, or one with a \(Self.mark)",
                hint: "publish to a folder of its own"
            )
        )
    }

    /// The file by which a run's folder is known.
    static let mark = "manifest.json"

    private func swap() throws(RunFailure) {
        switch FileKind(of: destination) {
        case .missing:
            guard unsafe rename(staging, destination) == 0 else { throw Self.failure(destination, "cannot be made") }
        case .directory:
            if unsafe renameat2(AT_FDCWD, staging, AT_FDCWD, destination, 2) == 0 { return }
            guard unsafe rename(destination, retired) == 0 else {
                throw Self.failure(destination, "cannot be replaced")
            }
            guard unsafe rename(staging, destination) == 0 else {
                let failure = Self.failure(destination, "cannot be replaced")
                _ = unsafe rename(retired, destination)
                throw failure
            }
        case .special, .regular:
            throw RunFailure(
                Problem(file: destination, problem: "not a folder", expected: "a folder for outputs, or nothing")
            )
        }
    }

    private static func makeFolder(_ path: String) throws(RunFailure) {
        if case .directory = FileKind(of: path) { return }
        if unsafe mkdir(path, 0o777) == 0 { return }
        if errno == ENOENT, path != "/" {
            try makeFolder(Paths.parent(of: path))
            if unsafe mkdir(path, 0o777) == 0 { return }
        }
        if errno == EEXIST, case .directory = FileKind(of: path) { return }
        throw failure(path, "the folder cannot be made")
    }

    /// Makes the bytes of a file, or the entries of a folder, last.
    private static func sync(_ path: String, isFolder: Bool) throws(RunFailure) {
        let descriptor = unsafe open(path, O_RDONLY | (isFolder ? O_DIRECTORY : 0) | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder; that is no reason to fail.
        guard fsync(descriptor) == 0 || (isFolder && errno == EINVAL) else { throw failure(path, "cannot be synced") }
    }

    /// Removes a folder and all in it; what cannot be removed stays.
    private static func remove(_ path: String) {
        if case .missing = FileKind(of: path) { return }
        if unsafe unlink(path) == 0 { return }
        for name in names(in: path) { remove(path + "/" + name) }
        _ = unsafe rmdir(path)
    }

    /// The names in a folder but `.` and `..`, in no order; none where it cannot be read.
    private static func names(in folder: String) -> [String] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    private static func failure(_ path: String, _ problem: String) -> RunFailure {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        return RunFailure(Problem(file: path, problem: problem, found: reason))
    }
}
