import Compare
import Glibc
import Testing

private let aversions = [0.5, 1, 2]
private let orders = [0.5, 2, -1, 3]

@Suite struct `Measures of inequality` {
    /// R `ineq` 0.2-13 by A. Zeileis, `ineq()`, `RS()`, `entropy()`, unweighted.
    @Test(arguments: Reference.unweighted)
    func `agree with R's ineq`(reference: Reference) throws {
        let found = try inequality(reference.values, entropies: orders, aversions: aversions)
        expect(found.gini, reference.gini)
        expect(found.giniCorrected, reference.corrected)
        expect(found.hoover, reference.hoover)
        expect(found.theilT, reference.theilT)
        expect(found.theilL, reference.theilL)
        for (found, expected) in zip(found.atkinsons, reference.atkinson) { expect(found, expected) }
        for (found, expected) in zip(found.entropies, reference.entropy) { expect(found, expected) }
        expect(found.variation, reference.variation)
        expect(found.variationOfSample, reference.variationOfSample)
        #expect(found.degeneracies == [])
    }

    /// numpy 2.4.6 in long doubles: the textbook's double sums over all pairs, `cumsum` for quantiles and shares.
    @Test(arguments: WeightedReference.all)
    func `weighted, agree with double sums over all pairs`(reference: WeightedReference) throws {
        let distribution = try #require(Distribution(reference.values, weights: reference.weights))
        let found = Inequality(of: distribution, entropies: [-1, 0.5, 2, 3], aversions: [0.5, 1, 1.5, 2])
        let expected = reference.expected
        expect(distribution.mean, expected["mean"])
        expect(found.gini, expected["gini"])
        expect(found.hoover, expected["hoover"])
        expect(found.theilT, expected["theilT"])
        expect(found.theilL, expected["theilL"])
        for (found, name) in zip(found.entropies, ["ge-1", "ge0.5", "ge2", "ge3"]) { expect(found, expected[name]) }
        for (found, name) in zip(found.atkinsons, ["atk0.5", "atk1", "atk1.5", "atk2"]) {
            expect(found, expected[name])
        }
        expect(found.variation, expected["cov"])
        #expect(found.p90 == expected["p90"])
        #expect(found.p10 == expected["p10"])
        expect(found.s80ToS20, expected["s80s20"])
        expect(found.palma, expected["palma"])
    }

    @Test func `keep a zero before the mean is taken: 0 ln 0 is 0`() throws {
        // The textbook's limit; R's ineq drops the zeros first and finds 0.124.
        let found = try inequality([0, 0, 3, 9, 12])
        expect(found.theilT, 0.635123159564751)
        expect(found.gini, 0.55)
        expect(found.hoover, 0.475)
        expect(found.atkinsons[0], 0.440192378864668)
        #expect(found.atkinsons[1] == 1)
        #expect(found.atkinsons[2] == 1)
        #expect(found.theilL == nil)
        #expect(found.p90ToP10 == nil)
        #expect(found.s80ToS20 == nil)
        #expect(found.degeneracies == [.zeroValue])
    }

    @Test(arguments: [7, 0.1, 1e-300, 1e308, 33.3])
    func `of equal values are 0, whatever the value`(value: Double) throws {
        let found = try inequality([Double](repeating: value, count: 7), weights: [1, 2, 3, 0.1, 0.2, 0.3, 5])
        #expect(found.gini == 0)
        #expect(found.hoover == 0)
        #expect(found.theilT == 0)
        #expect(found.theilL == 0)
        #expect(found.entropies == [0])
        #expect(found.atkinsons == [0, 0, 0])
        #expect(found.variationOfSample == 0)
        #expect(found.p90ToP10 == 1)
        expect(found.s80ToS20, 1)
        expect(found.palma, 0.25)
    }

    @Test func `of one place are 0, and those of a sample have no value`() throws {
        let found = try inequality([12])
        #expect(found.gini == 0)
        #expect(found.giniCorrected == nil)
        #expect(found.variationOfSample == nil)
    }

    @Test func `are refused for a negative value, but for the coefficient of variation`() throws {
        let found = try inequality([-1, 2, 5])
        #expect(found.degeneracies == [.negativeValue])
        #expect(found.gini == nil && found.theilT == nil && found.hoover == nil && found.palma == nil)
        // Mean 2, variance (9 + 0 + 9) / 3.
        expect(found.variation, 6.0.squareRoot() / 2)
        #expect(found.p10 == -1)
    }

    @Test(arguments: [[0.0, 0, 0], [-1, 0, 1], [-3, -2, 1]])
    func `are refused where the mean is 0 or below`(values: [Double]) throws {
        let found = try inequality(values)
        #expect(found.degeneracies.contains(.zeroMean))
        #expect(found.gini == nil && found.variation == nil && found.p90ToP10 == nil)
    }

    @Test func `of numbers at the ends of the doubles do not overflow`() throws {
        let found = try inequality([1e308, 1.5e308, 0.5e308], weights: [1e308, 1e308, 1e308])
        let small = try inequality([1, 1.5, 0.5])
        expect(found.gini, small.gini)
        expect(found.theilL, small.theilL)
        let apart = try inequality([1e-150, 1e150], entropies: [-3])
        #expect(apart.entropies == [nil])
        #expect(apart.gini == 0.5)
        // ln of the mean, 1e150 / 2, less the mean of the logarithms, 0.
        expect(apart.theilL, 345.38776394910684 - 0.6931471805599453)
        let beyond = try inequality([1e-300, 1e300])
        #expect(beyond.theilL == nil)
        #expect(beyond.theilT == 0.6931471805599453)
        #expect(beyond.degeneracies == [.notRepresentable])
    }

    /// The double sums over all pairs and the plain sums of the definitions, for every number of places left over of fours.
    @Test(arguments: 2...13)
    func `follow their definitions for any number of places`(count: Int) throws {
        let values = (0..<count).map { (place: Int) -> Double in Double((place * 5 + 2) % 7) * 1.7 + 3.1 }
        let unequal = (0..<count).map { (place: Int) -> Double in Double((place * 3) % 5) * 0.3 + 1 }
        for weights in [[Double](repeating: 1, count: count), [Double](repeating: 0.3, count: count), unequal] {
            let found = try inequality(values, weights: weights, entropies: [3])
            let total = weights.reduce(0, +)
            var (mean, pairs) = (0.0, 0.0)
            for one in values.indices {
                mean += weights[one] / total * values[one]
                for other in values.indices {
                    pairs += weights[one] / total * (weights[other] / total) * abs(values[one] - values[other])
                }
            }
            func sum(_ term: (Double) -> Double) -> Double {
                var sum = 0.0
                for index in values.indices { sum += weights[index] / total * term(values[index] / mean) }
                return sum
            }
            expect(found.gini, pairs / (2 * mean))
            expect(found.hoover, sum { abs($0 - 1) } / 2)
            expect(found.theilT, sum { $0 * log($0) })
            expect(found.theilL, -sum { log($0) })
            expect(found.variation, sum { ($0 - 1) * ($0 - 1) }.squareRoot())
            expect(found.entropies[0], (sum { $0 * $0 * $0 } - 1) / 6)
            // Place by place, from the ends: what is left of a fifth, a tenth and four tenths is taken of the next.
            let order = values.indices.sorted { values[$0] < values[$1] }
            func held(_ part: Double, _ order: [Int]) -> Double {
                var (left, held) = (part * total, 0.0)
                for place in order {
                    let taken = min(left, weights[place])
                    held += taken * values[place]
                    left -= taken
                }
                return held
            }
            expect(found.s80ToS20, held(0.2, order.reversed()) / held(0.2, order))
            expect(found.palma, held(0.1, order.reversed()) / held(0.4, order))
            expect(found.atkinsons[1], 1 - exp(sum { log($0) }))
            expect(found.atkinsons[2], 1 - 1 / sum { 1 / $0 })
        }
    }

    @Test func `quantiles compare the weight exactly`() throws {
        let found = try inequality((1...10).map(Double.init), weights: [Double](repeating: 0.1, count: 10))
        // Nine of ten equal places hold nine tenths, though 0.9 as a double is less than nine times 0.1 is.
        #expect(found.p90 == 9)
        #expect(found.p10 == 1)
        expect(found.s80ToS20, 19.0 / 3)
        expect(found.palma, 10.0 / 10)
    }

    @Test func `split the place at the boundary of a fifth in proportion`() throws {
        // Of 3 places a fifth is 0.6 of one: (0.6 x 30) / (0.6 x 10).
        let found = try inequality([10, 20, 30])
        expect(found.s80ToS20, 3)
        // The highest tenth is 0.3 of a place, the lowest four tenths one and a fifth: (0.3 x 30) / (10 + 0.2 x 20).
        expect(found.palma, 9.0 / 14)
    }

    @Test func `do not change with the scale, the order, or when each place is there twice`() throws {
        let reference = WeightedReference.all[0]
        let plain = try inequality(reference.values, weights: reference.weights)
        let scaled = try inequality(reference.values.map { $0 * 1024 }, weights: reference.weights.map { $0 / 8 })
        #expect(scaled.gini == plain.gini && scaled.theilT == plain.theilT && scaled.palma == plain.palma)
        let twice = try inequality(reference.values + reference.values, weights: reference.weights + reference.weights)
        expect(twice.gini, plain.gini)
        expect(twice.theilL, plain.theilL)
        expect(twice.atkinsons[2], plain.atkinsons[2])
        expect(twice.s80ToS20, plain.s80ToS20)
        let whole = try inequality([10, 10, 20, 40, 40, 40])
        let weighted = try inequality([40, 10, 20], weights: [3, 2, 1])
        expect(weighted.gini, whole.gini)
        expect(weighted.theilT, whole.theilT)
        expect(weighted.variation, whole.variation)
        #expect(weighted.p90 == whole.p90)
    }

    @Test func `grow when something is taken from a poorer place and given to a richer`() throws {
        let before = try inequality([10, 20, 30, 40], entropies: [-1, 2], aversions: [0.5, 1, 2])
        let after = try inequality([9, 20, 30, 41], entropies: [-1, 2], aversions: [0.5, 1, 2])
        func values(_ found: Inequality) -> [Double?] {
            [found.gini, found.theilT, found.theilL, found.variation] + found.entropies + found.atkinsons
        }
        for (less, more) in zip(values(before), values(after)) {
            #expect(try #require(less) < #require(more))
        }
    }
}

@Suite struct `Between and within` {
    @Test(arguments: WeightedReference.all)
    func `of two groups, as formulas by groups have it`(reference: WeightedReference) throws {
        let (groups, whole) = try reference.split()
        let measures: [(InequalityDecomposition.Measure, String)] = [
            (.gini, "g"), (.entropy(1), "t"), (.entropy(0), "l"), (.entropy(2), "g2"),
        ]
        for (measure, name) in measures {
            let found = try #require(InequalityDecomposition(measure, of: groups, whole: whole))
            let expected = try #require(reference.parts[name])
            expect(found.within[0], expected[0])
            expect(found.within[1], expected[1])
            expect(found.between, expected[2])
        }
    }

    @Test(arguments: WeightedReference.all, [1, 0, 2, 0.5, -1, 3.5])
    func `add up to the whole, for every entropy`(reference: WeightedReference, order: Double) throws {
        let (groups, whole) = try reference.split()
        let found = try #require(InequalityDecomposition(.entropy(order), of: groups, whole: whole))
        #expect(abs(found.total - found.between - found.within[0] - found.within[1]) <= 1e-12 * found.total + 1e-16)
        #expect(found.overlap == nil)
    }

    @Test func `the overlap of a Gini coefficient is 0 where groups lie apart, and the rest where not`() throws {
        let apart = try decomposition(.gini, [1, 2, 3], [4, 5])
        #expect(apart.overlap == 0)
        expect(apart.between + apart.within[0] + apart.within[1], apart.total)
        // Means 3 and 3: nothing between; each group's own 2/9 counts a quarter; the whole is 0.24074...
        let mixed = try decomposition(.gini, [1, 3, 5], [2, 3, 4])
        #expect(mixed.between == 0)
        let pairs = [1.0, 3, 5, 2, 3, 4].flatMap { one in [1.0, 3, 5, 2, 3, 4].map { abs(one - $0) } }
        expect(mixed.total, pairs.reduce(0, +) / 36 / 6)
        expect(mixed.within[0], 0.25 * (16.0 / 9 / 6))
        expect(mixed.within[1], 0.25 * (8.0 / 9 / 6))
        expect(mixed.overlap, mixed.total - mixed.within[0] - mixed.within[1])
    }

    @Test func `a group of one place, or of zeros, is equal within`() throws {
        let one = try decomposition(.entropy(1), [10], [20, 40])
        #expect(one.within[0] == 0)
        let none = try decomposition(.entropy(1), [0, 0], [20, 40])
        #expect(none.within[0] == 0)
        expect(none.between + none.within[1], none.total)
        let zeros = try #require(Distribution([0, 0]))
        let others = try #require(Distribution([20, 40]))
        let whole = try #require(Distribution([0, 0, 20, 40]))
        #expect(InequalityDecomposition(.entropy(0), of: [zeros, others], whole: whole) == nil)
    }
}

// MARK: Asking

func inequality(
    _ values: [Double],
    weights: [Double]? = nil,
    entropies: [Double] = [2],
    aversions: [Double] = [0.5, 1, 2]
) throws -> Inequality {
    let weights = weights ?? [Double](repeating: 1, count: values.count)
    let distribution = try #require(Distribution(values, weights: weights))
    return Inequality(of: distribution, entropies: entropies, aversions: aversions)
}

private func decomposition(
    _ measure: InequalityDecomposition.Measure,
    _ one: [Double],
    _ other: [Double]
) throws -> InequalityDecomposition {
    let groups = try [one, other].map { try #require(Distribution($0)) }
    let whole = try #require(Distribution(one + other))
    return try #require(InequalityDecomposition(measure, of: groups, whole: whole))
}

/// Relative error up to 1e-12, or 1e-15 of nearly nothing: the references were worked out another way.
func expect(
    _ found: Double?,
    _ expected: Double?,
    tolerance: Double = 1e-12,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let found, let expected else {
        Issue.record(
            "\(String(describing: found)), not \(String(describing: expected))",
            sourceLocation: sourceLocation
        )
        return
    }
    #expect(abs(found - expected) <= tolerance * abs(expected) + 1e-15, sourceLocation: sourceLocation)
}
