import Foundation
import Indicators
import Testing

@testable import Pipeline

/// Runs that are not there, or not all of them.
@Suite struct `A run that is not all there` {
    @Test func `is refused where nothing of it is to be found, with what was looked for`() throws {
        let house = try IncomeHouse()
        #expect(problem { try house.difference("1", "2") }?.problem == "there is no such run")
        try house.run()
        #expect(problem { try house.difference("7", "1") }?.problem == "there is no such run")
        #expect(problem { try house.difference("previous", "latest") }?.problem == "there is no such run")
        #expect(problem { try house.difference("0123456789ab", "1") }?.problem == "there is no such run")
        #expect(problem { try house.difference("no/such/folder", "1") }?.problem == "there is no such run")
        #expect(problem { try house.difference(house.folder.path, "1") }?.problem == "no run wrote this folder")
        try house.folder.write("torn/manifest.json", "{\"pipeline\": \"sma")
        #expect(
            problem { try house.difference(house.path("torn"), "1") }?.problem
                == "cannot be read as the manifest of a run"
        )
        #expect(
            problem { try house.difference(house.place.destination, "1", confinement: house.path("Datasets")) }?.problem
                == "a path leaves the folder of --confined"
        )
        try house.folder.write("Output/history.sqlite", "no database")
        #expect(problem { try house.difference("1", "1") }?.problem == "the history cannot be read")
    }

    @Test func `is found by number, by the first digits of its hash, by its place in time and by its folder`() throws {
        let house = try IncomeHouse()
        try house.run()
        let first = try #require(Manifest(at: house.place)).runHash
        try house.use(income: 12)
        try house.run()
        let expected = try house.difference("1", "2").csv(.metrics)
        #expect(expected.count > 500)
        #expect(try house.difference("previous", "latest").csv(.metrics) == expected)
        #expect(try house.difference(String(first.prefix(8)), "latest").csv(.metrics) == expected)
        #expect(try house.difference(house.place.previous, house.place.destination).csv(.metrics) == expected)
    }

    @Test func `tells its inputs and cells, and no causes, where a folder was copied without the store`() throws {
        let house = try IncomeHouse()
        try house.run()
        try house.copyOutput(to: "old")
        try house.use(income: 12)
        try house.run()
        try house.copyOutput(to: "new")
        try FileManager.default.removeItem(atPath: house.path("Output/.store"))
        for copy in ["old", "new"] { try house.folder.write("\(copy)/datapackage.json", Self.dataPackage) }
        let difference = try house.difference(house.path("old"), house.path("new"))
        #expect(difference.notes.contains { $0.contains("no longer kept: small.yaml") })
        #expect(difference.notes.contains { $0.contains("what moved the metrics cannot be told") })
        #expect(difference.notes.contains { $0.hasPrefix("checks.csv, normalised.csv cannot be held against") })
        #expect(difference.table(.inputs).rowCount == 1)
        #expect(difference.table(.cells).rowCount == 1)
        let metrics = difference.table(.metrics)
        let row = try #require(metrics.row { $0.isIncomePerHead })
        #expect(metrics[row, "change"].numeric == 20)
        #expect(metrics[row, "method"] == .missing)
    }

    @Test func `tells what the history knows once its files are pruned`() throws {
        let house = try IncomeHouse()
        try house.run()
        // The outputs of the run before still stand beside those of the last, and so does what they were made of.
        try house.use(income: 11)
        try house.run(keep: 1)
        #expect(try house.difference("1", "2").notes == [])
        try house.use(income: 12)
        try house.run(keep: 1)
        let difference = try house.difference("1", "3")
        #expect(difference.notes.contains { $0.hasPrefix("run 1: no longer kept: ") && $0.contains("--keep") })
        #expect(difference.notes.contains("run 1: of gaps.csv only the numbers are known, from the history"))
        #expect(difference.table(.inputs).rowCount == 1)
        #expect(difference.table(.cells).rowCount == 0)
        let metrics = difference.table(.metrics)
        let row = try #require(metrics.row { $0.isIncomePerHead })
        #expect(metrics[row, "old"].numeric == 100)
        #expect(metrics[row, "change"].numeric == 20)
        #expect(metrics[row, "revised_data"] == .missing)
    }

    @Test func `is told of where what was kept is no longer what it was`() throws {
        let house = try IncomeHouse()
        try house.run()
        // A thing that was kept and is no longer what it was counts as gone.
        let catalogue = try #require(Manifest(at: house.place)?.kept.first { $0.path.hasSuffix("indicators.yaml") })
        try house.use(income: 12)
        try house.run()
        let file = Store(folder: house.place.store).path(of: catalogue.sha256)
        try Data(repeating: 0x23, count: catalogue.bytes).write(to: URL(filePath: file))
        let difference = try house.difference("1", "2")
        #expect(difference.notes.contains { $0.contains("indicators.yaml: is no longer kept") })
        #expect(difference.table(.cells).rowCount == 1)
        #expect(difference.table(.metrics).rowCount > 0)
    }

    private func problem(_ body: () throws -> RunDifference) -> Problem? {
        do {
            _ = try body()
            return nil
        } catch let failure as RunFailure {
            return failure.problems.first
        } catch {
            return nil
        }
    }

    /// As other programs read it: a key of several columns.
    private static let dataPackage = """
        {"name": "small", "resources": [
          {"name": "gaps", "path": "gaps.csv", "schema": {"fields": [
            {"name": "indicator", "type": "string"}, {"name": "group", "type": "string"},
            {"name": "level", "type": "string"}, {"name": "weighting", "type": "string"},
            {"name": "year_reference", "type": "integer"}, {"name": "year_other", "type": "integer"},
            {"name": "value_reference", "type": "number"}],
            "primaryKey": ["indicator", "group", "level", "weighting", "year_reference", "year_other"]}},
          {"name": "report", "path": "report.html"}
        ]}
        """
}
