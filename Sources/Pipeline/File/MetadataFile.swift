package import Indicators

/// What `NAME.meta.yaml` beside `NAME.csv` says of a source: who published it, under which licence, how good it is.
package struct SourceMetadata: Hashable, Sendable {
    package var title: String
    package var publisher: String
    package var table: String
    package var years: String
    package var licence: String
    package var grade: Grade?
    /// The address where the publisher shows it.
    package var source: String
    /// The mirror from which it was taken, empty where it came from the publisher.
    package var retrievedFrom: String
    package var notes: String
}

/// Reads the metadata that travel beside a data file.
enum MetadataFile {
    static let shape = Shape.record([
        Field("title", .text, required: true, "What the table is called."),
        Field("publisher", .text, required: true, "Who published it."),
        Field("table", .text, required: true, "The publisher's own name or number of the table."),
        Field("years", .text, required: true, "The years that it covers."),
        Field("licence", .text, required: true, "The terms of use, in words."),
        Field("grade", .choice(Grade.allCases.map(\.rawValue)), required: true, "How far it can be trusted."),
        Field("source", .text, required: true, "The address where the publisher shows it."),
        Field("retrieved_from", .text, "The mirror from which it was taken."),
        Field("notes", .text, "What a reader should know."),
        Field("columns", .map(.text), "What each column holds."),
        Field(
            "indicators",
            .map(.text),
            "Unit and definition of each indicator in the file, or where the catalogue has them."
        ),
    ])

    /// The path of the metadata of the data file at `path`: `income.csv` has `income.meta.yaml`.
    static func path(beside path: String) -> String {
        let bytes = path.utf8
        let name = bytes.lastIndex(of: UInt8(ascii: "/")).map(bytes.index(after:)) ?? bytes.startIndex
        guard let dot = bytes[name...].lastIndex(of: UInt8(ascii: ".")), dot != name else { return path + ".meta.yaml" }
        return String(path[..<dot]) + ".meta.yaml"
    }

    static func read(path: String, file: String) throws(RunFailure) -> SourceMetadata {
        let content = try YAMLFile.read(path: path, file: file, shape: shape)
        func text(_ key: String) -> String { content[key]?.text ?? "" }
        return SourceMetadata(
            title: text("title"),
            publisher: text("publisher"),
            table: text("table"),
            years: text("years"),
            licence: text("licence"),
            grade: Grade(rawValue: text("grade")),
            source: text("source"),
            retrievedFrom: text("retrieved_from"),
            notes: text("notes")
        )
    }
}
