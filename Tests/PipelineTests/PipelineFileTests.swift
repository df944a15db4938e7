import Check
import Compare
import Foundation
import Harmonise
import Indicators
import Ingest
import Normalise
import Publish
import Testing
import Validate

@testable import Pipeline

@Suite
struct `A pipeline file` {
    private static let catalogue = """
        indicators:
          - {id: users, topic: inclusion, basis: memorandum, names: {en: Users, th: ผู้ใช้, lo: ຜູ້ໃຊ້}, unit: "%", kind: share, direction: higher, denominator: population}
          - {id: centres, topic: community-centres, basis: discussed, names: {en: Centres}, unit: centres, kind: count, direction: higher}
          - {id: centres_per_100k, topic: community-centres, basis: discussed, names: {en: Centres}, unit: per 100000, kind: rate, direction: higher, denominator: population}
          - {id: population, topic: context, basis: context, names: {en: Population}, unit: persons, kind: count, direction: none}
        """

    private static let head = """
        pipeline: try-out
        gazetteer: {places: places.csv}
        catalogue: catalogue.yaml

        """

    private static let source = """
        sources:
          - {file: data.csv, grade: survey, layout: {form: long, place: P, year: Y, value: V}, indicator: users}

        """

    private static func limited(_ words: String) -> String {
        source.replacingOccurrences(of: "value: V", with: "value: V, \(words)")
    }

    private static let tail = "publish: {to: out}\n"

    private func read(_ yaml: String, confined: Bool = false) throws -> PipelineDescription {
        let folder = try TemporaryFolder()
        try folder.write("catalogue.yaml", Self.catalogue)
        let path = try folder.write("p.yaml", yaml)
        return try PipelineFile.read(path, confinement: confined ? folder.path : nil)
    }

    private func problem(_ yaml: String, confined: Bool = false) throws -> Problem {
        let failure = #expect(throws: RunFailure.self) { _ = try read(yaml, confined: confined) }
        return try #require(failure?.problems.first)
    }

    @Test
    func `tells each stage what it says, and the usual where it says nothing`() throws {
        let pipeline = try read(Self.head + Self.source + Self.tail)
        #expect(pipeline.name == "try-out")
        #expect(pipeline.title.english == "try-out")
        #expect(pipeline.period == nil)
        let source = try #require(pipeline.sources.first)
        #expect(source.source.file == "data.csv")
        #expect(source.source.missing == Source.usualMissingMarkers)
        #expect(source.options.grade == .survey)
        #expect(source.options.calendar == .automatic)
        #expect(pipeline.compare.reference == "TH")
        #expect(pipeline.compare.matchYearsWithin == 0)
        #expect(pipeline.checks.isEmpty)
        #expect(pipeline.publication.formats == [.csv, .json])
        #expect(pipeline.publication.folder.hasSuffix("/out"))
    }

    @Test
    func `says of a source all that Ingest and Harmonise can be told`() throws {
        let pipeline = try read(
            Self.head + """
                period: 2012..2024
                as_of: 2025-03-01
                sources:
                  - file: sub/data.txt
                    grade: official
                    priority: 3
                    encoding: tis-620
                    delimiter: tab
                    quotes: lenient
                    skip: 2
                    header: 3
                    until: ที่มา
                    fill_down: [Region]
                    where: {Sex: [Total, รวม], "#4": x}
                    missing: ["", "0"]
                    thousands: point
                    decimal: comma
                    unit: "%"
                    blank_place: country
                    footnotes: ["*"]
                    limits: {record_bytes: 100, columns: 5}
                    layout:
                      form: years-across
                      place: จังหวัด
                      place_code: "#2"
                      country: C
                      indicator: I
                      group: G
                      years: {latest: "2567"}
                      headings: {ชาย: {group: men}, Centres: centres}
                    indicators: {a: users}
                    groups: {f: women}
                    country: TH
                    part_of_year: {column: M, unit: quarter}
                    calendar: buddhist
                    sub_annual: last
                    level: province
                    levels: [province, region]
                    retabulated: [TH-38]
                    status: provisional
                    markers: {c: suppressed}
                    countries: [TH]
                    factor: 100
                    totals_within: {sum: 1, mean: 10}
                    expect: {values: 4, places: 2, max_age: 18m}

                """ + Self.tail
        )
        let (source, options) = (pipeline.sources[0].source, pipeline.sources[0].options)
        #expect(source.encoding == .tis620)
        #expect(source.delimiter == .tab)
        #expect(source.isLenient)
        #expect(source.skip == 2 && source.header == 3)
        #expect(source.until == "ที่มา")
        #expect(source.fillDown == [.named("Region")])
        #expect(source.filters == [RowFilter("Sex", isOneOf: ["Total", "รวม"]), RowFilter(4, isOneOf: ["x"])])
        #expect(source.missing == ["", "0"])
        #expect(source.numbers == NumberStyle(decimal: .comma, thousands: .separator(".")))
        #expect(source.unit == "%" && source.blankPlace == .country && source.footnotes == ["*"])
        #expect(source.limits == Limits(recordBytes: 100, columns: 5))
        #expect(source.partOfYear == PartOfYear("M", unit: .quarter))
        guard
            case .yearsAcross(let place, let code, let country, let indicator, let group, let years, let headings) =
                source.layout
        else {
            Issue.record("another layout")
            return
        }
        #expect(place == "จังหวัด" && code == 2 && country == "C")
        #expect(indicator == Classifier("I", meanings: ["a": "users"]))
        #expect(group == Classifier("G", meanings: ["f": "women"]))
        #expect(years == [YearColumn("latest", year: "2567")])
        #expect(headings == [Heading("ชาย", group: "men"), Heading("Centres", indicator: "centres")])
        #expect(options.calendar == .buddhist && options.subAnnual == .last && options.unitFactor == 100)
        #expect(options.level == .province && options.levels == [.province, .region])
        #expect(options.retabulated == .places(["TH-38"]))
        #expect(options.status == .provisional && options.markers == ["c": .suppressed])
        #expect(options.period == 2012...2024 && options.countries == ["TH"])
        #expect(options.totals == TotalTolerance(sum: 0.01, mean: 0.1))
        let expectation = pipeline.sources[0].expectation
        #expect(expectation.values == 4 && expectation.places == 2 && expectation.maximumAgeInMonths == 18)
        #expect(pipeline.validate.priorities == ["sub/data.txt": 3])
        #expect(pipeline.asOf == CalendarDate("2025-03-01"))
    }

    @Test
    func `says where the limits of values stand, and how they were made`() throws {
        let words = "low: L, high: '#5', confidence: 0.9, interval_scale: logit"
        let long = try read(Self.head + Self.limited(words) + Self.tail)
        guard case .long(_, _, _, _, _, _, _, _, let limits) = long.sources[0].source.layout else {
            Issue.record("not long")
            return
        }
        #expect(limits == .init(low: "L", high: 5, form: IntervalForm(confidence: 0.9, scale: .logit)))
        let across = try read(
            Self.head + """
                sources:
                  - file: data.csv
                    grade: survey
                    layout: {form: indicators-across, place: P, year: Y, columns: {V: {indicator: users, low: L, high: H}, W: centres}}

                """ + Self.tail
        )
        guard case .indicatorsAcross(_, _, _, _, _, let columns) = across.sources[0].source.layout else {
            Issue.record("not across")
            return
        }
        #expect(columns.map(\.interval) == [.init(low: "L", high: "H"), nil])
    }

    @Test
    func `says of results all that the later stages can be told`() throws {
        let pipeline = try read(
            Self.head + Self.source + """
                validate: {severity: {jump: error, stale: "off"}, jump_factor: 4, rules: {users: {minimum: 0, maximum: 90, jump_factor: 2}}}
                normalise:
                  denominator:
                    - {id: centres_per_100k, of: centres, by: population, per: 100000, years: nearest, within: 2}
                  scale:
                    - {method: min-max, limits: whole-panel, to: [0, 100], within: country}
                    - {method: goalposts, limits: 2015, goalposts: {users: {threshold: 0, goalpost: 95, form: ln(x+1), clip: false}}}
                    - {method: rank, limits: each-year, ties: dense, from: best, indicators: users}
                compare: {reference: LA, other: TH, match_years: {within: 5}, weight_years: {within: 1}, minimum_coverage: 50}
                checks:
                  - {metric: gaps.parity, select: {indicator: users, year: latest, level: [province, country]}, fail_if: "< 0.6", owner: us, message: "{value}"}
                publish: {to: out, formats: [csv], excel: true, semicolon: true, decimal_comma: true}

                """
        )
        #expect(pipeline.severities == ["jump": .error, "stale": nil])
        #expect(pipeline.validate.jumpFactor == 4)
        #expect(pipeline.validate.rules["users"]?.maximum == 90)
        let rule = try #require(pipeline.normalise.denominators.first)
        #expect(rule.denominator == .indicator("population", years: .nearest(within: 2), per: 100_000))
        let scales = pipeline.normalise.scales
        #expect(scales.map(\.years) == [.wholePanel, .base(2015), .eachYear])
        #expect(scales[0].method == .minMax(lower: 0, upper: 100) && scales[0].scope == .withinCountry)
        let posts = Goalposts(.course(threshold: 0, goalpost: 95), form: .logarithmOfOnePlus, isClipped: false)
        #expect(scales[1].method == .goalposts(["users": posts]))
        #expect(scales[2].method == .rank(ties: .dense, from: .best) && scales[2].indicators == .only(["users"]))
        #expect(pipeline.compare.reference == "LA" && pipeline.compare.matchYearsWithin == 5)
        #expect(pipeline.compare.weightYearsWithin == 1 && pipeline.compare.minimumCoverage == 0.5)
        let check = try #require(pipeline.checks.first)
        #expect(check.id == "gaps.parity-1" && check.warnIf == nil && check.owner == "us")
        #expect(check.select["year"] == .latest && check.select["level"] == .anyOf(["province", "country"]))
        #expect(check.line == 16)
        #expect(pipeline.publication.formats == [.csv])
        #expect(pipeline.publication.dialect.semicolon && pipeline.publication.dialect.decimalComma)
    }

    @Test(arguments: [
        (head + "sources: []\n" + tail, "no sources", ""),
        (head + source.replacingOccurrences(of: "users", with: "user") + tail, "no such indicator", "users"),
        (head + source.replacingOccurrences(of: "grade: survey, ", with: "") + tail, "a source without a grade", ""),
        (head + source + "checks: [{metric: gaps.parity}]\n" + tail, "a check without a band", ""),
        (head + source + "checks: [{metric: gaps.parity, fail_if: < nan}]\n" + tail, "no band", ""),
        (head + source + "checks: [{metric: gaps.parity, fail_if: < 1e400}]\n" + tail, "no band", ""),
        (head + source + "publish: {to: .}\n", "the outputs would replace an input", ""),
        (head + source + "publish: {to: out, semicolon: true}\n", "semicolon without excel", ""),
        (
            head + source + "normalise: {scale: {method: min-max, limits: whole-panel, to: [1, 0]}}\n" + tail,
            "a scale without two ends", ""
        ),
        (head + source + "normalise: {scale: {method: min-max}}\n" + tail, "a key is missing", ""),
        (
            head + source + "normalise: {denominator: [{id: centres_per_100k, of: centres}]}\n" + tail,
            "a denominator that is none or two", ""
        ),
        (head + source + "validate: {rules: {usres: {minimum: 0}}}\n" + tail, "no such indicator", "users"),
        (head + source + "results: {}\n" + tail, "unknown key", ""),
        (head + limited("low: L") + tail, "a limit without the other", ""),
        (head + limited("high: L") + tail, "a limit without the other", ""),
        (head + limited("low: L, high: H, standard_error: E") + tail, "errors told twice", ""),
        (head + limited("confidence: 0.9") + tail, "nothing to hold for", ""),
        (head + limited("interval_scale: log") + tail, "nothing to hold for", ""),
        (head + limited("low: L, high: H, confidence: 95") + tail, "wrong value", ""),
        (head + limited("low: L, high: H, interval_scale: logits") + tail, "wrong value", "logit"),
        (head + source + "index: {}\n" + tail, "a key is missing", ""),
        (head.replacingOccurrences(of: "catalogue.yaml", with: "no.yaml") + source + tail, "there is no such file", ""),
    ])
    func `refuses`(yaml: String, expected: String, cure: String) throws {
        let problem = try problem(yaml)
        #expect(problem.problem == expected)
        #expect(cure.isEmpty || problem.hint.contains(cure))
        #expect(expected == "there is no such file" || problem.place != nil)
    }

    @Test(arguments: [
        source.replacingOccurrences(of: "data.csv", with: "../data.csv") + tail,
        source.replacingOccurrences(of: "data.csv", with: "/etc/passwd") + tail,
        source + "aliases: ../a.csv\n" + tail,
        source + "publish: {to: ../out}\n",
        source.replacingOccurrences(of: "grade: survey", with: "grade: survey, metadata: ../m.yaml") + tail,
    ])
    func `stays in the folder of --confined`(rest: String) throws {
        #expect(throws: RunFailure.self) { _ = try read(Self.head + rest, confined: true) }
        #expect(try problem(Self.head + rest, confined: true).problem == "a path leaves the folder of --confined")
    }

    @Test
    func `takes grade and more from the metadata beside a source`() throws {
        let folder = try TemporaryFolder()
        try folder.write("catalogue.yaml", Self.catalogue)
        let metadata = "title: T\npublisher: P\ntable: X\nyears: '2018'\nlicence: L\ngrade: secondary\nsource: S\n"
        try folder.write("data.meta.yaml", metadata)
        let yaml = Self.head + Self.source.replacingOccurrences(of: "grade: survey, ", with: "") + Self.tail
        let pipeline = try PipelineFile.read(folder.write("p.yaml", yaml), confinement: nil)
        #expect(pipeline.sources[0].options.grade == .secondary)
        #expect(pipeline.sources[0].metadata?.publisher == "P")
        #expect(pipeline.inputFiles.contains("data.meta.yaml"))
    }
}
