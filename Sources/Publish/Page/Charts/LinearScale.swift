import Indicators

/// Brings numbers of a range to lengths of another, in a straight line.
struct LinearScale {
    let domain: ClosedRange<Double>
    let range: (from: Double, to: Double)

    /// - Precondition: The domain is not a single point.
    init(_ domain: ClosedRange<Double>, to range: (from: Double, to: Double)) {
        precondition(domain.upperBound > domain.lowerBound, "a scale of a single point")
        self.domain = domain
        self.range = range
    }

    func callAsFunction(_ number: Double) -> Double {
        let part = (number - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
        return range.from + part * (range.to - range.from)
    }

    /// A scale that holds all of `numbers` and whose ends are round: from zero where none is below it.
    ///
    /// - Parameters:
    ///   - numbers: In any order; none gives 0...1.
    ///   - isPercentage: Whether 100 is the end as soon as the numbers come near it.
    ///   - range: The lengths of the ends.
    /// - Returns: A scale of a domain that is no single point.
    static func round(
        over numbers: [Double],
        isPercentage: Bool = false,
        to range: (from: Double, to: Double)
    ) -> LinearScale {
        var low = min(0, numbers.min() ?? 0)
        var high = max(0, numbers.max() ?? 1)
        if high == low { high = low + 1 }
        if isPercentage, low >= 0, high > 60, high <= 100 { high = 100 }
        let step = Self.step(for: high - low, count: 4)
        low = (low / step).rounded(.down) * step
        high = (high / step).rounded(.up) * step
        return LinearScale(low...high, to: range)
    }

    /// Round numbers from end to end, some `count` of them.
    func ticks(_ count: Int = 4) -> [Double] {
        let step = Self.step(for: domain.upperBound - domain.lowerBound, count: count)
        let first = (domain.lowerBound / step).rounded(.up)
        let last = (domain.upperBound / step + 1e-9).rounded(.down)
        guard last >= first, last - first < 50 else { return [domain.lowerBound, domain.upperBound] }
        return (Int(first)...Int(last)).map { Double($0) * step }
    }

    /// 1, 2 or 5 times a power of ten, such that `count` steps come near `span`.
    private static func step(for span: Double, count: Int) -> Double {
        let rough = span / Double(count)
        var power = 1.0
        while power * 10 <= rough { power *= 10 }
        while power > rough { power /= 10 }
        let multiple = rough / power
        return power * (multiple < 1.5 ? 1 : multiple < 3.5 ? 2 : multiple < 7.5 ? 5 : 10)
    }
}

/// The whole years of a span at which an axis has a label.
func yearTicks(_ years: ClosedRange<Int>) -> [Int] {
    let span = years.upperBound - years.lowerBound
    let step = [1, 2, 5, 10, 20, 50, 100].first { span / $0 <= 5 } ?? max(1, span / 4)
    let inner = stride(from: (years.lowerBound + step - 1) / step * step, through: years.upperBound, by: step)
    return Array(inner)
}
