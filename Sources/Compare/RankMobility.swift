import Indicators

/// The places of a set that have a value in the first and in the last year of a span, and how far they kept their ranks: the same
/// on every scale of growth, and one for the rows of all of them.
final class RankMobility: Sendable {
    /// Common Era.
    let from: Int
    let to: Int
    /// In the first year.
    let places: [PlaceSet.Entry]
    let start: Ranking
    let end: Ranking
    let tau: Double?
    let spearman: Double?
    /// Kendall's W, and the years whose rankings it takes in: those in which all the places have a value.
    let concordance: (value: Double?, years: [Int])
    /// The most telling and the worst of both years, `nil` of no place.
    let status: ObservationStatus?
    let grade: Grade?

    /// - Parameters:
    ///   - set: The places.
    ///   - from: The position of the first year in the set.
    ///   - to: That of the last.
    init(_ set: PlaceSet, from: Int, to: Int) {
        self.from = set.years[from]
        self.to = set.years[to]
        let ends = set.common([from, to])
        places = ends[0]
        let start = Ranking(ends[0].map(\.value))
        let end = Ranking(ends[1].map(\.value))
        tau = RankAgreement.kendallTauB(start, end)
        spearman = RankAgreement.spearman(start, end)
        let isCommon = set.flags(ends[0])
        var rankings: [Ranking] = []
        var years: [Int] = []
        for index in from...to {
            let values: [Double]
            switch index {
            case from: values = start.values
            case to: values = end.values
            default: values = set.values(index, where: isCommon, count: places.count)
            }
            guard values.count == ends[0].count else { continue }
            rankings.append(index == from ? start : index == to ? end : Ranking(values))
            years.append(set.years[index])
        }
        self.start = start
        self.end = end
        concordance = (RankAgreement.kendallW(rankings), years)
        let both = ends[0] + ends[1]
        status = PlaceSet.worstStatus(both)
        grade = PlaceSet.worstGrade(both)
    }
}
