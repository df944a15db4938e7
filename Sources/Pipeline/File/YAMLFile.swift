/// Reads a YAML file of ours and holds it against its shape.
enum YAMLFile {
    static let byteLimit = 4 << 20
    static let nestingLimit = 64
    static let aliasLimit = 1_000

    /// The checked content of the file at `path`.
    ///
    /// - Parameters:
    ///   - path: Where to read.
    ///   - file: What messages call it.
    ///   - shape: What it must look like.
    ///   - observe: Sees the text that is read, so that a hash of it is a hash of what was used.
    /// - Returns: The content, every value with its place.
    /// - Throws: ``RunFailure`` with every problem found.
    static func read(
        path: String,
        file: String,
        shape: Shape,
        observe: (String) -> Void = { _ in }
    ) throws(RunFailure) -> Located {
        let text = try text(path: path, file: file)
        observe(text)
        return try read(text: text, file: file, shape: shape)
    }

    /// The checked content of a text.
    ///
    /// - Throws: ``RunFailure`` with every problem found.
    static func read(text: String, file: String, shape: Shape) throws(RunFailure) -> Located {
        // Windows writes a byte order mark, which the parser would count as the first column.
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        try refuseBombs(in: text, file: file)
        let root: YAMLNode?
        do {
            root = try YAMLComposer.compose(text)
        } catch {
            throw RunFailure(problem(of: error, file: file))
        }
        guard let root else {
            throw RunFailure(Problem(file: file, problem: "the file is empty", expected: shape.expectation))
        }
        var check = ShapeCheck(file: file)
        let located = check.check(root, against: shape)
        guard check.problems.isEmpty, let located else { throw RunFailure(check.problems) }
        return located
    }

    private static func text(path: String, file: String) throws(RunFailure) -> String {
        switch FileKind(of: path) {
        case .missing: throw RunFailure(Problem(file: file, problem: "there is no such file"))
        case .directory:
            throw RunFailure(Problem(file: file, problem: "not a file", expected: "a YAML file", found: "a directory"))
        case .special:
            throw RunFailure(
                Problem(file: file, problem: "not a file", expected: "a YAML file", found: "a pipe, socket or device")
            )
        case .regular(let bytes) where bytes > byteLimit:
            throw RunFailure(
                Problem(
                    file: file,
                    problem: "the file is too long",
                    expected: "at most \(byteLimit) bytes",
                    found: "\(bytes)"
                )
            )
        case .regular:
            guard let bytes = readSmallFile(path) else {
                throw RunFailure(Problem(file: file, problem: "cannot be read", hint: "check its permissions"))
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw RunFailure(Problem(file: file, problem: "not UTF-8", hint: "save the file as UTF-8"))
            }
            return text
        }
    }

    /// Refuses what is nested deeper, or repeats more by aliases, than anyone can read, before it is composed.
    private static func refuseBombs(in text: String, file: String) throws(RunFailure) {
        guard mayHoldBombs(text) else { return }
        var aliases = 0
        var line = 1
        var depth = 0
        var previous: UInt8 = UInt8(ascii: "\n")
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "*"): break
            default:
                previous = byte
                continue
            }
            if depth > nestingLimit * 4 {
                throw RunFailure(
                    Problem(
                        file: file,
                        place: TextPlace(line: line, column: 1),
                        problem: "nested too deep",
                        expected: "at most \(nestingLimit) levels"
                    )
                )
            }
            if byte == UInt8(ascii: "*"), " \n\t[{,:-?".utf8.contains(previous), index + 1 < bytes.count,
                !" \n\t\r*".utf8.contains(bytes[index + 1])
            {
                aliases += 1
                if aliases > aliasLimit {
                    throw RunFailure(
                        Problem(
                            file: file,
                            place: TextPlace(line: line, column: 1),
                            problem: "too many aliases",
                            expected: "at most \(aliasLimit)"
                        )
                    )
                }
            }
            previous = byte
        }
    }

    /// Whether there are more brackets or stars than in what is surely no bomb: so of no file that people write.
    private static func mayHoldBombs(_ text: String) -> Bool {
        let bytes = text.utf8Span.span
        var (depth, deepest, stars) = (0, 0, 0)
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "*"): stars += 1
            default: break
            }
        }
        return deepest > nestingLimit * 4 || stars > aliasLimit
    }

    private static func problem(of fault: YAMLFault, file: String) -> Problem {
        switch fault {
        case .syntax(let problem, let place):
            Problem(
                file: file,
                place: place,
                problem: "not YAML: \(problem)",
                hint: "check the indentation and the quotes on this line and the one before"
            )
        case .doubleKeys(let keys, let place):
            Problem(
                file: file,
                place: place,
                problem: "a key stands twice in one map",
                found: keys.joined(separator: ", ")
            )
        }
    }
}
