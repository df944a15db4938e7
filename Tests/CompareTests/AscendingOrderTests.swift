import Testing

@testable import Compare

@Suite struct `Ascending order` {
    @Test func `of nothing and of one`() {
        #expect(ascendingOrder(of: []) == [])
        #expect(ascendingOrder(of: [3]) == [0])
    }

    /// With few values pairs are compared, with many digits counted.
    @Test(arguments: [10, 16, 17, 77, 399, 400, 5000])
    func `is that of a plain sort, equal values in the order in which they came`(count: Int) {
        var state: UInt64 = 7
        let special = [
            0, -0.0, -1, 1, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0x1p-1074, -0x1p-1074, 0x1p-1030,
        ]
        let values = (0..<count).map { index -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            if index % 5 == 0 { return special[Int(state >> 33) % special.count] }
            let unit = Double(state >> 11) * 0x1p-53 - 0.5
            return index % 3 == 0 ? (unit * 20).rounded() : unit * 1e3
        }
        let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        #expect(ascendingOrder(of: values).map { Int($0) } == expected)
    }

    /// Values that only their last digits tell apart: a few of each, and all.
    @Test(arguments: [1, 2, 10, 17, 1000])
    func `of values that are all but equal`(alike: Int) {
        let values = (0..<1000).map { Double(1 + $0 % (1000 / alike)) + Double(1000 - $0) * 0x1p-40 }
        let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        #expect(ascendingOrder(of: values).map { Int($0) } == expected)
    }

    @Test func `of equal values is their own`() {
        #expect(ascendingOrder(of: [Double](repeating: 2.5, count: 1000)).map { Int($0) } == Array(0..<1000))
    }
}
