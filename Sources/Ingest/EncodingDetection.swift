import CSVStream

/// Settles the encoding of a file by declaration, byte order mark or evidence.
///
/// A file that is ASCII for long is read until its first other byte, so that no late word in Windows-874 is taken for
/// damage. Memory is a few blocks.
///
/// - Throws: ``IngestError`` where the file cannot be opened, is empty, contradicts what is declared, or is in no
///   encoding known.
func settleEncoding(
    declared: TextEncoding,
    _ bytes: FileBytes
) throws(IngestError) -> SettledEncoding {
    var evidence = ByteEvidence(looksFurther: declared == .automatic)
    try reading { () throws(Interruption) in
        try bytes.forEachBlock { block throws(Interruption) in
            if !evidence.take(block) { throw .end }
        }
    }
    guard !evidence.head.isEmpty else {
        throw IngestError(
            code: "empty-file",
            file: bytes.file,
            problem: "the file is empty",
            expected: "a header and records",
            found: "0 bytes",
            hint: "export it again"
        )
    }
    return try EncodingJudge(declared: declared, evidence: evidence, file: bytes.file).settle()
}

/// The parts of a file that tell its encoding.
struct ByteEvidence {
    static let windowSize = 64 << 10

    let looksFurther: Bool
    /// The beginning of the file, at most a window.
    private(set) var head: [UInt8] = []
    /// From the first byte that is not ASCII, at most a window.
    private(set) var window: [UInt8] = []
    /// Where the window begins, `nil` for ASCII.
    private(set) var windowOffset: Int?
    private var offset = 0
    private var isHeadWhole = false

    init(looksFurther: Bool) {
        self.looksFurther = looksFurther
    }

    /// Whether the head is all that the file has.
    var isWhole: Bool { head.count < Self.windowSize }
    var isWindowCut: Bool { window.count == Self.windowSize }

    /// Takes the next block; `false` once enough is known.
    mutating func take(_ block: RawSpan) -> Bool {
        let room = Self.windowSize - head.count
        if room > 0 { head.append(first: room, of: block) }
        if windowOffset == nil, let first = block.firstIndexNotASCII { windowOffset = offset + first }
        if let windowOffset, window.count < Self.windowSize {
            let start = max(0, windowOffset - offset)
            window.append(first: Self.windowSize - window.count, of: block.extracting(start..<block.byteCount))
        }
        offset += block.byteCount
        let hasHead = head.count == Self.windowSize
        if hasHead, head.holds(0) { return false }
        return !hasHead || looksFurther && !isWindowCut
    }
}

extension RawSpan {
    /// The position of the first byte that is not ASCII; eight at a time.
    var firstIndexNotASCII: Int? {
        var index = 0
        while index + 8 <= byteCount {
            let word = unsafe unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word & 0x8080_8080_8080_8080 != 0 { break }
            index += 8
        }
        while index < byteCount {
            if self[index] >= 0x80 { return index }
            index += 1
        }
        return nil
    }
}

/// The decision, once the evidence is gathered.
struct EncodingJudge {
    let declared: TextEncoding
    let evidence: ByteEvidence
    let file: String

    func settle() throws(IngestError) -> SettledEncoding {
        if let marked = byteOrderMark {
            try refuseContradiction(to: marked)
            return marked
        }
        switch declared {
        case .automatic: return try detected()
        case .utf8: return SettledEncoding(charset: .utf8)
        case .utf16: return SettledEncoding(charset: zeroPattern ?? .utf16LittleEndian)
        case .utf16LittleEndian: return SettledEncoding(charset: .utf16LittleEndian)
        case .utf16BigEndian: return SettledEncoding(charset: .utf16BigEndian)
        case .windows874, .tis620:
            try refuseUTF8()
            return SettledEncoding(charset: .windows874)
        }
    }

    private var byteOrderMark: SettledEncoding? {
        let head = evidence.head
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return SettledEncoding(charset: .utf8, markLength: 3) }
        if head.starts(with: [0xFF, 0xFE]) { return SettledEncoding(charset: .utf16LittleEndian, markLength: 2) }
        if head.starts(with: [0xFE, 0xFF]) { return SettledEncoding(charset: .utf16BigEndian, markLength: 2) }
        return nil
    }

    private func refuseContradiction(to marked: SettledEncoding) throws(IngestError) {
        let agrees =
            switch declared {
            case .automatic: true
            case .utf8: marked.charset == .utf8
            case .utf16: marked.charset != .utf8
            case .utf16LittleEndian: marked.charset == .utf16LittleEndian
            case .utf16BigEndian: marked.charset == .utf16BigEndian
            case .windows874, .tis620: false
            }
        guard !agrees else { return }
        throw mismatch(found: "the byte order mark of \(marked.charset.name)", fitting: marked.charset)
    }

    /// Thai in UTF-8 would come out as words that begin with เธ.
    private func refuseUTF8() throws(IngestError) {
        guard !evidence.window.isEmpty, judge(evidence.window, isCut: evidence.isWindowCut) == .utf8,
            evidence.window.count(where: { $0 == 0xE0 }) > 1
        else { return }
        throw mismatch(found: "valid UTF-8", fitting: .utf8)
    }

    private func mismatch(found: String, fitting charset: Charset) -> IngestError {
        IngestError(
            code: "encoding-mismatch",
            file: file,
            problem: "the file is not in the encoding that is declared",
            expected: declared.rawValue,
            found: found,
            hint: "declare `encoding: \(charset == .utf8 ? "utf-8" : "utf-16")`, or leave it out"
        )
    }

    private func detected() throws(IngestError) -> SettledEncoding {
        if let charset = zeroPattern { return SettledEncoding(charset: charset, isDetected: true) }
        guard let start = evidence.windowOffset else {
            return SettledEncoding(charset: .utf8, isVerified: evidence.isWhole)
        }
        switch judge(evidence.window, isCut: evidence.isWindowCut) {
        case .utf8: return SettledEncoding(charset: .utf8, isVerified: evidence.isWhole)
        case .damagedUTF8:
            // What is damaged is refused with its line by the reader of the whole file.
            return SettledEncoding(charset: .utf8)
        case .windows874: return SettledEncoding(charset: .windows874, isDetected: true)
        case .unknown(let offset):
            let byte = evidence.window[offset]
            let before = evidence.head.prefix(start + offset)
            throw IngestError(
                code: "unknown-encoding",
                file: file,
                line: before.count == start + offset ? before.count { $0 == UInt8(ascii: "\n") } + 1 : 0,
                problem: "the encoding of the file is not known",
                expected: "UTF-8, UTF-16 or Thai in Windows-874",
                found: "byte 0x\(String(byte, radix: 16, uppercase: true)) at offset \(start + offset)",
                hint: "declare `encoding`, or save the file as UTF-8"
            )
        }
    }

    /// UTF-16 without a mark: ASCII characters in it leave zeros in every second byte, and only there.
    private var zeroPattern: Charset? {
        guard evidence.head.holds(0) else { return nil }
        var even = 0
        var odd = 0
        for (index, byte) in evidence.head.enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { even += 1 } else { odd += 1 }
        }
        let pairs = evidence.head.count / 2
        if odd > 0, even == 0, odd * 10 >= pairs { return .utf16LittleEndian }
        if even > 0, odd == 0, even * 10 >= pairs { return .utf16BigEndian }
        return nil
    }
}
