import Indicators

extension Judgement {
    private struct Column: Comparable {
        var file: Int
        var indicator: Int

        static func < (left: Column, right: Column) -> Bool {
            (left.file, left.indicator) < (right.file, right.indicator)
        }
    }

    /// Suspects that a file gives a share as a fraction or per mille. A suspicion is about a file as a whole: a single
    /// small share is nothing strange.
    ///
    /// A fraction: five values or more, none above 1, and half of them or more above 0.05 with three decimals or more,
    /// or above a third. Percentages as small as that are mostly printed with fewer decimals, or stand beside greater
    /// ones.
    /// Per mille: three values or more, more than half of all, the refused ones too, above 100, none above 1000.
    mutating func judgeUnits(_ catalogue: Catalogue) {
        let given = observations.indices.filter { observations[$0].value != nil }
        let columns = Self.groups(
            given.map { (Column(file: ranks[$0].file, indicator: ranks[$0].indicator), $0) }
        )
        for positions in columns {
            let first = observations[positions[positions.startIndex]]
            guard catalogue.kind(of: first.indicator) == .share else { continue }
            let values = positions.compactMap { observations[$0].value }
            let greatest = values.max() ?? 0
            let beyond = values.count { $0 > 100 }
            let fractional = values.count { $0 < 1 && ($0 > 1.0 / 3 || $0 > 0.05 && decimals(of: $0) >= 3) }
            if values.count >= 5, values.allSatisfy({ (0...1).contains($0) }), fractional * 2 >= values.count {
                suspect(
                    "share-as-fraction",
                    first,
                    values,
                    "percent; none of \(values.count) is above 1",
                    "factor: 100"
                )
            } else if values.count >= 3, beyond * 2 > values.count, greatest <= 1000 {
                suspect(
                    "share-as-per-mille",
                    first,
                    values,
                    "percent; \(beyond) of \(values.count) are above 100",
                    "factor: 0.1"
                )
            }
        }
    }

    private mutating func suspect(
        _ code: String,
        _ first: Observation,
        _ values: [Double],
        _ expected: String,
        _ hint: String
    ) {
        let range = "\(Cell.format(values.min() ?? 0)) to \(Cell.format(values.max() ?? 0))"
        note(
            Finding(
                code: code,
                severity: .warning,
                file: Self.file(of: first),
                found: "\(first.indicator): \(range)",
                expected: expected,
                hint: "if so, declare \(hint) for the source"
            )
        )
    }
}

/// How many digits follow the point in the shortest decimal that reads back as `value`; 0 for whole numbers.
func decimals(of value: Double) -> Int {
    let text = value.description
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    let fraction = text[text.index(after: point)...]
    guard let exponent = fraction.utf8.firstIndex(of: UInt8(ascii: "e")) else {
        return fraction == "0" ? 0 : fraction.utf8.count
    }
    let digits = fraction[..<exponent] == "0" ? 0 : fraction[..<exponent].utf8.count
    return max(0, digits - (Int(fraction[fraction.index(after: exponent)...]) ?? 0))
}
