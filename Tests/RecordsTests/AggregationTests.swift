import CSVStream
import Foundation
import Records
import Testing

@Suite struct `Aggregation` {
    @Test func `works out every measure by group`() throws {
        let text = "p,w,y,x\nA,1.5,10,2\nB,1,-3,1\nA,0.5,20,3\nA,2,,4\n"
        let result = try reading(
            text,
            order(
                by: ["p"],
                [
                    "n": "count()", "wn": "weighted_count()", "sum": "sum(y)", "mean": "mean(y)",
                    "share": "share(y > 10)",
                    "ratio": "ratio(y, x)", "min": "min(y)", "max": "max(y)", "median": "median(y)",
                    "q": "quantile(y, 0.75)",
                    "some": "mean(y, x > 2)",
                ],
                weight: "w"
            )
        ).result
        let expected = [
            "n": 3, "wn": 4, "sum": 25, "mean": 12.5, "share": 0.25, "ratio": 25 / 4.5, "min": 10, "max": 20,
            "median": 10,
            "q": 10, "some": 20,
        ]
        for (measure, value) in expected { #expect(result.value(measure, "A") == value, "\(measure)") }
        #expect(result.value("mean", "B") == -3)
        #expect(result.account == .init(used: 4, filtered: 0, rejected: 0))
    }

    @Test func `sums of decimals are exact`() throws {
        let tenths = "y\n" + String(repeating: "0.1\n", count: 1_000)
        #expect(try reading(tenths, order(["s": "sum(y)"])).result.value("s") == 100)
        let cancelling = "y\n123456789012345678901234567890.5\n1e-5\n-123456789012345678901234567890.5\n"
        #expect(try reading(cancelling, order(["s": "sum(y)"])).result.value("s") == 0.00001)
        // The products take 72 digits, their sum more than 128 bits.
        let wide =
            "y,w\n"
            + String(repeating: "\(String(repeating: "9", count: 36)),\(String(repeating: "9", count: 36))\n", count: 3)
        let sum = try reading(wide, order(["s": "sum(y)"], weight: "w")).result.value("s")
        #expect(sum == 3e72)
    }

    @Test func `has the same bits in any order and in any parts`() throws {
        var generator = SystemRandomNumberGenerator()
        let provinces = ["TH-10", "LA-VT", "นคร", "x \"\"y\"\" z"]
        var lines = (0..<600).map { index in
            "\"\(provinces[index % 4])\",\(index % 7),\(Double((index * 7919) % 1000) / 8),\(index * 37 % 1013).\(index % 90 + 10)"
        }
        let measures = [
            "m": "mean(y)", "r": "ratio(y, w)", "q": "quantile(y, 0.9)", "v": "sum(y / w)", "lo": "min(y)",
            "hi": "max(y)",
        ]
        var whole = order(by: ["p"], measures, weight: "w")
        whole.cluster = "c"
        whole.distinctLimit = 50
        let header = ["p", "c", "w", "y"]
        let plan = try RecordPlan(whole, header: header)
        func aggregated(_ lines: [String], parts: Int) throws -> RecordResult {
            var merged = RecordAggregation(plan)
            for part in 0..<parts {
                let own = stride(from: part, to: lines.count, by: parts).map { lines[$0] }
                var aggregation = RecordAggregation(plan)
                let file = FileManager.default.temporaryDirectory.appending(path: "records-\(UUID().uuidString).csv")
                try Data(("p,c,w,y\n" + own.joined(separator: "\n") + "\n").utf8).write(to: file)
                defer { try? FileManager.default.removeItem(at: file) }
                try readFieldBatches(
                    path: file.path,
                    blockSize: Int.random(in: 1...5_000),
                    failingAs: { $0 },
                    choosing: { _ throws(CSVError) in plan.columns },
                    { batch throws(CSVError) in aggregation.take(batch) }
                )
                merged.merge(aggregation)
            }
            return merged.result()
        }
        // A weight of 0 makes y / w a division by zero: those records are rejected, in other places each time.
        let reference = try aggregated(lines, parts: 1)
        #expect(reference.account.rejected > 0)
        #expect(reference.cells.contains { $0.method == "ddsketch 0.5%" })
        for parts in [1, 2, 3, 8] {
            lines.shuffle(using: &generator)
            let other = try aggregated(lines, parts: parts)
            // Where a group's first record stands depends on the order, and nothing else does.
            #expect(other.cells.map(\.unplaced) == reference.cells.map(\.unplaced))
            #expect(other.account == reference.account)
        }
    }

    @Test func `a sketch is within its error`() throws {
        var order = order(["q": "quantile(y, 0.5)", "e": "quantile(y, 0.5)"])
        order.distinctLimit = 100
        let values = (1...5_001).map { 1_000 + $0 * $0 }
        let cell = try #require(
            try reading("y\n" + values.shuffled().map { "\($0)\n" }.joined(), order).result.cell("q")
        )
        #expect(cell.method == "ddsketch 0.5%")
        #expect(abs(try #require(cell.value) / Double(values[2_500]) - 1) <= 0.005)
    }

    @Test func `is exact for all groups or for none where they have too many values together`() throws {
        var order = order(by: ["p"], ["q": "median(y)"])
        order.distinctTotalLimit = 30
        // Ten groups of three values are exact; one value more in any group, and wherever it stands, and none is.
        let lines = (0..<30).map { "g\($0 % 10),\($0 * $0 + 1000)\n" }
        #expect(try reading("p,y\n" + lines.joined(), order).result.cells.allSatisfy { $0.method == "exact" })
        for place in [0, 13, 30] {
            var more = lines
            more.insert("g4,5\n", at: place)
            let cells = try reading("p,y\n" + more.joined() + lines.joined(), order).result.cells
            #expect(cells.allSatisfy { $0.method == "ddsketch 0.5%" })
            #expect(cells.first { $0.keys == ["g3"] }.flatMap(\.value).map { abs($0 / 1169 - 1) < 0.005 } == true)
        }
    }

    @Test func `a missing value is no record of a measure`() throws {
        let result = try reading("y,x\n,1\n,2\n", order(["m": "mean(y)", "s": "sum(y)", "n": "count()"])).result
        #expect(result.cell("m")?.status == .missing)
        #expect(result.cell("m")?.reason == "no-record")
        #expect(result.value("s") == 0)
        #expect(result.value("n") == 2)
    }

    @Test func `markers are missing values`() throws {
        var order = order(["m": "mean(y)", "n": "count(is_missing(y))"])
        order.missing = ["NA", "99"]
        let result = try reading("y\n1\nNA\n99\n3\n", order).result
        #expect(result.value("m") == 2)
        #expect(result.value("n") == 2)
    }

    @Test func `no record at all is no group`() throws {
        let result = try reading("p,y\n", order(by: ["p"], ["m": "mean(y)"])).result
        #expect(result.cells.isEmpty)
        #expect(result.account.read == 0)
    }
}

@Suite struct `Ill-formed records` {
    private let text =
        "p,w,y\nA,1,1\nA,1\nA,-1,1\nA,,1\n,1,1\nA,1,abc\nA,1,\(String(repeating: "1", count: 40))\nB,x,7\nA,1,3\n"

    @Test func `are counted with what is wrong and where`() throws {
        let result = try reading(text, order(by: ["p"], ["m": "mean(y)"], weight: "w", where: "p != 'B'")).result
        #expect(
            result.rejects.map(\.code) == [
                "ragged-record", "unusable-weight", "missing-weight", "not-a-number", "not-a-number",
            ]
        )
        #expect(result.rejects.map(\.record) == [3, 4, 5, 7, 8])
        #expect(result.rejects.map(\.byte) == [12, 16, 23, 33, 41])
        #expect(result.rejects.map(\.column) == ["", "w", "w", "y", "y"])
        #expect(
            result.rejects.map(\.text) == [
                "A,1", "A,-1,1", "A,,1", "A,1,abc", "A,1," + String(repeating: "1", count: 40),
            ]
        )
        #expect(result.account == .init(used: 2, filtered: 2, rejected: 5))
        #expect(result.value("m", "A") == 2)
    }

    @Test func `end the run where they are to be refused`() throws {
        let error = #expect(throws: RecordError.self) {
            try reading(text, order(by: ["p"], ["m": "mean(y)"], weight: "w", illFormed: .refuse))
        }
        #expect(
            error?.description.hasPrefix("people.csv, record 3: the record cannot be used; expected 3 fields") == true
        )
    }

    @Test func `are kept as they were written`() throws {
        let text = "p,y\r\n\"a \"\"b\"\", c\",\"x\r\ny\"\r\nA,2\r\n\r\nB, z"
        let result = try reading(text, order(by: ["p"], ["m": "mean(y)"])).result
        #expect(result.rejects.map(\.text) == ["\"a \"\"b\"\", c\",\"x\r\ny\"", "B, z"])
        let long = "p,y\nA," + String(repeating: "x", count: 70_000) + "\n"
        #expect(try reading(long, order(by: ["p"], ["m": "mean(y)"])).result.rejects.map(\.text.utf8.count) == [65_536])
    }

    @Test func `a divisor of zero and too many digits are told`() throws {
        let result = try reading(
            "a,b\n1,0\n1,2\n\(String(repeating: "9", count: 30)),\(String(repeating: "9", count: 30))\n",
            order(["q": "sum(a / b)", "p": "sum(a * b)"])
        ).result
        #expect(result.rejects.map(\.code) == ["division-by-zero", "number-out-of-range"])
        #expect(result.value("q") == 0.5)
    }

    @Test func `too many groups are an error with the limit`() throws {
        var order = order(by: ["id"], ["n": "count()"])
        order.cellLimit = 1_000
        let error = #expect(throws: RecordError.self) {
            try reading("id\n" + (0...1_000).map { "\($0)\n" }.joined(), order)
        }
        #expect(error?.code == "too-many-groups")
        #expect(error?.expected == "at most 1000")
    }

    @Test func `a column named twice cannot be asked for`() throws {
        let error = #expect(throws: RecordError.self) { try reading("y,y\n1,2\n", order(["m": "mean(y)"])) }
        #expect(error?.problem.contains("2 columns `y`") == true)
    }

    @Test func `an open quote has its place`() throws {
        let error = #expect(throws: RecordError.self) { try reading("y\n1\n\"2\n", order(["m": "mean(y)"])) }
        #expect(error?.code == "unclosed-quote")
        #expect(error?.line == 3)
    }
}

@Suite struct `Disclosure control` {
    private func text(_ counts: [(String, String, Int)]) -> String {
        "p,g,y\n"
            + counts.map { place, group, count in String(repeating: "\(place),\(group),1\n", count: count) }.joined()
    }

    @Test func `withholds few records, flags some, and guards totals`() throws {
        let text = text([
            ("A", "f", 10), ("A", "m", 60), ("B", "f", 30), ("B", "m", 80), ("C", "f", 90), ("C", "m", 200),
        ])
        let result = try reading(text, order(by: ["p", "g"], ["n": "count()"], minimum: 25)).result
        func state(_ keys: String...) -> String {
            let cell = result.cells.first { $0.keys == keys }
            return "\(cell?.status.rawValue ?? "-") \(cell?.reason ?? "-")"
        }
        #expect(state("A", "f") == "Q fewer-than-25-records")
        #expect(state("A", "m") == "Q complementary")
        #expect(state("B", "f") == "Q complementary")
        #expect(state("B", "m") == "Q complementary")
        #expect(state("C", "f") == "A ")
        #expect(result.cells.filter { $0.status == .suppressed }.allSatisfy { $0.value == nil && $0.records == nil })
    }

    @Test func `no suppressed cell follows from a total`() throws {
        // Every line of every key has no suppressed cell, or two with enough records between them.
        for seed in 1...40 {
            let counts = (0..<12).map { ("p\($0 / 3)", "g\($0 % 3)", (seed * 31 + $0 * $0 * 17) % 70 + 1) }
            let cells = try reading(text(counts), order(by: ["p", "g"], ["n": "count()"], minimum: 25)).result.cells
            for dimension in 0...1 {
                for line in Dictionary(grouping: cells, by: { $0.keys[dimension] }).values {
                    let hidden = line.filter { $0.status == .suppressed }
                    let records = hidden.map { cell in counts.first { [$0.0, $0.1] == cell.keys }?.2 ?? 0 }.reduce(0, +)
                    #expect(hidden.isEmpty || hidden.count == line.count || (hidden.count > 1 && records >= 25))
                }
            }
        }
    }

    @Test func `flags what lies between the minimum and twice as much`() throws {
        let result = try reading(
            text([("A", "f", 49), ("B", "f", 50), ("C", "f", 25)]),
            order(by: ["p"], ["n": "count()"], minimum: 25)
        ).result
        #expect(result.cells.map(\.status) == [.unreliable, .normal, .unreliable])
    }
}

extension RecordResult.Cell {
    fileprivate var unplaced: RecordResult.Cell {
        var cell = self
        (cell.firstFile, cell.firstRecord) = (0, 0)
        return cell
    }
}
