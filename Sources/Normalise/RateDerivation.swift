import Indicators

/// A derived observation and what it was divided by: a row of `normalised.csv`.
struct Rate {
    var observation: Observation
    var method: String
    var numerator: String
    var numeratorValue: Double?
    /// An indicator's id, `area_km2`, or the whole of which it is a share.
    var denominator: String
    var denominatorValue: Double?
    /// `nil` for an area, and where no denominator was found.
    var denominatorYear: Int?
}

/// What stands below the line of a division, or why nothing does.
enum Divisor {
    struct Found {
        var value: Double
        /// `nil` for an area.
        var year: Int?
        /// The observations that it comes from.
        var sources: [Observation]
    }

    case found(Found)
    /// The code of a finding, what was found, what was expected, and what to do.
    case refused(code: String, found: String, expected: String, hint: String)
}

/// Applies denominator rules one after the other; a later rule sees what an earlier one derived.
struct RateDerivation {
    private let given: [Observation]
    private(set) var rates: [Rate] = []
    private(set) var findings: [Finding] = []
    private let catalogue: Catalogue
    private let gazetteer: Gazetteer

    init(_ observations: [Observation], catalogue: Catalogue, gazetteer: Gazetteer) {
        given = observations
        self.catalogue = catalogue
        self.gazetteer = gazetteer
    }

    /// What was given and what was derived, in canonical order.
    var observations: [Observation] {
        Observation.merged(Observation.inCanonicalOrder(given), with: rates.map(\.observation))
    }

    mutating func apply(_ rule: DenominatorRule) {
        let faults = rule.faults(in: catalogue)
        findings += faults
        guard faults.isEmpty else { return }
        let observations = rates.isEmpty ? given : given + rates.map(\.observation)
        let unsorted = observations.of(rule.numerator)
        let numerators = Observation.canonicalOrder(of: unsorted).map { unsorted[$0] }
        if numerators.isEmpty {
            findings.append(
                rule.finding(
                    "numerator-absent",
                    .warning,
                    found: "no value of \(rule.numerator)",
                    expected: "values to derive \(rule.id) from"
                )
            )
        }
        let present = Set(observations.of(rule.id).map(CellKey.init))
        var divisors = Divisors(for: rule, among: observations, gazetteer: gazetteer)
        for numerator in numerators {
            guard !present.contains(CellKey(numerator)) else {
                reportObserved(numerator, rule)
                continue
            }
            derive(rule, from: numerator, by: &divisors)
        }
    }

    private mutating func derive(_ rule: DenominatorRule, from numerator: Observation, by divisors: inout Divisors) {
        var rate = Rate(
            observation: rule.result(of: numerator),
            method: rule.methodText,
            numerator: rule.numerator,
            numeratorValue: numerator.value,
            denominator: rule.denominatorText
        )
        if let above = numerator.value {
            switch divisors.divisor(of: numerator) {
            case .found(let divisor):
                rate.denominatorValue = divisor.value
                rate.denominatorYear = divisor.year
                rule.divide(above, by: divisor, into: &rate.observation, numerator: numerator)
                if rate.observation.value == nil { reportUnrepresentable(numerator, divisor.value, rule) }
            case .refused(let code, let found, let expected, let hint):
                rate.observation.decisions.append(Decision(subject: "denominator", statement: "none: \(found)"))
                findings.append(
                    Finding.about(numerator, code, found: found, expected: expected, hint: hint, derived: rule.id)
                )
            }
        }
        rates.append(rate)
    }

    private mutating func reportObserved(_ numerator: Observation, _ rule: DenominatorRule) {
        findings.append(
            Finding.about(
                numerator,
                "derived-observed",
                found: "a value of \(rule.id) in the input",
                expected: "none, since a rule derives it",
                hint: "the value of the input stands; remove the rule or the source",
                derived: rule.id
            )
        )
    }

    private mutating func reportUnrepresentable(_ numerator: Observation, _ divisor: Double, _ rule: DenominatorRule) {
        findings.append(
            Finding.about(
                numerator,
                "not-representable",
                found: "\(Cell(numerator.value).text) divided by \(Cell.format(divisor))",
                expected: "a finite result",
                derived: rule.id
            )
        )
    }
}

/// Place, year and group: what an observation and its derivative have in common.
private struct CellKey: Hashable {
    var place: String
    var year: Int
    var group: String

    init(_ observation: Observation) {
        place = observation.place
        year = observation.year
        group = observation.group
    }
}

extension [Observation] {
    /// Those of one indicator, in the same order.
    func of(_ indicator: String?) -> [Observation] {
        // By position: only what is wanted is copied.
        indices.filter { self[$0].indicator == indicator }.map { self[$0] }
    }
}

extension Finding {
    /// A warning at the cell of `observation`, or about it where it has none, that `derived` cannot be worked out.
    fileprivate static func about(
        _ observation: Observation,
        _ code: String,
        found: String,
        expected: String,
        hint: String = "",
        derived: String
    ) -> Finding {
        let subject = "\(derived), \(observation.place), \(observation.year), \(observation.group): \(found)"
        guard let origin = observation.origins.first else {
            return Finding(code: code, severity: .warning, found: subject, expected: expected, hint: hint)
        }
        return Finding(code: code, severity: .warning, at: origin, found: subject, expected: expected, hint: hint)
    }
}
