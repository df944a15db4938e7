import Indicators

extension Judgement {
    /// Suspects that a file gives a share as a fraction or per mille. A suspicion is about a file as a whole: a single
    /// small share is nothing strange.
    ///
    /// A fraction: five values or more, none above 1, and half of them or more above 0.05 with three decimals or more,
    /// or above a third. Percentages as small as that are mostly printed with fewer decimals, or stand beside greater
    /// ones.
    /// Per mille: three values or more, more than half of all, the refused ones too, above 100, none above 1000.
    mutating func judgeUnits(_ catalogue: Catalogue) {
        let given = observations.indices.filter { observations[$0].value != nil }
        let columns = Groups(given, by: [ranks.files, ranks.indicators])
        for column in columns.ranges {
            let first = observations[columns.positions[column.lowerBound]]
            guard catalogue.kind(of: first.indicator) == .share else { continue }
            let values = columns.positions[column].compactMap { observations[$0].value }
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
    if value == value.rounded() { return 0 }
    let text = value.description
    var digits = 0
    var isBehindPoint = false
    for byte in text.utf8 {
        if byte == UInt8(ascii: "e") { return isBehindPoint ? digits + zeros(ofExponentIn: text) : 0 }
        if isBehindPoint { digits += 1 }
        if byte == UInt8(ascii: ".") { isBehindPoint = true }
    }
    return digits
}

/// By how many digits the exponent of a number nearer to zero than one moves its digits behind the point: 5 of `1.5e-05`.
private func zeros(ofExponentIn text: String) -> Int {
    text.split(separator: "e").last.flatMap { Int($0) }.map { -$0 } ?? 0
}
