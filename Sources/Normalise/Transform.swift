import Glibc
import Indicators

extension OutlierRule.Transform {
    /// The transformed values and the formula with its numbers; `nil` where a result is not a finite double. Every form keeps
    /// the order of the values.
    func apply(
        to values: [Double],
        low: Double,
        high: Double,
        _ shape: SampleShape
    ) -> (values: [Double], text: String)? {
        let range = high - low
        let (lowText, highText, rangeText) = (Cell.format(low), Cell.format(high), Cell.format(range))
        let form: (Double) -> Double
        let text: String
        switch self {
        case .log where shape.skewness < 0:
            form = { -Glibc.log(high + 0.01 * range - $0) }
            text = "-ln(max + 0.01 range - x), max \(highText), range \(rangeText)"
        case .log, .logUpper:
            form = { Glibc.log($0 - low + 0.01 * range) }
            text = "ln(x - min + 0.01 range), min \(lowText), range \(rangeText)"
        case .logOfOnePlus:
            form = { Glibc.log($0 - low + 1) }
            text = "ln(x - min + 1), min \(lowText)"
        case .boxCox(let lambda):
            form = {
                let shifted = $0 - low + 1
                return lambda == 0 ? Glibc.log(shifted) : (pow(shifted, lambda) - 1) / lambda
            }
            text = "Box-Cox of x - min + 1, lambda \(Cell.format(lambda)), min \(lowText)"
        }
        let transformed = values.map { $0.isNaN ? $0 : form($0) }
        for index in values.indices where !values[index].isNaN && !transformed[index].isFinite { return nil }
        return (transformed, text)
    }
}
