import Indicators
import Testing

@Suite struct `The standard normal distribution` {
    /// Python 3.12: `statistics.NormalDist().inv_cdf((1 + confidence) / 2)`.
    @Test(arguments: [
        (0.5, 0.6744897501960817), (0.9, 1.6448536269514715), (0.95, 1.9599639845400536), (0.9545, 2.0000024438996027),
        (0.99, 2.5758293035489), (0.9999, 3.89059188641312),
    ])
    func `gives the bound for a confidence`(confidence: Double, bound: Double) {
        #expect(abs(StandardNormal.bound(confidence: confidence) / bound - 1) < 1e-13)
    }

    @Test func `has a bound for the slightest confidence and for nearly all`() {
        // The density at 0 is 1 / sqrt(2 pi).
        #expect(abs(StandardNormal.bound(confidence: 1e-9) / 1.2533141373155e-9 - 1) < 1e-6)
        #expect(StandardNormal.bound(confidence: 1.0.nextDown) > 8)
        #expect(StandardNormal.bound(confidence: 1.0.nextDown).isFinite)
    }
}
