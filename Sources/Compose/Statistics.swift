import Indicators

/// Number, mean, standard deviation, least and greatest of values that are there.
struct Summary {
    private(set) var count = 0
    private(set) var mean = Double.nan
    /// Σ(x - mean)².
    fileprivate(set) var squares = 0.0
    private(set) var least = Double.infinity
    private(set) var greatest = -Double.infinity

    /// - Parameter values: NaN where there is none.
    init(of values: some Collection<Double>) {
        var sum = CompensatedSum()
        for value in values where !value.isNaN { take(value, in: &sum) }
        guard count > 0 else { return }
        let mean = settle(sum)
        var deviations = CompensatedSum()
        for value in values where !value.isNaN { deviations.add((value - mean) * (value - mean)) }
        squares = deviations.value
    }

    /// Of nothing yet.
    fileprivate init() {}

    fileprivate mutating func take(_ value: Double, in sum: inout CompensatedSum) {
        count += 1
        sum.add(value)
        least = min(least, value)
        greatest = max(greatest, value)
    }

    /// Sets the mean, once all are counted.
    fileprivate mutating func settle(_ sum: CompensatedSum) -> Double {
        mean = sum.value / Double(count)
        return mean
    }

    /// Fewer than two values, or all the same.
    var isConstant: Bool { !(greatest > least) }

    func standardDeviation(ofSample: Bool) -> Double {
        (squares / Double(ofSample ? count - 1 : count)).squareRoot()
    }
}

/// What two columns have in common over the rows in which both are there.
struct PairSummary {
    private(set) var left = Summary()
    private(set) var right = Summary()
    /// Σ(x - mean)(y - mean).
    private(set) var products = 0.0

    /// - Parameters:
    ///   - left: NaN where there is none.
    ///   - right: As many.
    init(of left: ArraySlice<Double>, _ right: ArraySlice<Double>) {
        let offset = right.startIndex - left.startIndex
        var (sum, other) = (CompensatedSum(), CompensatedSum())
        for index in left.indices {
            let (x, y) = (left[index], right[index + offset])
            if x.isNaN || y.isNaN { continue }
            self.left.take(x, in: &sum)
            self.right.take(y, in: &other)
        }
        guard self.left.count > 0 else { return }
        let (mean, otherMean) = (self.left.settle(sum), self.right.settle(other))
        var (squares, otherSquares, both) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for index in left.indices {
            let (x, y) = (left[index] - mean, right[index + offset] - otherMean)
            if x.isNaN || y.isNaN { continue }
            squares.add(x * x)
            otherSquares.add(y * y)
            both.add(x * y)
        }
        self.left.squares = squares.value
        self.right.squares = otherSquares.value
        products = both.value
    }
}

/// Pearson's correlation over the rows in which both are there.
///
/// - Returns: The coefficient and the number of rows; `nil` coefficient with fewer than three rows or where one does not
///   vary.
func correlation(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> (coefficient: Double?, count: Int) {
    let pair = PairSummary(of: left, right)
    let (x, y) = (pair.left, pair.right)
    guard x.count >= 3, !x.isConstant, !y.isConstant else { return (nil, x.count) }
    let coefficient = pair.products / (x.squares.squareRoot() * y.squares.squareRoot())
    return (coefficient.isFinite ? max(-1, min(1, coefficient)) : nil, x.count)
}

/// Rows in which every column is there, column by column.
struct CompleteRows {
    private(set) var columns: [[Double]]
    var count: Int { columns.first?.count ?? 0 }

    init(of columns: [ArraySlice<Double>]) {
        let count = columns.first?.count ?? 0
        let kept = (0..<count).filter { row in columns.allSatisfy { !$0[$0.startIndex + row].isNaN } }
        self.columns = columns.map { column in kept.map { column[column.startIndex + $0] } }
    }

    /// The covariances of the columns with n-1, and their summaries.
    func covariances() -> (matrix: [[Double]], summaries: [Summary]) {
        let summaries = columns.map { Summary(of: $0) }
        var matrix = columns.map { _ in [Double](repeating: 0, count: columns.count) }
        for left in columns.indices {
            for right in left..<columns.count {
                var products = CompensatedSum()
                for row in 0..<count {
                    products.add(
                        (columns[left][row] - summaries[left].mean) * (columns[right][row] - summaries[right].mean)
                    )
                }
                matrix[left][right] = products.value / Double(count - 1)
                matrix[right][left] = matrix[left][right]
            }
        }
        return (matrix, summaries)
    }
}

/// Cronbach's alpha, k/(k-1) (1 - Σ variances / variance of the sum): how far the columns measure one thing.
///
/// - Returns: `nil` with fewer than two columns, fewer than two complete rows, or a sum that does not vary.
/// - SeeAlso: Cronbach (1951), *Coefficient alpha and the internal structure of tests*, Psychometrika 16:297-334.
func cronbachAlpha(_ columns: [ArraySlice<Double>]) -> Double? {
    let rows = CompleteRows(of: columns)
    guard columns.count >= 2, rows.count >= 2 else { return nil }
    let sums = (0..<rows.count).map { row in
        var sum = CompensatedSum()
        for column in rows.columns { sum.add(column[row]) }
        return sum.value
    }
    let total = Summary(of: sums)
    guard !total.isConstant, total.squares > 0 else { return nil }
    var parts = CompensatedSum()
    for column in rows.columns { parts.add(Summary(of: column).squares) }
    let count = Double(columns.count)
    let alpha = count / (count - 1) * (1 - parts.value / total.squares)
    return alpha.isFinite ? alpha : nil
}
