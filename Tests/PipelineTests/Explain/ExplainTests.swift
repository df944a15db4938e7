import Foundation
import Indicators
import Testing

@testable import Pipeline

@Suite
struct `Explaining every cell` {
    static let package = {
        var path = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        path.removeLast(4)
        return path.joined(separator: "/")
    }()

    @Test(arguments: ["thailand-laos", "three-indicators"])
    func `of a shipped pipeline leads to what gives the cell again`(pipeline: String) throws {
        let day = try #require(CalendarDate("2026-06-30"))
        var walk = try LineageWalk(pipeline: "\(Self.package)/Pipelines/\(pipeline).yaml", asOf: day)
        try walk.walk()
        print(walk.cells, walk.recomputed.sorted { $0.key < $1.key })
        #expect(walk.faults == [])
        #expect(walk.cells > 100_000)
    }
}
