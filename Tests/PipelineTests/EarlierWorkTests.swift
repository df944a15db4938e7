import Foundation
import Indicators
import Ingest
import Testing

@testable import Pipeline

@Suite struct `A reading that was kept` {
    private static let source = IngestedSource(
        values: [
            RawValue(
                indicator: "internet_users",
                place: "จังหวัดเลย",
                placeCode: "TH42",
                country: "TH",
                period: "2561",
                group: Group.women,
                text: "92,3",
                reading: .number(92.3),
                standardError: 1.5,
                origin: Origin(file: "a.xlsx", sheet: "Income", record: 7, line: 8, field: 3, column: "ร้อยละ"),
                status: .seriesBreak,
                aggregation: "mean(x) over 40 records"
            ),
            RawValue(
                indicator: "internet_users",
                place: "",
                period: "2561",
                text: "..",
                reading: .missing,
                interval: StatedInterval(
                    low: StatedInterval.Limit(text: "1,5", reading: .number(1.5), field: 4, column: "จาก"),
                    high: StatedInterval.Limit(text: "-", reading: .missing, field: 5, column: "ถึง"),
                    form: IntervalForm(confidence: 0.9, scale: .logit)
                ),
                origin: Origin(file: "a.xlsx", record: 8, line: 9, field: 3, column: "")
            ),
        ],
        findings: [
            Finding(
                code: "unusable-number",
                severity: .warning,
                file: "a.xlsx",
                record: 9,
                line: 11,
                column: "ร้อยละ",
                found: "5%%",
                expected: "a number",
                hint: "look"
            )
        ],
        read: 3,
        refused: 1,
        setAside: 4,
        facts: SourceFacts(
            encoding: "UTF-8",
            sheet: "Income",
            encodingIsDetected: true,
            delimiter: 0x3B,
            skippedRecords: 2,
            headerRecords: 3,
            records: 12,
            bytes: 345
        )
    )

    @Test func `is what it was`() throws {
        let again = try #require(IngestedSource(kept: Self.source.kept))
        #expect(again.values == Self.source.values)
        #expect(again.findings == Self.source.findings)
        #expect(again.facts == Self.source.facts)
        #expect(again.read == 3 && again.refused == 1 && again.setAside == 4)
    }

    @Test func `is nothing where its bytes are cut off or longer`() {
        let kept = Self.source.kept
        for count in kept.indices { #expect(IngestedSource(kept: Array(kept.prefix(count))) == nil) }
        #expect(IngestedSource(kept: kept + [0]) == nil)
    }

    @Test func `is what it was where columns tell what rows do not, and shares them`() throws {
        let columns = (2556...2558).map { year in
            SourceColumn(
                file: "a.csv",
                field: year - 2550,
                label: "\(year)",
                place: "เลย",
                period: "\(year)",
                indicator: "internet_users",
                group: "women"
            )
        }
        let values = (1...3).flatMap { record in
            let subject = RawValue.Subject(indicator: "", place: "", placeCode: "TH-42", country: "TH", period: "")
            return columns.map { column in
                RawValue(subject, text: "1", reading: .number(1), origin: Origin(column, record: record, line: record))
            }
        }
        #expect(values[4].period == "2557" && values[4].place == "เลย" && values[4].group == "women")
        #expect(values[4].indicator == "internet_users" && values[4].origin.column == "2557")
        var source = Self.source
        source.values = values
        let again = try #require(IngestedSource(kept: source.kept)).values
        #expect(again == values)
        let kept = try again.map { try #require(Mirror(reflecting: $0.origin).descendant("source") as? SourceColumn) }
        #expect(Set(kept.map(ObjectIdentifier.init)).count == 3)
    }

    /// A property that is added must be kept, too.
    @Test func `leaves nothing out`() throws {
        let value = Self.source.values[0]
        #expect(Mirror(reflecting: value).children.count == 5)
        #expect(try Mirror(reflecting: #require(Mirror(reflecting: value).descendant("subject"))).children.count == 6)
        let withInterval = Mirror(reflecting: Self.source.values[1])
        let rarity = try #require(withInterval.descendant("rarity", "some"))
        #expect(Mirror(reflecting: rarity).children.count == 4)
        let interval = try #require(Self.source.values[1].interval)
        #expect(Mirror(reflecting: interval).children.count == 3)
        #expect(Mirror(reflecting: interval.low).children.count == 4)
        #expect(Mirror(reflecting: interval.form).children.count == 2)
        #expect(Mirror(reflecting: value.origin).children.count == 3)
        let column = try #require(Mirror(reflecting: value.origin).descendant("source"))
        #expect(Mirror(reflecting: column).children.count == 8)
        #expect(Mirror(reflecting: Self.source.findings[0]).children.count == 9)
        #expect(Mirror(reflecting: Self.source.facts).children.count == 8)
        #expect(Mirror(reflecting: Self.source).children.count == 6)
    }
}

@Suite struct `A run after a change` {
    private let house: SmallHouse

    init() throws {
        house = try SmallHouse()
        try write(laos: 60)
    }

    /// More than a mebibyte, of which two records are wanted.
    private func write(laos: Double) throws {
        let note = String(repeating: "x", count: 300)
        var text = "country,year,sex,value,note\n"
        for record in 0..<3_600 { text += "TH,2020,men,\(record % 100),\(note)\nLA,2020,men,\(laos),\n" }
        text += "TH,2020,all,80,\nLA,2020,all,\(laos),\n"
        try house.folder.write("Datasets/large.csv", text)
    }

    private func describe(failBelow: String = "0.5", grade: String = "survey", records: Bool = false) throws {
        try house.describe(failBelow: failBelow)
        let text = try #require(house.folder.text("Pipelines/small.yaml"))
        let head = "sources:\n"
        let source =
            if records {
                """
                  - records:
                      files: ../Datasets/large.csv
                      group_by: {place_code: country, year: year}
                      measures: {internet_users: mean(value)}
                      where: sex == "men"
                    grade: \(grade)
                    priority: 1

                """
            } else {
                """
                  - file: ../Datasets/large.csv
                    grade: \(grade)
                    layout: {form: long, place_code: country, year: year, value: value}
                    indicator: internet_users
                    where: {sex: all}
                    priority: 1

                """
            }
        try house.folder.write("Pipelines/small.yaml", text.replacing(head, with: head + source))
    }

    /// The bytes of every output but the manifest, in which times stand.
    private func outputs() throws -> [String: Data] {
        let folder = house.folder.path + "/Output/small/"
        var outputs: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "manifest.json" {
            outputs[name] = try Data(contentsOf: URL(filePath: folder + name))
        }
        return outputs
    }

    private func takenOver(_ report: RunReport, _ stage: String = "ingest") -> String {
        report.reasons.first { $0.stage == stage }?.takenOver ?? "?"
    }

    /// Runs, and again from scratch: the outputs are the same.
    private func run(takesOver: Bool, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let report = try house.run()
        #expect(report.unchangedSince == nil, sourceLocation: sourceLocation)
        #expect(takenOver(report).isEmpty == !takesOver, sourceLocation: sourceLocation)
        let quick = try outputs()
        let forced = try house.run { $0.isForced = true }
        #expect(takenOver(forced).isEmpty, sourceLocation: sourceLocation)
        #expect(try outputs() == quick, sourceLocation: sourceLocation)
    }

    @Test(arguments: [false, true])
    func `reads a large source anew only where the source changed`(records: Bool) throws {
        try describe(records: records)
        try run(takesOver: false)
        try describe(failBelow: "0.4", records: records)
        try run(takesOver: true)
        try house.use(thailand: 81, laos: 61)
        try run(takesOver: true)
        try write(laos: 55)
        try run(takesOver: false)
        try describe(failBelow: "0.4", grade: "secondary", records: records)
        try run(takesOver: false)
        let catalogue = try #require(house.folder.text("Datasets/indicators.yaml"))
        try house.folder.write("Datasets/indicators.yaml", catalogue + "# another\n")
        try run(takesOver: false)
    }

    @Test func `does not trust an answer that is damaged or gone`() throws {
        try describe()
        try house.run()
        let kept = try #require(try house.manifest().kept.first { $0.role == .answer })
        let path = Store(folder: house.place.store).path(of: kept.sha256)
        try "nothing".write(toFile: path, atomically: true, encoding: .utf8)
        try describe(failBelow: "0.4")
        try run(takesOver: false)
        try FileManager.default.removeItem(atPath: path)
        try describe(failBelow: "0.3")
        try run(takesOver: false)
    }

    @Test func `keeps nothing of a small source`() throws {
        try house.run()
        #expect(try house.manifest().kept.allSatisfy { $0.role != .answer })
    }
}
