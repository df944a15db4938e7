import CSVStream

/// Why the reading of a file stops before its end.
enum Interruption: Error {
    /// Enough is known.
    case end
    case failure(IngestError)
}

/// Runs `body`, which may end early.
func reading(_ body: () throws(Interruption) -> Void) throws(IngestError) {
    do {
        try body()
    } catch {
        if case .failure(let failure) = error { throw failure }
    }
}

/// A file whose encoding is settled, read as UTF-8 from its beginning as often as one likes; a sheet of a workbook as
/// the CSV that it would be.
struct TextFile {
    private let bytes: FileBytes
    let encoding: SettledEncoding
    /// `nil` for a text.
    let sheet: SheetText?

    init(_ bytes: FileBytes, declared: TextEncoding, choice: SheetChoice = SheetChoice()) throws(IngestError) {
        self.bytes = bytes
        if try isWorkbook(bytes) {
            encoding = SettledEncoding(charset: .utf8)
            sheet = try SheetText(path: bytes.path, file: bytes.file, choice: choice)
        } else {
            encoding = try settleEncoding(declared: declared, bytes)
            sheet = nil
        }
    }

    /// What messages call it.
    var file: String { bytes.file }

    /// The options with which the text is to be parsed: what comes first may stand in the middle of a sheet, and what is
    /// known to be UTF-8 need not be checked again.
    func adjusted(_ options: CSVOptions) -> CSVOptions {
        var options = options
        options.recordsAbove = sheet?.rowsAbove ?? 0
        options.checksUTF8 = !encoding.isVerified
        return options
    }

    /// Lends the text block by block, as UTF-8.
    ///
    /// UTF-8 is passed on as it is, with its byte order mark, for the parser to check. `size` counts the bytes of the
    /// file as they are read, of a sheet those of its text.
    func forEachBlock(
        counting size: inout Int,
        _ body: (RawSpan) throws(Interruption) -> Void
    ) throws(Interruption) {
        if let sheet {
            try sheet.forEachBlock { block throws(Interruption) in
                size += block.byteCount
                try body(block)
            }
            return
        }
        guard encoding.charset != .utf8 else {
            try bytes.forEachBlock { block throws(Interruption) in
                size += block.byteCount
                try body(block)
            }
            return
        }
        guard var decoder = CharsetDecoder(encoding.charset) else { throw .failure(lackOfDecoder) }
        var mark = encoding.markLength
        try bytes.forEachBlock { block throws(Interruption) in
            size += block.byteCount
            let dropped = min(mark, block.byteCount)
            mark -= dropped
            try decoder.decode(block.extracting(dropped..<block.byteCount), failingAs: failure, body)
        }
        do { try decoder.finish() } catch { throw failure(error) }
    }

    /// Lends each record; returns how many bytes of text were read. Ends early where `body` says so.
    func forEachRecord(
        _ options: CSVOptions,
        _ body: (borrowing CSVRow) throws(Interruption) -> Void
    ) throws(IngestError) -> Int {
        var size = 0
        try reading { () throws(Interruption) in
            var parser = CSVParser(options: adjusted(options))
            try forEachBlock(counting: &size) { block throws(Interruption) in
                try parser.feed(block, failingAs: failure, body)
            }
            try parser.finish(failingAs: failure, body)
        }
        return size
    }

    private func failure(_ error: CSVError) -> Interruption {
        .failure(IngestError(error, file: file))
    }

    private func failure(_ failure: CharsetDecoder.Failure) -> Interruption {
        let offset = failure.offset + encoding.markLength
        let found = failure.byte.map { "byte 0x\(String($0, radix: 16, uppercase: true)) at offset \(offset)" }
        return .failure(
            IngestError(
                code: "invalid-text",
                file: file,
                line: failure.line,
                problem: "the text is not \(encoding.charset.name)",
                expected: "characters of \(encoding.charset.name)",
                found: found ?? "the end of the file inside a character",
                hint: "declare the encoding of the file, or save it as UTF-8"
            )
        )
    }

    private var lackOfDecoder: IngestError {
        IngestError(
            code: "no-decoder",
            file: file,
            problem: "this system cannot decode \(encoding.charset.name)",
            hint: "install the character sets of the C library (gconv), or save the file as UTF-8"
        )
    }
}

extension IngestError {
    init(_ error: CSVError, file: String) {
        self.init(
            code: error.code,
            file: file,
            line: error.place?.line ?? 0,
            column: error.place?.column ?? 0,
            problem: error.problem + (error.place.map { " (record \($0.record))" } ?? ""),
            expected: error.expected,
            found: error.found,
            hint: error.hint
        )
    }
}
