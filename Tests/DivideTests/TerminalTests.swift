import Foundation
import Indicators
import Pipeline
import Records
import Testing

@testable import divide

@Suite struct `The short table of gaps` {
    @Test func `lines its columns up whatever the script`() throws {
        let lines = GapText.lines(of: report(rows), TerminalStyle(isColoured: false))
        let expected = [
            "widest gaps first             TH           LA     gap  parity  unit                 verdict",
            "ຜູ້ໃຊ້ອິນເຕີເນັດ         89.5 (2022)  67.3 (2022)    22.2    0.75  %                    warn",
            "ผู้ใช้อินเทอร์เน็ต, women  1.2 (2020)     1 (2019)  0.2058    0.83  per 100",
            "電話                    0.0123 (2020)                              % (illustrative)     fail",
        ]
        #expect(lines.count == expected.count)
        for (line, wanted) in zip(lines, expected) {
            #expect(words(of: line) == words(of: wanted))
        }
        // The units begin in one cell of the terminal, the parities end in one.
        let units = ["unit", "%", "per 100", "% (illustrative)"]
        let places = try zip(lines, units).map { line, unit in
            let range = try #require(line.range(of: "  " + unit, options: .backwards))
            return AlignedText.width(String(line[..<range.lowerBound]))
        }
        #expect(Set(places).count == 1)
    }

    @Test func `is told of even where it has more lines than it shows`() {
        let many = (0..<20).map { GapOverview.Row(named: "row \($0)", parity: Double($0) / 20) }
        let lines = GapText.lines(of: report(many), TerminalStyle(isColoured: false))
        #expect(lines.count == 14)
        #expect(lines.last == "... and 8 more in gaps.csv")
    }

    @Test func `leaves out what has no better end, unless a check asks for it`() {
        let neutral = GapOverview.Row(named: "population", parity: 0.1, gap: nil)
        var judged = neutral
        judged.verdict = .warn
        let style = TerminalStyle(isColoured: false)
        #expect(GapText.lines(of: report([neutral]), style) == [])
        #expect(GapText.lines(of: report([judged]), style).count == 2)
        let both = GapText.lines(of: report([neutral, GapOverview.Row(named: "users", parity: 0.5)]), style)
        #expect(both.count == 3)
        #expect(both.last == "... and 1 more in gaps.csv")
    }

    @Test func `is not there where nothing was compared`() {
        #expect(GapText.lines(of: report([]), TerminalStyle(isColoured: true)) == [])
        #expect(GapText.lines(of: RunReport(pipeline: "p"), TerminalStyle(isColoured: true)) == [])
    }

    @Test func `obeys no character of a name`() {
        let row = GapOverview.Row(named: "a\u{1B}[31mb\nc\u{202E}d", parity: 0.5)
        let lines = GapText.lines(of: report([row]), TerminalStyle(isColoured: false))
        #expect(lines.count == 2)
        #expect(!lines.joined().unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
    }

    @Test(arguments: [
        (0.0, "0"), (62.4, "62.4"), (1_234_567.8, "1234568"), (0.012_346, "0.01235"), (-89.555, "-89.56"), (100, "100"),
        (1e-9, "1e-09"), (1e300, "1e+300"), (-0.000_04, "-4e-05"), (9_999.9, "10000"), (0.5, "0.5"),
    ])
    func `writes a number with four digits that count`(value: Double, expected: String) {
        #expect(GapText.short(value) == expected)
    }

    @Test(arguments: [
        (1.0, "1"), (0.999, "0.99"), (0.994, "0.99"), (0.745, "0.74"), (0, "0"), (0.004, "<0.01"), (0.006, "0.01"),
        (0.5, "0.5"),
    ])
    func `rounds no parity up to 1 or down to 0`(value: Double, expected: String) {
        #expect(GapText.share(value) == expected)
    }

    private let rows = [
        GapOverview.Row(named: "ຜູ້ໃຊ້ອິນເຕີເນັດ", parity: 0.752, unit: "%", values: (89.5, 67.3), gap: 22.2, verdict: .warn),
        GapOverview.Row(
            named: "ผู้ใช้อินเทอร์เน็ต",
            parity: 0.83,
            unit: "per 100",
            group: "women",
            years: (2020, 2019),
            values: (1.2, 1),
            gap: 0.205_79
        ),
        GapOverview.Row(
            named: "電話",
            parity: nil,
            unit: "%",
            years: (2020, 2020),
            values: (0.0123, nil),
            gap: nil,
            grade: "illustrative",
            verdict: .fail
        ),
    ]

    private func report(_ rows: [GapOverview.Row]) -> RunReport {
        var report = RunReport(pipeline: "p")
        report.gaps = GapOverview(reference: "TH", other: "LA", rows: rows)
        return report
    }

    private func words(of line: String) -> [String] {
        line.split(separator: " ").map(String.init)
    }
}

@Suite struct `Text for a terminal` {
    /// By `wcwidth` of the C library, which terminals go by.
    @Test(arguments: [
        ("ກຸງເທບ", 5), ("ผู้ใช้", 3), ("น้ำ", 2), ("ນ້ຳ", 2), ("電話", 4), ("e\u{301}", 1), ("", 0), ("\u{200B}", 0),
    ])
    func `has the width that it takes`(text: String, expected: Int) {
        #expect(AlignedText.width(text) == expected)
    }

    @Test func `is cut between letters, never between a letter and its marks`() {
        #expect(AlignedText.shortened("ผู้ใช้", to: 3) == "ผู้ใช้")
        #expect(AlignedText.shortened("ผู้ใช้", to: 2) == "ผู้…")
        #expect(AlignedText.shortened("電話番号", to: 5) == "電話…")
        #expect(AlignedText.shortened("abc", to: 1) == "…")
    }

    @Test func `has colour only where a verdict is, and only where it is asked for`() {
        let coloured = TerminalStyle(isColoured: true)
        #expect(coloured.verdict("fail    a check") == "\u{1B}[31mfail\u{1B}[0m    a check")
        #expect(coloured.verdict("failure of another kind") == "failure of another kind")
        #expect(coloured.verdict("skipped no baseline") == "skipped no baseline")
        #expect(TerminalStyle(isColoured: false).verdict("fail    a check") == "fail    a check")
        // What is no terminal has no colour, whatever the environment says.
        #expect(!TerminalStyle(descriptor: -1, environment: [:]).isColoured)
    }
}

extension GapOverview.Row {
    fileprivate init(
        named name: String,
        parity: Double?,
        unit: String = "%",
        group: String = "total",
        years: (reference: Int, other: Int) = (2022, 2022),
        values: (reference: Double?, other: Double?) = (1, 1),
        gap: Double? = 1,
        grade: String = "official",
        verdict: Verdict? = nil
    ) {
        self.init(
            indicator: "id",
            name: name,
            group: group,
            unit: unit,
            years: years,
            values: values,
            gap: gap,
            parity: parity,
            grade: grade,
            verdict: verdict
        )
    }
}

@Suite struct `How far reading is` {
    @Test func `is a bar with a rate and the time left`() {
        let start = ContinuousClock.now
        var bar = ReadingBar(start: start)
        var reached = RecordProgress()
        (reached.records, reached.bytes, reached.size) = (3_000, 200_000_000, 800_000_000)
        let text = bar.text(reached, at: start + .seconds(2))
        #expect(text == "[=====               ] 25 %, 3000 records, 100 MB/s, 6 s left")
        reached.bytes = 800_000_000
        let end = bar.text(reached, at: start + .seconds(4))
        #expect(end == "[====================] 100 %, 3000 records, 200 MB/s, 0 s left")
    }

    @Test func `has no bar where nobody knows the size, and begins anew with each file`() {
        let start = ContinuousClock.now
        var bar = ReadingBar(start: start)
        var reached = RecordProgress()
        (reached.records, reached.bytes, reached.files) = (7, 5_000_000, 3)
        #expect(bar.text(reached, at: start + .seconds(1)) == "file 1 of 3, 7 records, 5 MB/s")
        (reached.file, reached.bytes, reached.size) = (1, 0, 10_000_000)
        #expect(bar.text(reached, at: start + .seconds(5)) == "file 2 of 3, 7 records, 0 MB/s")
        reached.bytes = 5_000_000
        let second = bar.text(reached, at: start + .seconds(6))
        #expect(second == "[==========          ] 50 %, file 2 of 3, 7 records, 5 MB/s, 1 s left")
    }
}
