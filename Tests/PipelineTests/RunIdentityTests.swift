import Foundation
import Indicators
import Testing

@testable import Pipeline

@Suite
struct `What a run is made of` {
    private func identity(_ house: SmallHouse) throws -> RunIdentity {
        var file = try PipelineFile.open(house.order.pipeline, confinement: nil)
        return RunIdentity(try file.outline(), asOf: try #require(CalendarDate(year: 2026, month: 1, day: 1)))
    }

    @Test
    func `is the same twice and another with any other byte`() throws {
        let house = try SmallHouse()
        let first = try identity(house).runHash
        #expect(try identity(house).runHash == first)
        try house.use(thailand: 80, laos: 61)
        let second = try identity(house).runHash
        #expect(second != first)
        try house.folder.write("Datasets/users.meta.yaml", "")
        #expect(try identity(house).runHash != second)
    }

    @Test
    func `is refused where an input changed while the run read it`() throws {
        let house = try SmallHouse()
        let identity = try identity(house)
        try identity.confirm()
        // As long as before, and in the same tick for all that the file system can tell.
        try house.use(thailand: 80, laos: 61)
        let failure = #expect(throws: RunFailure.self) { try identity.confirm() }
        #expect(failure?.problems.map(\.file) == ["../Datasets/users.csv"])
        try FileManager.default.removeItem(atPath: house.folder.path + "/Datasets/users.csv")
        #expect(throws: RunFailure.self) { try identity.confirm() }
    }
}
