internal import Glibc
internal import Records

/// Finds the files that words of the command line or of a pipeline file mean: paths, or patterns with `* ? [`.
enum RecordFiles {
    /// The most files that patterns may mean.
    private static let limit = 100_000

    /// - Parameters:
    ///   - written: As the person wrote it. `-` is standard input; an address stays as it is.
    ///   - absolute: What to open for a relative path.
    /// - Returns: The paths as written, those of a pattern in the order of their bytes, each once.
    /// - Throws: ``RunFailure`` where a pattern means nothing.
    static func expand(_ written: [String], absolute: (String) -> String) throws(RunFailure) -> [String] {
        var files: [String] = []
        var known: Set<String> = []
        for pattern in written {
            let hasMarks = !Paths.isAddress(pattern) && pattern.contains { "*?[".contains($0) }
            let isPattern = hasMarks && !exists(absolute(pattern))
            let matches = isPattern ? matches(absolute(pattern)) : [pattern]
            guard !matches.isEmpty else {
                throw RunFailure(
                    Problem(
                        file: pattern,
                        problem: "no file is like this pattern",
                        expected: "at least one file",
                        hint: "look at the spelling, and from where it is relative"
                    )
                )
            }
            let base = absolute("")
            for match in matches {
                let isBelow = isPattern && !pattern.hasPrefix("/") && match.hasPrefix(base)
                let name = isBelow ? String(match.dropFirst(base.count).drop { $0 == "/" }) : match
                if known.insert(name).inserted { files.append(name) }
            }
            guard files.count <= limit else {
                throw RunFailure(Problem(file: pattern, problem: "too many files", expected: "at most \(limit)"))
            }
        }
        return files
    }

    private static func exists(_ path: String) -> Bool {
        unsafe path.withCString { unsafe access($0, F_OK) == 0 }
    }

    private static func matches(_ pattern: String) -> [String] {
        var found = unsafe glob_t()
        defer { unsafe globfree(&found) }
        guard unsafe glob(pattern, GLOB_NOSORT, nil, &found) == 0 else { return [] }
        var paths: [String] = []
        for index in 0..<Int(unsafe found.gl_pathc) {
            if let path = unsafe found.gl_pathv[index] { paths.append(unsafe String(cString: path)) }
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension Problem {
    /// An address that someone hands to `divide` to read by itself.
    init(unreadableAddress address: String) {
        self.init(
            file: address,
            problem: "an address, which divide does not read by itself",
            expected: "a path, or --engine spark",
            hint: "--engine spark has Spark read it"
        )
    }

    /// An error of record-level files.
    init(_ error: RecordError) {
        self.init(
            file: error.file.isEmpty ? "records" : error.file,
            place: error.line > 0 ? TextPlace(line: error.line, column: max(1, error.column)) : nil,
            problem: (error.record > 0 && error.line == 0 ? "record \(error.record): " : "") + error.problem,
            expected: error.expected,
            found: error.found,
            hint: error.hint
        )
        pointer = error.pointer
    }
}
