package import Indicators

package func markBreaks(
    in observations: [Observation],
    gazetteer: Gazetteer
) -> (observations: [Observation], findings: [Finding]) {
    (observations, [])
}
