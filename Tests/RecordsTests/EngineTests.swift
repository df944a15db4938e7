import Records
import Testing

@Suite struct `Another engine` {
    private func designed(_ measures: [String: String]) -> RecordOrder {
        var order = order(by: ["p"], measures, weight: "w", where: "y < 9")
        order.strata = "s"
        order.cluster = "c"
        return order
    }

    @Test func `gives sums of which the same comes as of the records`() throws {
        let text = "p,s,c,w,y\nA,1,1,1.5,2\nA,1,1,1,4\nA,1,2,2,3\nB,1,2,1,5\nB,1,3,1,9\n"
        let order = designed(["m": "mean(y)", "lo": "min(y)", "n": "count()"])
        let own = try reading(text, order).result
        var aggregation = RecordAggregation(try RecordPlan(order, header: ["p", "s", "c", "w", "y"]))
        // wanted, fault, records, hex of p, s, c; records of both domains; w y, w, w y^2 (m), then the least y.
        for line in [
            "divide,1,,2,41,31,31,2,2,7.000000000000,2.500000,2.2E1,2.000000",
            "divide,1,,1,41,31,32,1,1,6.000000000000,2.000000,1.8E1,3.000000",
            "divide,1,,1,42,31,32,1,1,5.000000000000,1.000000,2.5E1,5.000000",
            "divide,0,,1,,31,33,0,0,0,0,0,",
        ] {
            try aggregation.take(engineLine: line)
        }
        let theirs = aggregation.result()
        #expect(theirs.account == own.account)
        #expect(theirs.cells.map(\.value) == own.cells.map(\.value))
        #expect(theirs.cells.map(\.standardError) == own.cells.map(\.standardError))
        #expect(theirs.cells.map(\.designEffect) == own.cells.map(\.designEffect))
        #expect(theirs.cells.compactMap(\.standardError).count == 2)
    }

    @Test(arguments: ["divide,1,,2", "divide,1,,2,4,31,31,2,2,7,2,2,2", "divide,1,,x,41,31,31,2,2,7,2,2,2"])
    func `a line that is none of ours is an error`(_ line: String) throws {
        let order = designed(["m": "mean(y)", "lo": "min(y)", "n": "count()"])
        var aggregation = RecordAggregation(try RecordPlan(order, header: ["p", "s", "c", "w", "y"]))
        var code: String?
        do throws(RecordError) { try aggregation.take(engineLine: line) } catch { code = error.code }
        #expect(code == "engine-line")
    }

    @Test func `is not asked for what it would not work out exactly`() throws {
        let header = ["p", "s", "c", "w", "y"]
        for formula in ["median(y)", "mean(y / 3)"] {
            let plan = try RecordPlan(designed(["m": formula]), header: header)
            #expect(throws: RecordError.self) { try RecordSQL(plan, inputs: ["x.csv"]) }
        }
        let unclustered = try RecordPlan(order(["m": "mean(y)"], weight: "w"), header: header)
        #expect(throws: RecordError.self) { try RecordSQL(unclustered, inputs: ["x.csv"]) }
    }

    @Test func `is told to read as RFC 4180 says, and texts are escaped`() throws {
        var order = designed(["m": "share(`a ``b` == 'it''s \\ there')"])
        order.filter = nil
        let sql = try RecordSQL(
            try RecordPlan(order, header: ["p", "s", "c", "w", "a `b"]),
            inputs: ["s3://b/it's.csv"]
        ).text
        for part in [
            "multiLine 'true'", "escape '\"'", "quote '\"'", "mode 'FAILFAST'", "path 's3://b/it\\'s.csv'",
            "`a ``b` AS",
            "'it\\'s \\\\ there'", "DECIMAL(18, 6)",
        ] {
            #expect(sql.contains(part), "\(part)")
        }
    }

    /// Files are cut at lines only where it is made sure of, before anything is added up, that no record is cut with them.
    @Test func `cuts a file at lines where it may, and makes sure that it may`() throws {
        let plan = try RecordPlan(designed(["m": "mean(y)"]), header: ["p", "s", "c", "w", "y"])
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
