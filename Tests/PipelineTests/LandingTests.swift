import Foundation
import Testing

@testable import Pipeline

@Suite
struct `Landing a run` {
    @Test
    func `makes the folder and what is above it`() throws {
        let folder = try TemporaryFolder()
        let landing = Landing(destination: folder.path + "/Output/a")
        try landing.land([(path: "gaps.csv", bytes: Array("x".utf8)), (path: "deep/er.csv", bytes: [])])
        #expect(folder.text("Output/a/gaps.csv") == "x")
        #expect(folder.text("Output/a/deep/er.csv") == "")
        #expect(folder.names(in: "Output") == ["a"])
    }

    @Test
    func `replaces the whole folder`() throws {
        let folder = try TemporaryFolder()
        let landing = Landing(destination: folder.path + "/a")
        try landing.land([(path: "manifest.json", bytes: [1]), (path: "old.csv", bytes: [1])])
        try landing.land([(path: "both.csv", bytes: [2]), (path: "manifest.json", bytes: [2])])
        #expect(folder.names(in: "a") == ["both.csv", "manifest.json"])
        #expect(folder.names() == ["a"])
    }

    @Test
    func `keeps the old output where a file cannot be written`() throws {
        let folder = try TemporaryFolder()
        let landing = Landing(destination: folder.path + "/a")
        try landing.land([(path: "manifest.json", bytes: Array("old".utf8))])
        // A name longer than any file system takes.
        let impossible = String(repeating: "n", count: 300)
        #expect(throws: RunFailure.self) { try landing.land([(path: "manifest.json", bytes: []), (impossible, [1])]) }
        #expect(folder.text("a/manifest.json") == "old")
        #expect(folder.names() == ["a"])
    }

    @Test
    func `gives the last good output its name back after a kill between two steps`() throws {
        let folder = try TemporaryFolder()
        try folder.write(".a.old/manifest.json", "last good")
        try folder.write(".a.new/half.csv", "half-written")
        Landing(destination: folder.path + "/a").mend()
        #expect(folder.text("a/manifest.json") == "last good")
        #expect(folder.names() == ["a"])
    }

    @Test
    func `refuses a folder with things that no run wrote`() throws {
        let folder = try TemporaryFolder()
        try folder.write("home/thesis.txt", "years of work")
        let failure = #expect(throws: RunFailure.self) {
            try Landing(destination: folder.path + "/home").land([(path: "gaps.csv", bytes: [])])
        }
        #expect(failure?.problems.first?.problem == "the folder holds files that no run wrote")
        #expect(folder.text("home/thesis.txt") == "years of work")
    }

    @Test
    func `refuses a file in the place of the folder`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", "a file")
        #expect(throws: RunFailure.self) {
            try Landing(destination: folder.path + "/a").land([(path: "gaps.csv", bytes: [])])
        }
        #expect(folder.text("a") == "a file")
    }
}

@Suite
struct `The paths of a pipeline` {
    @Test(arguments: [
        ("../Datasets/x.csv", "/a/Datasets/x.csv", "../Datasets/x.csv"),
        ("./x.csv", "/a/b/x.csv", "x.csv"),
        ("/c//d/../x.csv", "/c/x.csv", "../../c/x.csv"),
        ("..", "/a", ".."),
        ("../../../..", "/", "../.."),
        (".", "/a/b", "."),
    ])
    func `begin at the folder of the pipeline and are named from it`(
        written: String,
        absolute: String,
        name: String
    ) throws {
        let paths = try Paths(pipeline: "/a/b/p.yaml", confinement: nil)
        #expect(paths.absolute(written) == absolute)
        #expect(paths.name(of: written) == name)
    }

    @Test
    func `stay in the confinement, links resolved`() throws {
        let folder = try TemporaryFolder()
        try folder.write("in/p.yaml", "")
        try folder.write("out/secret.csv", "")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/in/link",
            withDestinationPath: folder.path + "/out"
        )
        let paths = try Paths(pipeline: folder.path + "/in/p.yaml", confinement: folder.path + "/in")
        #expect(paths.isAllowed(paths.absolute("p.yaml")))
        #expect(paths.isAllowed(paths.absolute("not/yet/there.csv")))
        #expect(!paths.isAllowed(paths.absolute("../out/secret.csv")))
        #expect(!paths.isAllowed(paths.absolute("link/secret.csv")))
        #expect(!paths.isAllowed(paths.absolute("link/not-yet.csv")))
        #expect(!paths.isAllowed(folder.path + "/inner"))
    }
}
