import Check
import Indicators
import Testing

/// A table like `gaps`: parity by indicator, level and a pair of years.
private let gaps = table(
    "gaps",
    keys: ["indicator": .text, "level": .text, "year_reference": .integer, "year_other": .integer],
    figures: ["parity", "ratio"],
    rows: [
        ["internet_users", "country", 2015, 2015, 0.30, 0.30],
        ["internet_users", "country", 2020, 2020, 0.70, 0.70],
        ["internet_users", "province", 2017, 2017, 0.55, 0.55],
        ["mpi", "country", 2022, 2017, nil, nil],
        ["skills", "country", 2019, 2019, 0.95, 1.05],
    ]
)

private let scores = table(
    "scores",
    keys: ["place": .text, "year": .integer],
    figures: ["score"],
    rows: [["TH-10", 2020, 80], ["TH-10", 2021, 90], ["LA-VT", 2019, 40], ["LA-VT", 2020, 45]]
)

@Suite struct `Verdicts on cells` {
    @Test func `each selected cell has its own row and verdict`() throws {
        let verdicts = try judged([rule(select: ["indicator": .value("internet_users")], warn: "< 0.8", fail: "< 0.6")])
        #expect(
            verdicts.rows("selection", "value", "verdict") == [
                ["indicator=internet_users,level=country,year_reference=2015,year_other=2015", "0.3", "fail"],
                ["indicator=internet_users,level=country,year_reference=2020,year_other=2020", "0.7", "warn"],
                ["indicator=internet_users,level=province,year_reference=2017,year_other=2017", "0.55", "fail"],
            ]
        )
        #expect(verdicts.worst == .fail)
        #expect(verdicts.counts == [.fail: 2, .warn: 1])
    }

    @Test func `the columns stand in the order of the design`() {
        #expect(
            TableSchema.checks.columns.prefix(9).map(\.id)
                == ["check", "metric", "selection", "value", "warn_if", "fail_if", "verdict", "message", "owner"]
        )
    }

    @Test func `bands do not depend on each other`() throws {
        let onlyFail = try judged([rule(select: ["indicator": .value("skills")], fail: "< 0.6")])
        #expect(onlyFail.rows("verdict", "warn_if", "fail_if") == [["pass", "", "< 0.6"]])
        let onlyWarn = try judged([rule(select: ["indicator": .value("skills")], warn: "> 0.9")])
        #expect(onlyWarn.rows("verdict") == [["warn"]])
        let disjoint = try judged([
            rule(select: ["indicator": .value("skills")], warn: "< 0.5", fail: "outside 0 and 0.9")
        ])
        #expect(disjoint.rows("verdict") == [["fail"]])
    }

    @Test func `a missing value fails, and is a finding`() throws {
        let verdicts = try judged([rule(select: ["indicator": .value("mpi")], warn: "< 0.8")])
        #expect(verdicts.rows("value", "verdict", "message") == [["", "fail", "gaps.parity has no value to judge"]])
        #expect(verdicts.findings.map(\.code) == ["check-without-value"])
        #expect(
            verdicts.findings.first?.found.hasSuffix(
                "gaps:indicator=mpi,level=country,year_reference=2022,year_other=2017:parity"
            ) == true
        )
    }

    @Test(arguments: [("skills", false, false), ("internet_users", false, true)])
    func `warnings are failures only on request`(indicator: String, failsPlain: Bool, failsStrictly: Bool) throws {
        let verdicts = try judged([
            rule(select: ["indicator": .value(indicator), "level": .value("country"), "year": .latest], warn: "< 0.8")
        ])
        #expect(verdicts.areFailure() == failsPlain)
        #expect(verdicts.areFailure(warningsAsFailures: true) == failsStrictly)
    }

    @Test func `no checks, nothing judged`() throws {
        let verdicts = try judged([])
        #expect(verdicts.table.rowCount == 0)
        #expect(verdicts.worst == .pass)
    }
}

@Suite struct `Selection` {
    @Test func `latest is the greatest year of each`() throws {
        let verdicts = try judged([
            CheckRule(id: "c", metric: "scores.score", select: ["year": .latest], failIf: Band(.less(0)))
        ])
        #expect(verdicts.rows("selection") == [["place=LA-VT,year=2020"], ["place=TH-10,year=2021"]])
    }

    @Test func `latest comes after the other selectors, in whatever order they stand`() throws {
        let verdicts = try judged([
            CheckRule(
                id: "c",
                metric: "scores.score",
                select: ["place": .value("TH-10"), "year": .latest],
                failIf: Band(.less(0))
            )
        ])
        #expect(verdicts.rows("selection") == [["place=TH-10,year=2021"]])
    }

    @Test func `year stands for both years of a comparison`() throws {
        func parities(_ year: CheckRule.Selector) throws -> [[String]] {
            try judged([rule(select: ["indicator": .anyOf(["internet_users", "mpi"]), "year": year], fail: "< 0")])
                .rows("value")
        }
        #expect(try parities(.value("2015")) == [["0.3"]])
        #expect(try parities(.value("2017")) == [["0.55"], [""]])
        #expect(try parities(.anyOf(["2015", "2022"])) == [["0.3"], [""]])
        #expect(try parities(.latest) == [["0.7"], ["0.55"], [""]])
    }

    @Test(arguments: ["2020", "2020.0", "02020"])
    func `a number is the same in any spelling`(year: String) throws {
        let verdicts = try judged([rule(select: ["year_reference": .value(year)], fail: "< 0")])
        #expect(verdicts.rows("value") == [["0.7"]])
    }

    @Test func `without selectors every row is judged`() throws {
        #expect(try judged([rule(fail: "< 0.1")]).rows("check").count == 5)
    }
}

@Suite struct `Messages` {
    @Test func `say value and key`() throws {
        let verdicts = try judged([
            rule(
                select: ["indicator": .value("skills")],
                warn: "> 0.9",
                message: "{check}: {indicator} {year_other} has {metric} {value} {{sic}}"
            )
        ])
        #expect(verdicts.rows("message") == [["parity: skills 2019 has gaps.parity 0.95 {sic}"]])
    }

    @Test func `in our words where there are none`() throws {
        let verdicts = try judged([
            rule(select: ["indicator": .anyOf(["internet_users", "skills"])], warn: "< 0.8", fail: "< 0.6")
        ])
        #expect(
            verdicts.rows("message") == [
                ["gaps.parity is 0.3, in the fail band < 0.6"], ["gaps.parity is 0.7, in the warn band < 0.8"],
                ["gaps.parity is 0.55, in the fail band < 0.6"], ["gaps.parity is 0.95"],
            ]
        )
    }

    @Test(arguments: ["{valeu}", "{value", "value}", "{}"])
    func `with a name or a brace that leads nowhere are refused`(message: String) {
        #expect(throws: CheckError.self) { try judged([rule(fail: "< 0", message: message)]) }
    }
}

@Suite struct `Checks that cannot be carried out` {
    @Test(arguments: [
        (CheckRule(id: "c", metric: "gaps.parity"), "check c: has no band", "for instance fail_if: \"< 0.6\""),
        (
            CheckRule(id: "c", metric: "gap.parity", failIf: Band(.less(1))), "check c: no such table",
            "did you mean gaps?"
        ),
        (
            CheckRule(id: "c", metric: "gaps.partiy", failIf: Band(.less(1))), "check c: no such column in gaps",
            "did you mean parity?"
        ),
        (CheckRule(id: "c", metric: "gaps.level", failIf: Band(.less(1))), "check c: not a column of figures", ""),
        (CheckRule(id: "c", metric: "parity", failIf: Band(.less(1))), "check c: not a metric", ""),
        (
            CheckRule(id: "c", metric: "gaps.parity", select: ["indikator": .value("mpi")], failIf: Band(.less(1))),
            "check c: unknown column in select", "did you mean indicator?"
        ),
        (
            CheckRule(id: "c", metric: "gaps.parity", select: ["ratio": .value("1")], failIf: Band(.less(1))),
            "check c: select takes key columns only", ""
        ),
        (
            CheckRule(id: "c", metric: "gaps.parity", select: ["level": .latest], failIf: Band(.less(1))),
            "check c: latest of words", ""
        ),
        (
            CheckRule(
                id: "c",
                metric: "gaps.parity",
                select: ["indicator": .value("internet_user")],
                failIf: Band(.less(1))
            ),
            "check c: select finds no row of gaps", "no row has indicator internet_user; did you mean internet_users?"
        ),
        (
            CheckRule(
                id: "c",
                metric: "gaps.parity",
                select: ["indicator": .value("mpi"), "level": .value("province")],
                failIf: Band(.less(1))
            ),
            "check c: select finds no row of gaps", ""
        ),
    ])
    func `say what is wrong and what would be right`(rule: CheckRule, problem: String, hint: String) throws {
        let error = try #require(throws: CheckError.self) { try judged([rule]) }
        #expect(error.problem == problem)
        #expect(error.hint == hint)
        #expect(!error.expected.isEmpty && !error.found.isEmpty)
    }

    @Test func `two checks of one id`() throws {
        let error = try #require(throws: CheckError.self) { try judged([rule(fail: "< 0"), rule(fail: "< 1")]) }
        #expect(error.problem == "check parity: two checks of one id")
    }

    @Test func `an empty table has no row to select`() throws {
        let empty = table("gaps", keys: ["indicator": .text], figures: ["parity"], rows: [])
        let error = try #require(throws: CheckError.self) { try check([rule(fail: "< 0")], tables: [empty]) }
        #expect(error.found == "an empty table")
    }

    @Test func `the message begins with the place`() throws {
        var misplaced = rule(select: ["yaer": .latest], fail: "< 0")
        misplaced.file = "thailand-laos.yaml"
        misplaced.line = 41
        misplaced.column = 7
        let error = try #require(throws: CheckError.self) { try judged([misplaced]) }
        #expect(
            error.description
                == "thailand-laos.yaml:41:7: check parity: unknown column in select; expected one of indicator, level,"
                + " year_reference, year_other, year; found yaer; did you mean year?"
        )
    }
}

// MARK: - Helpers

private func rule(
    select: [String: CheckRule.Selector] = [:],
    warn: String? = nil,
    fail: String? = nil,
    message: String = ""
) -> CheckRule {
    CheckRule(
        id: "parity",
        metric: "gaps.parity",
        select: select,
        warnIf: warn.flatMap { try? Band(parsing: $0) },
        failIf: fail.flatMap { try? Band(parsing: $0) },
        owner: "",
        message: message
    )
}

private func judged(_ rules: [CheckRule]) throws -> Verdicts {
    try check(rules, tables: [scores, gaps])
}

extension Verdicts {
    fileprivate func rows(_ columns: String...) -> [[String]] {
        (0..<table.rowCount).map { row in columns.map { table[row, $0].text } }
    }
}

/// A table of key columns and figures; `nil` is missing.
private func table(
    _ name: String,
    keys: KeyValuePairs<String, Column.ValueType>,
    figures: [String],
    rows: [[Any?]]
) -> Table {
    let columns =
        keys.map { Column($0, $1, definition: "A key.", isKey: true) }
        + figures.map { Column($0, .number, definition: "A figure.") }
    var table = Table(schema: TableSchema(name: name, title: "A table.", columns: columns))
    for row in rows {
        table.append(
            row.map { cell in
                switch cell {
                case let text as String: .text(text)
                case let integer as Int: .integer(integer)
                case let number as Double: .number(number)
                default: .missing
                }
            }
        )
    }
    return table
}
