/// What a plan wants an indicator to be in a year: one row of a file of targets.
package struct Target: Hashable, Sendable {
    package var indicator: String
    /// The code of the place in the gazetteer.
    package var place: String
    package var group: String
    /// The year by which it is to be reached, Common Era.
    package var year: Int
    /// In the indicator's unit.
    package var value: Double
    /// The plan that says so.
    package var document: String
    /// The year from which progress is measured; `nil` for the first in which there is a value.
    package var baseYear: Int?
    package var grade: Grade
    /// Where it stands.
    package var origin: Origin

    package init(
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
