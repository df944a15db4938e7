import CSVStream
import Testing

@Suite struct `The limit of bytes in a record` {
    @Test(arguments: 1...14)
    func `counts the record as written without its last line break`(blockSize: Int) {
        let options = CSVOptions(recordByteLimit: 6)
        #expect(read("ab,\"c\"\r\n", options: options, blockSize: blockSize).texts == [["ab", "c"]])
        #expect(read("a\nab,cde", options: options, blockSize: blockSize).texts == [["a"], ["ab", "cde"]])
        let long = read("a\n\nabc,\"d\"\r\nb", options: options, blockSize: blockSize)
        #expect(long.texts == [["a"]])
        #expect(long.error == .recordTooLong(at: place(2, 3, 5, 7), limit: 6))
        let plain = read("a\n\nabc,def\r\nb", options: options, blockSize: blockSize)
        #expect(plain.error == .recordTooLong(at: place(2, 3, 1, 3), limit: 6))
    }

    @Test(arguments: 1...14)
    func `names where the quote opens that ran over it`(blockSize: Int) {
        let options = CSVOptions(recordByteLimit: 12)
        let open = read("x\n\"ก\n\",\"b\nc,d\ne,f\n", options: options, blockSize: blockSize)
        #expect(open.error == .recordTooLong(at: place(2, 3, 3, 9), limit: 12))
    }

    @Test(arguments: 1...14)
    func `counts line breaks in quotes`(blockSize: Int) {
        let options = CSVOptions(recordByteLimit: 6)
        #expect(read("\"\r\n\n\n\"", options: options, blockSize: blockSize).error == nil)
        let long = read("\"\r\n\r\n\r\n\"", options: options, blockSize: blockSize)
        #expect(long.error == .recordTooLong(at: place(1, 1, 1, 0), limit: 6))
        // No character follows: without the limit it would be an open quote.
        let breaks = read("\"\r\r\n\n\r\n", options: options, blockSize: blockSize)
        #expect(breaks.error == .recordTooLong(at: place(1, 1, 1, 0), limit: 6))
    }

    @Test func `stops a field of 100 MB long before its end`() {
        var parser = CSVParser(options: CSVOptions())
        let block = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        var fed = 0
        #expect(throws: CSVError.recordTooLong(at: place(1, 1, 1, 0), limit: 16 << 20)) {
            while fed < 100 {
                try parser.feed(unsafe block.span.bytes) { row throws(CSVError) in Issue.record("no record ends") }
                fed += 1
            }
        }
        #expect(fed == 16)
    }

    @Test func `can be raised`() {
        let field = String(repeating: "กข", count: 5 << 20)
        #expect(read("\"\(field)\",b\n").error?.code == "record-too-long")
        let outcome = read("\"\(field)\",b\n", options: CSVOptions(recordByteLimit: 64 << 20), blockSize: 1 << 16)
        #expect(outcome.error == nil)
        #expect(outcome.texts == [[field, "b"]])
    }
}

@Suite struct `The limit of columns` {
    private let options = CSVOptions(columnLimit: 3)

    @Test(arguments: 1...9)
    func `lets as many columns pass and no more`(blockSize: Int) {
        #expect(read("a,b,c\n,,\n\"\",\"\",\"\"", options: options, blockSize: blockSize).rows.count == 3)
        let error = CSVError.tooManyColumns(at: place(2, 2, 1, 6), limit: 3)
        for ending in ["\n", "", ",\"", ",\"x\"y"] {
            let wide = read("a,b,c\na,b,c,d" + ending, options: options, blockSize: blockSize)
            #expect(wide.texts == [["a", "b", "c"]])
            #expect(wide.error == error)
        }
        #expect(read("a,b,c\na,b,c,", options: options, blockSize: blockSize).error == error)
    }

    @Test func `is 16,384 and can be raised`() {
        let commas = String(repeating: ",", count: 16_384)
        #expect(read(String(commas.dropLast())).rows.first?.fields.count == 16_384)
        #expect(read(commas).error == .tooManyColumns(at: place(1, 1, 1, 0), limit: 16_384))
        #expect(read(commas, options: CSVOptions(columnLimit: 20_000)).rows.first?.fields.count == 16_385)
    }
}

@Suite struct `Options` {
    @Test(arguments: [
        CSVOptions(delimiter: 0), CSVOptions(delimiter: 10), CSVOptions(delimiter: 13), CSVOptions(delimiter: 0x80),
        CSVOptions(delimiter: 34), CSVOptions(quote: 44), CSVOptions(quote: 0), CSVOptions(recordByteLimit: 0),
        CSVOptions(columnLimit: 0),
    ])
    func `that make no sense are told apart`(_ options: CSVOptions) {
        #expect(!options.areUsable)
    }

    @Test func `that make no sense make no parser`() async {
        await #expect(processExitsWith: .failure) {
            let parser = CSVParser(options: CSVOptions(delimiter: 34))
            _ = consume parser
        }
    }
}

@Suite struct `A parser` {
    private struct Enough: Error, Equatable {
        var record: Int
    }

    @Test func `throws the errors of its caller`() {
        var parser = CSVParser(options: CSVOptions())
        let text = Array("a\nb\nc\n".utf8)
        #expect(throws: Enough(record: 2)) {
            try parser.feed(
                unsafe text.span.bytes,
                failingAs: { $0 },
                { row throws(any Error) in if row.record == 2 { throw Enough(record: 2) } }
            )
        }
    }

    @Test func `is not used again after an error`() async {
        await #expect(processExitsWith: .failure) {
            var parser = CSVParser(options: CSVOptions())
            let text = Array("a\"\n".utf8)
            try? parser.feed(unsafe text.span.bytes) { row throws(CSVError) in }
            try? parser.feed(unsafe text.span.bytes) { row throws(CSVError) in }
        }
    }
}
