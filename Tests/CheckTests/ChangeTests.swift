import Check
import Indicators
import Testing

@Suite struct `Changes` {
    @Test(arguments: [
        (CheckRule.Quantity.change, "-0.25", "< -0.2"), (.relativeChange, "-0.5", "< -0.4"),
        (.changePercent, "-50", "< -40"),
    ])
    func `are told in the unit of the cell, of the baseline, or in percent`(
        quantity: CheckRule.Quantity,
        value: String,
        band: String
    ) throws {
        let verdicts = try check([rule(quantity, fail: band)], tables: [ranks([("a", 2020, 0.25)])], context: before)
        #expect(
            verdicts.rows("value", "verdict", "measured", "baseline", "baseline_value") == [
                [value, "fail", "0.25", "the previous run", "0.5"]
            ]
        )
    }

    @Test func `of a negative baseline rise where the number rises`() throws {
        var context = CheckContext()
        context.baselines["previous"] = baseline([("a", 2020, -2)])
        let verdicts = try check(
            [rule(.changePercent, fail: "> 0")],
            tables: [ranks([("a", 2020, -1)])],
            context: context
        )
        #expect(verdicts.rows("value", "verdict") == [["50", "fail"]])
    }

    @Test(arguments: [(0.0, "0", "pass"), (1.0, "", "fail")])
    func `from nothing have no percentage, but for no change`(now: Double, value: String, verdict: String) throws {
        var context = CheckContext()
        context.baselines["previous"] = baseline([("a", 2020, 0)])
        let verdicts = try check(
            [rule(.changePercent, fail: "> 1e6")],
            tables: [ranks([("a", 2020, now)])],
            context: context
        )
        #expect(verdicts.rows("value", "verdict") == [[value, verdict]])
    }

    @Test func `without a baseline are skipped, and fail nothing`() throws {
        let verdicts = try check([rule(.change, fail: "< 0")], tables: [ranks([("a", 2020, 1)])])
        #expect(verdicts.rows("verdict", "message") == [["skipped", "skipped: no baseline"]])
        #expect(verdicts.worst == .skipped)
        #expect(!verdicts.areFailure(warningsAsFailures: true))
        #expect(verdicts.findings.isEmpty)
    }

    @Test func `of a cell that the baseline does not have are skipped`() throws {
        let now = ranks([("a", 2020, 0.25), ("b", 2020, 1)])
        let verdicts = try check([rule(.change, fail: "< -1")], tables: [now], context: before)
        #expect(verdicts.rows("verdict") == [["pass"], ["skipped"]])
        #expect(verdicts.worst == .pass)
    }

    @Test func `a cell that lost its value fails, baseline or not`() throws {
        let verdicts = try check([rule(.change, fail: "< -1")], tables: [ranks([("a", 2020, nil)])], context: before)
        #expect(verdicts.rows("verdict") == [["fail"]])
        #expect(verdicts.findings.map(\.code) == ["check-without-value"])
    }

    @Test func `of the latest year are from the same year, else from the latest before`() throws {
        var context = CheckContext()
        context.baselines["previous"] = baseline([("a", 2019, 5), ("a", 2020, 3), ("b", 2020, 3), ("b", 2021, 4)])
        let now = ranks([("a", 2020, 3), ("a", 2022, 2), ("b", 2021, 6)])
        let latest = try check([rule(.change, select: ["year": .latest], fail: "> 9")], tables: [now], context: context)
        #expect(
            latest.rows("selection", "baseline_value", "value") == [
                ["province=a,year=2022", "3", "-1"], ["province=b,year=2021", "4", "2"],
            ]
        )
        let each = try check([rule(.change, fail: "> 9")], tables: [now], context: context)
        #expect(each.rows("verdict") == [["pass"], ["skipped"], ["pass"]])
    }

    @Test func `can be put into the message with their numbers`() throws {
        var moved = rule(.change, fail: "< 0")
        moved.message = "{province} {year}: {change} ({change_percent} %) from {baseline} to {measured}"
        let verdicts = try check([moved], tables: [ranks([("a", 2020, 0.25)])], context: before)
        #expect(verdicts.rows("message") == [["a 2020: -0.25 (-50 %) from 0.5 to 0.25"]])
    }

    @Test func `in our words round to six digits`() throws {
        var context = CheckContext()
        context.baselines["previous"] = baseline([("a", 2020, 0.7)])
        let verdicts = try check([rule(.change, fail: "< 0")], tables: [ranks([("a", 2020, 0.1)])], context: context)
        #expect(
            verdicts.rows("message") == [
                ["index.rank is 0.1, -0.6 (-85.7143 %) from 0.7 in the previous run, in the fail band < 0"]
            ]
        )
        #expect(verdicts.rows("value") == [["-0.6"]])
    }

    @Test func `keep a key with commas apart from another`() throws {
        var context = CheckContext()
        var odd = Baseline(name: "odd")
        odd.add(metric: "index.rank", selection: #"province=x\,year=1\\,year=2020"#, value: 1)
        context.baselines["previous"] = odd
        let verdicts = try check(
            [rule(.change, fail: "> 9")],
            tables: [ranks([(#"x,year=1\"#, 2020, 2)])],
            context: context
        )
        #expect(verdicts.rows("value") == [["1"]])
    }

    private let before: CheckContext = {
        var context = CheckContext()
        context.baselines["previous"] = baseline([("a", 2020, 0.5)])
        return context
    }()
}

@Suite struct `Counts of cells` {
    private let table = ranks([("a", 2020, 1), ("b", 2020, 2), ("c", 2020, nil), ("d", 2020, 4)])

    @Test(arguments: [
        (CheckRule.Quantity.count, CheckRule.Condition.inBand(Band(.greater(1))), "2"),
        (.percent, .inBand(Band(.greater(1))), "50"), (.count, .missing, "1"), (.percent, .missing, "25"),
        (.count, .inBand(Band(.greater(9))), "0"),
    ])
    func `are of those that meet the condition`(
        quantity: CheckRule.Quantity,
        condition: CheckRule.Condition,
        value: String
    ) throws {
        var counted = rule(quantity, fail: "> 1")
        counted.countIf = condition
        let verdicts = try check([counted], tables: [table])
        #expect(verdicts.rows("value", "selection") == [[value, "all"]])
        #expect(verdicts.rows("verdict") == [[Double(value).map { $0 > 1 } == true ? "fail" : "pass"]])
        #expect(verdicts.findings.isEmpty)
    }

    @Test func `tell how many of how many`() throws {
        var counted = rule(.count, select: ["year": .value("2020")], fail: "> 1")
        counted.countIf = .inBand(Band(.less(3)))
        counted.message = "{count} of {cells} ({percent} %)"
        #expect(try check([counted], tables: [table]).rows("message", "selection") == [["2 of 4 (50 %)", "year=2020"]])
    }

    @Test func `need a condition, and nothing else does`() {
        #expect(throws: CheckError.self) { try check([rule(.count, fail: "> 1")], tables: [table]) }
        var odd = rule(.value, fail: "> 1")
        odd.countIf = .missing
        #expect(throws: CheckError.self) { try check([odd], tables: [table]) }
    }

    @Test func `of no cell are an error, not a pass`() {
        var counted = rule(.count, select: ["year": .value("1999")], fail: "> 1")
        counted.countIf = .missing
        #expect(throws: CheckError.self) { try check([counted], tables: [table]) }
    }
}

@Suite struct `Words` {
    private let targets: Table = {
        var table = Table(
            schema: TableSchema(
                name: "targets",
                title: "Targets.",
                columns: [
                    Column("target", .text, definition: "Key.", isKey: true),
                    Column("state", .text, definition: "Word."), Column("value", .number, definition: "Number."),
                ]
            )
        )
        for (target, state) in [("a", "met"), ("b", "behind"), ("c", nil)] as [(String, String?)] {
            table.append([.text(target), Cell(state), .number(1)])
        }
        return table
    }()

    @Test func `are judged by words`() throws {
        let verdicts = try check(
            [CheckRule(id: "t", metric: "targets.state", warnIf: try Band(parsing: "is stalled, behind"))],
            tables: [targets]
        )
        #expect(
            verdicts.rows("selection", "word", "verdict") == [
                ["target=a", "met", "pass"], ["target=b", "behind", "warn"], ["target=c", "", "fail"],
            ]
        )
    }

    @Test(arguments: [("targets.value", "is met"), ("targets.state", "< 1")])
    func `and numbers are not mixed`(metric: String, band: String) throws {
        let odd = CheckRule(id: "t", metric: metric, failIf: try Band(parsing: band))
        #expect(throws: CheckError.self) { try check([odd], tables: [targets]) }
    }
}

@Suite struct `Runs in a row` {
    /// The verdicts of runs whose values are given, each run knowing the one before.
    private func verdicts(_ values: [Double?], warn: String? = nil, fail: String? = nil, year: Int = 0) throws
        -> [String]
    {
        var context = CheckContext()
        return try values.enumerated().map { index, value in
            var patient = rule(.value, select: ["year": .latest], warn: warn, fail: fail)
            patient.runs = 2
            let verdicts = try check([patient], tables: [ranks([("a", 2020 + index * year, value)])], context: context)
            context.earlier = EarlierVerdicts()
            for row in verdicts.rows("check", "selection", "warn_if", "fail_if", "warn_runs", "fail_runs") {
                context.earlier.add(
                    check: row[0],
                    selection: row[1],
                    warnIf: row[2],
                    failIf: row[3],
                    warnRuns: Int(row[4]) ?? 0,
                    failRuns: Int(row[5]) ?? 0
                )
            }
            return try #require(verdicts.rows("verdict").first?.first)
        }
    }

    @Test(arguments: [0, 1])
    func `count, whether the latest year moves on or not`(year: Int) throws {
        #expect(
            try verdicts([1, 1, 9, 1, 1, 1], fail: "< 5", year: year) == [
                "pass", "fail", "pass", "pass", "fail", "fail",
            ]
        )
    }

    @Test func `in the fail band count as in the warn band, not the other way round`() throws {
        #expect(
            try verdicts([3, 1, 1, 3, 3], warn: "< 5", fail: "< 2") == ["pass", "warn", "fail", "warn", "warn"]
        )
    }

    @Test func `without a value count as failing`() throws {
        #expect(try verdicts([nil, nil], fail: "< 2") == ["pass", "fail"])
    }

    @Test func `begin anew with another band`() throws {
        var context = CheckContext()
        context.earlier.add(
            check: "rank",
            selection: "province=a,year=2020",
            warnIf: "",
            failIf: "< 4",
            warnRuns: 5,
            failRuns: 5
        )
        var patient = rule(.value, fail: "< 5")
        patient.runs = 2
        let verdicts = try check([patient], tables: [ranks([("a", 2020, 1)])], context: context)
        #expect(verdicts.rows("verdict", "fail_runs") == [["pass", "1"]])
        #expect(
            verdicts.rows("message") == [["index.rank is 1, in the fail band < 5 (in 1 of 2 runs before it counts)"]]
        )
    }
}

@Suite struct `Places` {
    private let gazetteer = Gazetteer(places: [
        Place(code: "TH", level: .country, country: "TH", names: LocalisedText(english: "Thailand", thai: "ไทย")),
        Place(code: "TH-NE", level: .region, country: "TH", parent: "TH", names: LocalisedText(english: "Northeast")),
        Place(
            code: "TH-43",
            level: .province,
            country: "TH",
            parent: "TH-NE",
            names: LocalisedText(english: "Nong Khai", thai: "หนองคาย")
        ),
        Place(code: "TH-10", level: .province, country: "TH", parent: "TH", region: "Central"),
        Place(code: "LA", level: .country, country: "LA"),
        Place(code: "LA-VT", level: .province, country: "LA", parent: "LA"),
    ])

    @Test(arguments: [
        (["country": CheckRule.Selector.value("TH")], ["TH", "TH-10", "TH-43", "TH-NE"]),
        (["country": .value("ไทย"), "level": .value("province")], ["TH-10", "TH-43"]),
        (["region": .value("TH-NE")], ["TH-43", "TH-NE"]),
        (["region": .value("Central")], ["TH-10"]),
        (["province": .anyOf(["หนองคาย", "LA-VT"])], ["LA-VT", "TH-43"]),
        (["place": .value("LA")], ["LA"]),
        (["country": .value("LA"), "year": .latest], ["LA", "LA-VT"]),
    ])
    func `are selected by the gazetteer`(select: [String: CheckRule.Selector], places: [String]) throws {
        let judged = CheckRule(id: "c", metric: "t.value", select: select, failIf: Band(.less(0)))
        let verdicts = try check([judged], tables: [table], context: CheckContext(gazetteer: gazetteer))
        #expect(verdicts.rows("selection") == places.map { ["place=\($0),year=2020"] })
    }

    @Test(arguments: [
        ("region", "TH-NEE", "did you mean TH-NE?"), ("province", "Nong Kai", "did you mean Nong Khai?"),
        ("country", "VN", ""), ("level", "provinces", "did you mean province?"), ("province", "TH", ""),
    ])
    func `that the gazetteer does not have are an error`(name: String, word: String, hint: String) throws {
        let judged = CheckRule(id: "c", metric: "t.value", select: [name: .value(word)], failIf: Band(.less(0)))
        let error = try #require(throws: CheckError.self) {
            try check([judged], tables: [table], context: CheckContext(gazetteer: gazetteer))
        }
        #expect(error.problem == "check c: no such \(name)")
        #expect(hint.isEmpty || error.hint == hint)
    }

    private let table: Table = {
        var table = Table(
            schema: TableSchema(
                name: "t",
                title: "A table by place.",
                columns: [
                    Column("place", .text, definition: "Key.", isKey: true),
                    Column("year", .integer, definition: "Key.", isKey: true),
                    Column("value", .number, definition: "Number."),
                ]
            )
        )
        for place in ["LA", "LA-VT", "TH", "TH-10", "TH-43", "TH-NE"] {
            table.append([.text(place), .integer(2020), .number(1)])
        }
        return table
    }()
}

// MARK: - Helpers

private func rule(
    _ quantity: CheckRule.Quantity,
    select: [String: CheckRule.Selector] = [:],
    warn: String? = nil,
    fail: String? = nil
) -> CheckRule {
    CheckRule(
        id: "rank",
        metric: "index.rank",
        select: select,
        warnIf: warn.flatMap { try? Band(parsing: $0) },
        failIf: fail.flatMap { try? Band(parsing: $0) },
        quantity: quantity
    )
}

/// A table keyed by province and year; `nil` is missing.
private func ranks(_ rows: [(String, Int, Double?)]) -> Table {
    var table = Table(
        schema: TableSchema(
            name: "index",
            title: "Ranks.",
            columns: [
                Column("province", .text, definition: "Key.", isKey: true),
                Column("year", .integer, definition: "Key.", isKey: true),
                Column("rank", .number, definition: "Number."),
            ]
        )
    )
    for (province, year, rank) in rows { table.append([.text(province), .integer(year), Cell(rank)]) }
    return table
}

private func baseline(_ rows: [(String, Int, Double)]) -> Baseline {
    var baseline = Baseline(name: "the previous run")
    for (province, year, rank) in rows {
        baseline.add(metric: "index.rank", key: ["province": province, "year": String(year)], value: rank)
    }
    return baseline
}

extension Verdicts {
    fileprivate func rows(_ columns: String...) -> [[String]] {
        (0..<table.rowCount).map { row in columns.map { table[row, $0].text } }
    }
}
