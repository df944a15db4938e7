internal import Crypto
internal import Glibc
internal import Publish
internal import Synchronization

/// What runs were made of, kept once by hash: `Output/.store/ab/abcd...`, each file named by the SHA-256 of its bytes.
///
/// A file is written under another name, synced, and renamed, so that what stands under a hash is whole; the files of a
/// run are synced and renamed together (``StoreDelivery``). Nothing is ever changed; ``prune(keeping:)`` removes what no run refers to. Runs hold ``use()`` while they write and until the
/// history refers to what they wrote; pruning wants the store for itself and is put off where it cannot have it.
struct Store {
    /// Absolute.
    let folder: String
    /// Where what is kept waits for its name; `nil` where each file gets it at once.
    var delivery: StoreDelivery?

    init(folder: String, delivery: StoreDelivery? = nil) {
        self.folder = folder
        self.delivery = delivery
    }

    /// Where the bytes with this hash lie, whether they are there or not.
    func path(of sha256: String) -> String {
        folder + "/" + String(sha256.prefix(2)) + "/" + sha256
    }

    /// The bytes with this hash, `nil` where they are not kept or are no longer what they were.
    func bytes(of sha256: String) -> [UInt8]? {
        guard let bytes = readSmallFile(path(of: sha256)), digest(of: bytes) == sha256 else { return nil }
        return bytes
    }

    /// Keeps bytes.
    func keep(_ bytes: [UInt8], as role: Kept.Role, path name: String) throws(RunFailure) -> Kept {
        try keep(Artefact(path: name, bytes: bytes), as: role)
    }

    /// Keeps what a file will hold.
    func keep(_ artefact: Artefact, as role: Kept.Role) throws(RunFailure) -> Kept {
        var hash = SHA256()
        var length = 0
        artefact.stream { (bytes: [UInt8]) in
            hash.update(data: bytes)
            length += bytes.count
        }
        let kept = Kept(role: role, path: artefact.path, sha256: hexadecimal(hash.finalize()), bytes: length)
        try add(kept) { (descriptor) throws(RunFailure) in
            try artefact.stream { (bytes: [UInt8]) throws(RunFailure) in try writeWhole(bytes[...], descriptor) }
        }
        return kept
    }

    /// Keeps a file whose hash is known.
    func keep(copyOf source: String, _ kept: Kept) throws(RunFailure) {
        try add(kept) { (descriptor) throws(RunFailure) in
            var failure: RunFailure?
            let isWhole = forEachPiece(of: source) { piece in
                guard failure == nil else { return }
                do throws(RunFailure) { try writeWhole(piece, descriptor) } catch { failure = error }
            }
            if let failure { throw failure }
            guard isWhole else { throw Self.failure(source, "cannot be read") }
        }
    }

    /// Holds the store against being pruned until the value is gone; `nil` where that cannot be.
    func use() -> StoreUse? {
        StoreUse(folder: folder, isExclusive: false)
    }

    private func add(_ kept: Kept, write: (Int32) throws(RunFailure) -> Void) throws(RunFailure) {
        let target = path(of: kept.sha256)
        if case .regular(kept.bytes) = FileKind(of: target) { return }
        if delivery?.holds(target) == true { return }
        let isSynced = delivery?.isSyncedByItself ?? true
        try makeFolder(Paths.parent(of: target))
        let temporary = folder + "/.new-\(getpid())-" + kept.sha256
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw Self.failure(target, "cannot be written") }
        do throws(RunFailure) {
            try write(descriptor)
            guard !isSynced || fsync(descriptor) == 0 else { throw Self.failure(target, "cannot be written") }
        } catch {
            close(descriptor)
            _ = unsafe unlink(temporary)
            throw error
        }
        guard close(descriptor) == 0 else {
            let failure = Self.failure(target, "cannot be written")
            _ = unsafe unlink(temporary)
            throw failure
        }
        if let delivery { return delivery.add(temporary, as: target) }
        try Self.settle(temporary, as: target)
    }

    /// Gives a file that is whole the name that it is known by.
    fileprivate static func settle(_ temporary: String, as target: String) throws(RunFailure) {
        guard unsafe rename(temporary, target) != 0 else { return }
        let failure = failure(target, "cannot be written")
        _ = unsafe unlink(temporary)
        throw failure
    }

    private func writeWhole(_ bytes: ArraySlice<UInt8>, _ descriptor: Int32) throws(RunFailure) {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw Self.failure(folder, "cannot be written")
            }
        }
    }

    private static func failure(_ path: String, _ problem: String) -> RunFailure {
        RunFailure(
            Problem(file: Paths.relative(path, to: Paths.workingDirectory), problem: problem, found: systemError)
        )
    }
}

extension Store {
    /// Removes what is not in `keeping`, and what killed runs left half-written.
    ///
    /// - Returns: How many files went; `nil` where another run uses the store now.
    func prune(keeping: Set<String>) -> Int? {
        guard case .directory = FileKind(of: folder) else { return 0 }
        guard StoreUse(folder: folder, isExclusive: true) != nil else { return nil }
        var removed = 0
        for name in names(in: folder) {
            let path = folder + "/" + name
            if name.hasPrefix(".new-") {
                _ = unsafe unlink(path)
            } else if name.utf8.count == 2 {
                for file in names(in: path) where !keeping.contains(file) {
                    if unsafe unlink(path + "/" + file) == 0 { removed += 1 }
                }
                _ = unsafe rmdir(path)
            }
        }
        return removed
    }
}

/// What a run brings to the store: written under other names, it gets its own when all of it lasts, and is gone where the run
/// ends before that.
final class StoreDelivery: Sendable {
    private struct State {
        var isSyncedByItself = true
        var waiting: [(temporary: String, target: String)] = []
    }

    /// Of the store. Absolute.
    let folder: String
    private let state = Mutex(State())

    init(folder: String) {
        self.folder = folder
    }

    /// Whether each file is synced as it is written, and not all of them later.
    var isSyncedByItself: Bool {
        get { state.withLock { $0.isSyncedByItself } }
        set { state.withLock { $0.isSyncedByItself = newValue } }
    }

    fileprivate func holds(_ target: String) -> Bool {
        state.withLock { $0.waiting.contains { $0.target == target } }
    }

    fileprivate func add(_ temporary: String, as target: String) {
        state.withLock { $0.waiting.append((temporary, target)) }
    }

    /// Gives all files their names. To be called once they last.
    func settle() throws(RunFailure) {
        while let (temporary, target) = state.withLock({ $0.waiting.popLast() }) {
            try Store.settle(temporary, as: target)
        }
    }

    deinit {
        for (temporary, _) in state.withLock({ $0.waiting }) { _ = unsafe unlink(temporary) }
    }
}

/// A hold on the store: shared by runs, exclusive for pruning. The kernel takes it from a process that dies.
final class StoreUse {
    private var descriptor: Int32

    init?(folder: String, isExclusive: Bool) {
        descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        while flock(descriptor, isExclusive ? LOCK_EX | LOCK_NB : LOCK_SH) != 0 {
            guard errno == EINTR else {
                close(descriptor)
                return nil
            }
        }
    }

    /// Ends the hold before the value is gone.
    func release() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    deinit { release() }
}
