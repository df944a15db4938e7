import Testing

/// The command as a user meets it: what it prints, how it ends and what it leaves behind, case by case.
///
/// A case is a folder under `Golden/`; its README says how to add one.
@Suite
struct `Golden cases` {
    @Test(arguments: try GoldenCase.all)
    func `end as they are recorded, and replace the last good output whole or leave it alone`(
        _ golden: GoldenCase
    ) throws {
        let outcome = try golden.run()
        #expect(outcome.leftovers == [])
        if outcome.hasLanded {
            #expect(try outcome.faultsOfManifest() == [])
        } else {
            #expect(outcome.outputAfter == outcome.outputBefore)
        }
        if GoldenCase.isRecording {
            try golden.record(outcome)
            return
        }
        let recorded = try golden.recorded()
        for file in Set(recorded.keys).union(outcome.files.keys).sorted() {
            let difference = firstDifference(recorded[file], outcome.files[file])
            #expect(difference == nil, "\(golden.name)/expected/\(file)")
        }
    }

    @Test
    func `hold every kind of ending`() throws {
        let codes = try GoldenCase.all.compactMap { try $0.recorded()["exit"] }
        #expect(Set(codes.map { String(decoding: $0, as: UTF8.self) }) == ["0\n", "1\n", "2\n", "64\n"])
    }
}

/// The first line in which two texts differ, `nil` where they are the same.
private func firstDifference(_ recorded: [UInt8]?, _ found: [UInt8]?) -> String? {
    guard recorded != found else { return nil }
    guard let recorded else { return "is not recorded: \(String(decoding: found ?? [], as: UTF8.self))" }
    guard let found else { return "is recorded and was not written" }
    func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
    let (old, new) = (lines(recorded), lines(found))
    let same = zip(old, new).prefix { $0 == $1 }.count
    func next(in lines: [String]) -> String { same < lines.count ? lines[same] : "nothing" }
    return "line \(same + 1): recorded \(next(in: old)); found \(next(in: new))"
}
