/// A byte of the input, as a person and as a machine find it.
public struct CSVPlace: Hashable, Sendable {
    /// Counted from 1 over the records delivered; blank lines are none.
    public var record: Int
    /// Counted from 1 over the physical lines: LF, CRLF and CR each end one, inside quotes too.
    public var line: Int
    /// Counted from 1 in characters (Unicode scalars) of the line; a byte order mark is none.
    public var column: Int
    /// Counted from 0 over all bytes of the input, a byte order mark included.
    public var byteOffset: Int

    public init(record: Int, line: Int, column: Int, byteOffset: Int) {
        self.record = record
        self.line = line
        self.column = column
        self.byteOffset = byteOffset
    }
}

/// Why reading cannot go on. What was read before the place has been delivered.
public enum CSVError: Error, Hashable, Sendable {
    /// A quote inside an unquoted field, or something else than a delimiter or a line break behind a closing
    /// quote; then `openedAt` is where that field's first quote stands. Strict reading only.
    case strayQuote(at: CSVPlace, openedAt: CSVPlace?)
    /// A quoted field with a stray quote runs over the end of its line: lenient reading only, where it would
    /// swallow the records that follow.
    case quoteAcrossLines(at: CSVPlace, openedAt: CSVPlace)
    /// The input ends inside the quotes that open at the place.
    case unclosedQuote(openedAt: CSVPlace)
    case nulByte(at: CSVPlace)
    /// The byte is the first of the ones that are no character.
    case invalidUTF8(at: CSVPlace, byte: UInt8)
    /// The place is where the field in quotes opens in which the limit was met, else where the record begins.
    case recordTooLong(at: CSVPlace, limit: Int)
    /// The place is where the record begins, as for the next.
    case tooManyColumns(at: CSVPlace, limit: Int)
    case outOfMemory(at: CSVPlace)

    case noSuchFile
    /// A directory, a pipe or whatever else stands at the path; `kind` is its name with an article.
    case notAFile(kind: String)
    /// The system's own reason, in its words.
    case unreadable(reason: String)
    /// The file had so many bytes when it was opened, and has others now.
    case changed(from: Int, to: Int)
    /// What was compressed ends before its end; `after` so many bytes of text.
    case cutOff(format: String, after: Int)
    case corrupt(format: String, reason: String, after: Int)
}

extension CSVError {
    /// Stable, in words joined by hyphens, as those of findings.
    public var code: String {
        switch self {
        case .strayQuote: "stray-quote"
        case .quoteAcrossLines: "quote-across-lines"
        case .unclosedQuote: "unclosed-quote"
        case .nulByte: "nul-byte"
        case .invalidUTF8: "invalid-utf-8"
        case .recordTooLong: "record-too-long"
        case .tooManyColumns: "too-many-columns"
        case .outOfMemory: "out-of-memory"
        case .noSuchFile: "no-such-file"
        case .notAFile: "not-a-file"
        case .unreadable: "unreadable-file"
        case .changed: "file-changed"
        case .cutOff: "compressed-file-cut-off"
        case .corrupt: "compressed-file-corrupt"
        }
    }

    /// The place to look at, `nil` where the file as a whole is to blame. For an open quote, where it opens.
    public var place: CSVPlace? {
        switch self {
        case .strayQuote(let place, _), .quoteAcrossLines(let place, _), .unclosedQuote(let place),
            .nulByte(let place), .invalidUTF8(let place, _), .recordTooLong(let place, _),
            .tooManyColumns(let place, _), .outOfMemory(let place):
            place
        case .noSuchFile, .notAFile, .unreadable, .changed, .cutOff, .corrupt:
            nil
        }
    }

    /// What is wrong, as a clause.
    public var problem: String {
        switch self {
        case .strayQuote(_, nil): "a quote stands inside an unquoted field"
        case .strayQuote(_, .some): "text follows a closing quote"
        case .quoteAcrossLines: "a quoted field with a stray quote runs over the end of its line"
        case .unclosedQuote: "a quote opens here and is never closed"
        case .nulByte: "the text holds a NUL byte"
        case .invalidUTF8: "the text is not UTF-8"
        case .recordTooLong: "a record is too long"
        case .tooManyColumns: "a record has too many columns"
        case .outOfMemory: "there is no memory left for the record"
        case .noSuchFile: "the file does not exist"
        case .notAFile: "this is not a file"
        case .unreadable: "the file cannot be read"
        case .changed: "the file changed while it was read"
        case .cutOff(let format, let after): "the \(format) data end too early, after \(after) bytes of text"
        case .corrupt(let format, _, let after): "the \(format) data are damaged, after \(after) bytes of text"
        }
    }

    /// What was expected instead, as words that finish "expected ...".
    public var expected: String {
        switch self {
        case .strayQuote(_, nil): "quotes around the whole field, and each quote inside it doubled"
        case .strayQuote(_, .some): "a delimiter or the end of the line"
        case .quoteAcrossLines: "a closing quote on the line of the stray one"
        case .unclosedQuote: "a closing quote before the end of the file"
        case .nulByte: "text"
        case .invalidUTF8: "UTF-8"
        case .recordTooLong(_, let limit): "at most \(limit) bytes"
        case .tooManyColumns(_, let limit): "at most \(limit) columns"
        case .outOfMemory: "enough memory for one record"
        case .noSuchFile, .notAFile, .unreadable: "a file that can be read"
        case .changed(let size, _): "\(size) bytes as at the beginning"
        case .cutOff: "all of what was compressed"
        case .corrupt: "what was compressed, as it was written"
        }
    }

    /// What stands there instead, empty where the problem says it all.
    public var found: String {
        switch self {
        case .strayQuote(_, let opening?), .quoteAcrossLines(_, let opening):
            "quotes that open on line \(opening.line), column \(opening.column)"
        case .strayQuote(_, nil): "a quote"
        case .unclosedQuote: "the end of the file"
        case .nulByte: "0x00"
        case .invalidUTF8(_, let byte): "0x" + hexadecimal(byte)
        case .recordTooLong, .tooManyColumns: "more"
        case .outOfMemory: "none"
        case .noSuchFile: "nothing"
        case .notAFile(let kind): kind
        case .unreadable(let reason): reason
        case .changed(let before, let now): before == now ? "other bytes" : "\(now) bytes"
        case .cutOff: "the end of the file"
        case .corrupt(_, let reason, _): reason
        }
    }

    /// What the person can do about it.
    public var hint: String {
        switch self {
        case .strayQuote: "double each quote that is text, or declare the file lenient"
        case .quoteAcrossLines: "double each quote that is text, or close the field on its line"
        case .unclosedQuote: "close the field, or double the quote if it is text"
        case .nulByte: "the file may be UTF-16 or no text at all: declare its encoding, or export it again"
        case .invalidUTF8: "declare the encoding of the file, Windows-874 perhaps, or save it as UTF-8"
        case .recordTooLong: "look for a quote that is not closed; raise the limit if the record is meant"
        case .tooManyColumns: "look for a wrong delimiter; raise the limit if the columns are meant"
        case .outOfMemory: "lower the limit of bytes in a record"
        case .noSuchFile: "look at the spelling of the path, and from where it is relative"
        case .notAFile: "name a regular file"
        case .unreadable: "look at its permissions"
        case .changed: "wait until it is written, or work on a copy"
        case .cutOff, .corrupt: "fetch the file again, and compare its size or checksum"
        }
    }

    /// `FILE:LINE:COLUMN: problem; expected ...; found ...; hint`, with the record and the byte beside the problem.
    ///
    /// - Parameter file: As the person named it; control characters in it are escaped.
    /// - Returns: One line without a line break.
    public func message(file: String) -> String {
        var text = escapingControls(file)
        if let place { text += ":\(place.line):\(place.column)" }
        text += ": \(problem)"
        if let place { text += " (record \(place.record), byte \(place.byteOffset))" }
        return text + "; expected \(expected); found \(found); \(hint)"
    }
}

private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0" + digits : digits
}

private func escapingControls(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
            escaped.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
        default:
            escaped.append(scalar)
        }
    }
    return String(escaped)
}
