/// The status of a value, by the SDMX code list `CL_OBS_STATUS`.
public enum ObservationStatus: String, Hashable, Sendable, CaseIterable {
    case normal = "A"
    /// The series breaks here: what is before cannot be compared with what follows.
    case seriesBreak = "B"
    /// Estimated by the source.
    case estimated = "E"
    /// Imputed by us.
    case imputed = "I"
    case provisional = "P"
    /// Missing, although it could exist.
    case missing = "O"
    /// Missing because it cannot exist: a province that was not yet there.
    case impossible = "M"
    /// Includes another place's data: Nong Khai before the split.
    case includesOther = "W"
    case suppressed = "Q"
    case unreliable = "U"
}

/// What we, not the source, did to a value.
public enum Treatment: String, Hashable, Sendable, CaseIterable, Comparable {
    case imputed, winsorised, clipped, retabulated, transformed

    public static func < (left: Treatment, right: Treatment) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// How far a source can be trusted. A result carries the worst grade of its inputs.
public enum Grade: String, Hashable, Sendable, CaseIterable, Comparable {
    /// The agency's own publication.
    case official
    /// An official sample survey; ranks like `official`.
    case survey
    /// A mirror, the press, an encyclopaedia.
    case secondary
    /// Made up to show the method. Never a fact.
    case illustrative

    private var badness: Int {
        switch self {
        case .official, .survey: 0
        case .secondary: 1
        case .illustrative: 2
        }
    }

    /// Better grades come first; `official` and `survey` are neither before nor after each other.
    public static func < (left: Grade, right: Grade) -> Bool {
        left.badness < right.badness
    }

    /// The worse of the two; of `official` and `survey`, `survey`, so that the order of the inputs does not matter.
    public func worse(_ other: Grade) -> Grade {
        if badness != other.badness { return badness > other.badness ? self : other }
        return self == .survey || other == .survey ? .survey : self
    }

    /// The worst of several, `nil` of none. Of an array: a loop that the compiler knows the types of.
    public static func worst(of grades: [Grade]) -> Grade? {
        guard var worst = grades.first else { return nil }
        for grade in grades where grade != worst { worst = worst.worse(grade) }
        return worst
    }

    /// The worst of several, `nil` of none.
    public static func worst(of grades: some Sequence<Grade>) -> Grade? {
        grades.reduce(nil) { worst, grade in worst?.worse(grade) ?? grade }
    }
}

/// A step on a value's way from its cell: which alias, which calendar, which unit.
public struct Decision: Hashable, Sendable {
    /// A stable word: `place`, `calendar`, `period`, `unit`, `status`, `duplicate`.
    public var subject: String
    /// A sentence with what was found and what was made of it.
    public var statement: String

    public init(subject: String, statement: String) {
        self.subject = subject
        self.statement = statement
    }
}

/// A value with its place, year and group, and with its past.
///
/// Stages copy observations often and change their past seldom: copies share it.
public struct Observation: Hashable, Sendable {
    public var indicator: String
    /// The code of the place in the gazetteer.
    public var place: String
    /// Common Era.
    public var year: Int
    public var group: String
    /// `nil` where ``status`` is `missing`, `impossible` or `suppressed`.
    public var value: Double?
    /// In the unit of the value.
    public var standardError: Double?
    public var status: ObservationStatus
    public var grade: Grade
    /// ``treatments`` in a byte.
    package private(set) var treatmentSet: TreatmentSet
    /// Of a computed property the whole observation is handed over, and so copied; of what is asked of this, it is not.
    package private(set) var past: Past

    /// What was done to the value by us.
    public var treatments: Set<Treatment> {
        get { treatmentSet.isEmpty ? [] : treatmentSet.treatments }
        set { treatmentSet = TreatmentSet(newValue) }
    }

    /// The cells that it comes from; more than one where finer periods were brought to a year.
    public var origins: [Origin] {
        get { past.origins }
        set { past = Past(origins: newValue, texts: past.texts, decisions: past.decisions) }
    }

    /// How many cells it comes from.
    public var originCount: Int { past.originCount }

    /// The first of the cells that it comes from, in the order of the file; `nil` where it comes from none.
    public var firstOrigin: Origin? { past.firstOrigin }

    /// The file that it comes from, that of the first cell where there are several; `nil` where it comes from none.
    public var file: String? { past.file }

    /// The text of each origin's cell, in the same order.
    public var texts: [String] {
        get { past.texts }
        set { past = Past(origins: past.origins, texts: newValue, decisions: past.decisions) }
    }

    /// The steps on the way from the cells to the value.
    public var decisions: [Decision] {
        get { past.decisions }
        set { past = Past(origins: past.origins, texts: past.texts, decisions: newValue) }
    }

    /// Adds the cells of other observations to those that it comes from, and a step to its way from them.
    public mutating func add(cellsOf others: ArraySlice<Observation>, because decision: Decision) {
        var decisions: [Decision] = []
        decisions.reserveCapacity(past.decisions.count + 1)
        decisions += past.decisions
        decisions.append(decision)
        if others.isEmpty {
            past = Past(past.cells, decisions)
            return
        }
        var (origins, texts): ([Origin], [String]) = ([], [])
        // Asked of their pasts: an observation that is handed over is copied.
        let count = others.indices.reduce(past.originCount) { $0 + others[$1].past.originCount }
        origins.reserveCapacity(count)
        texts.reserveCapacity(count)
        past.append(to: &origins, &texts)
        for index in others.indices { others[index].past.append(to: &origins, &texts) }
        past = Past(origins: origins, texts: texts, decisions: decisions)
    }

    /// An observation that comes from one cell.
    public init(
        indicator: String,
        place: String,
        year: Int,
        group: String,
        value: Double?,
        standardError: Double?,
        status: ObservationStatus,
        grade: Grade,
        origin: Origin,
        text: String,
        decisions: [Decision]
    ) {
        // Field by field: what another initialiser made would be copied and thrown away.
        self.indicator = indicator
        self.place = place
        self.year = year
        self.group = group
        self.value = value
        self.standardError = standardError
        self.status = status
        self.grade = grade
        treatmentSet = TreatmentSet(rawValue: 0)
        past = Past(.one(origin, text), decisions)
    }

    public init(
        indicator: String,
        place: String,
        year: Int,
        group: String = Group.total,
        value: Double?,
        standardError: Double? = nil,
        status: ObservationStatus = .normal,
        treatments: Set<Treatment> = [],
        grade: Grade = .official,
        origins: [Origin] = [],
        texts: [String] = [],
        decisions: [Decision] = []
    ) {
        self.indicator = indicator
        self.place = place
        self.year = year
        self.group = group
        self.value = value
        self.standardError = standardError
        self.status = status
        self.grade = grade
        treatmentSet = TreatmentSet(treatments)
        let hasPast = !(origins.isEmpty && texts.isEmpty && decisions.isEmpty)
        past = hasPast ? Past(origins: origins, texts: texts, decisions: decisions) : .none
    }
}

extension Observation {
    /// The treatments as the outputs write them: joined by a space in a fixed order, empty where there are none.
    public var treatmentText: String {
        treatmentSet.text
    }

    /// The canonical order of observations: indicator, place, year, group. Sums run in it.
    public static func canonicallyPrecedes(_ left: Observation, _ right: Observation) -> Bool {
        precedes(
            indicators: (left.indicator, right.indicator),
            places: (left.place, right.place),
            years: (left.year, right.year),
            groups: (left.group, right.group)
        )
    }
}
