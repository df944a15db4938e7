import CSVStream
import Glibc
import Testing

/// A folder of its own for a test, removed with what it holds.
private struct Folder: ~Copyable {
    let path: String

    init() throws {
        var template = Array("/tmp/divide-csv-XXXXXX".utf8CString)
        let isMade = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let name = buffer.baseAddress else { return false }
            return unsafe mkdtemp(name) != nil
        }
        try #require(isMade)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = self.path + "/" + name
        let stream = unsafe try #require(unsafe fopen(path, "w"))
        let written = unsafe bytes.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, stream) }
        #expect(unsafe fclose(stream) == 0 && written == bytes.count)
        return path
    }

    deinit {
        for name in ["table.csv", "pipe", "loop"] { _ = unsafe unlink(path + "/" + name) }
        _ = unsafe rmdir(path)
    }
}

private func error(reading path: String) -> CSVError? {
    do throws(CSVError) {
        try readCSV(path: path) { row throws(CSVError) in }
        return nil
    } catch {
        return error
    }
}

@Suite struct `A file` {
    @Test(arguments: [1, 2, 3, 7, 64, 1 << 16])
    func `is read in blocks`(blockSize: Int) throws {
        let folder = try Folder()
        let bytes = Array("\u{FEFF}จังหวัด,\"ปี\r\n\"\r\nเลย,2561".utf8)
        let path = try folder.file("table.csv", bytes)
        var outcome = ReadingOutcome()
        try readCSV(path: path, blockSize: blockSize) { row throws(CSVError) in outcome.keep(row) }
        #expect(outcome.texts == [["จังหวัด", "ปี\r\n"], ["เลย", "2561"]])
        var sizes: [Int] = []
        try readBlocks(path: path, blockSize: blockSize) { block throws(CSVError) in sizes.append(block.byteCount) }
        #expect(sizes.reduce(0, +) == bytes.count)
        #expect(sizes.allSatisfy { $0 > 0 && $0 <= blockSize })
    }

    @Test func `that is empty has no records and no blocks`() throws {
        let folder = try Folder()
        let path = try folder.file("table.csv", [])
        try readCSV(path: path) { row throws(CSVError) in Issue.record("a record from nothing") }
        try readBlocks(path: path) { block throws(CSVError) in Issue.record("a block of nothing") }
    }

    @Test func `that is not there is refused`() throws {
        let folder = try Folder()
        let path = try folder.file("table.csv", [])
        #expect(error(reading: folder.path + "/none.csv") == .noSuchFile)
        #expect(error(reading: path + "/below-a-file") == .noSuchFile)
        #expect(error(reading: "") == .noSuchFile)
    }

    @Test func `must be one: no directory, device or pipe, and a pipe is not waited for`() throws {
        let folder = try Folder()
        #expect(error(reading: folder.path) == .notAFile(kind: "a directory"))
        #expect(error(reading: "/dev/null") == .notAFile(kind: "a device"))
        let made = unsafe mkfifo(folder.path + "/pipe", 0o600)
        #expect(made == 0)
        #expect(error(reading: folder.path + "/pipe") == .notAFile(kind: "a pipe"))
    }

    @Test func `that cannot be opened or read tells the system's reason`() throws {
        let folder = try Folder()
        let made = unsafe symlink("loop", folder.path + "/loop")
        #expect(made == 0)
        #expect(error(reading: folder.path + "/loop") == .unreadable(reason: "Too many levels of symbolic links"))
        // A regular file whose first page is nobody's: it opens, and cannot be read.
        #expect(error(reading: "/proc/self/mem") == .unreadable(reason: "Input/output error"))
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func `without permission is unreadable`() throws {
        let folder = try Folder()
        let path = try folder.file("table.csv", [0x61])
        let changed = unsafe chmod(path, 0)
        #expect(changed == 0)
        #expect(error(reading: path) == .unreadable(reason: "Permission denied"))
    }
}

@Suite struct `A message` {
    @Test(arguments: [
        (
            CSVError.unclosedQuote(openedAt: place(7, 9, 3, 120)),
            "a.csv:9:3: a quote opens here and is never closed (record 7, byte 120); expected a closing quote before the "
                + "end of the file; found the end of the file; close the field, or double the quote if it is text"
        ),
        (
            .strayQuote(at: place(2, 4, 4, 16), openedAt: place(2, 2, 3, 6)),
            "a.csv:4:4: text follows a closing quote (record 2, byte 16); expected a delimiter or the end of the line; "
                + "found quotes that open on line 2, column 3; double each quote that is text, or declare the file lenient"
        ),
        (
            .recordTooLong(at: place(1, 1, 1, 0), limit: 16 << 20),
            "a.csv:1:1: a record is too long (record 1, byte 0); expected at most 16777216 bytes; found more; "
                + "look for a quote that is not closed; raise the limit if the record is meant"
        ),
        (
            .invalidUTF8(at: place(1, 1, 2, 1), byte: 0x0A),
            "a.csv:1:2: the text is not UTF-8 (record 1, byte 1); expected UTF-8; found 0x0A; "
                + "declare the encoding of the file, Windows-874 perhaps, or save it as UTF-8"
        ),
        (
            .notAFile(kind: "a directory"),
            "a.csv: this is not a file; expected a file that can be read; found a directory; name a regular file"
        ),
    ])
    func `tells file, line, column, problem, expected, found and hint`(error: CSVError, text: String) {
        #expect(error.message(file: "a.csv") == text)
    }

    @Test func `escapes the control characters of a name`() {
        #expect(CSVError.noSuchFile.message(file: "a\n\u{1B}[31mก").hasPrefix("a\\u{a}\\u{1b}[31mก: "))
    }

    @Test func `has a code of its own for each error`() {
        let here = place(1, 1, 1, 0)
        let errors: [CSVError] = [
            .strayQuote(at: here, openedAt: nil), .quoteAcrossLines(at: here, openedAt: here),
            .unclosedQuote(openedAt: here), .nulByte(at: here), .invalidUTF8(at: here, byte: 0),
            .recordTooLong(at: here, limit: 1), .tooManyColumns(at: here, limit: 1), .outOfMemory(at: here),
            .noSuchFile, .notAFile(kind: ""), .unreadable(reason: ""),
        ]
        #expect(
            errors.map(\.code) == [
                "stray-quote", "quote-across-lines", "unclosed-quote", "nul-byte", "invalid-utf-8", "record-too-long",
                "too-many-columns", "out-of-memory", "no-such-file", "not-a-file", "unreadable-file",
            ]
        )
        #expect(errors.map { $0.place == nil } == [Bool](repeating: false, count: 8) + [true, true, true])
    }
}
