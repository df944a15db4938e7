package import Indicators

/// How a source says that its years are counted.
package enum YearCalendar: String, Hashable, Sendable, CaseIterable {
    /// By range: 2400–2700 is the Buddhist Era, 1800–2150 the Common Era, anything else a finding.
    case automatic = "auto"
    case buddhist
    case common
}

/// How finer periods are brought to a year.
package enum SubAnnualRule: String, Hashable, Sendable, CaseIterable {
    /// All parts of the year are added; a year that lacks a part is missing.
    case sum
    /// The mean of the parts at hand; a year that lacks a part is stated.
    case mean
    /// The last part at hand; one that is not the year's last is stated.
    case last
}

/// Which values for places outside their lifetimes the source has re-tabulated, as the pipeline declares it.
package enum Retabulation: Hashable, Sendable {
    /// Not declared: a value is taken as re-tabulated where the same file has, for the same indicator, group and year,
    /// also a value for a place that the missing one was made of.
    case evident
    /// Every such value.
    case all
    /// Those of these places.
    case places(Set<String>)
}

/// How far a published total may be from its parts before it is a finding.
package struct TotalTolerance: Hashable, Sendable {
    /// Relative, for sums of counts and quantities. Counts that differ by less than this, but by more than rounding
    /// can explain, are a note.
    package var sum: Double
    /// Relative, for means weighted by the catalogue's denominator. Wider, because the published mean was weighted by
    /// the survey's own weights, which no denominator at hand equals.
    package var mean: Double

    package init(sum: Double = 0.005, mean: Double = 0.05) {
        self.sum = sum
        self.mean = mean
    }
}

/// What a pipeline declares about one source.
package struct HarmoniseOptions: Sendable {
    package var grade: Grade
    package var calendar: YearCalendar
    /// The level that a name means where it names an area and its part (Bangkok); `nil`: told by the rest of the file,
    /// else the finest.
    package var level: PlaceLevel?
    /// The levels that become observations. `nil`: those of the finest level where the file has any of that country,
    /// else all that occur.
    package var levels: Set<PlaceLevel>?
    /// `nil`: finer periods are findings, and refused.
    package var subAnnual: SubAnnualRule?
    package var retabulated: Retabulation
    /// Common Era; years outside are set aside. `nil` for all.
    package var period: ClosedRange<Int>?
    /// Codes of the gazetteer; places of other countries are set aside. `nil` for all.
    package var countries: Set<String>?
    package var totals: TotalTolerance
    /// What a value is multiplied by to come into the catalogue's unit: 100 for a share given as a fraction.
    package var unitFactor: Double
    /// The status of the source's values: `provisional` or `estimated` where the source says so of all of them.
    package var status: ObservationStatus
    /// Missing markers that mean more than "missing": `["c": .suppressed]`.
    package var markers: [String: ObservationStatus]

    package init(
        grade: Grade,
        calendar: YearCalendar = .automatic,
        level: PlaceLevel? = nil,
        levels: Set<PlaceLevel>? = nil,
        subAnnual: SubAnnualRule? = nil,
        retabulated: Retabulation = .evident,
        period: ClosedRange<Int>? = nil,
        countries: Set<String>? = nil,
        totals: TotalTolerance = TotalTolerance(),
        unitFactor: Double = 1,
        status: ObservationStatus = .normal,
        markers: [String: ObservationStatus] = [:]
    ) {
        self.grade = grade
        self.calendar = calendar
        self.level = level
        self.levels = levels
        self.subAnnual = subAnnual
        self.retabulated = retabulated
        self.period = period
        self.countries = countries
        self.totals = totals
        self.unitFactor = unitFactor
        self.status = status
        self.markers = markers
    }
}

/// What became of the values of one source.
package struct HarmonisedSource: Sendable {
    /// In canonical order; values of one key that occur twice are all in it, for Validate to judge.
    package var observations: [Observation]
    package var findings: [Finding]
    /// In cells; `read` is the number of raw values given.
    package var tally: Tally

    package init(observations: [Observation], findings: [Finding], tally: Tally) {
        self.observations = observations
        self.findings = findings
        self.tally = tally
    }
}
