import Indicators

/// The part of an output's variance that an input has, alone and with what it does together with others.
package struct SobolIndices: Equatable, Sendable {
    package var firstOrder: Double
    package var total: Double
}

/// First-order and total indices from a sample and its recombinations.
///
/// First-order mean(y_B (y_AB - y_A)) / V, total Σ(y_A - y_AB)² / (2NV), where V is the variance of all y_A and y_B together
/// with n-1, and AB is A with the column of the one input taken from B.
/// - Parameters:
///   - first: The output for each row of A.
///   - second: The output for each row of B.
///   - recombined: For each input, the output for each row of AB.
/// - Returns: One for each input; `nil` with less than two rows or where the output does not vary.
/// - SeeAlso: Saltelli et al. (2010), *Variance based sensitivity analysis of model output*, Computer Physics Communications
///   181:259-270, table 2 (b) and (f, after Jansen).
package func sobolIndices(_ first: [Double], _ second: [Double], recombined: [[Double]]) -> [SobolIndices]? {
    let all = Summary(of: first + second)
    guard first.count >= 2, !all.isConstant else { return nil }
    let variance = all.squares / Double(all.count - 1)
    return recombined.map { outputs in
        var products = CompensatedSum()
        var squares = CompensatedSum()
        for row in first.indices {
            products.add(second[row] * (outputs[row] - first[row]))
            squares.add((first[row] - outputs[row]) * (first[row] - outputs[row]))
        }
        let count = Double(first.count)
        return SobolIndices(
            firstOrder: products.value / count / variance,
            total: squares.value / (2 * count * variance)
        )
    }
}

/// The sums behind Sobol indices of a whole number such as a rank: exact, so that the order of the rows, and with it the
/// number of threads, does not matter; and no longer for more rows.
struct SobolTally: Sendable {
    private(set) var count = 0
    private var sum: Int128 = 0
    private var squares: Int128 = 0
    /// By input: Σ y_B (y_AB - y_A) and Σ (y_A - y_AB)².
    private var products: [Int128]
    private var differences: [Int128]

    init(inputCount: Int) {
        products = [Int128](repeating: 0, count: inputCount)
        differences = products
    }

    /// Adds a row of A and B.
    mutating func add(first: Int, second: Int) {
        count += 1
        sum += Int128(first + second)
        squares += Int128(first) * Int128(first) + Int128(second) * Int128(second)
    }

    /// Adds the recombination of that row for one input.
    mutating func add(input: Int, first: Int, second: Int, recombined: Int) {
        products[input] += Int128(second) * Int128(recombined - first)
        differences[input] += Int128(first - recombined) * Int128(first - recombined)
    }

    mutating func add(_ other: SobolTally) {
        count += other.count
        sum += other.sum
        squares += other.squares
        for input in products.indices {
            products[input] += other.products[input]
            differences[input] += other.differences[input]
        }
    }

    func spell(_ writer: inout MemoWriter) {
        writer.append(count)
        writer.append([sum, squares])
        writer.append(products)
        writer.append(differences)
    }

    /// As ``spell(_:)`` spelt a tally of as many inputs; `nil` where it did not.
    init?(_ reader: inout MemoReader, like other: SobolTally) {
        self = other
        guard let count = reader.integer(), let sums = reader.list({ $0.integer(Int128.self) }), sums.count == 2,
            let products = reader.list({ $0.integer(Int128.self) }), products.count == other.products.count,
            let differences = reader.list({ $0.integer(Int128.self) }), differences.count == products.count
        else { return nil }
        self.count = count
        (sum, squares) = (sums[0], sums[1])
        self.products = products
        self.differences = differences
    }

    /// With n-1; `nil` with less than two rows.
    var variance: Double? {
        guard count >= 2 else { return nil }
        let outputs = Int128(2 * count)
        return Double(outputs * squares - sum * sum) / (Double(outputs) * Double(outputs - 1))
    }

    /// See ``sobolIndices(_:_:recombined:)``; `nil` where the output does not vary.
    func indices(ofInput input: Int) -> SobolIndices? {
        guard let variance, variance > 0 else { return nil }
        return SobolIndices(
            firstOrder: Double(products[input]) / Double(count) / variance,
            total: Double(differences[input]) / (2 * Double(count) * variance)
        )
    }
}
