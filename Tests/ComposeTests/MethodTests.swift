import Indicators
import Testing

@testable import Compose

@Suite struct `Mazziotta-Pareto` {
    /// numpy 2.4.6 on the formulas of Mazziotta and Pareto (2016), S with n.
    @Test(
        arguments: [
            (
                MazziottaPareto(),
                [
                    102.01396664540806, 95.82714232558904, 102.54318440188806, 101.00515475896569, 95.04517564316166,
                    98.94333155445308,
                ]
            ),
            (
                MazziottaPareto(scale: .standardisedByPopulation, penaltyLowers: false),
                [
                    103.17094016715062, 97.45139612927626, 103.2542681478814, 104.10692570636957, 98.27063023925551,
                    99.29717235643933,
                ]
            ),
            (
                MazziottaPareto(scale: .adjusted(.mean)),
                [
                    103.81250525782738, 87.39547239140485, 104.90311412642019, 98.97484766872618, 85.09378039019249,
                    97.31684197369738,
                ]
            ),
            (
                MazziottaPareto(scale: .adjusted(.value(50)), penaltyLowers: false),
                [
                    110.63865797687424, 99.65784103744372, 110.81779713354918, 111.2882153371498, 106.64238571804736,
                    101.37993800418059,
                ]
            ),
        ]
    )
    func `matches the formulas`(method: MazziottaPareto, expected: [Double]) {
        let composed = compose(panel(sample), tree: flat(["a", "b", "c"], .mazziottaPareto(method)))
        #expect(near(composed.scores(), expected))
    }

    @Test func `weighs its mean and its spread`() {
        let tree = flat(["a", "b", "c"], .mazziottaPareto(MazziottaPareto()), weights: [1, 2, 3])
        let expected = [
            103.68840937313665, 93.58642426330785, 100.73903316545335, 105.30104520202875, 92.14537728978314,
            100.78830533510646,
        ]
        #expect(near(compose(panel(sample), tree: tree).scores(), expected))
    }

    @Test func `leaves a constant child out and says so`() {
        let columns: [String: [Double?]] = ["a": [1, 2, 3], "b": [5, 5, 5]]
        let composed = compose(
            panel(columns),
            tree: flat(["a", "b"], .mazziottaPareto(MazziottaPareto()), coverage: 0.5)
        )
        #expect(near(composed.scores(), [90, 100, 110]))
        #expect(composed.codes == ["constant-indicator"])
    }

    @Test func `names a mean that nothing can be divided by`() {
        let method = MazziottaPareto(scale: .asGiven)
        let composed = compose(panel(["a": [-1, 3], "b": [1, 3]]), tree: flat(["a", "b"], .mazziottaPareto(method)))
        #expect(composed.scores() == [nil, 3])
        #expect(composed.codes == ["mean-not-positive"])
    }

    @Test func `holds limits of the AMPI over all years`() {
        let years = ScorePanel(indicators: ["a"], years: [2019, 2020], places: ["P0", "P1"], values: [0, 10, 5, 20])
        let tree = flat(["a"], .mazziottaPareto(MazziottaPareto(scale: .adjusted(.value(10)))))
        let composed = compose(years, tree: tree)
        #expect(near(composed.scores(year: 2019), [70, 100]))
        #expect(near(composed.scores(year: 2020), [85, 130]))
    }
}

@Suite struct Copeland {
    @Test func `takes a missing value out of both sides, whatever the order of the rows`() {
        // Each is better in one of the two that both have. COINr 1.1.14 sets o_ji = 1 - o_ij after dropping the missing one,
        // which credits the later row: -1 and 1 either way round.
        let columns: [String: [Double?]] = ["a": [1, 2], "b": [2, 1], "c": [nil, 3]]
        for swapped in [false, true] {
            let scores = compose(
                panel(columns.mapValues { swapped ? $0.reversed() : $0 }),
                tree: flat(["a", "b", "c"], .copeland, coverage: 0)
            ).scores()
            #expect(scores == [0, 0])
        }
    }

    @Test func `adds nothing for places without a common indicator`() {
        let columns: [String: [Double?]] = ["a": [1, nil, 3], "b": [nil, 2, 1]]
        let scores = compose(panel(columns), tree: flat(["a", "b"], .copeland, coverage: 0)).scores()
        #expect(scores == [-1, 1, 0])
    }

    @Test func `counts ties as half`() {
        let matrix = outranking([[1, 1], [2, 1]], weights: [3, 1])
        #expect(matrix == [[0.5, 0.625], [0.375, 0.5]])
    }

    @Test func `is outranked by weight rather than by number`() {
        let columns: [String: [Double?]] = ["a": [2, 1], "b": [1, 2], "c": [1, 2]]
        #expect(compose(panel(columns), tree: flat(["a", "b", "c"], .copeland)).scores() == [-1, 1])
        let tree = flat(["a", "b", "c"], .copeland, weights: [3, 1, 1])
        #expect(compose(panel(columns), tree: tree).scores() == [1, -1])
    }

    /// Weights of which sums in another order differ in the last digit must not break a tie.
    @Test func `calls an even split a tie`() {
        let columns: [String: [Double?]] = ["a": [2, 1], "b": [2, 1], "c": [1, 2]]
        let scores = compose(panel(columns), tree: flat(["a", "b", "c"], .copeland, weights: [0.1, 0.2, 0.3])).scores()
        #expect(scores == [0, 0])
    }

    @Test func `sums to zero and does not depend on the order of rows`() {
        let numbers = Draws(seed: 3)
        let count = 15
        let columns = (0..<4).map { child in
            (0..<count).map { place -> Double? in
                let number = numbers.unit(at: UInt64(child * count + place))
                return number < 0.2 ? nil : (number * 10).rounded()
            }
        }
        func scores(_ order: [Int]) -> [Double?] {
            let ids = ["a", "b", "c", "d"]
            let values = columns.flatMap { column in order.map { column[$0] ?? .nan } }
            let places = (0..<count).map { String(100 + $0) }
            let panel = ScorePanel(indicators: ids, years: [2020], places: places, values: values)
            return compose(panel, tree: flat(ids, .copeland, coverage: 0)).scores()
        }
        let straight = scores(Array(0..<count))
        let reversed = scores(Array((0..<count).reversed()))
        #expect(straight == reversed.reversed())
        #expect(straight.compactMap(\.self).reduce(0, +) == 0)
    }
}

@Suite struct `Benefit of the doubt` {
    /// scipy 1.17.1, `linprog(method="highs")`, one programme for each place; its tolerance is 1e-7, what it reaches 1e-12.
    @Test(
        arguments: [
            (BenefitOfTheDoubt(), [1, 1, 1, 1, 1, 0.8847882099905207]),
            (
                BenefitOfTheDoubt(minimumShare: 0.2),
                [1, 0.7252598607999923, 1, 0.9134072063440166, 0.7302524230292545, 0.8847882099905209]
            ),
            (
                BenefitOfTheDoubt(minimumShare: 0.2, maximumShare: 0.4),
                [
                    0.9747498599655133, 0.7049632259442745, 1, 0.9113504556752278, 0.595026191323806,
                    0.8830424565628449,
                ]
            ),
        ]
    )
    func `matches another solver`(method: BenefitOfTheDoubt, expected: [Double]) {
        let composed = compose(panel(sample), tree: flat(["a", "b", "c"], .benefitOfTheDoubt(method)))
        #expect(near(composed.scores(), expected, within: 1e-11))
    }

    @Test func `does not see the units of its indicators`() {
        let rescaled = sample.merging(["a": sample["a"]?.map { $0.map { $0 * 1000 } } ?? []]) { $1 }
        let tree = flat(["a", "b", "c"], .benefitOfTheDoubt())
        let scores = compose(panel(sample), tree: tree).scores()
        #expect(near(compose(panel(rescaled), tree: tree).scores(), scores, within: 1e-12))
    }

    @Test func `gives an incomplete place no score and does not hold it against others`() {
        let columns: [String: [Double?]] = ["a": [1, 2, 100], "b": [2, 1, nil]]
        let composed = compose(panel(columns), tree: flat(["a", "b"], .benefitOfTheDoubt(), coverage: 0))
        #expect(near(composed.scores(), [1, 1, nil], within: 1e-12))
    }

    @Test func `refuses a negative score`() {
        let composed = compose(panel(["a": [1, -1], "b": [1, 5]]), tree: flat(["a", "b"], .benefitOfTheDoubt()))
        #expect(near(composed.scores(), [1, nil], within: 1e-12))
        #expect(composed.codes == ["negative-score"])
    }

    @Test func `says that a zero collapses the score under share limits`() {
        let method = BenefitOfTheDoubt(minimumShare: 0.1)
        let composed = compose(
            panel(["a": [0, 1], "b": [9, 1]]),
            tree: flat(["a", "b"], .benefitOfTheDoubt(method))
        )
        #expect(near(composed.scores(), [0, 1], within: 1e-12))
        #expect(composed.codes == ["benefit-of-the-doubt-collapsed"])
    }

    @Test func `makes nothing of nothing`() {
        let composed = compose(panel(["a": [0, 0], "b": [0, 3]]), tree: flat(["a", "b"], .benefitOfTheDoubt()))
        #expect(near(composed.scores(), [0, 1], within: 1e-12))
    }

    @Test func `takes one place alone`() {
        let composed = compose(panel(["a": [3], "b": [5]]), tree: flat(["a", "b"], .benefitOfTheDoubt()))
        #expect(near(composed.scores(), [1], within: 1e-12))
    }
}
