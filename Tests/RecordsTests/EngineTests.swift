import Records
import Testing

@Suite struct `Another engine` {
    private static let header = ["p", "s", "c", "w", "y"]

    private func designed(_ measures: [String: String]) -> RecordOrder {
        var order = order(by: ["p"], measures, weight: "w", where: "y < 9")
        order.strata = "s"
        order.cluster = "c"
        return order
    }

    private func sql(_ order: RecordOrder) throws -> RecordSQL {
        try RecordSQL(try RecordPlan(order, header: Self.header), inputs: ["x.csv"])
    }

    private func finished(
        _ lines: [String],
        _ order: RecordOrder
    ) throws -> (result: RecordResult, account: RecordAggregation.Account) {
        var reading = EngineReading(of: try sql(order))
        for line in lines { try reading.take(line) }
        return try reading.finish()
    }

    @Test func `gives sums of which the same comes as of the records`() throws {
        let text = "p,s,c,w,y\nA,1,1,1.5,2\nA,1,1,1,4\nA,1,2,2,3\nB,1,2,1,5\nB,1,3,1,9\n"
        let order = designed(["m": "mean(y)", "lo": "min(y)", "n": "count()"])
        let own = try reading(text, order).result
        // wanted, fault, records, hex of p, s, c; records of both domains; the limbs of w y with 36 digits behind the point,
        // of w with 18 and of w y^2 with 54; then the least y.
        let theirs = try finished(
            [
                "divide,1,,2,41,31,31,2,2,0:0:0:0:7:0:0,0:500000000:2:0,0:0:0:0:0:0:22:0:0:0:0,2.000000",
                "divide,1,,1,41,31,32,1,1,0:0:0:0:6:0:0,0:0:2:0,0:0:0:0:0:0:18:0:0:0:0,3.000000",
                "divide,1,,1,42,31,32,1,1,0:0:0:0:5:0:0,0:0:1:0,0:0:0:0:0:0:25:0:0:0:0,5.000000",
                "divide,0,,1,,31,33,0,0,0:0:0:0:0:0:0,0:0:0:0,0:0:0:0:0:0:0:0:0:0:0,",
            ],
            order
        )
        #expect(theirs.account == own.account)
        #expect(theirs.result.cells.map(\.value) == own.cells.map(\.value))
        #expect(theirs.result.cells.map(\.standardError) == own.cells.map(\.standardError))
        #expect(theirs.result.cells.map(\.designEffect) == own.cells.map(\.designEffect))
        #expect(theirs.result.cells.compactMap(\.standardError).count == 2)
    }

    /// Limbs are of either sign, of more than 64 bits, and some stand before the point of a number without decimals.
    @Test(arguments: [
        ("0:0:0:0", 0.0), ("-1:0:0:0", -1e-18), ("0:-500000000:-2:0", -2.5), ("0:0:0:5", 5e9),
        ("0:0:30000000000000000000000000001:0", 3.0000000000000000000000000001e28), ("999999999:999999999:0:0", 1.0),
        ("0:0:0:90000000000000000000000000000", 9e37),
    ])
    func `sends sums of limbs of any length`(_ limbs: String, _ sum: Double) throws {
        let cells = try finished(["divide,1,,3,,,3,\(limbs)"], order(["m": "sum(y)"])).result.cells
        #expect(cells.map(\.value) == [sum])
    }

    @Test func `sends the weights of values, of which the same quantiles come as of the records`() throws {
        let text = "p,s,c,w,y\nA,1,1,1.5,2\nA,1,1,1,4\nA,1,1,2,3\nA,1,1,0.5,4\nB,1,1,0,5\n"
        let order = order(by: ["p"], ["m": "median(y)", "t": "quantile(y, 0.2)"])
        var weighted = order
        weighted.weight = "w"
        for order in [order, weighted] {
            let isWeighted = order.weight != nil
            let own = try reading(text, order).result.cells
            let theirs = try finished(
                [
                    "divide,1,,4,41,,,4", "divide,1,,1,42,,,1",
                    "divide,value,0,41,value,2.0,\(isWeighted ? "1.5" : "1")",
                    "divide,value,0,41,value,4.0,\(isWeighted ? "1.5" : "2")",
                    "divide,value,0,41,value,3E0,\(isWeighted ? "2.000" : "1")",
                ] + (isWeighted ? [] : ["divide,value,0,42,value,5,1"]),
                order
            ).result.cells
            #expect(theirs.map(\.value) == own.map(\.value))
            #expect(theirs.map(\.method) == own.map(\.method))
            #expect(own.compactMap(\.value).count == (isWeighted ? 2 : 4))
        }
    }

    /// Beyond the limit both have the weights of buckets; 20 is the 300th, numbers of positive ones end in binary 10.
    @Test func `sends the weights of buckets where there are too many values`() throws {
        var order = order(["m": "median(y)"])
        order.distinctLimit = 1
        let own = try reading("p,s,c,w,y\n1,1,1,1,20\n1,1,1,1,20.01\n1,1,1,1,-3\n", order).result.cells
        let theirs = try finished(
            ["divide,1,,3,,,3", "divide,value,0,bucket,1202,2", "divide,value,0,bucket,441,1"],
            order
        ).result.cells
        #expect(own.map(\.method) == ["ddsketch 0.5%"] && own.map(\.value) == theirs.map(\.value))
        #expect(theirs.map(\.method) == own.map(\.method))
        #expect(try sql(order).text.contains("n > 1 OR total > 500000"))
    }

    @Test(arguments: [
        "divide,1,,2", "divide,1,,2,4,31,31,2,2,7,2,2,2", "divide,1,,x,41,31,31,2,2,7,2,2,2",
        "divide,1,,2,41,31,31,2,2,0:0:seven:0,0:0:2:0,0:2,2.0", "divide,1,,2,41,31,31,2,2,0:0:7:0,0:0:2:0,0:2,2.0,more",
        "divide,1,,2,41,31,31,2,2,0:0:0:0:7:0:0,0:0:2:0,0:2,2.0",
        "divide,1,,2,41,31,31,2,2,0:0:0:0:7:0:0,,0:0:0:0:0:0:22:0:0:0:0,2",
        "divide,value,0,41,value,1,1", "divide,value,-1,41,value,1,1", "divide,yes,,1", "other,1,,2,41,31,31",
    ])
    func `a line that is none of ours is an error`(_ line: String) throws {
        let order = designed(["m": "mean(y)", "lo": "min(y)", "n": "count()"])
        var code: String?
        do { _ = try finished([line], order) } catch let error as RecordError { code = error.code }
        #expect(code == "engine-line")
    }

    /// What the engine cannot hold is no fault of a record: it ends the run where others are counted.
    @Test func `ends where a number does not fit it`() throws {
        var order = order(["m": "sum(y)"])
        order.illFormed = .count
        let error = #expect(throws: RecordError.self) {
            try finished(["divide,1,engine-range,3,,,0,0:0:0:0"], order)
        }
        #expect(error?.code == "engine-range" && error?.found == "3 records with others")
        let counted = try finished(["divide,1,not-a-number,3,,,0,0:0:0:0"], order)
        #expect(counted.account.rejected == 3)
    }

    @Test(arguments: [
        ("mean((y / 3) * (w / 2))", "product of two quotients"),
        ("sum(y + 1.0000000000000000000001)", "more digits"), ("sum(y * 1000000000000000000000)", "more digits"),
    ])
    func `is not asked for what it would not work out exactly`(_ formula: String, _ words: String) throws {
        let error = #expect(throws: RecordError.self) { try sql(designed(["m": formula])) }
        #expect(error?.code == "engine-cannot" && error?.problem.contains(words) == true)
    }

    /// A select hands on what those behind it ask for, and no more; each name is given before it is asked for.
    @Test func `is told what to work out one after the other`() throws {
        let text = try sql(designed(["m": "mean(y * w / 3)", "q": "median(if(y > 2, y, 0 - w))"])).text
        let layers = text.matches(of: /layer(\d+) AS \(\s*SELECT ([^\0]*?)\n  FROM (\w+)\n\)/)
        #expect(layers.count > 8)
        for (index, layer) in layers.enumerated() {
            #expect(layer.3 == (index == 0 ? "records" : "layer\(index - 1)"))
        }
        #expect(!text.contains("SELECT *, c") && !text.contains("WHERE"))
    }

    @Test func `is told to read as RFC 4180 says, and texts are escaped`() throws {
        var order = designed(["m": "share(`a ``b` == 'it''s \\ there')"])
        order.filter = nil
        let sql = try RecordSQL(
            try RecordPlan(order, header: ["p", "s", "c", "w", "a `b"]),
            inputs: ["s3://b/it's.csv"]
        ).text
        for part in [
            "SET spark.sql.caseSensitive=true;", "multiLine 'true'", "escape '\"'", "quote '\"'", "mode 'FAILFAST'",
            "path 's3://b/it\\'s.csv'",
            "`a ``b` AS",
            "'it\\'s \\\\ there'", "DECIMAL(36, 18)",
        ] {
            #expect(sql.contains(part), "\(part)")
        }
    }

    /// Files are cut at lines only where it is made sure of, before anything is added up, that no record is cut with them.
    @Test func `cuts a file at lines where it may, and makes sure that it may`() throws {
        let plan = try RecordPlan(designed(["m": "mean(y)"]), header: Self.header)
        let whole = try RecordSQL(plan, inputs: ["x.csv", "y.csv"]).text
        let split = try RecordSQL(plan, inputs: ["x.csv", "y.csv"], isSplittable: true).text
        #expect(whole.contains("multiLine 'true'") && !whole.contains("multiLine 'false'"))
        #expect(split.contains("multiLine 'false'") && !split.contains("multiLine 'true'"))
        #expect(!whole.contains("RAISE_ERROR"))
        let proofs = split.ranges(of: "RAISE_ERROR")
        let sums = try #require(split.firstRange(of: "WITH records"))
        #expect(proofs.count == 2)
        #expect(proofs.allSatisfy { $0.upperBound < sums.lowerBound })
    }
}
