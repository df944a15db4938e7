package import Indicators

/// The denominator of an indicator for a place and year, in its own unit: what weights the mean of a share.
package typealias WeightLookup = (_ denominator: String, _ place: String, _ year: Int) -> Double?

package func harmonise(
    _ values: [RawValue],
    options: HarmoniseOptions,
    names: PlaceNames,
    catalogue: Catalogue,
    weights: WeightLookup? = nil
) -> HarmonisedSource {
    HarmonisedSource(observations: [], findings: [], tally: Tally())
}
