import ArgumentParser
import FoundationEssentials

/// Makes the illustrative data set under `Datasets/illustrative`. No part of `divide`.
@main
struct Illustrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "illustrate",
        abstract: "Writes illustrative figures of what has no public table by province.",
        discussion: """
            No public table has villages with broadband, community ICT centres or digital literacy for all provinces of \
            Thailand and the Lao PDR, nor most of the other topics of the announcement. These files show what such tables would look like. They are made up: anchored \
            to national figures where there are any, spread by region and density, with holes as real files have. The register of \
            joint activities gets its made-up rows, too, beside those that a public document tells of.

            Example: illustrate --seed 2018 --to Datasets/illustrative
            """
    )

    @Option(help: "The same seed gives the same bytes.")
    var seed: UInt64 = 2018

    @Option(help: ArgumentHelp("Where the provinces, the national series and the register are.", valueName: "dir"))
    var from = "Datasets"

    @Option(help: ArgumentHelp("Where the files go.", valueName: "dir"))
    var to = "Datasets/illustrative"

    @Flag(help: "Write nothing; fail if the files there differ from what would be written.")
    var check = false

    func run() throws {
        let files = try illustrativeFiles(seed: seed, from: from) + illustrativeTopicFiles(seed: seed, from: from)
        var written = files.map { (folder: to, file: $0) }
        written.append((from, try illustrativeRegister(seed: seed, from: from)))
        var differing: [String] = []
        for (folder, file) in written {
            let path = folder + "/" + file.name
            let bytes = Data(file.text.utf8)
            if check {
                if (try? Data(contentsOf: URL(filePath: path))) != bytes { differing.append(path) }
            } else {
                do {
                    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                    try bytes.write(to: URL(filePath: path))
                } catch {
                    throw IllustrateError.unwritable(path: path)
                }
            }
        }
        guard differing.isEmpty else {
            for path in differing { print("\(path): differs from what seed \(seed) gives") }
            throw ExitCode.failure
        }
    }
}
