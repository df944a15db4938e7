/// Why no weights could be fitted. The raw value is the code of a finding.
enum FitRefusal: String {
    case tooFewRows = "too-few-complete-rows"
    case constantChild = "constant-indicator"
    case constantNode = "constant-node"
    /// Scores so large that their covariances are beyond doubles.
    case notRepresentable = "not-representable"
    /// The two greatest eigenvalues are equal: there is no first component.
    case ambiguous = "principal-component-ambiguous"
    case negativeLoading = "principal-component-negative"
}

/// Weights found from scores, and what they rest on.
struct FittedWeights: Sendable {
    /// One for each child, not negative; they add up to 1.
    var weights: [Double]
    /// The loadings on the first principal component, empty for other methods.
    var loadings: [Double] = []
    /// The part of the variance that the first component stands for.
    var varianceShare: Double?
    /// The variance of the correlations of the children with the node that was reached.
    var criterion: Double?
    /// How many complete rows there were.
    var rowCount: Int
}

/// No weights: why, and which child is to blame, if one is.
struct FitFailure: Error {
    var reason: FitRefusal
    var child: Int?
    /// One for each child where loadings were found.
    var loadings: [Double] = []
    var rowCount: Int
}

/// The loadings of the children on the first principal component of their correlation matrix, over complete rows; of
/// length 1, the sign such that they add up to 0 or more.
///
/// - Returns: Loadings, eigenvalues from the greatest, and the number of complete rows.
/// - Throws: ``FitFailure`` with fewer than three complete rows, a child that does not vary, or no single first component.
/// - SeeAlso: OECD/JRC (2008), *Handbook on Constructing Composite Indicators*, steps 4 and 6.
func principalComponent(
    _ columns: [ArraySlice<Double>]
) throws(FitFailure) -> (loadings: [Double], eigenvalues: [Double], rowCount: Int) {
    let complete = CompleteRows(of: columns)
    guard complete.count >= 3 else { throw FitFailure(reason: .tooFewRows, rowCount: complete.count) }
    let (covariances, summaries) = complete.covariances()
    if let constant = summaries.firstIndex(where: \.isConstant) {
        throw FitFailure(reason: .constantChild, child: constant, rowCount: complete.count)
    }
    let correlations = covariances.indices.map { row in
        covariances.indices.map { column in
            row == column
                ? 1
                : covariances[row][column] / (covariances[row][row] * covariances[column][column]).squareRoot()
        }
    }
    guard covariances.allSatisfy({ $0.allSatisfy(\.isFinite) }), correlations.allSatisfy({ $0.allSatisfy(\.isFinite) })
    else {
        throw FitFailure(reason: .notRepresentable, rowCount: complete.count)
    }
    let eigen = SymmetricEigen(correlations)
    if eigen.values.count > 1, eigen.values[0] - eigen.values[1] < 1e-9 {
        throw FitFailure(reason: .ambiguous, rowCount: complete.count)
    }
    var loadings = eigen.vectors[0]
    if loadings.reduce(0, +) < 0 { loadings = loadings.map { -$0 } }
    return (loadings, eigen.values, complete.count)
}

/// Weights from the first principal component: its loadings, of which none may be negative, or their squares.
func principalComponentWeights(_ columns: [ArraySlice<Double>], isSquared: Bool) throws(FitFailure) -> FittedWeights {
    let (loadings, eigenvalues, rowCount) = try principalComponent(columns)
    // What rounding leaves of a loading of 0 is no sign.
    let cleaned = loadings.map { abs($0) < 1e-12 ? 0 : $0 }
    if !isSquared, let negative = cleaned.indices.min(by: { cleaned[$0] < cleaned[$1] }), cleaned[negative] < 0 {
        throw FitFailure(reason: .negativeLoading, child: negative, loadings: loadings, rowCount: rowCount)
    }
    let weights = isSquared ? cleaned.map { $0 * $0 } : cleaned
    let total = weights.reduce(0, +)
    return FittedWeights(
        weights: weights.map { $0 / total },
        loadings: loadings,
        varianceShare: eigenvalues[0] / eigenvalues.reduce(0, +),
        rowCount: rowCount
    )
}
