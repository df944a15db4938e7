import CSVStream
import Records
import Testing

/// Columns of short numbers, many at a time, against each text by itself.
@Suite struct `Short numbers` {
    private static let pieces = Array("00112233445566778899.../:-+ e,\u{7F}".utf8)

    /// What a text stands for without its point, `nil` where it is to be left.
    private func expected(_ text: [UInt8], _ decimals: Int) -> Int64? {
        let text = String(decoding: text, as: UTF8.self)
        guard (1...8).contains(text.utf8.count) else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == (decimals == 0 ? 1 : 2), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        guard decimals == 0 || parts[1].utf8.count == decimals else { return nil }
        guard parts.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(parts.joined())
    }

    private func digits(_ count: Int, _ numbers: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: UInt8(ascii: "0")...UInt8(ascii: "9"), using: &numbers) }
    }

    private func text(_ decimals: Int, _ numbers: inout SeededGenerator) -> [UInt8] {
        if Int.random(in: 0..<4, using: &numbers) > 0 {
            let most = decimals == 0 ? 8 : 7 - decimals
            let whole = digits(Int.random(in: 1...most, using: &numbers), &numbers)
            return decimals == 0 ? whole : whole + [UInt8(ascii: ".")] + digits(decimals, &numbers)
        }
        let count = Int.random(in: 0...11, using: &numbers)
        return (0..<count).map { _ in Self.pieces.randomElement(using: &numbers) ?? 48 }
    }

    @Test(arguments: 0...NumberWords.shortScaleLimit)
    func `are read alike in every form, and left where they are none`(decimals: Int) {
        var numbers = SeededGenerator(state: UInt64(decimals))
        var wholes = 0
        for count in Array(0...9) + Array(repeating: 500, count: 40) {
            let texts = (0..<count).map { _ in text(decimals, &numbers) }
            var bytes: [UInt8] = []
            var fields: [FieldBatch.Bounds] = []
            for text in texts {
                let isQuoted = Bool.random(using: &numbers)
                let flags = isQuoted ? FieldBatch.Bounds.quoted : 0
                fields.append(.init(start: UInt32(bytes.count), lengthAndFlags: UInt32(text.count) | flags))
                bytes += text + (isQuoted ? Array("\",".utf8) : Array("1".utf8))
            }
            bytes += [UInt8](repeating: 0x39, count: FieldBatch.padding)
            let wanted = texts.map { expected($0, decimals) }
            wholes += wanted.count { $0 != nil }
            for usesVectors in [false, true] {
                var values = [Int64](repeating: -7, count: count + 8)
                var left = [UInt32](repeating: .max, count: count + 1)
                let outcome = unsafe NumberWords.readShort(
                    fields,
                    of: bytes,
                    count: count,
                    decimals: decimals,
                    into: &values,
                    left: &left,
                    usesVectors: usesVectors
                )
                #expect(values == wanted.map { $0 ?? 0 } + [Int64](repeating: -7, count: 8))
                let missed = wanted.indices.filter { wanted[$0] == nil }
                #expect(left.prefix(outcome.leftCount).map(Int.init) == missed)
                #expect(outcome.union == values.prefix(count).reduce(0) { $0 | UInt64($1) })
            }
        }
        #expect(wholes > 10_000)
    }

    @Test func `with doubled quotes in them are left`() {
        let flags = FieldBatch.Bounds.quoted | FieldBatch.Bounds.escaped
        let field = FieldBatch.Bounds(start: 0, lengthAndFlags: 4 | flags)
        let bytes = Array("1234567890123456".utf8)
        for usesVectors in [false, true] {
            var (values, left) = ([Int64](repeating: -7, count: 1), [UInt32](repeating: .max, count: 2))
            let outcome = unsafe NumberWords.readShort(
                [field],
                of: bytes,
                count: 1,
                decimals: 0,
                into: &values,
                left: &left,
                usesVectors: usesVectors
            )
            #expect(outcome.leftCount == 1 && left[0] == 0 && values == [0])
        }
    }
}
