internal import Indicators
internal import Validate

/// What became of the observations between two runs, and every mixture of the old and the new ones.
struct ObservationChanges {
    enum Kind: String {
        /// Both runs have a value, and it is another one.
        case revised
        /// The value is the same, or missing in both; status, error, treatment or grade differ.
        case remarked
        /// Only the new run has a value.
        case added
        /// Only the old run has a value.
        case dropped
    }

    struct Change {
        var kind: Kind
        /// `nil` where the run has no such row.
        var old: Observation?
        var new: Observation?

        /// The new observation, or where there is none the old one.
        var either: Observation {
            guard let observation = new ?? old else { preconditionFailure("a change of nothing") }
            return observation
        }

        var key: ObservationKey { ObservationKey(either) }
    }

    /// In canonical order; without the cells that are what they were.
    let changes: [Change]
    private let old: [Observation]
    private let new: [Observation]
    private let newByKey: [ObservationKey: Observation]
    private let kinds: [ObservationKey: Kind]

    /// - Parameters: Observations with at most one for each indicator, place, year and group, in any order.
    init(old: [Observation], new: [Observation]) {
        self.old = old
        let oldByKey = Dictionary(old.map { (ObservationKey($0), $0) }) { first, _ in first }
        let newByKey = Dictionary(new.map { (ObservationKey($0), $0) }) { first, _ in first }
        self.new = new
        self.newByKey = newByKey
        var changes: [Change] = []
        for observation in old {
            let other = newByKey[ObservationKey(observation)]
            if let kind = Self.kind(observation, other) {
                changes.append(Change(kind: kind, old: observation, new: other))
            }
        }
        for observation in new where oldByKey[ObservationKey(observation)] == nil {
            if let kind = Self.kind(nil, observation) {
                changes.append(Change(kind: kind, old: nil, new: observation))
            }
        }
        self.changes = changes.sorted { Observation.canonicallyPrecedes($0.either, $1.either) }
        kinds = Dictionary(changes.map { ($0.key, $0.kind) }) { first, _ in first }
    }

    private static func kind(_ old: Observation?, _ new: Observation?) -> Kind? {
        switch (old?.value, new?.value) {
        case (let old?, let new?) where old != new: return .revised
        case (nil, _?): return .added
        case (_?, nil): return .dropped
        default: break
        }
        guard let old, let new else { return .remarked }
        let isSame =
            old.status == new.status && old.standardError == new.standardError && old.treatments == new.treatments
            && old.grade == new.grade
        return isSame ? nil : .remarked
    }

    /// Which factors the data of the two runs differ in.
    var factors: Factors {
        var factors: Factors = []
        for change in changes { factors.formUnion(Self.factor(of: change.kind)) }
        return factors
    }

    private static func factor(of kind: Kind) -> Factors {
        switch kind {
        case .revised, .remarked: .revisedData
        case .added, .dropped: .newData
        }
    }

    /// The old observations with only some of the changes made to them; a cell that is what it was stays the old one.
    func mixture(_ factors: Factors) -> [Observation] {
        if factors.isSuperset(of: self.factors) { return new }
        var mixed: [Observation] = []
        mixed.reserveCapacity(old.count)
        for observation in old {
            let key = ObservationKey(observation)
            guard let kind = kinds[key], factors.isSuperset(of: Self.factor(of: kind)) else {
                mixed.append(observation)
                continue
            }
            if let replacement = newByKey[key] { mixed.append(replacement) }
        }
        for change in changes where change.old == nil && factors.isSuperset(of: Self.factor(of: change.kind)) {
            if let observation = change.new { mixed.append(observation) }
        }
        return mixed
    }
}

extension ObservationChanges {
    /// How many cells of an indicator have a value in each run, and how many changed.
    struct Counts {
        var old = 0
        var new = 0
        private var kinds: [Kind: Int] = [:]

        subscript(kind: Kind) -> Int {
            get { kinds[kind, default: 0] }
            set { kinds[kind] = newValue }
        }
    }

    /// By indicator.
    var counts: [String: Counts] {
        var counts: [String: Counts] = [:]
        for observation in old where observation.value != nil {
            counts[observation.indicator, default: Counts()].old += 1
        }
        for observation in new where observation.value != nil {
            counts[observation.indicator, default: Counts()].new += 1
        }
        for change in changes { counts[change.key.indicator, default: Counts()][change.kind] += 1 }
        return counts
    }
}
