import CSVStream
import Testing

/// A malformed input, the records before the flaw, and the error.
struct Malformed: Sendable, CustomTestStringConvertible {
    var text: String
    var rows: [[String]]
    var error: CSVError

    var testDescription: String { text.debugDescription }
}

private let strict = [
    Malformed(text: "a,b\"c\nd", rows: [], error: .strayQuote(at: place(1, 1, 4, 3), openedAt: nil)),
    Malformed(text: "a,5\"\nd", rows: [], error: .strayQuote(at: place(1, 1, 4, 3), openedAt: nil)),
    Malformed(text: "a, \"b\"\nd", rows: [], error: .strayQuote(at: place(1, 1, 4, 3), openedAt: nil)),
    Malformed(
        text: "x\n\nเลย,\"b\"c\nd",
        rows: [["x"]],
        error: .strayQuote(at: place(2, 3, 8, 16), openedAt: place(2, 3, 5, 13))
    ),
    Malformed(text: "\"a\" ,b\n", rows: [], error: .strayQuote(at: place(1, 1, 4, 3), openedAt: place(1, 1, 1, 0))),
    Malformed(text: "\"a\"ก,b\n", rows: [], error: .strayQuote(at: place(1, 1, 4, 3), openedAt: place(1, 1, 1, 0))),
    // Two stray quotes with records between them: the second gives the first away.
    Malformed(
        text: "h,i\n1,\"a\n2,b\n3,\"c\"\n",
        rows: [["h", "i"]],
        error: .strayQuote(at: place(2, 4, 4, 16), openedAt: place(2, 2, 3, 6))
    ),
    Malformed(text: "a\nb,\"c\nd\ne\n", rows: [["a"]], error: .unclosedQuote(openedAt: place(2, 2, 3, 4))),
    Malformed(text: "เลย,\"", rows: [], error: .unclosedQuote(openedAt: place(1, 1, 5, 10))),
    Malformed(text: "\"a\"\"", rows: [], error: .unclosedQuote(openedAt: place(1, 1, 1, 0))),
    Malformed(text: "\u{FEFF}\"a", rows: [], error: .unclosedQuote(openedAt: place(1, 1, 1, 3))),
    Malformed(text: "\"a\r\n\",\"b", rows: [], error: .unclosedQuote(openedAt: place(1, 2, 3, 6))),
]

private let lenient = [
    Malformed(text: "a\nb,\"c\nd\ne\n", rows: [["a"]], error: .unclosedQuote(openedAt: place(2, 2, 3, 4))),
    Malformed(text: "\"a\"b", rows: [], error: .unclosedQuote(openedAt: place(1, 1, 1, 0))),
    // libcsv alone would make one field of the rest of the line and of the next record.
    Malformed(
        text: "x\n\"Luang\" Prabang,1\nLoei,2\n\"a\"\n",
        rows: [["x"]],
        error: .quoteAcrossLines(at: place(2, 2, 8, 9), openedAt: place(2, 2, 1, 2))
    ),
    Malformed(
        text: "h,i\n1,\"a\n2,b\n3,\"c\"\n",
        rows: [["h", "i"]],
        error: .quoteAcrossLines(at: place(2, 4, 4, 16), openedAt: place(2, 2, 3, 6))
    ),
    Malformed(
        text: "\"a\"b\rc",
        rows: [],
        error: .quoteAcrossLines(at: place(1, 1, 4, 3), openedAt: place(1, 1, 1, 0))
    ),
]

@Suite struct `A malformed quote` {
    @Test(arguments: strict)
    func `stops strict reading with its place, at every block size`(_ malformed: Malformed) {
        for blockSize in 1...malformed.text.utf8.count {
            let outcome = read(malformed.text, blockSize: blockSize)
            #expect(outcome.texts == malformed.rows)
            #expect(outcome.error == malformed.error, "in blocks of \(blockSize)")
        }
    }

    @Test(arguments: lenient)
    func `stops lenient reading where it would swallow a record`(_ malformed: Malformed) {
        for blockSize in 1...malformed.text.utf8.count {
            let outcome = read(malformed.text, options: CSVOptions(isLenient: true), blockSize: blockSize)
            #expect(outcome.texts == malformed.rows)
            #expect(outcome.error == malformed.error, "in blocks of \(blockSize)")
        }
    }

    @Test(arguments: 1...9)
    func `is text in lenient reading while it keeps to its line, and is counted`(blockSize: Int) {
        let text = "5\" pipe,a\"b\"\nx,y\n\"5\" pipe\",\"say \"hi\" now\"\n\"a\" ,\"b\",c\n\"a\nb\",c\"d\n"
        let outcome = read(text, options: CSVOptions(isLenient: true), blockSize: blockSize)
        #expect(outcome.error == nil)
        #expect(
            outcome.texts == [
                ["5\" pipe", "a\"b\""], ["x", "y"], ["5\" pipe", "say \"hi\" now"], ["a\" ,\"b", "c"],
                ["a\nb", "c\"d"],
            ]
        )
        #expect(outcome.rows.map(\.strayQuotes) == [3, 0, 3, 2, 1])
    }

    @Test func `that RFC 4180 allows shows in the lines of its record`() {
        // Quotes that open by mistake and close before a comma are a legal field: only its lines give it away.
        let outcome = read("a,\"b\nc,d\ne,f\",g\nh,i\n")
        #expect(outcome.rows.map(\.lineCount) == [3, 1])
        #expect(outcome.rows.map(\.line) == [1, 4])
    }
}
