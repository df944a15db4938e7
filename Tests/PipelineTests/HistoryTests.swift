import Foundation
import GRDB
import Indicators
import Testing

@testable import Pipeline

@Suite
struct `The history of a pipeline` {
    @Test
    func `tells a number over time`() throws {
        let house = try SmallHouse()
        for (day, laos) in [(1, 40.0), (2, 60.0), (3, 60.0)] {
            try house.use(thailand: 80, laos: laos)
            try house.run { $0.asOf = CalendarDate(year: 2026, month: 1, day: day) }
        }
        let history = try History(of: house.order.pipeline)
        let metric = try #require(Metric("gaps.parity"))
        let series = try history.series(of: metric, select: ["indicator": ["internet_users"]], last: 100)
        #expect(series.map { $0.points.map(\.value) } == [[0.5, 0.75, 0.75]])
        let latest = try history.series(of: metric, select: ["year": ["latest"]], last: 2)
        #expect(latest.map { $0.points.map(\.value) } == [[0.75, 0.75]])
        #expect(latest.first?.key.contains("year_reference=latest,year_other=latest") == true)
        #expect(try history.series(of: metric, select: ["indicator": ["nothing"]], last: 9).isEmpty)
        #expect(try history.metrics().contains("gaps.parity"))
    }

    @Test
    func `is read by any SQLite tool`() throws {
        let house = try SmallHouse()
        try house.run()
        let plain = try DatabaseQueue(path: house.place.history)
        let (parity, verdict, check) = try plain.read { db in
            (
                try Double.fetchOne(db, sql: "SELECT value FROM metrics WHERE column_name = 'parity'"),
                try String.fetchOne(db, sql: "SELECT verdict FROM verdicts WHERE pipeline = 'small'"),
                try String.fetchOne(db, sql: "PRAGMA integrity_check")
            )
        }
        #expect(parity == 0.75)
        #expect(verdict == "pass")
        #expect(check == "ok")
    }

    @Test
    func `is mended from the manifest where a kill came between`() throws {
        let house = try SmallHouse()
        try house.run()
        try house.use(thailand: 80, laos: 20)
        try house.run()
        let whole = try house.runs()
        // As a kill between the swap and the history leaves it.
        try DatabaseQueue(path: house.place.history).write { db in
            try db.execute(sql: "PRAGMA foreign_keys = ON; DELETE FROM runs WHERE id = 2")
        }
        #expect(try house.runs().count == 1)
        #expect(try house.run().unchangedSince != nil)
        #expect(try house.runs() == whole)
        let series = try History(of: house.order.pipeline).series(
            of: try #require(Metric("gaps.parity")),
            select: [:],
            last: 9
        )
        #expect(series.map { $0.points.map(\.value) } == [[0.75, 0.25]])
    }

    @Test
    func `is mended where it is gone altogether`() throws {
        let house = try SmallHouse()
        try house.run()
        try FileManager.default.removeItem(atPath: house.place.history)
        #expect(try house.run().troubles == [])
        #expect(try house.runs().count == 1)
    }

    @Test(arguments: ["text", "cut", "overwritten", "foreign", "later", "folder", "tables"])
    func `is set aside where it cannot be used, and never stops a run`(fault: String) throws {
        let house = try SmallHouse()
        try house.run()
        let path = house.place.history
        switch fault {
        case "text": try house.folder.write("Output/history.sqlite", "no database at all, but long enough for a header")
        case "cut": #expect(unsafe truncate(path, 5_000) == 0)
        case "overwritten":
            var data = try Data(contentsOf: URL(filePath: path))
            for index in 100..<data.count { data[index] = UInt8(truncatingIfNeeded: index &* 31) }
            try data.write(to: URL(filePath: path))
        case "foreign":
            try FileManager.default.removeItem(atPath: path)
            try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE runs (id)") }
        case "later":
            try DatabaseQueue(path: path).write {
                try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of the future')")
            }
        case "tables":
            try DatabaseQueue(path: path).writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA foreign_keys = OFF; DROP TABLE contents")
            }
        default:
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let report = try house.run { $0.isForced = true }
        #expect(report.verdict == .pass)
        #expect(Set(report.troubles.map(\.code)) == ["history-set-aside"])
        #expect(house.folder.names(in: "Output").contains("history.damaged-1.sqlite"))
        #expect(try house.faults() == [])
        #expect(try house.runs().count == 1)
        #expect(try house.run().troubles == [])
    }

    @Test
    func `that cannot be written fails no run`() throws {
        let house = try SmallHouse()
        try house.run()
        try house.use(thailand: 80, laos: 20)
        // Another process that writes and does not end, as far as a short patience sees.
        try DatabaseQueue(path: house.place.history).inDatabase { db in
            try db.inTransaction(.exclusive) {
                let report = try house.run()
                #expect(report.verdict == .fail)
                #expect(Set(report.troubles.map(\.code)) == ["history-not-written"])
                return .rollback
            }
        }
        #expect(try house.run().troubles == [])
        #expect(try house.runs().count == 2)
    }

    @Test
    func `keeps what runs were made of once, and as long as is asked`() throws {
        let house = try SmallHouse()
        let store = Store(folder: house.place.store)
        var observations: [String] = []
        for laos in [10.0, 20, 30, 30] {
            try house.use(thailand: 80, laos: laos)
            try house.run { $0.isForced = true }
            let kept = try house.manifest().kept
            #expect(kept.allSatisfy { store.bytes(of: $0.sha256)?.count == $0.bytes })
            observations.append(try #require(kept.first { $0.path == "observations.csv" }).sha256)
        }
        #expect(Set(observations).count == 3)
        #expect(store.bytes(of: observations[0]) != nil)
        try house.run {
            $0.isForced = true
            $0.keep = 2
        }
        #expect(store.bytes(of: observations[0]) == nil)
        #expect(store.bytes(of: observations[1]) != nil)
        #expect(store.bytes(of: observations[2]) != nil)
        #expect(try house.runs().map(\.isKept) == [false, true, true])
    }

    /// How fast is a matter for `Tests/Robustness`, which asks the release binary.
    @Test
    func `of 10,000 runs answers for the latest year of the last 50`() throws {
        let house = try SmallHouse()
        try house.run()
        try DatabaseQueue(path: house.place.history).write { db in
            try db.execute(sql: Self.tenThousand)
        }
        let history = try History(of: house.order.pipeline)
        let metric = try #require(Metric("gaps.parity"))
        let series = try history.series(of: metric, select: ["year": ["latest"]], last: 50)
        #expect(series.first?.points.count == 50)
        #expect(series.first?.points.last?.value == 0.5)
        #expect(try history.runs(last: 50).count == 50)
    }

    private static let tenThousand = """
        WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
        INSERT INTO runs (id, sequence, pipeline, run_hash, pipeline_hash, tool, as_of, verdict, inputs, outputs, started,
            ended, seconds) SELECT i, i, 'small', 'h' || i, 'p', '0', '2026-01-01', 'pass', 1, 1, 'a', 'b', 1 FROM n;
        INSERT INTO manifests SELECT id, (SELECT manifest FROM manifests WHERE run = 1) FROM runs WHERE id > 1;
        INSERT INTO contents (id, name, sha256) SELECT id + 9, 'gaps', 'c' || id FROM runs WHERE id > 1;
        INSERT INTO run_contents SELECT id, id + 9 FROM runs WHERE id > 1;
        INSERT INTO results SELECT (SELECT id FROM row_keys WHERE name = 'gaps'), id + 9, '{"parity":0.5}' FROM runs
            WHERE id > 1;
        """
}

@Suite
struct `The key of a row` {
    @Test(arguments: [
        ("indicator=a,group=total", ["indicator", "group"], ["a", "total"]),
        ("indicator=a\\,b\\:c\\\\,group==", ["indicator", "group"], ["a,b:c\\", "="]),
        ("indicator=ผู้ใช้,year=", ["indicator", "year"], ["ผู้ใช้", ""]),
    ])
    func `is taken apart as addresses put it together`(text: String, columns: [String], values: [String]) {
        let key = RowKey(text)
        #expect(key.parts.map(\.column) == columns)
        #expect(key.parts.map(\.value) == values)
    }

    @Test
    func `is spelt by results as SQLite reads it back`() throws {
        var table = Table(
            schema: TableSchema(
                name: "gaps",
                title: "",
                columns: [
                    Column("place", .text, definition: "", isKey: true),
                    Column("year", .integer, definition: "", isKey: true),
                    Column("value", .number, definition: ""), Column("note", .text, definition: ""),
                ]
            )
        )
        let odd = "a\"b\\c\n\u{1}ຫຼ,:"
        table.append([.text(odd), .integer(2_020), .number(-1.5e300), .text("not taken")])
        table.append([.text("b"), .integer(2_021), .missing, .missing])
        let rows = try #require(ResultRows(table))
        let read = try DatabaseQueue().read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT key, value FROM json_each(?)",
                arguments: [String(decoding: rows.json, as: UTF8.self)]
            )
            .map { row -> [String] in [row["key"], row["value"]] }
        }
        #expect(read.map { RowKey($0[0]).parts.map(\.value) } == [[odd, "2020"], ["b", "2021"]])
        #expect(read.map { $0[1] } == ["{\"value\":-1.5e+300}", "{}"])
    }
}
