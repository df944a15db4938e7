import Glibc

/// Lets text into the parser: removes a byte order mark, stops at the first byte that is none of text's, and
/// holds back a character that the block cuts in two until the next block brings the rest.
///
/// So what the parser sees never depends on where the blocks end.
struct TextGate {
    enum Refusal {
        case nulByte
        case invalidUTF8(UInt8)
    }

    /// What of a block may pass, in this order.
    struct Admission {
        /// Bytes of a byte order mark that were dropped.
        var dropped = 0
        /// A character that began in an earlier block.
        var held = HeldBytes()
        /// The part of the block that passes.
        var range = 0..<0
        /// Why the byte behind that does not.
        var refusal: Refusal?
    }

    /// The up to four bytes of a character that a block cuts in two.
    struct HeldBytes {
        private(set) var bytes: [4 of UInt8] = [0, 0, 0, 0]
        private(set) var count = 0

        mutating func append(_ byte: UInt8) {
            bytes[count] = byte
            count += 1
        }
    }

    private let checksUTF8: Bool
    private var isAtStart: Bool
    private var held = HeldBytes()
    private static let byteOrderMark: [3 of UInt8] = [0xEF, 0xBB, 0xBF]

    init(checksUTF8: Bool, isAtStart: Bool = true) {
        self.checksUTF8 = checksUTF8
        self.isAtStart = isAtStart
    }

    mutating func admit(_ block: UnsafeRawBufferPointer) -> Admission {
        var admission = Admission()
        var start = 0
        if isAtStart {
            start = unsafe takeByteOrderMark(from: block, &admission)
            guard !isAtStart else { return admission }
        }
        if held.count > 0 {
            guard unsafe takeRestOfCharacter(from: block, &start, &admission) else { return admission }
        }
        unsafe admitRest(of: block, from: start, &admission)
        return admission
    }

    /// What was held back when the input ends: whole if the encoding is not checked, else cut off.
    mutating func finish() -> Admission {
        var admission = Admission()
        if held.count > 0 {
            if checksUTF8 {
                admission.refusal = .invalidUTF8(held.bytes[0])
            } else {
                admission.held = held
            }
        }
        held = HeldBytes()
        return admission
    }

    /// Holds the first bytes back while they may be a byte order mark; returns how many of the block.
    private mutating func takeByteOrderMark(from block: UnsafeRawBufferPointer, _ admission: inout Admission) -> Int {
        var taken = 0
        while held.count < 3, taken < block.count, unsafe block[taken] == TextGate.byteOrderMark[held.count] {
            unsafe held.append(block[taken])
            taken += 1
        }
        if held.count == 3 {
            admission.dropped = 3
            held = HeldBytes()
            isAtStart = false
        } else if taken < block.count {
            isAtStart = false
        }
        return taken
    }

    /// Completes the character held back; returns whether the block may go on behind it.
    private mutating func takeRestOfCharacter(
        from block: UnsafeRawBufferPointer,
        _ start: inout Int,
        _ admission: inout Admission
    ) -> Bool {
        while checksUTF8, let flaw = firstFlaw(in: held.bytes.span.extracting(first: held.count)) {
            guard flaw.isCut else {
                admission.refusal = .invalidUTF8(held.bytes[0])
                return false
            }
            guard start < block.count else { return false }
            unsafe held.append(block[start])
            start += 1
        }
        admission.held = held
        held = HeldBytes()
        return true
    }

    private mutating func admitRest(
        of block: UnsafeRawBufferPointer,
        from start: Int,
        _ admission: inout Admission
    ) {
        guard start < block.count, let base = block.baseAddress else {
            admission.range = start..<start
            return
        }
        var end = block.count
        if let nul = unsafe memchr(base + start, 0, end - start) {
            end = unsafe base.distance(to: UnsafeRawPointer(nul))
            admission.refusal = .nulByte
        }
        if checksUTF8, let flaw = unsafe firstFlaw(in: UnsafeRawBufferPointer(rebasing: block[start..<end])) {
            let flawed = start + flaw.offset
            if flaw.isCut, end == block.count {
                for index in flawed..<end { unsafe held.append(block[index]) }
            } else {
                admission.refusal = unsafe .invalidUTF8(block[flawed])
            }
            end = flawed
        }
        admission.range = start..<end
    }
}

/// Where bytes stop being UTF-8; `isCut` if they only lack the rest of their last character.
private struct Flaw {
    var offset: Int
    var isCut: Bool
}

func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe firstFlaw(in: bytes.span) == nil
}

private func firstFlaw(in bytes: UnsafeRawBufferPointer) -> Flaw? {
    unsafe bytes.withMemoryRebound(to: UInt8.self) { unsafe firstFlaw(in: $0.span) }
}

private func firstFlaw(in bytes: Span<UInt8>) -> Flaw? {
    do {
        _ = try UTF8Span(validating: bytes)
        return nil
    } catch {
        let isCut = error.kind == .truncatedScalar && error.byteOffsets.upperBound == bytes.count
        return Flaw(offset: error.byteOffsets.lowerBound, isCut: isCut)
    }
}
