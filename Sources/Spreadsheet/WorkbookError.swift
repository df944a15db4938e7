/// Why a workbook cannot be read: nothing of it is used.
package struct WorkbookError: Error, Hashable, Sendable {
    /// Stable, in words joined by hyphens: `no-such-sheet`, `encrypted-workbook`.
    package var code: String
    package var problem: String
    package var expected: String
    package var found: String
    package var hint: String

    package init(code: String, problem: String, expected: String = "", found: String = "", hint: String = "") {
        self.code = code
        self.problem = problem
        self.expected = expected
        self.found = found
        self.hint = hint
    }
}

extension WorkbookError {
    static let encrypted = WorkbookError(
        code: "encrypted-workbook",
        problem: "the workbook is protected by a password",
        expected: "a workbook that opens without one",
        hint: "open it, take the password off under File > Info (or Save As), and save it again"
    )

    static let oldFormat = WorkbookError(
        code: "old-workbook",
        problem: "the file is a workbook of before 2007 (.xls)",
        expected: "an .xlsx file or CSV",
        hint: "open it in a spreadsheet program and save it as .xlsx"
    )

    static let openDocument = WorkbookError(
        code: "opendocument-workbook",
        problem: "the file is an OpenDocument spreadsheet (.ods)",
        expected: "an .xlsx file or CSV",
        hint: "open it in a spreadsheet program and save it as .xlsx"
    )

    static let binary = WorkbookError(
        code: "binary-workbook",
        problem: "the file is a binary workbook (.xlsb)",
        expected: "an .xlsx file or CSV",
        hint: "open it in a spreadsheet program and save it as .xlsx"
    )

    static func damaged(_ found: String) -> WorkbookError {
        WorkbookError(
            code: "damaged-workbook",
            problem: "the workbook is damaged",
            expected: "a zip archive of XML parts as ECMA-376 describes them",
            found: found,
            hint: "open it in a spreadsheet program, which may mend it, and save it again"
        )
    }

    /// Whether it tells of this machine and not of the workbook: a library is missing.
    package var isOfMachine: Bool { code.hasPrefix(Self.noLibrary) }

    private static let noLibrary = "no-lib"

    /// The library `lib` + `library`, of a Debian package, cannot be loaded; why, in the loader's words.
    static func noLibrary(_ library: String, package: String, reason: String) -> WorkbookError {
        WorkbookError(
            code: noLibrary + library,
            problem: "lib\(library), which reads workbooks, cannot be loaded",
            expected: "the library lib\(library)",
            found: reason,
            hint: "install it (on Debian: apt-get install \(package)), or give the sheet as CSV"
        )
    }

    static func tooLarge(_ part: String, _ expected: String, _ found: String, option: String) -> WorkbookError {
        WorkbookError(
            code: "workbook-too-large",
            problem: "\(part) unfolds to too much",
            expected: expected,
            found: found,
            hint: "a small archive that unfolds to gigabytes is made to do harm; raise limits.\(option) if it is not"
        )
    }
}

/// What bounds the memory and time that a hostile workbook can claim.
package struct WorkbookLimits: Hashable, Sendable {
    /// How many files the archive may hold.
    package var entries: Int
    /// How many bytes a part may have once unfolded.
    package var partBytes: Int
    /// How many times its packed size a part may have; the first 16 MiB of each are free.
    package var expansion: Int

    package init(entries: Int = 10_000, partBytes: Int = 512 << 20, expansion: Int = 200) {
        self.entries = entries
        self.partBytes = partBytes
        self.expansion = expansion
    }

    /// For an archive that is our own.
    static let none = WorkbookLimits(entries: .max, partBytes: .max, expansion: .max)

    /// Below this a part may be packed as tightly as it likes.
    static let freeBytes = 16 << 20
}
