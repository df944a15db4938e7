import CSVStream
import Foundation
import Records
import Testing

/// Records by columns, many at a time, against record by record: everything that comes out has to be equal.
@Suite struct `By columns` {
    /// Fields that are easy, and fields that are not.
    private struct Maker {
        var generator: SeededGenerator

        private static let odd = [
            "", "NA", " 7", "7 ", "+3", "-0", "-12.5", "007", "1e2", "2.5E-3", "๑๒", "．5",
        ]
        private static let wrong = ["abc", ".5", "5.", "1.2.3", "--1", "1,000", "0x10", "-", "\u{2212}4"]
        private static let keys = [
            "A", "B", "TH-10", "LA-VT", "exactly8", "ninebytes", "กรุงเทพมหานคร", "ວຽງຈັນ", "x, y", "a \"b\"",
            "two\nlines",
        ]

        mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &generator) }

        /// One number in `oddity` is of each odd kind, none where that is 0.
        mutating func number(_ oddity: Int) -> String {
            switch below(oddity) {
            case 1: return Self.odd[below(Self.odd.count)]
            case 2: return Self.wrong[below(Self.wrong.count)]
            case 3: return String(repeating: "9", count: 1 + below(40))
            case 4: return "0." + String(repeating: "1", count: 1 + below(30))
            case 5: return "\(below(2_000_000_000_000) - 1_000_000_000_000)"
            case 6: return "\(below(1_000_000_000)).\(below(1_000_000))"
            default:
                let whole = below([10, 100, 10_000, 100_000_000][below(4)])
                return below(2) == 0 ? "\(whole)" : "\(whole).\(below(100))"
            }
        }

        mutating func key(_ oddity: Int) -> String {
            guard below(oddity * 4) == 1 else { return Self.keys[below(Self.keys.count)] }
            return below(2) == 0 ? "" : String(repeating: "k", count: 1_025)
        }

        mutating func record(_ oddity: Int) -> String {
            var fields = [key(oddity), key(0), number(oddity), number(oddity), number(oddity), "\(below(30))"]
            if below(oddity * 10) == 1 { fields.removeLast() }
            let areQuoted = below(4) == 0
            return fields.map { field in
                guard areQuoted || field.contains(where: { ",\"\n".contains($0) }) else { return field }
                return "\"" + field.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: ",")
        }
    }

    private static let measures = [
        "n": "count()", "some": "count(y > 10)", "wn": "weighted_count()", "sum": "sum(y)", "mean": "mean(y)",
        "meanx": "mean(x, y >= 5 or x < 3)", "share": "share(p == 'TH-10')",
        "known": "share(x > 1 and not is_missing(y))",
        "ratio": "ratio(y * 2 - x, w + 1)", "low": "min(y)", "high": "max(if(x > y, x, 0 - y), w < 100)",
        "mid": "median(x)",
        "far": "sum(abs(x - y))", "both": "mean(min(x, y) + max(x, 1.25))",
        "few": "share(p in ('A', 'exactly8', 'ninebytes'))",
    ]

    private func aggregated(_ text: String, _ order: RecordOrder, byColumns: Bool) throws -> RecordResult {
        let plan = try RecordPlan(order, header: ["p", "q", "w", "y", "x", "c"])
        var aggregation = RecordAggregation(plan, byColumns: byColumns)
        let file = FileManager.default.temporaryDirectory.appending(path: "columns-\(UUID().uuidString).csv")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try readFieldBatches(
            path: file.path,
            blockSize: 4_096,
            failingAs: { $0 },
            choosing: { _ throws(CSVError) in plan.columns },
            { batch throws(CSVError) in aggregation.take(batch) }
        )
        return aggregation.result()
    }

    @Test(arguments: 0..<36)
    func `gives what record by record gives`(_ seed: Int) throws {
        var maker = Maker(generator: SeededGenerator(state: UInt64(seed)))
        // From files in which every third field is odd to files without any oddity.
        let oddity = [0, 20, 100, 400, 2_000, 20_000][seed % 6]
        var records = (0..<1_100).map { _ in maker.record(oddity) }
        if seed % 4 == 0 { records += (0..<600).map { _ in maker.record(0) } }
        let text = "p,q,w,y,x,c\n" + records.joined(separator: "\n") + "\n"
        let names = Self.measures.keys.sorted().filter { _ in maker.below(3) > 0 }
        var order = RecordOrder(
            groupBy: [[], ["p"], ["p", "q"], ["q", "c", "p"]][seed % 4],
            measures: (["n"] + names.filter { $0 != "n" }).map { .init(name: $0, formula: Self.measures[$0] ?? "") },
            missing: seed % 5 == 0 ? ["NA", "7", "ninebytes"] : [],
            minimumRecords: 0,
            illFormed: .count
        )
        order.weight = seed % 3 == 0 ? nil : "w"
        if seed % 7 < 3 { order.strata = "q" }
        if seed % 7 < 5 { order.cluster = "c" }
        if seed % 2 == 0 { order.filter = "y < 5000 and not (x == 3 or p == 'B')" }
        let slow = try aggregated(text, order, byColumns: false)
        let fast = try aggregated(text, order, byColumns: true)
        #expect(fast.account == slow.account)
        #expect(fast.rejects == slow.rejects)
        let difference = zip(fast.cells, slow.cells).first { $0 != $1 }
        #expect(fast.cells.count == slow.cells.count && difference == nil, "\(order)")
        #expect(slow.account.used > 0 && (oddity == 0 || oddity > 400 || slow.account.rejected > 0))
    }

    @Test func `ends at the same record where ill-formed ones are refused`() throws {
        var order = order(by: ["p"], ["m": "mean(y)"])
        order.illFormed = .refuse
        for place in [0, 1, 511, 512, 513, 1_300] {
            var records = (0..<1_400).map { "A,q,1,\($0),1,1" }
            records[place] = "A,q,1,no number,1,1"
            records[1_350] = "A,q"
            let text = "p,q,w,y,x,c\n" + records.joined(separator: "\n") + "\n"
            let rejects = try [false, true].map { try aggregated(text, order, byColumns: $0).rejects }
            #expect(rejects[0] == rejects[1])
            #expect(rejects[1].map(\.record) == [place + 2])
        }
    }

    @Test func `numbers of every length and shape are read alike`() throws {
        var numbers: [String] = []
        for count in 1...20 {
            let digits = String("12345678901234567890".prefix(count))
            numbers += [digits, "-" + digits, "0" + digits]
            for point in 0...count {
                let number = digits.prefix(point) + "." + digits.dropFirst(point)
                numbers += [String(number), "-" + number]
            }
            for (index, byte) in [" ", "/", ":", "-", "+", "e", "\u{7F}", ";"].enumerated() {
                var wrong = Array(digits)
                wrong[(index * 7 + count) % count] = Character(byte)
                numbers.append(String(wrong))
            }
        }
        // Each in a stretch of its own, among numbers that need nothing, and all together.
        for number in numbers {
            let text = "p,q,w,y,x,c\n" + "A,q,1,1,1,1\nA,q,1,\(number),1,1\nA,q,1,2,1,1\n"
            let order = order(by: ["p"], ["s": "sum(y)", "l": "min(y)", "m": "max(y)"])
            let (slow, fast) = try (aggregated(text, order, byColumns: false), aggregated(text, order, byColumns: true))
            #expect(fast.cells == slow.cells && fast.rejects == slow.rejects, "\(number)")
        }
        let text = "p,q,w,y,x,c\n" + numbers.shuffled().map { "A,q,\($0),\($0),1,1\n" }.joined()
        let all = order(by: ["p"], ["s": "sum(y)", "l": "min(y)", "m": "mean(y)"], weight: "w")
        let (slow, fast) = try (aggregated(text, all, byColumns: false), aggregated(text, all, byColumns: true))
        #expect(fast == slow)
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
