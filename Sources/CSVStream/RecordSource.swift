import Glibc

/// Where the bytes of a record-level file come from: a regular file, read at any place by several at once; or a
/// stream (standard input, a pipe, anything compressed), read from its beginning to its end by one at a time.
///
/// gzip and Zstandard are told by their first bytes, not by a name.
final class RecordSource: @unchecked Sendable {
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    private let stream: (any ByteStream)?
    /// As the file was when it was opened.
    private let before: stat
    private let isRegular: Bool
    private var returned: [UInt8] = []

    /// Whether any place can be read at any time, by several at once.
    var isSeekable: Bool { stream == nil }
    /// The bytes of a regular file, compressed ones as they are; `nil` where nobody knows.
    var size: Int? { isRegular ? Int(before.st_size) : nil }

    /// `-` is standard input. Links are followed; a named pipe is waited for.
    init(path: String) throws(CSVError) {
        ownsDescriptor = path != "-"
        descriptor = ownsDescriptor ? try RecordSource.open(path) : STDIN_FILENO
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let reason = errno
            if ownsDescriptor { close(descriptor) }
            throw .unreadable(reason: words(for: reason))
        }
        before = status
        isRegular = ownsDescriptor && status.st_mode & S_IFMT == S_IFREG
        do throws(CSVError) {
            stream = try RecordSource.stream(of: descriptor, isRegular: isRegular)
        } catch {
            if ownsDescriptor { close(descriptor) }
            throw error
        }
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    private static func open(_ path: String) throws(CSVError) -> Int32 {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            let reason = errno
            throw reason == ENOENT || reason == ENOTDIR ? .noSuchFile : .unreadable(reason: words(for: reason))
        }
        let mode = status.st_mode
        guard [S_IFREG, S_IFIFO].contains(mode & S_IFMT) else { throw .notAFile(kind: kind(ofMode: mode)) }
        let descriptor = unsafe path.withCString { unsafe Glibc.open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
        guard descriptor >= 0 else { throw .unreadable(reason: words(for: errno)) }
        return descriptor
    }

    /// What reads on from the beginning, `nil` for a regular file as it is.
    private static func stream(of descriptor: Int32, isRegular: Bool) throws(CSVError) -> (any ByteStream)? {
        let plain = PlainStream(descriptor)
        let magic = try plain.peek(4)
        if magic.starts(with: GzipStream.magic) { return GzipStream(plain) }
        if magic.starts(with: ZstdStream.magic) { return ZstdStream(plain) }
        return isRegular ? nil : plain
    }

    /// Fills `buffer` from byte `offset` on, to its end or the end of the file. Only where `isSeekable`.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(CSVError) -> Int {
        // What is written behind the end meanwhile is not read: it would depend on the moment.
        let wanted = min(buffer.count, max(0, Int(before.st_size) - offset))
        var done = 0
        while done < wanted {
            let count = unsafe pread(
                descriptor,
                buffer.baseAddress.map { unsafe $0 + done },
                wanted - done,
                offset + done
            )
            if count < 0 {
                guard errno == EINTR else { throw .unreadable(reason: words(for: errno)) }
            } else if count == 0 {
                throw .changed(from: Int(before.st_size), to: offset + done)
            } else {
                done += count
            }
        }
        return done
    }

    /// Fills `buffer` with what comes next, to its end or the end of the stream; an error waits until what stands
    /// before it has been read. Only where not `isSeekable`, and by one thread at a time.
    func readNext(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> (count: Int, isEnd: Bool) {
        guard let stream else { preconditionFailure("a regular file is read by place") }
        var done = min(returned.count, buffer.count)
        unsafe buffer.copyBytes(from: returned[..<done])
        returned.removeFirst(done)
        do throws(CSVError) {
            while done < buffer.count {
                let count = try unsafe stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
                if count == 0 { return (done, true) }
                done += count
            }
        } catch {
            if done == 0 { throw error }
        }
        return (done, false)
    }

    /// Bytes that were read too early, to be read again first.
    func putBack(_ bytes: [UInt8]) {
        returned = bytes
    }

    /// Refuses a regular file that is not what it was when it was opened.
    func refuseChange() throws(CSVError) {
        guard isRegular else { return }
        var now = stat()
        guard unsafe fstat(descriptor, &now) == 0 else { throw .unreadable(reason: words(for: errno)) }
        guard now.st_size == before.st_size, now.st_mtim.tv_sec == before.st_mtim.tv_sec,
            now.st_mtim.tv_nsec == before.st_mtim.tv_nsec
        else { throw .changed(from: Int(before.st_size), to: Int(now.st_size)) }
    }
}

/// Bytes one after the other.
protocol ByteStream: AnyObject {
    /// Fills as much of `buffer`, which is not empty, as is at hand; returns 0 at the end and only there.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int
}

/// Bytes as a descriptor gives them, with a look ahead.
final class PlainStream: ByteStream {
    private let descriptor: Int32
    private var ahead: [UInt8] = []

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The next bytes, fewer than `count` only at the end; they are read again afterwards.
    func peek(_ count: Int) throws(CSVError) -> [UInt8] {
        while ahead.count < count {
            var bytes: [4 of UInt8] = [0, 0, 0, 0]
            let wanted = min(4, count - ahead.count)
            var span = bytes.mutableSpan
            let got = try unsafe span.withUnsafeMutableBytes { buffer throws(CSVError) in
                try unsafe receive(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
            }
            if got == 0 { break }
            for index in 0..<got { ahead.append(bytes[index]) }
        }
        return ahead
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        guard !ahead.isEmpty else { return try unsafe receive(into: buffer) }
        let count = min(ahead.count, buffer.count)
        unsafe buffer.copyBytes(from: ahead[..<count])
        ahead.removeFirst(count)
        return count
    }

    private func receive(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        while true {
            let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .unreadable(reason: words(for: errno)) }
        }
    }
}
