import Indicators

/// The year, with a fraction, in which a figure first reached a level; on the straight line between two years.
///
/// - Parameters:
///   - level: In the unit of the values.
///   - points: In order of their years.
///   - sign: +1 where higher is better, -1 where lower is.
/// - Returns: `nil` where it was beyond the level from the first year, or never came there.
/// - SeeAlso: Sicherl (2004), *Comparing in two dimensions*, European Societies 6(2), 181-203.
package func yearReached(_ level: Double, by points: [(year: Int, value: Double)], sign: Double) -> Double? {
    guard !points.isEmpty else { return nil }
    let line = points.map {
        TimeLine.Point(year: $0.year, value: $0.value, status: .normal, grade: .official, coverage: 1)
    }
    return LevelCrossings(line, sign: sign, crossing: .earliest).reached(level).year
}
