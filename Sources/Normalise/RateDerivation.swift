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
        /// The observations that it comes from: where they stand, since one that is taken out is copied.
        var sources: ArraySlice<Observation>
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
        let numerators = Observation.inCanonicalOrder(observations.of(rule.numerator))
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
        let divisors = Divisors(for: rule, among: observations, gazetteer: gazetteer)
        let wording = RateWording(of: rule)
        rates.reserveCapacity(rates.count + numerators.count)
        for position in numerators.indices {
            let cell = CellKey(numerators[position])
            guard !present.contains(cell) else {
                reportObserved(numerators[position], rule)
                continue
            }
            derive(rule, wording, from: numerators, at: position, of: cell, by: divisors)
        }
    }

    /// By position: an observation that is handed over is copied.
    private mutating func derive(
        _ rule: DenominatorRule,
        _ wording: RateWording,
        from numerators: [Observation],
        at position: Int,
        of cell: CellKey,
        by divisors: Divisors
    ) {
        var rate = Rate(
            observation: rule.result(of: numerators[position]),
            method: wording.method,
            numerator: rule.numerator,
            numeratorValue: numerators[position].value,
            denominator: wording.denominator
        )
        if let above = numerators[position].value {
            let status = numerators[position].status
            switch divisors.divisor(of: cell, status: status) {
            case .found(let divisor):
                rate.denominatorValue = divisor.value
                rate.denominatorYear = divisor.year
                rule.divide(
                    above,
                    by: divisor,
                    into: &rate.observation,
                    status: status,
                    error: numerators[position].standardError,
                    wording: wording
                )
                if rate.observation.value == nil { reportUnrepresentable(numerators[position], divisor.value, rule) }
            case .refused(let code, let found, let expected, let hint):
                rate.observation.decisions.append(Decision(subject: "denominator", statement: "none: \(found)"))
                findings.append(
                    Finding.about(
                        numerators[position],
                        code,
                        found: found,
                        expected: expected,
                        hint: hint,
                        derived: rule.id
                    )
                )
            }
        }
        rates.append(consume rate)
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
struct CellKey: Hashable {
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
        guard let indicator else { return [] }
        var chosen: [Observation] = []
        // Of the last position: those of one indicator stand together.
        var last = (indicator: "", isChosen: indicator.isEmpty)
        for position in indices {
            if self[position].indicator != last.indicator {
                last = (self[position].indicator, self[position].indicator == indicator)
            }
            if last.isChosen { chosen.append(self[position]) }
        }
        return chosen
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
