internal import CRename
internal import Cores
internal import Crypto
internal import Glibc
internal import Indicators
internal import Publish

/// Puts a folder of outputs in the place of the last one, whole or not at all.
///
/// The files are written to a hidden folder beside the destination, so on the same file system, and synced, all together
/// where the file system allows (``FileSystemSync``); then the two folders exchange their names in one step (`RENAME_EXCHANGE`), so that there is no moment without the output.
/// The old folder stays as `.NAME.previous` until the next run lands: whoever has it open reads one run to its end.
///
/// Where the file system cannot exchange names (`EINVAL`, `ENOSYS`: some network and FUSE file systems), the old
/// folder is moved aside and the new one takes its name. Between these two steps there is no output; a kill in
/// between is mended by ``mend()`` at the next start, which every run does before anything else.
struct Landing: Sendable {
    let place: OutputPlace
    /// Exchanges the names of two folders: 0, or -1 and `errno`.
    var exchange: @Sendable (_ left: String, _ right: String) -> Int32 = { left, right in
        unsafe renameat2(AT_FDCWD, left, AT_FDCWD, right, 2)
    }
    /// Of what is written to a folder; `nil` where each file is to be synced by itself.
    var syncing: @Sendable (_ folder: String) -> FileSystemSync? = { FileSystemSync(of: $0) }

    private var destination: String { place.destination }

    /// The file by which a run's folder is known.
    static let mark = "manifest.json"

    /// Removes what a killed run left, and gives the last good output its name back if a kill took it. To be called
    /// with the lock held.
    func mend() {
        if case .directory = FileKind(of: place.retired) {
            if case .missing = FileKind(of: destination) {
                _ = unsafe rename(place.retired, destination)
            } else {
                removeAll(place.retired)
            }
        }
        for name in names(in: place.folder) where name.hasPrefix(place.stagingPrefix) {
            removeAll(place.folder + "/" + name)
        }
    }

    /// What stands at the destination is replaced with all in it, so it must be ours: empty, or with a manifest.
    func refuseForeignFolder() throws(RunFailure) {
        switch FileKind(of: destination) {
        case .missing: return
        case .regular, .special:
            throw failure(destination, "not a folder", expected: "a folder for outputs, or nothing")
        case .directory:
            if case .regular = FileKind(of: place.manifest) { return }
            guard !names(in: destination).isEmpty else { return }
            throw failure(
                destination,
                "the folder holds files that no run wrote",
                expected: "an empty folder, none, or one with a \(Self.mark)",
                hint: "publish to a folder of its own"
            )
        }
    }

    /// Writes the files and swaps them in. To be called with the lock held.
    ///
    /// - Parameters:
    ///   - artefacts: The files; their paths are below the destination.
    ///   - interruption: Looked at between two files.
    ///   - delivery: What the run brings to the store meanwhile; it gets its names once it lasts.
    ///   - manifest: The last file, made of what the others are once they are written, and of the folder in which
    ///     they are still being written.
    /// - Throws: ``RunStop``; the old output is then as it was, and nothing of the new one is left.
    func land(
        _ artefacts: [Artefact],
        interruption: Interruption = Interruption(),
        delivery: StoreDelivery? = nil,
        manifest: (_ outputs: [Manifest.Output], _ staging: String) throws(RunFailure) -> Artefact
    ) throws(RunStop) {
        interruption.beginWriting()
        defer { interruption.endWriting() }
        let staging = try RunStop.failing { () throws(RunFailure) in
            try refuseForeignFolder()
            removeAll(place.previous)
            return try makeStaging()
        }
        do throws(RunStop) {
            let whole = syncing(staging)
            delivery?.isSyncedByItself = whole.map { !$0.covers(delivery?.folder ?? "") } ?? true
            // Each file is spelt and hashed by itself, the dearest first, so that no core waits for another at the end;
            // what fails is told of the first file in order. What takes all cores at once comes before.
            let artefacts = try RunStop.failing { () throws(RunFailure) in try begun(artefacts, in: staging) }
            let order =
                artefacts.indices.filter { artefacts[$0].isDear } + artefacts.indices.filter { !artefacts[$0].isDear }
            let written = onAllCores(artefacts.count, isWorthIt: true) { turn in
                Result<Manifest.Output, RunStop> { () throws(RunStop) in
                    try interruption.check()
                    return try RunStop.failing { () throws(RunFailure) in
                        try write(artefacts[order[turn]], into: staging, isSynced: whole == nil)
                    }
                }
            }
            var outputs: [Manifest.Output] = []
            for (_, result) in zip(order, written).sorted(by: { $0.0 < $1.0 }) { outputs.append(try result.get()) }
            try RunStop.failing { () throws(RunFailure) in
                _ = try write(manifest(outputs, staging), into: staging, isSynced: whole == nil)
                if let whole {
                    guard whole.sync() else { throw failed(destination, "cannot be made to last") }
                } else {
                    try sync(folder: staging)
                }
                try delivery?.settle()
            }
            try interruption.check()
            try RunStop.failing { () throws(RunFailure) in try swap(staging) }
        } catch {
            removeAll(staging)
            throw error
        }
        // From here on the new output stands: what fails now is no failure of the run.
        try? sync(path: place.folder, isFolder: true)
        if unsafe rename(staging, place.previous) != 0 { removeAll(staging) }
    }

    /// A folder that was not there before, with the permissions of the one that it will replace.
    private func makeStaging() throws(RunFailure) -> String {
        try makeFolder(place.folder)
        var attempt = 0
        while true {
            let path = "\(place.folder)/\(place.stagingPrefix)\(getpid())-\(attempt)"
            if unsafe mkdir(path, 0o777) == 0 {
                var status = stat()
                if unsafe stat(destination, &status) == 0 {
                    _ = unsafe chown(path, uid_t.max, status.st_gid)
                    _ = unsafe chmod(path, status.st_mode & 0o7777)
                }
                return path
            }
            guard errno == EEXIST, attempt < 1_000 else { throw failed(destination, "cannot be written") }
            attempt += 1
        }
    }

    private func begun(_ artefacts: [Artefact], in staging: String) throws(RunFailure) -> [Artefact] {
        var begun: [Artefact] = []
        for artefact in artefacts {
            do throws(PublishError) {
                begun.append(try artefact.begun(in: staging))
            } catch {
                throw notWritten(artefact, error)
            }
        }
        return begun
    }

    private func notWritten(_ artefact: Artefact, _ error: PublishError) -> RunFailure {
        let shown = Paths.relative(destination, to: Paths.workingDirectory) + "/" + artefact.path
        let words = error.description
        let path = artefact.path + ": "
        return RunFailure(
            Problem(file: shown, problem: words.hasPrefix(path) ? String(words.dropFirst(path.count)) : words)
        )
    }

    /// Writes a file below the staging folder and, where it is not synced with the others, makes it last.
    private func write(
        _ artefact: Artefact,
        into staging: String,
        isSynced: Bool
    ) throws(RunFailure) -> Manifest.Output {
        let path = staging + "/" + artefact.path
        try makeFolder(Paths.parent(of: path))
        var hash = SHA256()
        let bytes: Int
        do {
            bytes = try artefact.write(into: staging) { hash.update(data: $0) }
        } catch {
            throw notWritten(artefact, error)
        }
        if isSynced { try sync(path: path, isFolder: false) }
        return Manifest.Output(path: artefact.path, sha256: hexadecimal(hash.finalize()), bytes: bytes)
    }

    private func swap(_ staging: String) throws(RunFailure) {
        guard case .directory = FileKind(of: destination) else {
            guard unsafe rename(staging, destination) == 0 else { throw failed(destination, "cannot be made") }
            return
        }
        if exchange(staging, destination) == 0 { return }
        guard errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP else {
            let isMount = errno == EBUSY || errno == EXDEV
            throw failure(
                destination,
                "cannot be replaced",
                found: systemError,
                hint: isMount ? "a mount point keeps its name: publish to a folder inside it" : ""
            )
        }
        guard unsafe rename(destination, place.retired) == 0 else { throw failed(destination, "cannot be replaced") }
        guard unsafe rename(staging, destination) == 0 else {
            let failure = failed(destination, "cannot be replaced")
            _ = unsafe rename(place.retired, destination)
            throw failure
        }
        // As after an exchange: the old outputs stand under the name of the new ones.
        _ = unsafe rename(place.retired, staging)
    }

    /// Makes the entries of a folder and of all below it last; their bytes are synced file by file.
    private func sync(folder: String) throws(RunFailure) {
        for name in names(in: folder) {
            let path = folder + "/" + name
            if case .directory = FileKind(of: path) { try sync(folder: path) }
        }
        try sync(path: folder, isFolder: true)
    }

    private func sync(path: String, isFolder: Bool) throws(RunFailure) {
        let descriptor = unsafe open(path, O_RDONLY | (isFolder ? O_DIRECTORY : 0) | O_CLOEXEC)
        guard descriptor >= 0 else { throw failed(path, "cannot be opened") }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder; that is no reason to fail.
        if fsync(descriptor) != 0 && !(isFolder && (errno == EINVAL || errno == EROFS)) {
            throw failed(path, "cannot be made to last")
        }
    }
}

/// Makes a folder and those above it.
func makeFolder(_ path: String) throws(RunFailure) {
    if case .directory = FileKind(of: path) { return }
    if unsafe mkdir(path, 0o777) == 0 { return }
    if errno == ENOENT, path != "/" {
        try makeFolder(Paths.parent(of: path))
        if unsafe mkdir(path, 0o777) == 0 { return }
    }
    if errno == EEXIST, case .directory = FileKind(of: path) { return }
    throw failed(path, "the folder cannot be made")
}

/// Removes a file or a folder with all in it; links are removed, not followed. What cannot be removed stays.
func removeAll(_ path: String) {
    if unsafe unlink(path) == 0 || errno == ENOENT { return }
    for name in names(in: path) { removeAll(path + "/" + name) }
    _ = unsafe rmdir(path)
}

/// The names in a folder but `.` and `..`, in no order; none where it cannot be read.
func names(in folder: String) -> [String] {
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

private func failed(_ path: String, _ problem: String) -> RunFailure {
    failure(path, problem, found: systemError)
}

private func failure(
    _ path: String,
    _ problem: String,
    expected: String = "",
    found: String = "",
    hint: String = ""
) -> RunFailure {
    let shown = Paths.relative(path, to: Paths.workingDirectory)
    return RunFailure(Problem(file: shown, problem: problem, expected: expected, found: found, hint: hint))
}
