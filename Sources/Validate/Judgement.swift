import Indicators

/// Observations under judgement, in canonical order.
struct Judgement {
    private enum Verdict {
        case kept
        case refused
        case setAside
    }

    private(set) var observations: [Observation]
    /// What is grouped by these need not compare texts.
    let ranks: Ranks
    private var verdicts: [Verdict]
    private(set) var findings: [Finding] = []

    /// For each observation, by position, numbers that order its first file, its indicator, its place and its group among all.
    struct Ranks {
        let files, indicators, places, groups: [Int]

        /// How many places there are. O(n).
        var placeCount: Int { (places.max() ?? -1) + 1 }
    }

    init(_ observations: consuming [Observation]) {
        var observations = observations
        let known = ObservationRanks(observations)
        let order = known.canonicalOrder(of: observations)
        // Observations come file by file, in which order they repeat the one before.
        let files = ObservationRanks.files(of: observations)
        ranks = Ranks(
            files: order.map { files[$0] },
            indicators: order.map { known.indicators[$0] },
            places: order.map { known.places[$0] },
            groups: order.map { known.groups[$0] }
        )
        verdicts = Array(repeating: .kept, count: order.count)
        observations.permute(by: order)
        self.observations = observations
    }

    /// The positions of what has not been refused or set aside yet.
    var remaining: [Int] {
        observations.indices.filter { verdicts[$0] == .kept }
    }

    mutating func refuse(_ position: Int) { verdicts[position] = .refused }
    mutating func setAside(_ position: Int) { verdicts[position] = .setAside }

    /// Notes a finding at the first cell of an observation. `found` stands in place of the place, indicator, year and
    /// text of the cell.
    mutating func note(
        _ code: String,
        _ severity: Finding.Severity,
        _ position: Int,
        found: String? = nil,
        expected: String,
        hint: String = ""
    ) {
        let observation = observations[position]
        let origin = observation.firstOrigin ?? Origin(file: "", record: 0, line: 0, field: 0, column: "")
        findings.append(
            Finding(
                code: code,
                severity: severity,
                at: origin,
                found: found ?? Self.described(observation),
                expected: expected,
                hint: hint
            )
        )
    }

    /// Notes a finding about a file as a whole.
    mutating func note(_ finding: Finding) {
        findings.append(finding)
    }

    /// `TH-43, population, 2010: 509,395`.
    static func described(_ observation: Observation) -> String {
        let group = observation.group == Group.total ? "" : ", \(observation.group)"
        let text = observation.texts.isEmpty ? Cell(observation.value).text : observation.texts.joined(separator: "; ")
        return "\(observation.place), \(observation.indicator)\(group), \(observation.year): \(text)"
    }

    /// That of the first cell; empty where it has none.
    static func file(of observation: Observation) -> String { observation.file ?? "" }

    consuming func result() -> ValidatedObservations {
        var refused: [String: Int] = [:]
        var setAside: [String: Int] = [:]
        for (position, verdict) in verdicts.enumerated() where verdict != .kept {
            for origin in observations[position].origins {
                switch verdict {
                case .kept: break
                case .refused: refused[origin.file, default: 0] += 1
                case .setAside: setAside[origin.file, default: 0] += 1
                }
            }
        }
        // Not those of `self`: who looks at it while observations are moved has a copy of it, and so all of them are copied.
        let verdicts = verdicts
        observations.keep { verdicts[$0] == .kept }
        return ValidatedObservations(
            observations: observations,
            refused: refused,
            setAside: setAside,
            findings: findings.inCanonicalOrder
        )
    }
}

extension [Observation] {
    /// Puts the observation at `order[i]` at `i`, for all: moved, not copied.
    ///
    /// - Parameter order: Each position once.
    fileprivate mutating func permute(by order: [Int]) {
        var order = order
        var span = mutableSpan
        for start in order.indices {
            // One cycle after the other.
            var hole = start
            while order[hole] != start {
                let source = order[hole]
                span.swapAt(hole, source)
                order[hole] = hole
                hole = source
            }
            order[hole] = hole
        }
    }

    /// Keeps those at the positions for which it holds, in their order: moved, not copied.
    fileprivate mutating func keep(_ isKept: (Int) -> Bool) {
        var kept = 0
        var span = mutableSpan
        for position in 0..<span.count where isKept(position) {
            if kept < position { span.swapAt(kept, position) }
            kept += 1
        }
        removeSubrange(kept...)
    }
}
