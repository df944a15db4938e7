/// Classes of numbers, each with a shade, the darkest for the highest.
struct Shading: Hashable {
    /// The lower ends of the classes but for the first, growing.
    let breaks: [Double]

    static let classCount = 5

    /// Classes with round ends of the same width, or, where most numbers would fall into one, with as many numbers each.
    ///
    /// - Parameter numbers: In any order. Fewer than two different ones make one class.
    init(_ numbers: [Double]) {
        let sorted = numbers.sorted()
        guard let low = sorted.first, let high = sorted.last, high > low else {
            breaks = []
            return
        }
        let scale = LinearScale(low...high, to: (0, 1))
        let even = scale.ticks(Self.classCount).filter { $0 > low && $0 <= high }
        let crowd = Self.counts(of: sorted, even).max() ?? 0
        if even.count < Self.classCount, !even.isEmpty, crowd * 10 <= sorted.count * 7 {
            breaks = even
            return
        }
        var shared: [Double] = []
        for part in 1..<Self.classCount {
            let number = sorted[min(sorted.count - 1, sorted.count * part / Self.classCount)]
            if number > shared.last ?? low { shared.append(number) }
        }
        breaks = shared
    }

    /// 0 for the lowest class.
    func shade(of number: Double) -> Int {
        breaks.count { number >= $0 }
    }

    /// The shade as the style sheet calls it: however few the classes, the lowest is light and the highest dark.
    func name(of shade: Int) -> String {
        breaks.isEmpty ? "q2" : "q\(shade * (Self.classCount - 1) / breaks.count)"
    }

    private static func counts(of sorted: [Double], _ breaks: [Double]) -> [Int] {
        var counts = [Int](repeating: 0, count: breaks.count + 1)
        for number in sorted { counts[breaks.count { number >= $0 }] += 1 }
        return counts
    }
}
