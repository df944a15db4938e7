/// What a plan wants an indicator to be in a year: one row of a file of targets.
public struct Target: Hashable, Sendable {
    public var indicator: String
    /// The code of the place in the gazetteer.
    public var place: String
    public var group: String
    /// The year by which it is to be reached, Common Era.
    public var year: Int
    /// In the indicator's unit.
    public var value: Double
    /// The plan that says so.
    public var document: String
    /// The year from which progress is measured; `nil` for the first in which there is a value.
    public var baseYear: Int?
    public var grade: Grade
    /// Where it stands.
    public var origin: Origin

    public init(
        indicator: String,
        place: String,
        group: String = Group.total,
        year: Int,
        value: Double,
        document: String,
        baseYear: Int? = nil,
        grade: Grade = .official,
        origin: Origin
    ) {
        self.indicator = indicator
        self.place = place
        self.group = group
        self.year = year
        self.value = value
        self.document = document
        self.baseYear = baseYear
        self.grade = grade
        self.origin = origin
    }
}
