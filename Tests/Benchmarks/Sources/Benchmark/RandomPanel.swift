import Glibc
import Indicators

/// A panel of made-up figures: provinces of two countries, every indicator in every year, of which one value in a hundred is
/// missing. The same seed gives the same panel.
struct RandomPanel {
    let catalogue: Catalogue
    let gazetteer: Gazetteer
    /// In canonical order, as Harmonise hands them on.
    let observations: [Observation]
    /// What an index is made of: all indicators but the population.
    let scored: [String]

    static let population = "population"

    init(places: Int, indicators: Int, years: Int, seed: UInt64) {
        scored = (1..<indicators).map { "indicator_\(Self.padded($0))" }
        catalogue = Catalogue(
            scored.enumerated().map { position, id in
                Indicator(
                    id: id,
                    topic: "inclusion",
                    basis: .memorandum,
                    names: LocalisedText(english: id),
                    unit: "%",
                    kind: position % 2 == 0 ? .share : .rate,
                    direction: position % 5 == 4 ? .lowerIsBetter : .higherIsBetter,
                    denominator: Self.population
                )
            } + [
                Indicator(
                    id: Self.population,
                    topic: "context",
                    basis: .context,
                    names: LocalisedText(english: "Population"),
                    unit: "persons",
                    kind: .count,
                    direction: .neutral
                )
            ]
        )
        let countries = [(code: "LA", count: places / 3), (code: "TH", count: places - places / 3)]
        let provinces = countries.flatMap { country in
            (0..<country.count).map {
                Place(
                    code: "\(country.code)-\(Self.padded($0))",
                    level: .province,
                    country: country.code,
                    parent: country.code
                )
            }
        }
        gazetteer = Gazetteer(
            places: provinces + countries.map { Place(code: $0.code, level: .country, country: $0.code) }
        )
        var random = SplitMix64(seed: seed)
        let ids = scored + [Self.population]
        var observations: [Observation] = []
        observations.reserveCapacity(places * indicators * years)
        for id in ids {
            for province in provinces {
                let level = id == Self.population ? exp(8 + 6 * random.unit()) : 5 + 70 * random.unit()
                for year in 0..<years {
                    let growth = 1 + 0.01 * Double(year) + 0.02 * random.unit()
                    let isMissing = id != Self.population && random.unit() < 0.01
                    let value = id == Self.population ? (level * growth).rounded() : level * growth
                    observations.append(
                        Observation(
                            indicator: id,
                            place: province.code,
                            year: 2000 + year,
                            value: isMissing ? nil : value,
                            status: isMissing ? .missing : .normal
                        )
                    )
                }
            }
        }
        self.observations = observations
    }

    /// So that the order of the numbers is that of the texts.
    private static func padded(_ number: Int) -> String {
        String("00000\(number)".suffix(5))
    }
}

/// The generator of random numbers by Steele, Lea and Flood (2014), *Fast splittable pseudorandom number generators*.
private struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Uniform in 0..<1.
    mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((bits ^ (bits >> 31)) >> 11) * 0x1p-53
    }
}
