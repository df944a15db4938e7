/// Where the weights of a node's children come from.
package enum Weighting: String, Hashable, Sendable, CaseIterable {
    case equal
    /// As the tree has them.
    case given
    /// Each child counts, in each place and year, as many as it tells about: its denominator's value there. A place
    /// without one has no score.
    case population
    /// The loadings on the first principal component of the children's correlation matrix, over their sum. Refused where
    /// one is negative: more of that child would make the index worse.
    case principalComponent = "principal-component"
    /// The squares of those loadings, which add up to 1. The sign of a loading is lost.
    case squaredLoadings = "squared-loadings"
    /// So that the correlations of the children with the node are as equal as they can be: their variance is least.
    case equalCorrelations = "equal-correlations"

    /// Whether the weights are found from the scores.
    var isFitted: Bool {
        switch self {
        case .equal, .given, .population: false
        case .principalComponent, .squaredLoadings, .equalCorrelations: true
        }
    }
}
