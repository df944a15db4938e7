internal import ArgumentParser
internal import Glibc
internal import Pipeline

/// `divide schema`: the JSON Schemas of the files that people write and programs read.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema (2020-12) of a file that divide reads or writes.",
        discussion: """
            An editor checks a pipeline file while it is written, and explains its keys, where its first line names the \
            schema: # yaml-language-server: $schema=pipeline.schema.json

            EXAMPLE
              divide schema pipeline > pipeline.schema.json

            NAMES
            \(FileSchema.allCases.map { "  \($0.rawValue)\(String(repeating: " ", count: 11 - $0.rawValue.count))\($0.about)" }
                .joined(separator: "\n"))
            """
    )

    @Argument(help: "Which schema: \(FileSchema.allCases.map(\.rawValue).joined(separator: ", ")).")
    var name: FileSchema

    func run() {
        writeAll(String(decoding: name.bytes, as: UTF8.self), to: STDOUT_FILENO)
    }
}

extension FileSchema: ExpressibleByArgument {}
