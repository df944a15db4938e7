internal import Crypto
internal import Glibc

/// What the operating system says of the last call that failed.
var systemError: String {
    let code = errno
    guard let words = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: words)
}

/// The bytes of a file that is known to be small, `nil` where it cannot be read.
func readSmallFile(_ path: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    return forEachPiece(of: path) { bytes += $0 } ? bytes : nil
}

/// Hands the bytes of a regular file to `body`, piece by piece.
///
/// - Returns: Whether the file could be read to its end.
func forEachPiece(of path: String, _ body: (ArraySlice<UInt8>) -> Void) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    // Small enough for memory that malloc has at hand: a larger one is mapped, and its pages zeroed, for each file.
    var buffer = [UInt8](repeating: 0, count: max(4_096, min(1 << 16, Int(status.st_size) + 1)))
    while true {
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            body(buffer[..<count])
        } else if count == 0 {
            return true
        } else if errno != EINTR {
            return false
        }
    }
}

/// SHA-256 and length of a file, `nil` where it cannot be read or is no regular file.
func digest(ofFile path: String) -> (sha256: String, bytes: Int)? {
    var hash = SHA256()
    var length = 0
    let isWhole = forEachPiece(of: path) { piece in
        unsafe piece.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        length += piece.count
    }
    return isWhole ? (hexadecimal(hash.finalize()), length) : nil
}

func digest(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(data: Array(bytes))
    return hexadecimal(hash.finalize())
}

func hexadecimal(_ digest: SHA256.Digest) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * SHA256.Digest.byteCount)
    for byte in digest {
        digits.append(hexadecimalDigit(byte >> 4))
        digits.append(hexadecimalDigit(byte & 15))
    }
    return String(decoding: digits, as: UTF8.self)
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
