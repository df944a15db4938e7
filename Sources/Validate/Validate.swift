package import Indicators

package func validate(
    _ observations: [Observation],
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    options: ValidateOptions,
    asOf: CalendarDate
) -> ValidatedObservations {
    ValidatedObservations(observations: observations, refused: [:], setAside: [:], findings: [])
}
