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

    @Test func `comes into canonical order from wherever two have changed places`() {
        let ordered = (0..<13).map { index in
            var one = observation([])
            (one.indicator, one.place, one.year) = ("indicator \(index / 6)", "LA-\(index / 3 % 2)", 2010 + index % 3)
            return one
        }
        #expect(Observation.inCanonicalOrder([]).isEmpty)
        for size in [1, 2, 4, 5, 12, 13, 100] {
            #expect(Observation.inCanonicalOrder(ordered, inPartsOf: size) == ordered)
            for (first, second) in (0..<13).flatMap({ first in (first + 1..<13).map { (first, $0) } }) {
                var changed = ordered
                changed.swapAt(first, second)
                #expect(Observation.inCanonicalOrder(changed, inPartsOf: size) == ordered)
            }
        }
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

@Suite struct `Observations put together` {
    private func keyed(_ indicator: String, _ place: String, _ year: Int) -> Observation {
        Observation(indicator: indicator, place: place, year: year, value: Double(year))
    }

    @Test func `of nothing are what they were`() {
        let some = [keyed("a", "TH-10", 2010), keyed("b", "TH-10", 2010)]
        #expect(Observation.merged([], with: []).isEmpty)
        #expect(Observation.merged(some, with: []) == some)
        #expect(Observation.merged([], with: some.reversed()) == some)
    }

    /// What is derived of an indicator stands before, between and behind the others, whatever it is called.
    @Test(arguments: ["a", "bb", "d", "z"])
    func `stand in the order that sorting all of them gives`(derived: String) {
        let places = ["LA-VT", "TH-10", "TH-50"]
        let ordered = ["b", "c", "d"].flatMap { indicator in
            places.flatMap { place in (2010...2014).map { keyed(indicator, place, 2 * $0) } }
        }
        let others = places.reversed().flatMap { place in (2010...2014).map { keyed(derived, place, 2 * $0 + 1) } }
        let sorted = (ordered + others).sorted(by: Observation.canonicallyPrecedes)
        #expect(Observation.merged(ordered, with: others) == sorted)
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
