/// The eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations.
///
/// - SeeAlso: Golub and Van Loan (2013), *Matrix Computations*, 4th edition, section 8.5.
struct SymmetricEigen {
    /// From the greatest to the least.
    private(set) var values: [Double]
    /// In the same order; each of length 1, its sign arbitrary.
    private(set) var vectors: [[Double]]

    init(_ matrix: [[Double]]) {
        var reduced = matrix
        var rotated = matrix.indices.map { row in matrix.indices.map { row == $0 ? 1.0 : 0.0 } }
        let size = matrix.count
        // Convergence is quadratic: some ten sweeps do for any size of ours.
        for _ in 0..<100 {
            var isDiagonal = true
            for row in 0..<size {
                for column in (row + 1)..<max(size, row + 1) {
                    let entry = abs(reduced[row][column])
                    if entry <= 1e-18 * (abs(reduced[row][row]) + abs(reduced[column][column])) { continue }
                    isDiagonal = false
                    Self.rotate(&reduced, &rotated, row, column)
                }
            }
            if isDiagonal { break }
        }
        let order = (0..<size).sorted { (-reduced[$0][$0], $0) < (-reduced[$1][$1], $1) }
        values = order.map { reduced[$0][$0] }
        vectors = order.map { column in rotated.map { $0[column] } }
    }

    /// Makes the entry at `row` and `column` zero.
    private static func rotate(_ reduced: inout [[Double]], _ rotated: inout [[Double]], _ row: Int, _ column: Int) {
        let theta = (reduced[column][column] - reduced[row][row]) / (2 * reduced[row][column])
        let tangent = (theta >= 0 ? 1 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for index in reduced.indices {
            let (x, y) = (reduced[index][row], reduced[index][column])
            reduced[index][row] = cosine * x - sine * y
            reduced[index][column] = sine * x + cosine * y
        }
        for index in reduced.indices {
            let (x, y) = (reduced[row][index], reduced[column][index])
            reduced[row][index] = cosine * x - sine * y
            reduced[column][index] = sine * x + cosine * y
            let (v, w) = (rotated[index][row], rotated[index][column])
            rotated[index][row] = cosine * v - sine * w
            rotated[index][column] = sine * v + cosine * w
        }
        reduced[row][column] = 0
        reduced[column][row] = 0
    }
}
