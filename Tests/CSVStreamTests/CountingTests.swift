import CSVStream
import Testing

private struct Position: Hashable {
    var record: Int
    var line: Int
    var lineCount: Int
    var byteOffset: Int
}

private func positions(_ text: String, blockSize: Int) -> [Position] {
    read(text, blockSize: blockSize).rows.map {
        Position(record: $0.record, line: $0.line, lineCount: $0.lineCount, byteOffset: $0.byteOffset)
    }
}

@Suite struct `A record's place` {
    @Test(arguments: 1...9)
    func `counts records, not lines, and lines across blank ones`(blockSize: Int) {
        #expect(
            positions("title\n\n\nname,year\n\na,1\nb,2", blockSize: blockSize) == [
                Position(record: 1, line: 1, lineCount: 1, byteOffset: 0),
                Position(record: 2, line: 4, lineCount: 1, byteOffset: 8),
                Position(record: 3, line: 6, lineCount: 1, byteOffset: 19),
                Position(record: 4, line: 7, lineCount: 1, byteOffset: 23),
            ]
        )
    }

    @Test(arguments: 1...9)
    func `counts CRLF as one line break`(blockSize: Int) {
        #expect(
            positions("\r\na\r\n\r\nb\r\n", blockSize: blockSize) == [
                Position(record: 1, line: 2, lineCount: 1, byteOffset: 2),
                Position(record: 2, line: 4, lineCount: 1, byteOffset: 7),
            ]
        )
    }

    @Test(arguments: 1...9)
    func `counts CR alone as a line break, and LF before CR as two`(blockSize: Int) {
        #expect(
            positions("a\r\rb\rc\n\rd\r\r\ne", blockSize: blockSize) == [
                Position(record: 1, line: 1, lineCount: 1, byteOffset: 0),
                Position(record: 2, line: 3, lineCount: 1, byteOffset: 3),
                Position(record: 3, line: 4, lineCount: 1, byteOffset: 5),
                Position(record: 4, line: 6, lineCount: 1, byteOffset: 8),
                Position(record: 5, line: 8, lineCount: 1, byteOffset: 12),
            ]
        )
    }

    @Test(arguments: 1...12)
    func `counts line breaks inside quotes as lines of the record`(blockSize: Int) {
        #expect(
            positions("\"1\n2\r\n3\r4\",\"5\n\n7\"\nx\n\"\n\"", blockSize: blockSize) == [
                Position(record: 1, line: 1, lineCount: 6, byteOffset: 0),
                Position(record: 2, line: 7, lineCount: 1, byteOffset: 18),
                Position(record: 3, line: 8, lineCount: 2, byteOffset: 20),
            ]
        )
    }

    @Test(arguments: 1...9)
    func `counts the bytes of a byte order mark`(blockSize: Int) {
        #expect(
            positions("\u{FEFF}ปี\n2561\n", blockSize: blockSize) == [
                Position(record: 1, line: 1, lineCount: 1, byteOffset: 3),
                Position(record: 2, line: 2, lineCount: 1, byteOffset: 10),
            ]
        )
    }

    @Test(arguments: 1...4)
    func `goes on from the records that stand above the input`(blockSize: Int) throws {
        var seen: [[Int]] = []
        var parser = CSVParser(options: CSVOptions(recordsAbove: 899))
        let bytes = Array("a,b\n,\nc,d".utf8)
        for start in stride(from: 0, to: bytes.count, by: blockSize) {
            let block = Array(bytes[start..<min(start + blockSize, bytes.count)])
            try unsafe parser.feed(block.span.bytes) { row throws(CSVError) in seen.append([row.record, row.line]) }
        }
        try parser.finish { row throws(CSVError) in seen.append([row.record, row.line]) }
        #expect(seen == [[900, 900], [901, 901], [902, 902]])
    }

    @Test func `is right in blocks of a real size`() {
        var text = ""
        var expected: [Position] = []
        for record in 1...20_000 {
            let line = (record - 1) * 3 + 1
            expected.append(Position(record: record, line: line, lineCount: 2, byteOffset: text.utf8.count))
            text += "\(record),\"two\nlines\",จังหวัด\r\n\r\n"
        }
        #expect(positions(text, blockSize: 4096) == expected)
    }
}
