import Testing

@testable import Compose

@Suite struct `Sobol indices` {
    /// numpy 2.4.6 on Saltelli et al. (2010) and Jansen (1999).
    private let first = [3, 1, 4, 1, 5, 9]
    private let second = [2, 6, 5, 3, 5, 8]
    private let recombined = [[3, 6, 4, 2, 5, 8], [2, 1, 5, 3, 6, 9]]
    private let expected = [(0.6485849056603773, 0.35023584905660377), (0.3632075471698113, 0.09080188679245282)]

    @Test func `match the formulas`() throws {
        let found = try #require(
            sobolIndices(
                first.map(Double.init),
                second.map(Double.init),
                recombined: recombined.map { $0.map(Double.init) }
            )
        )
        for (index, values) in zip(found, expected) {
            #expect(near(index.firstOrder, values.0) && near(index.total, values.1))
        }
    }

    @Test func `come out the same counted one by one, in any order`() throws {
        var tallies = (0..<2).map { _ in SobolTally(inputCount: 2) }
        for row in first.indices {
            tallies[row % 2].add(first: first[row], second: second[row])
            for input in 0..<2 {
                tallies[row % 2].add(
                    input: input,
                    first: first[row],
                    second: second[row],
                    recombined: recombined[input][row]
                )
            }
        }
        var (there, back) = (tallies[0], tallies[1])
        there.add(tallies[1])
        back.add(tallies[0])
        #expect(near(there.variance, 6.424242424242425))
        for input in 0..<2 {
            let found = try #require(there.indices(ofInput: input))
            #expect(found == back.indices(ofInput: input))
            #expect(near(found.firstOrder, expected[input].0) && near(found.total, expected[input].1))
        }
    }

    /// y = x1 + 2 x2 + 3 x3, x uniform: 1/14, 4/14, 9/14, total the same.
    @Test func `find the parts of a sum`() throws {
        let draws = Draws(seed: 4)
        let count = 20_000
        func row(_ number: Int, _ matrix: Int) -> [Double] {
            (0..<3).map { draws.unit(at: UInt64((2 * number + matrix) * 3 + $0)) }
        }
        func output(_ x: [Double]) -> Double { x[0] + 2 * x[1] + 3 * x[2] - 3 }
        let recombined = (0..<3).map { input in
            (0..<count).map { number -> Double in
                var x = row(number, 0)
                x[input] = row(number, 1)[input]
                return output(x)
            }
        }
        let found = try #require(
            sobolIndices(
                (0..<count).map { output(row($0, 0)) },
                (0..<count).map { output(row($0, 1)) },
                recombined: recombined
            )
        )
        for (index, part) in zip(found, [1.0 / 14, 4.0 / 14, 9.0 / 14]) {
            #expect(abs(index.firstOrder - part) < 0.03 && abs(index.total - part) < 0.03)
        }
    }

    @Test func `are none where nothing varies`() {
        #expect(sobolIndices([1, 1], [1, 1], recombined: [[1, 1]]) == nil)
        #expect(sobolIndices([1], [2], recombined: [[1]]) == nil)
    }
}

@Suite struct `Draws and ranks` {
    /// The first numbers of the reference implementation (Vigna, splitmix64.c) for seed 1234567.
    @Test func `are those of SplitMix64`() {
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect((0..<5).map { Draws(seed: 1_234_567).bits(at: UInt64($0)) } == expected)
    }

    @Test func `never draw a level that there is not`() {
        #expect(Draws.level(.max, of: 3) == 2)
        #expect(Draws.level(0, of: 3) == 0)
        // Four draws that are all near 1 are all of the last level: the range of draws is 0..<1, not that of the sample.
        let high = [0.91, 0.93, 0.97, 0.99].map { UInt64($0 * 0x1p64) }
        #expect(high.map { Draws.level($0, of: 2) } == [1, 1, 1, 1])
    }

    /// numpy 2.4.6, `quantile` (type 7) of 1, 1, 2, 2, 2, 3, 5.
    @Test(arguments: [(0.05, 1), (0.5, 2), (0.95, 4.4)]) func `have quantiles of type 7`(
        share: Double,
        expected: Double
    ) {
        var tally = RankTally(placeCount: 5, countsPairs: false)
        for rank in [1, 1, 2, 2, 2, 3, 5] as [Int32] { tally.add(ranks: [rank, 0, 0, 0, 0], order: [0]) }
        #expect(near(tally.quantile(share, of: 0), expected))
        #expect(tally.quantile(share, of: 1) == nil)
    }

    /// The ranks of four countries in 50 replications, and what COINr 1.1.14, `get_sensitivity`, makes of them: mean, median, and
    /// the quantiles at 5 and 95 percent (Becker et al. 2022, doi:10.21105/joss.04567; ASEM index, replications exported).
    @Test(arguments: [
        (
            "35 35 35 34 35 35 39 35 35 35 35 35 36 35 35 35 35 34 36 35 35 35 36 36 35 39 35 35 41 36 35 34 37 34 35 44 37 35"
                + " 40 35 35 34 35 35 35 35 39 39 40 35",
            [35.9, 35, 34, 40]
        ),
        (
            "29 34 29 32 28 32 30 30 31 31 31 32 31 30 30 31 30 30 31 30 31 31 30 30 29 30 32 29 32 31 29 29 32 31 34 31 28 30"
                + " 30 30 30 31 30 30 30 31 30 33 32 31",
            [30.58, 30, 29, 32.55]
        ),
        (
            "20 20 16 26 20 24 22 17 20 21 26 24 24 22 20 21 19 19 26 19 20 23 21 22 19 22 19 18 24 18 19 19 24 19 22 24 20 21"
                + " 21 20 22 19 19 17 20 20 24 21 22 21",
            [20.92, 20.5, 17.45, 25.1]
        ),
        (
            "19 19 20 24 14 23 16 19 22 22 24 23 21 19 18 27 18 14 20 21 23 19 16 16 18 17 17 20 18 16 17 17 22 22 20 20 13 18"
                + " 14 18 17 22 18 16 17 22 16 17 16 22",
            [18.94, 18.5, 14, 23.55]
        ),
    ])
    func `of 50 replications are summed up as COINr sums them up`(ranks: String, expected: [Double]) {
        var tally = RankTally(placeCount: 51, countsPairs: false)
        for rank in ranks.split(separator: " ").compactMap({ Int32($0) }) {
            tally.add(ranks: [rank] + [Int32](repeating: 0, count: 50), order: [0])
        }
        #expect(tally.replications(0) == 50)
        let found = [tally.mean(0)] + [0.5, 0.05, 0.95].map { tally.quantile($0, of: 0) }
        for (number, reference) in zip(found, expected) { #expect(near(number, reference)) }
    }

    @Test func `share the least rank where scores are equal`() {
        #expect(ranksFromBest([5, .nan, 9, 5, 1]) == [2, nil, 1, 2, 4])
        #expect(ranksFromBest([]) == [])
    }
}
