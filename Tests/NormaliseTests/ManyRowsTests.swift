import Indicators
import Normalise
import Testing

@Suite struct `A panel of which rows are added in several goes` {
    private static let places = (0..<1_500).map { number in
        Place(code: "TH-\(10_000 + number)", level: .province, country: "TH", parent: "TH")
    }
    private static let indicators = (10..<25).map { number in
        Indicator(
            id: "indicator_\(number)",
            topic: "inclusion",
            basis: .memorandum,
            names: LocalisedText(english: "\(number)"),
            unit: "%",
            kind: .share,
            direction: number % 2 == 0 ? .higherIsBetter : .lowerIsBetter
        )
    }

    /// Every eleventh cell is missing, so that there is something to impute.
    private static func observations(of indicators: some Sequence<Indicator>) -> [Observation] {
        indicators.flatMap { indicator in
            places.enumerated().flatMap { place, entry in
                (0..<10).map { year in
                    let number = place * 31 + year * 7 + indicator.id.utf8.reduce(0) { $0 &* 31 &+ Int($1) } % 1_000
                    return Observation(
                        indicator: indicator.id,
                        place: entry.code,
                        year: 2010 + year,
                        value: number % 11 == 0 ? nil : Double(number * number % 9_973) / 100,
                        status: number % 11 == 0 ? .missing : .normal
                    )
                }
            }
        }
    }

    private static func normalised(_ observations: [Observation]) -> Normalised {
        normalise(
            observations,
            catalogue: Catalogue(indicators),
            gazetteer: Gazetteer(places: places + [Place(code: "TH", level: .country, country: "TH")]),
            options: NormaliseOptions(
                imputation: [ImputationRule(method: .linear(maximumGap: nil))],
                scales: [ScaleRule(method: .minMax(lower: 0, upper: 100), years: .wholePanel)]
            )
        )
    }

    /// An indicator's scores do not depend on the others: together there are so many rows that threads share them, and that they
    /// are added more than once; of three indicators at a time they are few.
    @Test func `has the rows that its indicators have by threes`() {
        let whole = Self.normalised(Self.observations(of: Self.indicators))
        #expect(whole.table.rowCount == Self.indicators.count * Self.places.count * 10)
        var row = 0
        var treatment = 0
        for start in stride(from: 0, to: Self.indicators.count, by: 3) {
            let part = Self.normalised(Self.observations(of: Self.indicators[start..<start + 3]))
            #expect(Self.isEqual(part.table, whole.table, from: row))
            #expect(part.treatments.rowCount > 1_000)
            #expect(Self.isEqual(part.treatments, whole.treatments, from: treatment))
            row += part.table.rowCount
            treatment += part.treatments.rowCount
        }
        #expect(row == whole.table.rowCount)
        #expect(treatment == whole.treatments.rowCount)
    }

    /// Whether a table is what stands in another from a row on.
    private static func isEqual(_ part: Table, _ whole: Table, from start: Int) -> Bool {
        guard start + part.rowCount <= whole.rowCount else { return false }
        return part.schema.columns.indices.allSatisfy { column in
            switch (part.cells(ofColumn: column), whole.cells(ofColumn: column)) {
            case (.numbers(let own), .numbers(let all)):
                own.elementsEqual(all[start..<start + own.count]) { $0 == $1 || ($0.isNaN && $1.isNaN) }
            case (.integers(let own), .integers(let all)): own.elementsEqual(all[start..<start + own.count])
            case (.texts(let own, let pool), .texts(let all, let other)):
                own.elementsEqual(all[start..<start + own.count]) { one, two in
                    if one == ColumnCells.missingCode || two == ColumnCells.missingCode { return one == two }
                    return pool[Int(one)] == other[Int(two)]
                }
            default: false
            }
        }
    }
}
