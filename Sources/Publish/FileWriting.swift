import Glibc

extension Artefact {
    /// Writes the file into `folder`, over one that stands there.
    ///
    /// - Parameters:
    ///   - folder: An existing folder: the run's staging folder, from which everything is swapped in at once.
    ///   - observe: Sees each piece as it is written, so that a hash needs no second pass.
    /// - Returns: How many bytes the file has.
    /// - Throws: An error that names the file by its ``path``; what was written of it stays and is of no use.
    @discardableResult
    package func write(into folder: String, observe: ([UInt8]) -> Void = { _ in }) throws(PublishError) -> Int {
        if try writeByLibrary(to: "\(folder)/\(path)") { return try readBack("\(folder)/\(path)", observe) }
        let descriptor = unsafe open("\(folder)/\(path)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw PublishError(path: path, code: errno) }
        var written = 0
        do throws(PublishError) {
            try stream { (bytes: [UInt8]) throws(PublishError) in
                try writeAll(bytes, to: descriptor)
                observe(bytes)
                written += bytes.count
            }
        } catch {
            close(descriptor)
            throw error
        }
        // A network file system may say only now that its disk is full.
        guard close(descriptor) == 0 || errno == EINTR else { throw PublishError(path: path, code: errno) }
        return written
    }

    /// Shows `observe` a file that stands there; returns its length.
    private func readBack(_ target: String, _ observe: ([UInt8]) -> Void) throws(PublishError) -> Int {
        let descriptor = unsafe open(target, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PublishError(path: path, code: errno) }
        defer { close(descriptor) }
        var block = [UInt8](repeating: 0, count: 1 << 20)
        var bytes = 0
        while true {
            let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw PublishError(path: path, code: errno) }
            if count == 0 { return bytes }
            observe(Array(block[..<count]))
            bytes += count
        }
    }

    private func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(PublishError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor,
                    UnsafeRawBufferPointer(rebasing: buffer[done...]).baseAddress,
                    buffer.count - done
                )
            }
            if count >= 0 {
                done += count
            } else if errno != EINTR {
                throw PublishError(path: path, code: errno)
            }
        }
    }
}

extension PublishError {
    /// The error behind a code of the operating system.
    init(path: String, code: Int32) {
        let problem: Problem =
            switch code {
            case ENOSPC, EDQUOT: .diskFull
            case EACCES, EPERM, EROFS: .noPermission
            case ENOENT, ENOTDIR: .noSuchFolder
            default: .system(unsafe String(cString: strerror(code)))
            }
        self.init(path: path, problem: problem)
    }
}
