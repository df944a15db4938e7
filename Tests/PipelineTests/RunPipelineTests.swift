import Foundation
import Indicators
import Testing

@testable import Pipeline

@Suite
struct `A run of a pipeline` {
    @Test
    func `leaves outputs that its manifest lists, a history and nothing half-written`() throws {
        let house = try SmallHouse()
        let report = try house.run()
        #expect(report.verdict == .pass)
        #expect(report.unchangedSince == nil)
        #expect(report.troubles == [])
        #expect(try house.faults() == [])
        #expect(house.folder.names(in: "Output") == [".small.lock", ".store", "history.sqlite", "small"])
        #expect(try house.runs().map(\.runHash) == [house.manifest().runHash])
    }

    @Test
    func `accounts for each value in the manifest and names no absolute path`() throws {
        let house = try SmallHouse()
        try house.run()
        let manifest = try house.manifest()
        #expect(
            manifest.inputs.map(\.path) == [
                "../Datasets/indicators.yaml", "../Datasets/places.csv", "../Datasets/users.csv",
            ]
        )
        #expect(manifest.inputs.map(\.read) == [0, 0, 2])
        #expect(manifest.inputs.allSatisfy { $0.read == $0.used + $0.refused + $0.setAside })
        let text = try #require(house.folder.text("Output/small/manifest.json"))
        #expect(!text.contains("\"/"))
        #expect(!text.contains(house.folder.path))
    }

    @Test
    func `does nothing where nothing changed, and ends as the last run did`() throws {
        let house = try SmallHouse()
        try house.describe(failBelow: "0.9")
        #expect(try house.run().verdict == .fail)
        let before = try house.snapshot()
        let report = try house.run()
        #expect(report.unchangedSince == (try house.manifest().ended))
        #expect(report.verdict == .fail)
        #expect(try house.snapshot() == before)
    }

    @Test
    func `runs again when asked to, and enters the same run once`() throws {
        let house = try SmallHouse()
        try house.run()
        let report = try house.run { $0.isForced = true }
        #expect(report.unchangedSince == nil)
        #expect(report.reasons.allSatisfy { $0.stage == "read pipeline" || $0.causes == ["--force"] })
        #expect(try house.runs().count == 1)
    }

    @Test
    func `rebuilds an output that is missing or was altered`() throws {
        let house = try SmallHouse()
        try house.run()
        let whole = house.folder.text("Output/small/gaps.csv")
        try FileManager.default.removeItem(atPath: house.place.destination + "/gaps.csv")
        #expect(try house.run().reason("publish") == ["gaps.csv is missing"])
        #expect(house.folder.text("Output/small/gaps.csv") == whole)
        try house.folder.write("Output/small/gaps.csv", try #require(whole).replacing("0.75", with: "0.76"))
        #expect(try house.run().reason("publish") == ["gaps.csv was altered"])
        #expect(house.folder.text("Output/small/gaps.csv") == whole)
        try house.folder.write("Output/small/manifest.json", "{")
        #expect(try house.run().unchangedSince == nil)
        #expect(try house.faults() == [])
    }

    @Test
    func `judges anew on another day`() throws {
        let house = try SmallHouse()
        try house.run()
        let report = try house.run { $0.asOf = CalendarDate(year: 2026, month: 1, day: 2) }
        #expect(report.unchangedSince == nil)
        #expect(report.reason("validate") == ["as_of is 2026-01-02, was 2026-01-01"])
        #expect(report.reason("ingest") == [])
        #expect(try house.runs().map(\.asOf) == ["2026-01-01", "2026-01-02"])
    }

    @Test
    func `says which stages an input, a section and a comment concern`() throws {
        let house = try SmallHouse()
        try house.run()
        try house.use(thailand: 80, laos: 70)
        var report = try house.run()
        #expect(report.reason("gazetteer") == [])
        #expect(report.reason("ingest") == ["../Datasets/users.csv changed"])
        #expect(report.reason("check") == ["compare ran on changes"])
        try house.describe(failBelow: "0.6")
        report = try house.run()
        #expect(report.reason("compare") == [])
        #expect(report.reason("check") == ["checks: changed"])
        try house.describe(failBelow: "0.6", comment: "# a word")
        report = try house.run()
        #expect(report.reason("read pipeline") == ["the pipeline file changed"])
        #expect(report.reasons.allSatisfy { $0.stage == "read pipeline" || $0.causes.isEmpty })
    }

    @Test
    func `never takes a failure for done`() throws {
        let house = try SmallHouse()
        try house.run()
        let good = try house.snapshot()
        try house.folder.write("Datasets/users.csv", "nothing,of,use\n1,2,3\n")
        for _ in 1...2 {
            #expect(throws: RunStop.self) { try house.run() }
            #expect(try house.faults() == [])
        }
        #expect(try house.snapshot().filter { $0.key != ".small.lock" } == good.filter { $0.key != ".small.lock" })
        try house.use(thailand: 80, laos: 60)
        #expect(try house.run().unchangedSince != nil)
    }

    @Test
    func `becomes the last entry again when the inputs go back`() throws {
        let house = try SmallHouse()
        try house.run()
        try house.use(thailand: 80, laos: 70)
        try house.run()
        try house.use(thailand: 80, laos: 60)
        try house.run()
        #expect(try house.runs().map(\.id) == [2, 1])
    }

    @Test
    func `ends without a trace where someone asked for its end`() throws {
        let house = try SmallHouse()
        try house.run()
        let before = try house.snapshot()
        #expect {
            try house.run {
                $0.isForced = true
                $0.interruption.request(15)
            }
        } throws: { error in
            guard case RunStop.interrupted(let signal) = error else { return false }
            return signal == 15
        }
        #expect(try house.snapshot() == before)
    }

    @Test
    func `stays inside the folder that it is confined to, with lock, history and store`() throws {
        let house = try SmallHouse()
        func run(confinedTo folder: String) throws {
            try house.run { $0.confinement = folder }
        }
        try run(confinedTo: house.folder.path)
        #expect(throws: RunStop.self) { try run(confinedTo: house.folder.path + "/Output/small") }
        for name in ["history.sqlite", ".store", ".small.lock"] {
            let path = house.folder.path + "/Output/" + name
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/nowhere/to/be/found")
            #expect(throws: RunStop.self, "\(name)") { try run(confinedTo: house.folder.path) }
            try FileManager.default.removeItem(atPath: path)
        }
        try run(confinedTo: house.folder.path)
    }

    @Test
    func `keeps the outputs where the folder that is named is a link`() throws {
        let house = try SmallHouse()
        try FileManager.default.createDirectory(
            atPath: house.folder.path + "/elsewhere/real",
            withIntermediateDirectories: true
        )
        try FileManager.default.createDirectory(
            atPath: house.folder.path + "/Output",
            withIntermediateDirectories: true
        )
        try FileManager.default.createSymbolicLink(
            atPath: house.folder.path + "/Output/small",
            withDestinationPath: "../elsewhere/real"
        )
        try house.run()
        #expect(try house.faults() == [])
        #expect(house.folder.names(in: "Output") == ["small"])
        #expect(try house.run().unchangedSince != nil)
    }
}

extension RunReport {
    fileprivate func reason(_ stage: String) -> [String]? {
        reasons.first { $0.stage == stage }?.causes
    }
}

extension SmallHouse {
    /// Every file under Output with its bytes and the time of its last change.
    fileprivate func snapshot() throws -> [String: String] {
        let root = folder.path + "/Output"
        var files: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
            let path = root + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            let date = try #require(attributes[.modificationDate] as? Date)
            files[name] = "\(digest(ofFile: path)?.sha256 ?? "") \(date.timeIntervalSince1970)"
        }
        return files
    }
}
