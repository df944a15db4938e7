import CSVStream

/// Thrown to end the reading of a file early.
struct EndOfReading: Error {}

/// A file whose encoding is settled, read as UTF-8 from its beginning as often as one likes.
struct TextFile {
    let path: String
    let file: String
    let encoding: SettledEncoding

    init(path: String, file: String, declared: TextEncoding) throws(IngestError) {
        self.path = path
        self.file = file
        encoding = try settleEncoding(declared: declared, path: path, file: file)
    }

    /// Lends the text block by block, as UTF-8.
    ///
    /// UTF-8 is passed on as it is, with its byte order mark, for the parser to check.
    ///
    /// - Parameter size: Counts the bytes of the file as they are read.
    func forEachBlock(counting size: inout Int, _ body: (RawSpan) throws -> Void) throws {
        guard encoding.charset != .utf8 else {
            try readBlocks(path: path) { (block: RawSpan) throws in
                size += block.byteCount
                try body(block)
            }
            return
        }
        guard var decoder = CharsetDecoder(encoding.charset) else {
            throw IngestError(
                code: "no-decoder",
                file: file,
                problem: "this system cannot decode \(encoding.charset.name)",
                hint: "install the character sets of the C library (gconv), or save the file as UTF-8"
            )
        }
        do {
            var mark = encoding.markLength
            try readBlocks(path: path) { (block: RawSpan) throws in
                size += block.byteCount
                let dropped = min(mark, block.byteCount)
                mark -= dropped
                try decoder.decode(block.extracting(dropped..<block.byteCount), body)
            }
            try decoder.finish()
        } catch let failure as CharsetDecoder.Failure {
            throw error(failure)
        }
    }

    /// Lends each record; returns how many bytes of the file were read. Ends early where `body` throws
    /// ``EndOfReading``.
    func forEachRecord(
        _ options: CSVOptions,
        _ body: (borrowing CSVRow) throws -> Void
    ) throws(IngestError) -> Int {
        var size = 0
        try rethrowing(file: file) {
            var parser = CSVParser(options: options)
            try forEachBlock(counting: &size) { block in
                try parser.feed(block) { (row: borrowing CSVRow) throws in try body(row) }
            }
            try parser.finish { (row: borrowing CSVRow) throws in try body(row) }
        }
        return size
    }

    private func error(_ failure: CharsetDecoder.Failure) -> IngestError {
        let offset = failure.offset + encoding.markLength
        let found = failure.byte.map { "byte 0x\(String($0, radix: 16, uppercase: true)) at offset \(offset)" }
        return IngestError(
            code: "invalid-text",
            file: file,
            line: failure.line,
            problem: "the text is not \(encoding.charset.name)",
            expected: "characters of \(encoding.charset.name)",
            found: found ?? "the end of the file inside a character",
            hint: "declare the encoding of the file, or save it as UTF-8"
        )
    }
}

/// Runs `body` and turns what it throws into an ``IngestError``; ``EndOfReading`` ends it without one.
func rethrowing(file: String, _ body: () throws -> Void) throws(IngestError) {
    do {
        try body()
    } catch is EndOfReading {
        return
    } catch let error as IngestError {
        throw error
    } catch let error as CSVError {
        throw IngestError(error, file: file)
    } catch {
        throw IngestError(code: "unreadable-file", file: file, problem: "the file cannot be read", found: "\(error)")
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
