import CSVStream
import Testing

/// An input and the records that a reader of RFC 4180 gets from it.
struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var rows: [[String]]

    var testDescription: String { name }
}

/// The examples of RFC 4180, section 2, by its numbers, and what they leave open.
private let samples = [
    Sample(
        name: "1 line breaks",
        text: "aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n",
        rows: [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]
    ),
    Sample(
        name: "2 no last break",
        text: "aaa,bbb,ccc\r\nzzz,yyy,xxx",
        rows: [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]
    ),
    Sample(
        name: "3 header",
        text: "field_name,field_name,field_name\r\naaa,bbb,ccc\r\nzzz,yyy,xxx\r\n",
        rows: [["field_name", "field_name", "field_name"], ["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]
    ),
    Sample(name: "4 spaces are text", text: " aaa ,\tbbb\t, \r\n", rows: [[" aaa ", "\tbbb\t", " "]]),
    Sample(
        name: "5 quotes",
        text: "\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx",
        rows: [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]
    ),
    Sample(
        name: "6 line breaks in quotes",
        text: "\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx",
        rows: [["aaa", "b\r\nbb", "ccc"], ["zzz", "yyy", "xxx"]]
    ),
    Sample(name: "7 doubled quotes", text: "\"aaa\",\"b\"\"bb\",\"ccc\"", rows: [["aaa", "b\"bb", "ccc"]]),
    Sample(name: "nothing but quotes", text: "\"\"\"\"\"\"\n\"\"\"\",\"\"\n", rows: [["\"\""], ["\"", ""]]),
    Sample(name: "delimiters in quotes", text: "\"a,b,,c\",\",\"\n\",\"", rows: [["a,b,,c", ","], [","]]),
    Sample(name: "LF", text: "a,b\nc,d\n", rows: [["a", "b"], ["c", "d"]]),
    Sample(name: "CR", text: "a,b\rc,d\r", rows: [["a", "b"], ["c", "d"]]),
    Sample(name: "all breaks mixed", text: "a\rb\r\nc\nd\r\r\n\n\re", rows: [["a"], ["b"], ["c"], ["d"], ["e"]]),
    Sample(
        name: "all breaks in quotes",
        text: "\"\r\",\"\n\",\"\r\n\",\"\r\r\n\n\"\r\nx",
        rows: [["\r", "\n", "\r\n", "\r\r\n\n"], ["x"]]
    ),
    Sample(name: "blank lines", text: "\n\r\n\na,b\n\n\r\n\rc,d\n\n", rows: [["a", "b"], ["c", "d"]]),
    Sample(name: "a line of spaces is a record", text: "a\n  \nb", rows: [["a"], ["  "], ["b"]]),
    Sample(name: "empty fields", text: ",,\n,\na,,b\n\"\"\n", rows: [["", "", ""], ["", ""], ["a", "", "b"], [""]]),
    Sample(name: "last field empty at the end", text: "a,", rows: [["a", ""]]),
    Sample(name: "one delimiter", text: ",", rows: [["", ""]]),
    Sample(name: "quoted at the end", text: "a,\"b\"", rows: [["a", "b"]]),
    Sample(name: "ragged", text: "a,b\nc\nd,e,f\n", rows: [["a", "b"], ["c"], ["d", "e", "f"]]),
    Sample(
        name: "Thai and Lao",
        text: "จังหวัดเลย,\"ແຂວງ ຫຼວງພະບາງ\"\n42,LA-LP\n",
        rows: [["จังหวัดเลย", "ແຂວງ ຫຼວງພະບາງ"], ["42", "LA-LP"]]
    ),
    Sample(name: "beyond the plane", text: "😀,\"\"\"😀\"\"\"\n", rows: [["😀", "\"😀\""]]),
    Sample(name: "byte order mark", text: "\u{FEFF}a,b\n", rows: [["a", "b"]]),
    Sample(name: "byte order mark and quoted header", text: "\u{FEFF}\"a\",b\n", rows: [["a", "b"]]),
    Sample(name: "byte order mark later is text", text: "a\n\u{FEFF}b\n", rows: [["a"], ["\u{FEFF}b"]]),
    Sample(name: "two byte order marks", text: "\u{FEFF}\u{FEFF}a", rows: [["\u{FEFF}a"]]),
    Sample(name: "nothing but a byte order mark", text: "\u{FEFF}", rows: []),
    Sample(name: "byte order mark and a break", text: "\u{FEFF}\r\n", rows: []),
    Sample(name: "nothing", text: "", rows: []),
    Sample(name: "nothing but breaks", text: "\r\n\n\r", rows: []),
]

@Suite struct `Samples of RFC 4180` {
    @Test(arguments: samples)
    func `give the same records at every block size`(_ sample: Sample) {
        let whole = read(sample.text)
        #expect(whole.error == nil)
        #expect(whole.texts == sample.rows)
        for blockSize in 1...max(1, sample.text.utf8.count) {
            #expect(read(sample.text, blockSize: blockSize) == whole, "in blocks of \(blockSize)")
        }
    }

    @Test(arguments: samples)
    func `give the same records in lenient reading, without a check of UTF-8, and without a stray quote`(
        _ sample: Sample
    ) {
        let whole = read(sample.text)
        for options in [CSVOptions(isLenient: true), CSVOptions(checksUTF8: false)] {
            for blockSize in [1, 2, 3, .max] {
                #expect(read(sample.text, options: options, blockSize: blockSize) == whole)
            }
        }
        #expect(whole.rows.allSatisfy { $0.strayQuotes == 0 })
    }

    @Test(arguments: [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"), UInt8(ascii: " ")])
    func `are read with any delimiter`(_ delimiter: UInt8) {
        let mark = String(UnicodeScalar(delimiter))
        let outcome = read(
            ["a,b", "\"c\(mark)d\"", "", "e"].joined(separator: mark) + "\n",
            options: CSVOptions(delimiter: delimiter)
        )
        #expect(outcome.texts == [["a,b", "c\(mark)d", "", "e"]])
        #expect(outcome.rows.first?.fields.map(\.isMissing) == [false, false, true, false])
    }

    @Test func `are read with another quote`() {
        let outcome = read("'a,''b',\"c\n", options: CSVOptions(quote: UInt8(ascii: "'")))
        #expect(outcome.texts == [["a,'b", "\"c"]])
    }
}

@Suite struct `An empty field` {
    @Test(arguments: 1...12)
    func `is missing without quotes and is not with them`(blockSize: Int) {
        let fields = read(",\"\",a,\"b\",\n", blockSize: blockSize).rows.first?.fields
        #expect(
            fields == [
                ReadField(text: "", isMissing: true),
                ReadField(text: "", isQuoted: true),
                ReadField(text: "a"),
                ReadField(text: "b", isQuoted: true),
                ReadField(text: "", isMissing: true),
            ]
        )
    }

    @Test func `lends no bytes`() throws {
        var parser = CSVParser(options: CSVOptions())
        var counts: [Int] = []
        let text = Array("\"\",,ab\n".utf8)
        try parser.feed(unsafe text.span.bytes) { row throws(CSVError) in
            for index in 0..<row.count {
                counts.append(row.withBytes(at: index) { $0.byteCount })
                #expect(row.byteCount(at: index) == counts.last)
            }
            #expect(
                row.withBytes(at: 2) { unsafe $0.unsafeLoad(fromByteOffset: 1, as: UInt8.self) } == UInt8(ascii: "b")
            )
        }
        #expect(counts == [0, 0, 2])
    }
}
