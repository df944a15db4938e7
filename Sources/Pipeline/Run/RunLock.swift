internal import Glibc

/// Who holds the lock of a pipeline.
package struct LockHolder: Hashable, Sendable, CustomStringConvertible {
    /// The lock file, as messages name it.
    package var file: String
    /// `nil` where nobody could tell.
    package var process: Int32?
    package var host: String?
    /// When its run began, in UTC.
    package var since: String?

    /// `FILE: another run is at work: process 12 on HOST since 2026-11-23T05:06:07Z; ...`.
    package var description: String {
        var text = "\(Printable.escaped(file)): another run of this pipeline is at work"
        if let process { text += ": process \(process)" }
        if let host { text += " on \(Printable.escaped(host))" }
        if let since { text += " since \(Printable.escaped(since))" }
        return text + "; expected none; try later, or wait for its end with --wait"
    }
}

/// Lets one run of a pipeline at a time write its outputs.
///
/// An advisory lock (`flock`) on the hidden file `.NAME.lock` beside the output folder. The kernel takes it from a
/// process that ends, however it ends, so that what a dead one left never keeps anyone from running. The file stays;
/// while a run is at work it says who runs.
struct RunLock: ~Copyable {
    private var descriptor: Int32
    private let path: String
    private var isSigned = false

    /// What becomes of asking for the lock.
    enum Answer: ~Copyable {
        case held(RunLock)
        case busy(LockHolder)
        /// The file cannot be made, so that nothing can be written here either.
        case unavailable(RunFailure)
    }

    /// Asks once, without waiting.
    ///
    /// - Parameter path: The lock file; it is made where there is none, its folder is not.
    /// - Returns: The lock, or who has it, or why there can be none.
    static func take(_ path: String) -> Answer {
        while true {
            var descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
            // Where nothing may be written, an unchanged run need not write either: a lock needs no more than reading.
            if descriptor < 0 && (errno == EACCES || errno == EROFS || errno == EPERM) {
                let reason = errno
                descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
                if descriptor < 0 { errno = reason }
            }
            guard descriptor >= 0 else { return .unavailable(failure(path, "the lock file cannot be made")) }
            if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                let reason = errno
                if reason == EINTR { continue }
                let holder = holder(of: descriptor, path)
                close(descriptor)
                guard reason == EWOULDBLOCK else {
                    errno = reason
                    return .unavailable(failure(path, "cannot be locked"))
                }
                return .busy(holder)
            }
            // Between opening and locking someone may have taken the file away: then this is a lock on nothing.
            guard isStill(path, descriptor) else {
                close(descriptor)
                continue
            }
            return .held(RunLock(descriptor: descriptor, path: path))
        }
    }

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// Gives the lock back.
    mutating func release() {
        guard descriptor >= 0 else { return }
        if isSigned { _ = ftruncate(descriptor, 0) }
        close(descriptor)
        descriptor = -1
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Writes into the file who holds it. In a file that another user made and this one may not write, nothing is
    /// written: the lock holds all the same.
    mutating func sign() throws(RunFailure) {
        guard fcntl(descriptor, F_GETFL) & O_ACCMODE == O_RDWR else { return }
        let text = "process \(getpid())\nhost \(Self.hostName)\nsince \(Timestamp.now.text)\n"
        let bytes = Array(text.utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let place = off_t(bytes.count - rest.count)
            let count = unsafe rest.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, place) }
            guard count > 0 || errno == EINTR else { throw Self.failure(path, "cannot be written") }
            rest = rest.dropFirst(max(0, count))
        }
        guard ftruncate(descriptor, off_t(bytes.count)) == 0 else { throw Self.failure(path, "cannot be written") }
        isSigned = true
    }

    private static func isStill(_ path: String, _ descriptor: Int32) -> Bool {
        var named = stat()
        var held = stat()
        return unsafe lstat(path, &named) == 0 && fstat(descriptor, &held) == 0 && named.st_ino == held.st_ino
            && named.st_dev == held.st_dev
    }

    /// What the file says, as far as it can be true: a killed run leaves its words behind.
    private static func holder(of descriptor: Int32, _ path: String) -> LockHolder {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        var words: [Substring: String] = [:]
        for line in String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { words[parts[0]] = String(parts[1]) }
        }
        let file = Paths.relative(path, to: Paths.workingDirectory)
        let written = LockHolder(
            file: file,
            process: words["process"].flatMap { Int32($0) },
            host: words["host"],
            since: words["since"]
        )
        guard let process = processHolding(descriptor), written.host == nil || written.host == hostName else {
            return written
        }
        return process == written.process ? written : LockHolder(file: file, process: process, host: hostName)
    }

    /// The process that holds the lock as the kernel knows it, `nil` where that does not show from here.
    private static func processHolding(_ descriptor: Int32) -> Int32? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, let locks = readSmallFile("/proc/locks") else { return nil }
        let node = ":\(status.st_ino)"
        for line in String(decoding: locks, as: UTF8.self).split(separator: "\n") where line.contains("FLOCK") {
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(where: { $0.hasSuffix(node) && $0.contains(":") }), place > 0,
                !words.contains("->"), let process = Int32(words[place - 1]), process > 0
            else { continue }
            return process
        }
        return nil
    }

    private static var hostName: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func failure(_ path: String, _ problem: String) -> RunFailure {
        RunFailure(
            Problem(file: Paths.relative(path, to: Paths.workingDirectory), problem: problem, found: systemError)
        )
    }
}
