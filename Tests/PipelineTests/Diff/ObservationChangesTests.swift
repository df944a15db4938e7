import Indicators
import Testing
import Validate

@testable import Pipeline

/// What became of observations, and their mixtures.
@Suite struct `Observations of two runs` {
    @Test func `are none, or the same, and nothing changed`() {
        #expect(ObservationChanges(old: [], new: []).changes.isEmpty)
        let changes = ObservationChanges(old: [cell("a", 1)], new: [cell("a", 1)])
        #expect(changes.changes.isEmpty)
        #expect(changes.factors.isEmpty)
    }

    @Test func `are revised, remarked, added or dropped, and what has no value counts as not there`() {
        var graded = cell("e", 5)
        graded.grade = .secondary
        let changes = ObservationChanges(
            old: [
                cell("a", 1), cell("b", 2), cell("c", nil), cell("d", 4), cell("e", 5), cell("g", nil), cell("h", nil),
            ],
            new: [cell("a", 1.5), cell("c", 3), cell("d", nil), graded, cell("f", 6), cell("h", nil)]
        )
        let kinds = changes.changes.map { "\($0.key.place) \($0.kind.rawValue)" }
        #expect(kinds == ["a revised", "b dropped", "c added", "d dropped", "e remarked", "f added", "g remarked"])
        #expect(changes.factors == [.revisedData, .newData])
        let counts = changes.counts["users"]
        #expect(counts?.old == 4)
        #expect(counts?.new == 4)
        #expect(counts?[.added] == 2)
        #expect(counts?[.dropped] == 2)
    }

    @Test func `give the new ones where every change is made, and the old ones where none is`() {
        let old = [cell("a", 1), cell("b", 2), cell("c", 3)]
        let new = [cell("a", 9), cell("c", 3), cell("d", 4)]
        let changes = ObservationChanges(old: old, new: new)
        #expect(changes.mixture([]) == old)
        #expect(changes.mixture(.method) == old)
        #expect(changes.mixture([.revisedData, .newData]) == new)
        #expect(changes.mixture(.revisedData) == [cell("a", 9), cell("b", 2), cell("c", 3)])
        #expect(changes.mixture(.newData) == [cell("a", 1), cell("c", 3), cell("d", 4)])
    }

    @Test func `come back from their table as the stages need them`() throws {
        var observation = cell("TH-10", 0.1, error: 1e-300)
        observation.status = .provisional
        observation.treatments = [.retabulated]
        observation.grade = .survey
        observation.origins = [Origin(file: "=x.csv", record: 3, line: 4, field: 2, column: "ร้อยละ")]
        let table = observationsTable([observation, cell("TH-11", nil)], catalogue: Catalogue([]))
        let read = try #require(Observation.all(in: table))
        #expect(read.count == 2)
        #expect(read[0].value == 0.1)
        #expect(read[0].standardError == 1e-300)
        #expect(read[0].status == .provisional)
        #expect(read[0].treatments == [.retabulated])
        #expect(read[0].grade == .survey)
        #expect(read[0].origins == [Origin(file: "=x.csv", record: 3, line: 0, field: 0, column: "ร้อยละ")])
        #expect(read[1].value == nil)
    }

    private func cell(_ place: String, _ value: Double?, error: Double? = nil) -> Observation {
        Observation(
            indicator: "users",
            place: place,
            year: 2020,
            value: value,
            standardError: error,
            status: value == nil ? .missing : .normal
        )
    }
}
