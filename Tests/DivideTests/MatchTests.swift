import Foundation
import Testing

@Suite
struct `What divide match prints` {
    private func matched(_ words: [String], in folder: URL) throws -> [String] {
        let ending = try DivideProcess.run(["match"] + words, in: folder)
        #expect(ending.status == 0)
        return ending.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Names that match nothing by themselves, near ones and one with all that CSV must quote.
    @Test
    func `makes the next run match, once it stands in the alias file`() throws {
        let folder = try TemporaryFolder()
        let datasets = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Datasets")
            .standardizedFileURL.path(percentEncoded: false)
        func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: folder.url.appending(path: name))
        }
        try write("Area,x\nNan,1\nChampsak,2\nBuogkan,3\n\"Champ, \"\"sak\"\"\",4\nศรีสะเกด,5\n", to: "names.csv")
        let lines = try matched(["names.csv"], in: folder.url)
        let advice = try #require(lines.firstIndex { $0.hasPrefix("To the alias file") })
        let first = lines[(advice + 1)...].filter { !$0.isEmpty }
        #expect(first.count == 4)

        try write(
            "name,code,language,valid_from,valid_to,note\n" + first.joined(separator: "\n") + "\n",
            to: "aliases.csv"
        )
        try write(
            """
            pipeline: aliases
            gazetteer: {places: \(datasets)/provinces.csv, names: \(datasets)/province-names.csv}
            catalogue: \(datasets)/indicators.yaml
            aliases: aliases.csv
            sources:
              - {file: names.csv, grade: survey, year: 2019, layout: {form: long, place: Area, value: x}, indicator: population}
            publish: {to: out}
            """,
            to: "pipeline.yaml"
        )
        let again = try matched(["names.csv", "--pipeline", "pipeline.yaml"], in: folder.url)
        #expect(again.count { $0.contains("by the alias file") } == 4)
        #expect(!again.contains { $0.contains("unmatched") || $0.hasPrefix("To the alias file") })
        for code in ["LA-CH", "TH-38", "TH-33"] { #expect(again.contains { $0.contains(code) }) }
    }
}
