import Indicators
import Testing

@Suite struct `An observation` {
    @Test(arguments: [[], [.clipped], [.imputed, .retabulated], Set(Treatment.allCases)] as [Set<Treatment>])
    func `gives back the treatments that it was given`(treatments: Set<Treatment>) {
        #expect(observation(treatments).treatments == treatments)
        var changed = observation([])
        changed.treatments = treatments
        #expect(changed == observation(treatments))
        #expect(Set(changed.treatmentText.split(separator: " ").map(String.init)) == Set(treatments.map(\.rawValue)))
    }

    @Test func `names its treatments in one order`() {
        let all = observation(Set(Treatment.allCases))
        #expect(all.treatmentText == "clipped imputed retabulated transformed winsorised")
        #expect(observation([]).treatmentText.isEmpty)
    }

    @Test func `changes its own past and not that of its copies`() {
        let original = observation([])
        var copy = original
        #expect(copy == original)
        copy.decisions.append(Decision(subject: "status", statement: "a break"))
        copy.texts = ["9"]
        copy.origins = []
        #expect(copy.decisions.map(\.subject) == ["unit", "status"])
        #expect(copy.texts == ["9"])
        #expect(copy.origins.isEmpty)
        #expect(original.decisions.map(\.subject) == ["unit"])
        #expect(original.texts == ["1"])
        #expect(original.origins.map(\.record) == [2])
        #expect(copy != original)
    }

    @Test func `equals another with the same past and hashes alike`() {
        #expect(observation([.clipped]) == observation([.clipped]))
        #expect(Set([observation([.clipped]), observation([.clipped]), observation([])]).count == 2)
        var other = observation([])
        other.origins[0].line = 9
        #expect(other != observation([]))
    }
}

private func observation(_ treatments: Set<Treatment>) -> Observation {
    Observation(
        indicator: "population",
        place: "TH-43",
        year: 2010,
        value: 1,
        treatments: treatments,
        origins: [Origin(file: "a.csv", record: 2, line: 2, field: 1, column: "value")],
        texts: ["1"],
        decisions: [Decision(subject: "unit", statement: "multiplied by 10")]
    )
}
