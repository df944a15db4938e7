import CSVStream

/// RFC 4180 read the plain way, a whole input at once: what the parser is compared with.
///
/// Strict, without limits; the input must be UTF-8 without NUL. It shares no code with the parser.
struct ReferenceReader {
    private enum State {
        case beforeField
        case plain
        case quoted
        case behindQuote
    }

    private(set) var outcome = ReadingOutcome()
    private var state = State.beforeField
    private var fields: [ReadField] = []
    private var field: [UInt8] = []
    private var isQuoted = false
    private var line = 1
    private var column = 1
    private var rowStart: (line: Int, offset: Int)?
    private var opening = CSVPlace(record: 0, line: 0, column: 0, byteOffset: 0)

    init(_ bytes: [UInt8]) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        for offset in start..<max(start, bytes.count) {
            let isBreakBehindReturn = bytes[offset] == 10 && offset > 0 && bytes[offset - 1] == 13
            take(bytes[offset], at: offset, isBreakBehindReturn: isBreakBehindReturn)
            if outcome.error != nil { return }
        }
        if state == .quoted {
            outcome.error = .unclosedQuote(openedAt: opening)
        } else if rowStart != nil {
            endField()
            endRow()
        }
    }

    private mutating func take(_ byte: UInt8, at offset: Int, isBreakBehindReturn: Bool) {
        let isBreak = byte == 10 || byte == 13
        // The LF of a CRLF ends nothing that the CR has not ended; in quotes it is text.
        if isBreakBehindReturn {
            if state == .quoted { field.append(byte) }
            return
        }
        if rowStart == nil, !isBreak { rowStart = (line, offset) }
        let here = CSVPlace(record: outcome.rows.count + 1, line: line, column: column, byteOffset: offset)
        switch (state, byte) {
        case (.beforeField, UInt8(ascii: "\"")):
            state = .quoted
            isQuoted = true
            opening = here
        case (.quoted, UInt8(ascii: "\"")):
            state = .behindQuote
        case (.behindQuote, UInt8(ascii: "\"")):
            field.append(byte)
            state = .quoted
        case (.quoted, _):
            field.append(byte)
        case (_, UInt8(ascii: ",")):
            endField()
        case (_, _) where isBreak:
            if rowStart != nil {
                endField()
                endRow()
            }
        case (.behindQuote, _):
            outcome.error = .strayQuote(at: here, openedAt: opening)
        case (.plain, UInt8(ascii: "\"")):
            outcome.error = .strayQuote(at: here, openedAt: nil)
        default:
            field.append(byte)
            state = .plain
        }
        if isBreak {
            line += 1
            column = 1
        } else if byte & 0xC0 != 0x80 {
            column += 1
        }
    }

    private mutating func endField() {
        fields.append(
            ReadField(
                text: String(decoding: field, as: UTF8.self),
                isMissing: field.isEmpty && !isQuoted,
                isQuoted: isQuoted
            )
        )
        field = []
        isQuoted = false
        state = .beforeField
    }

    private mutating func endRow() {
        guard let start = rowStart else { return }
        outcome.rows.append(
            ReadRow(
                fields: fields,
                record: outcome.rows.count + 1,
                line: start.line,
                lineCount: line - start.line + 1,
                byteOffset: start.offset,
                strayQuotes: 0
            )
        )
        fields = []
        rowStart = nil
    }
}
