import Indicators
import Testing

@Suite struct `Observations by what they are of` {
    private static let some = ["b", "a", "c"].flatMap { indicator in
        ["TH-43", "LA-XA"].flatMap { place in
            [2019, 2015].flatMap { year in
                ["women", "total"].map { group in
                    Observation(indicator: indicator, place: place, year: year, group: group, value: Double(year))
                }
            }
        }
    }

    @Test func `are found whatever the order in which they came`() {
        let finder = ObservationFinder(Self.some)
        #expect(finder.observations.count == 24)
        for observation in Self.some { #expect(finder[ObservationKey(observation)] == observation) }
        let positions = Self.some.compactMap { finder.position(of: ObservationKey($0)) }
        #expect(positions.sorted() == Array(0..<24))
    }

    @Test func `of which there are none are not found`() {
        let finder = ObservationFinder(Self.some)
        for key in [
            ObservationKey(indicator: "", place: "TH-43", year: 2015),
            ObservationKey(indicator: "bb", place: "TH-43", year: 2015),
            ObservationKey(indicator: "d", place: "TH-43", year: 2015),
            ObservationKey(indicator: "b", place: "TH-42", year: 2015),
            ObservationKey(indicator: "b", place: "TH-43", year: 2016),
            ObservationKey(indicator: "b", place: "TH-43", year: 2015, group: "men"),
        ] {
            #expect(finder.position(of: key) == nil)
        }
        #expect(ObservationFinder([])[ObservationKey(Self.some[0])] == nil)
    }
}
