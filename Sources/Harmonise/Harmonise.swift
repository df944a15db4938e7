package import Indicators

/// The denominator of an indicator for a place and year, in its own unit: what weights the mean of a share.
package typealias WeightLookup = (_ denominator: String, _ place: String, _ year: Int) -> Double?

/// Finds out which place and year each value of one source is of, in the catalogue's unit.
///
/// Every value is used, refused with a finding, or set aside; none vanishes. Rows for countries, regions and totals
/// among the rows of their parts are set aside and compared with them. The order of the values has no influence.
///
/// - Parameters:
///   - values: Of one file, as Ingest read them.
///   - options: What the pipeline declares about the source.
///   - names: The gazetteer and every spelling of its places.
///   - catalogue: Kinds tell how a total comes of its parts; a value of another indicator is refused.
///   - weights: Where given, published means are compared with means weighted by the catalogue's denominator, else
///     only with the range of their parts.
/// - Returns: Observations in canonical order. Missing readings are among them, with status `O`, or `M` where the
///   place did not exist that year. Breaks are not marked yet: ``markBreaks(in:gazetteer:)`` needs the whole series.
package func harmonise(
    _ values: [RawValue],
    options: HarmoniseOptions,
    names: PlaceNames,
    catalogue: Catalogue,
    weights: WeightLookup? = nil
) -> HarmonisedSource {
    var reading = SourceReading(values, options: options, names: names, catalogue: catalogue)
    reading.findPlacesAndYears()
    reading.compareTotals(weights)
    reading.setLevelsAside()
    var observations = reading.observations()
    reading.judgeLifetimes(&observations)
    return HarmonisedSource(
        observations: observations,
        findings: reading.ledger.findings(),
        tally: reading.tally
    )
}
