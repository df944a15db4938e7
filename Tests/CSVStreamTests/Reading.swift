import CSVStream

/// A record as a test keeps it.
struct ReadRow: Hashable, CustomStringConvertible {
    var fields: [ReadField]
    var record: Int
    var line: Int
    var lineCount: Int
    var byteOffset: Int
    var strayQuotes: Int

    var texts: [String] { fields.map(\.text) }
    var description: String { "\(record)@\(line)+\(lineCount)/\(byteOffset)\(fields)" }
}

struct ReadField: Hashable, CustomStringConvertible {
    var text: String
    var isMissing = false
    var isQuoted = false

    var description: String { isMissing ? "–" : isQuoted ? "«\(text)»" : text }
}

/// What came of reading an input: the records before the error, if there was one.
struct ReadingOutcome: Equatable {
    var rows: [ReadRow] = []
    var error: CSVError?

    var texts: [[String]] { rows.map(\.texts) }

    mutating func keep(_ row: borrowing CSVRow) {
        var fields: [ReadField] = []
        for index in 0..<row.count {
            fields.append(
                ReadField(
                    text: row.string(at: index),
                    isMissing: row.isMissing(at: index),
                    isQuoted: row.isQuoted(at: index)
                )
            )
        }
        rows.append(
            ReadRow(
                fields: fields,
                record: row.record,
                line: row.line,
                lineCount: row.lineCount,
                byteOffset: row.byteOffset,
                strayQuotes: row.strayQuotes
            )
        )
    }
}

/// Reads `bytes` in blocks whose sizes `blockSize` gives, one after the other.
func read(
    _ bytes: [UInt8],
    options: CSVOptions = CSVOptions(),
    blockSize: () -> Int = { .max }
) -> ReadingOutcome {
    var outcome = ReadingOutcome()
    var parser = CSVParser(options: options)
    do throws(CSVError) {
        var start = 0
        while start < bytes.count {
            // A copy of its own, so that a read beyond the block is one beyond its memory.
            let block = Array(bytes[start..<min(bytes.count, start + min(blockSize(), bytes.count))])
            try parser.feed(unsafe block.span.bytes) { row throws(CSVError) in outcome.keep(row) }
            start += block.count
        }
        try parser.finish { row throws(CSVError) in outcome.keep(row) }
    } catch {
        outcome.error = error
    }
    return outcome
}

func read(_ text: String, options: CSVOptions = CSVOptions(), blockSize: Int = .max) -> ReadingOutcome {
    read(Array(text.utf8), options: options, blockSize: { blockSize })
}

func place(_ record: Int, _ line: Int, _ column: Int, _ byteOffset: Int) -> CSVPlace {
    CSVPlace(record: record, line: line, column: column, byteOffset: byteOffset)
}

/// Numbers that look random and are the same in each run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    init(seed: Int) {
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
