package import Indicators

/// What a file yielded: its values, what is wrong with it, and the account of its cells.
package struct IngestedSource: Sendable {
    /// In the order of the file: by record, then by field.
    package var values: [RawValue]
    /// In the order of the file; at most a thousand of a code, then one that sums up the rest.
    package var findings: [Finding]
    /// Cells in which a value was looked for: the sum of `values.count`, `refused` and `setAside`.
    package var read: Int
    /// Cells that could not be read, each with a finding.
    package var refused: Int
    /// Cells of records that the declaration does not want.
    package var setAside: Int
    package var facts: SourceFacts

    package init(
        values: [RawValue],
        findings: [Finding],
        read: Int,
        refused: Int,
        setAside: Int,
        facts: SourceFacts
    ) {
        self.values = values
        self.findings = findings
        self.read = read
        self.refused = refused
        self.setAside = setAside
        self.facts = facts
    }
}

/// How a file turned out to be made: said in the report and the manifest.
package struct SourceFacts: Hashable, Sendable {
    /// `UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, `Windows-874`, ...
    package var encoding: String
    /// The sheet of a workbook, `nil` for a text.
    package var sheet: String?
    /// Whether the encoding was worked out from bytes other than a byte order mark, rather than declared.
    package var encodingIsDetected: Bool
    package var delimiter: UInt8
    /// Records above the header: titles, notes, units.
    package var skippedRecords: Int
    package var headerRecords: Int
    /// All records, those of titles and header too; blank lines are none.
    package var records: Int
    /// The size of the file as read, of a sheet that of its text.
    package var bytes: Int

    package init(
        encoding: String,
        sheet: String? = nil,
        encodingIsDetected: Bool,
        delimiter: UInt8,
        skippedRecords: Int,
        headerRecords: Int,
        records: Int,
        bytes: Int
    ) {
        self.encoding = encoding
        self.sheet = sheet
        self.encodingIsDetected = encodingIsDetected
        self.delimiter = delimiter
        self.skippedRecords = skippedRecords
        self.headerRecords = headerRecords
        self.records = records
        self.bytes = bytes
    }
}
