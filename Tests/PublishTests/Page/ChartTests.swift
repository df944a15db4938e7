import Indicators
import Testing

@testable import Publish

@Suite struct `Scales of charts` {
    @Test func `a scale starts at zero and ends at a round number`() {
        let scale = LinearScale.round(over: [3, 17.2], to: (0, 100))
        #expect(scale.domain == 0...20)
        #expect(scale(10) == 50)
        #expect(scale.ticks() == [0, 5, 10, 15, 20])
    }

    @Test func `a percentage near the whole ends at the whole`() {
        #expect(LinearScale.round(over: [88], isPercentage: true, to: (0, 1)).domain == 0...100)
        #expect(LinearScale.round(over: [12], isPercentage: true, to: (0, 1)).domain.upperBound < 30)
    }

    @Test(arguments: [[], [0], [5, 5], [-3, -1], [1e-9], [1e300]] as [[Double]])
    func `a scale of anything has a width`(_ numbers: [Double]) {
        let scale = LinearScale.round(over: numbers, to: (0, 10))
        #expect(scale.domain.upperBound > scale.domain.lowerBound)
        for number in numbers { #expect((-1e-9...10.000001).contains(scale(number))) }
        #expect(!scale.ticks().isEmpty)
    }

    @Test func `years have labels at round ones`() {
        #expect(yearTicks(1998...2023) == [2000, 2005, 2010, 2015, 2020])
        #expect(yearTicks(2022...2022) == [2022])
    }
}

@Suite struct `Lorenz curves` {
    @Test func `shares of equals lie on the diagonal`() throws {
        let curve = try #require(LorenzCurve([2, 2, 2, 2]))
        #expect(abs(curve.gini) < 1e-15)
    }

    @Test func `twice the area under the diagonal is the Gini of mean differences`() throws {
        let values = [0.0, 0, 3, 9, 12]
        // Gini as the mean absolute difference by twice the mean, over all pairs.
        var differences = 0.0
        for left in values { for right in values { differences += abs(left - right) } }
        let gini = differences / (2 * 25 * 4.8)
        #expect(abs(try #require(LorenzCurve(values)).gini - gini) < 1e-12)
    }

    @Test func `the curve does not depend on the order`() throws {
        #expect(try #require(LorenzCurve([5, 1, 3])).points == #require(LorenzCurve([1, 3, 5])).points)
    }

    @Test(arguments: [[], [0, 0], [-1, 4]] as [[Double]])
    func `what has no shares has no curve`(_ values: [Double]) {
        #expect(LorenzCurve(values) == nil)
    }
}

@Suite struct `Shades of maps` {
    @Test func `even values get even classes with round ends`() {
        let shading = Shading(Array(stride(from: 1.0, through: 99, by: 2)))
        #expect(shading.breaks == [20, 40, 60, 80])
        #expect(shading.shade(of: 19.9) == 0)
        #expect(shading.shade(of: 20) == 1)
        #expect(shading.name(of: 0) == "q0")
        #expect(shading.name(of: 4) == "q4")
    }

    @Test func `where most fall into one class the classes share them out`() {
        let numbers = (1...40).map(Double.init) + [4_000]
        let shading = Shading(numbers)
        let counts = (0...shading.breaks.count).map { shade in numbers.count { shading.shade(of: $0) == shade } }
        #expect(counts.allSatisfy { (7...10).contains($0) }, "\(counts)")
    }

    @Test func `equal values are one class`() {
        #expect(Shading([3, 3]).breaks.isEmpty)
        #expect(Shading([]).breaks.isEmpty)
        #expect(Shading([3]).name(of: 0) == "q2")
    }
}

@Suite struct `Marks and lines` {
    @Test func `a trend puts its dots where the values are, and lifts the pen at a break`() {
        let chart = TrendChart(
            reference: [
                .init(year: 2000, value: 0, number: 4), .init(year: 2010, value: 100, number: 5),
                .init(year: 2020, value: 50, isBreak: true),
            ],
            other: [],
            names: (LocalisedText(english: "A"), LocalisedText(english: "B")),
            isPercentage: true
        )
        let svg = chart.svg(labelledBy: "x").source
        // The plot is 40...346 wide and 204...18 high.
        #expect(svg.contains("<circle class=\"reference\" cx=\"40\" cy=\"204\" r=\"3.2\" data-e=\"4\"/>"))
        #expect(svg.contains("<circle class=\"reference\" cx=\"193\" cy=\"18\" r=\"3.2\" data-e=\"5\"/>"))
        #expect(svg.contains("d=\"M40 204L193 18M346 111\""))
        #expect(!svg.contains("line other"))
    }

    @Test func `a bracket spans the years between the two at the level`() {
        let chart = TrendChart(
            reference: [.init(year: 2000, value: 0), .init(year: 2010, value: 100)],
            other: [.init(year: 2010, value: 50)],
            names: (LocalisedText(english: "A"), LocalisedText(english: "B")),
            bracket: .init(level: 50, from: 2005, to: 2010, label: LocalisedMarkup("5 years"), number: 7),
            isPercentage: true
        )
        let svg = chart.svg(labelledBy: "x").source
        #expect(svg.contains("M193 106v10M193 111H346M346 106v10"))
        #expect(svg.contains("data-e=\"7\">5 years</text>"))
    }

    @Test(arguments: [
        (from: 2005.0, to: 2010.0, place: "bracket-label end\" x=\"187\" y=\"115\""),
        (from: 2001, to: 2007, place: "bracket-label start\" x=\"260.2\" y=\"115\""),
        (from: 2001, to: 2010, place: "bracket-label middle\" x=\"208.3\" y=\"103\""),
    ])
    func `what a bracket says stays within the drawing`(_ bracket: (from: Double, to: Double, place: String)) {
        let chart = TrendChart(
            reference: [.init(year: 2000, value: 0), .init(year: 2010, value: 100)],
            other: [.init(year: 2010, value: 50)],
            names: (LocalisedText(english: "A"), LocalisedText(english: "B")),
            bracket: .init(
                level: 50,
                from: bracket.from,
                to: bracket.to,
                label: LocalisedMarkup("9 years"),
                number: 7
            ),
            isPercentage: true
        )
        #expect(chart.svg(labelledBy: "x").source.contains(bracket.place))
    }

    @Test func `the name of a line stands above the line where it comes in under the name`() throws {
        // The peak lies 61 units left of the end, the name is 60 wide: it would stand on the line that falls from there.
        let chart = TrendChart(
            reference: [.init(year: 2015, value: 0), .init(year: 2019, value: 100), .init(year: 2020, value: 50)],
            other: [],
            names: (LocalisedText(english: "A"), LocalisedText(english: "B")),
            isPercentage: true
        )
        let svg = chart.svg(labelledBy: "x").source
        let height = svg.firstMatch(of: /series reference end" x="346" y="([0-9.]+)"/).flatMap { Double($0.output.1) }
        #expect(try #require(height) < 18)
    }

    @Test(arguments: [(0.0, 100.0), (50, 51), (100, 100), (0, 0), (99, 100), (0, 2)])
    func `labels of a dumbbell do not leave the drawing`(_ reference: Double, _ other: Double) {
        let scale = LinearScale(0...100, to: Dumbbell.range)
        let svg = Dumbbell(reference: (reference, nil), other: (other, nil), scale: scale).svg(labelledBy: "x").source
        let labels = svg.matches(of: /class="value (?:reference|other) (start|middle|end)" x="([0-9.]+)"/)
        #expect(labels.count == 2)
        for label in labels {
            guard let x = Double(label.output.2) else { continue }
            let reach: ClosedRange<Double> =
                switch label.output.1 {
                case "start": x...(x + 40)
                case "end": (x - 40)...x
                default: (x - 20)...(x + 20)
                }
            #expect(reach.lowerBound >= -16 && reach.upperBound <= 376, "\(label.output.0)")
        }
    }

    @Test func `a line is simplified to what can be seen`() {
        let straight = (0...10).map { Point(x: Double($0) * 10, y: 0) }
        let back = straight.reversed().map { Point(x: $0.x, y: 40) }
        let simplified = ShapeMap.simplified(straight + back + [straight[0]])
        #expect(simplified.first == simplified.last)
        #expect(simplified.count < 9)
        for corner in [Point(x: 100, y: 0), Point(x: 100, y: 40), Point(x: 0, y: 40)] {
            #expect(simplified.contains(corner))
        }
    }
}

@Suite struct `Numbers as people read them` {
    @Test(
        arguments: [
            (0, "0"), (87.9776, "88.0"), (88, "88"), (66.15, "66.2"), (0.75195, "0.752"), (5_686_252, "5,686,252"),
            (1234.5, "1,235"),
            (-3.456, "−3.46"), (0.0004, "4e-4"), (1e300, "1e300"), (-0.0, "0"), (9.999, "10.0"), (999.96, "1,000"),
            (0.9996, "1.00"),
        ] as [(Double, String)]
    )
    func `a number is rounded to three figures or more`(_ number: Double, _ text: String) {
        #expect(NumberText.rounded(number) == text)
    }

    @Test func `decimals that were asked for stay`() {
        #expect(NumberText.fixed(3, decimals: 1) == "3.0")
        #expect(NumberText.fixed(3.05, decimals: 2) == "3.05")
        #expect(NumberText.percent(0.7519) == "75.2%")
        #expect(NumberText.short(5_000_000) == "5M")
    }
}
