import Foundation
import Publish
import Testing

@testable import Pipeline

@Suite
struct `Landing a run` {
    private func land(_ files: [String: String], manifest: String = "{}", in folder: String) throws {
        let artefacts = files.sorted { $0.key < $1.key }.map { Artefact(path: $0.key, bytes: Array($0.value.utf8)) }
        try Landing(place: OutputPlace(folder: folder)).land(artefacts) { _, _ in
            Artefact(path: "manifest.json", bytes: Array(manifest.utf8))
        }
    }

    @Test
    func `makes the folder and what is above it`() throws {
        let folder = try TemporaryFolder()
        try land(["gaps.csv": "x", "deep/er.csv": ""], in: folder.path + "/Output/a")
        #expect(folder.text("Output/a/gaps.csv") == "x")
        #expect(folder.text("Output/a/deep/er.csv") == "")
        #expect(folder.names(in: "Output") == ["a"])
    }

    @Test
    func `begins with what takes longest and tells of the files in their order`() throws {
        let folder = try TemporaryFolder()
        let artefacts = [
            Artefact(path: "a.csv", bytes: [0x61]), Artefact(path: "page.html", madeBy: { [0x62] }),
            Artefact(path: "z.csv", bytes: [0x63]),
        ]
        try Landing(place: OutputPlace(folder: folder.path + "/a")).land(artefacts) { outputs, _ in
            Artefact(path: "manifest.json", bytes: Array(outputs.map(\.path).joined(separator: " ").utf8))
        }
        #expect(folder.text("a/page.html") == "b")
        #expect(folder.text("a/manifest.json") == "a.csv page.html z.csv")
        #expect(artefacts.map(\.isDear) == [false, true, false])
    }

    @Test
    func `tells of the first file that cannot be written, whichever was tried first`() throws {
        let folder = try TemporaryFolder()
        // No file system takes names so long.
        let names = ["a", "b"].map { String(repeating: $0, count: 300) }
        let artefacts = [Artefact(path: names[0], bytes: []), Artefact(path: names[1], madeBy: { [] })]
        let stop = #expect(throws: RunStop.self) {
            try Landing(place: OutputPlace(folder: folder.path + "/a")).land(artefacts) { _, _ throws(RunFailure) in
                throw RunFailure(Problem(file: "manifest.json", problem: "is not reached"))
            }
        }
        guard case .failed(let failure) = stop else {
            Issue.record("it ends otherwise: \(String(describing: stop))")
            return
        }
        #expect(failure.problems.map { $0.file.split(separator: "/").last.map(String.init) } == [names[0]])
    }

    /// As on a file system that is asked file by file.
    @Test
    func `lands the same where each file is synced by itself`() throws {
        let folder = try TemporaryFolder()
        var landing = Landing(place: OutputPlace(folder: folder.path + "/a"))
        landing.syncing = { _ in nil }
        try landing.land([Artefact(path: "deep/er.csv", bytes: [0x78])]) { outputs, _ in
            Artefact(path: "manifest.json", bytes: Array(outputs.map(\.path).joined().utf8))
        }
        #expect(folder.text("a/deep/er.csv") == "x")
        #expect(folder.text("a/manifest.json") == "deep/er.csv")
        #expect(folder.names() == ["a"])
    }

    @Test
    func `brings to the store what lasts, and nothing where the run ends before`() throws {
        let folder = try TemporaryFolder()
        let store = folder.path + "/.store"
        try makeFolder(store)
        func land(failing: Bool) throws -> String {
            let delivery = StoreDelivery(folder: store)
            let keeping = Store(folder: store, delivery: delivery)
            var hash = ""
            try Landing(place: OutputPlace(folder: folder.path + "/a")).land([], delivery: delivery) {
                _,
                _ throws(RunFailure) in
                // The same twice is kept once.
                hash = try keeping.keep(Array("kept".utf8), as: .table, path: "gaps.csv").sha256
                _ = try keeping.keep(Array("kept".utf8), as: .results, path: "gaps")
                #expect(keeping.bytes(of: hash) == nil)
                if failing { throw RunFailure(Problem(file: "a", problem: "too late")) }
                return Artefact(path: "manifest.json", bytes: Array("{}".utf8))
            }
            return hash
        }
        #expect(throws: RunStop.self) { try land(failing: true) }
        #expect(folder.names(in: ".store").filter { $0.hasPrefix(".new-") } == [])
        #expect(folder.names() == [".store"])
        let hash = try land(failing: false)
        #expect(Store(folder: store).bytes(of: hash) == Array("kept".utf8))
        #expect(folder.names(in: ".store") == [String(hash.prefix(2))])
    }

    @Test
    func `replaces the whole folder`() throws {
        let folder = try TemporaryFolder()
        try land(["old.csv": "1", "both.csv": "1"], in: folder.path + "/a")
        try land(["both.csv": "2"], in: folder.path + "/a")
        #expect(folder.names(in: "a") == ["both.csv", "manifest.json"])
        #expect(folder.text("a/both.csv") == "2")
        #expect(folder.names() == [".a.previous", "a"])
    }

    @Test
    func `leaves a reader that opened the folder with one run, whole`() throws {
        let folder = try TemporaryFolder()
        try land(["x.csv": "1"], manifest: "1", in: folder.path + "/a")
        let opened = unsafe open(folder.path + "/a", O_RDONLY | O_DIRECTORY)
        defer { close(opened) }
        try land(["x.csv": "2", "y.csv": "2"], manifest: "2", in: folder.path + "/a")
        // /proc/self/fd leads to the folder that was opened, whatever its name is now.
        let seen = "/proc/self/fd/\(opened)"
        #expect(try FileManager.default.contentsOfDirectory(atPath: seen).sorted() == ["manifest.json", "x.csv"])
        #expect(try String(contentsOfFile: seen + "/x.csv", encoding: .utf8) == "1")
        try land(["x.csv": "3"], in: folder.path + "/a")
        #expect(folder.text(".a.previous/x.csv") == "2")
        #expect(folder.names() == [".a.previous", "a"])
    }

    @Test
    func `keeps the permissions of the folder that it replaces`() throws {
        let folder = try TemporaryFolder()
        try land(["x.csv": "1"], in: folder.path + "/a")
        #expect(unsafe chmod(folder.path + "/a", 0o750) == 0)
        try land(["x.csv": "2"], in: folder.path + "/a")
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/a")
        #expect(attributes[.posixPermissions] as? Int == 0o750)
    }

    @Test
    func `replaces the folder in two steps where names cannot be exchanged`() throws {
        let folder = try TemporaryFolder()
        try land(["x.csv": "old"], in: folder.path + "/a")
        var landing = Landing(place: OutputPlace(folder: folder.path + "/a"))
        landing.exchange = { _, _ in
            errno = EINVAL
            return -1
        }
        try landing.land([Artefact(path: "x.csv", bytes: Array("new".utf8))]) { _, _ in
            Artefact(path: "manifest.json", bytes: [])
        }
        #expect(folder.text("a/x.csv") == "new")
        #expect(folder.names() == [".a.previous", "a"])
    }

    @Test(arguments: [EBUSY, EACCES, EXDEV])
    func `keeps the old output where the folder cannot be moved`(code: Int32) throws {
        let folder = try TemporaryFolder()
        try land(["x.csv": "old"], in: folder.path + "/a")
        var landing = Landing(place: OutputPlace(folder: folder.path + "/a"))
        landing.exchange = { _, _ in
            errno = code
            return -1
        }
        #expect(throws: RunStop.self) {
            try landing.land([]) { _, _ in Artefact(path: "manifest.json", bytes: []) }
        }
        #expect(folder.text("a/x.csv") == "old")
        #expect(folder.names() == ["a"])
    }

    @Test
    func `stops between two files when its end is asked for`() throws {
        let folder = try TemporaryFolder()
        try land(["x.csv": "old"], in: folder.path + "/a")
        let interruption = Interruption()
        #expect(throws: RunStop.self) {
            try Landing(place: OutputPlace(folder: folder.path + "/a")).land(
                [Artefact(path: "x.csv", bytes: [])],
                interruption: interruption
            ) { _, _ in
                interruption.request(15)
                return Artefact(path: "manifest.json", bytes: [])
            }
        }
        #expect(folder.text("a/x.csv") == "old")
        #expect(folder.names() == ["a"])
        #expect(!interruption.isBusyWriting)
    }

    @Test
    func `tells the manifest what was written`() throws {
        let folder = try TemporaryFolder()
        var outputs: [Manifest.Output] = []
        try Landing(place: OutputPlace(folder: folder.path + "/a")).land([
            Artefact(path: "x.csv", bytes: Array("abc".utf8))
        ]) { written, _ in
            outputs = written
            return Artefact(path: "manifest.json", bytes: [])
        }
        #expect(outputs.map(\.path) == ["x.csv"])
        #expect(outputs.map(\.bytes) == [3])
        // SHA-256 of "abc": FIPS 180-2, appendix B.1.
        #expect(
            outputs.map(\.sha256) == ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"]
        )
    }

    @Test
    func `keeps the old output where a file cannot be written`() throws {
        let folder = try TemporaryFolder()
        try land(["x.csv": "old"], manifest: "old", in: folder.path + "/a")
        // A name longer than any file system takes.
        let impossible = String(repeating: "n", count: 300)
        #expect(throws: RunStop.self) { try land(["x.csv": "new", impossible: ""], in: folder.path + "/a") }
        #expect(folder.text("a/x.csv") == "old")
        #expect(folder.text("a/manifest.json") == "old")
        #expect(folder.names() == ["a"])
    }

    @Test
    func `keeps the old output where the manifest cannot be made`() throws {
        let folder = try TemporaryFolder()
        try land(["x.csv": "old"], in: folder.path + "/a")
        #expect(throws: RunStop.self) {
            try Landing(place: OutputPlace(folder: folder.path + "/a")).land([]) { _, _ throws(RunFailure) in
                throw RunFailure(Problem(file: "input.csv", problem: "gone since it was read"))
            }
        }
        #expect(folder.text("a/x.csv") == "old")
    }

    @Test
    func `gives the last good output its name back after a kill between two steps`() throws {
        let folder = try TemporaryFolder()
        try folder.write(".a.old/manifest.json", "last good")
        try folder.write(".a.new-12-0/half.csv", "half-written")
        Landing(place: OutputPlace(folder: folder.path + "/a")).mend()
        #expect(folder.text("a/manifest.json") == "last good")
        #expect(folder.names() == ["a"])
    }

    @Test
    func `refuses a folder with things that no run wrote`() throws {
        let folder = try TemporaryFolder()
        try folder.write("home/thesis.txt", "years of work")
        let stop = #expect(throws: RunStop.self) {
            try land(["gaps.csv": ""], in: folder.path + "/home")
        }
        #expect(stop?.description.contains("the folder holds files that no run wrote") == true)
        #expect(folder.text("home/thesis.txt") == "years of work")
    }

    @Test
    func `refuses a file in the place of the folder`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", "a file")
        #expect(throws: RunStop.self) {
            try land(["gaps.csv": ""], in: folder.path + "/a")
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
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/in/dangling",
            withDestinationPath: folder.path + "/out/none"
        )
        let paths = try Paths(pipeline: folder.path + "/in/p.yaml", confinement: folder.path + "/in")
        #expect(paths.isAllowed(paths.absolute("p.yaml")))
        #expect(paths.isAllowed(paths.absolute("not/yet/there.csv")))
        #expect(!paths.isAllowed(paths.absolute("../out/secret.csv")))
        #expect(!paths.isAllowed(paths.absolute("link/secret.csv")))
        #expect(!paths.isAllowed(paths.absolute("link/not-yet.csv")))
        #expect(!paths.isAllowed(paths.absolute("dangling")))
        #expect(!paths.isAllowed(paths.absolute("dangling/not-yet.csv")))
        #expect(!paths.isAllowed(folder.path + "/inner"))
    }
}
