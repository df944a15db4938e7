import Foundation
import Indicators
import Testing

@testable import Pipeline

@Suite
struct `Explaining every cell` {
    static let package = {
        var path = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        path.removeLast(4)
        return path.joined(separator: "/")
    }()

    @Test(arguments: [
        ("thailand-laos", 100_000), ("three-indicators", 100_000), ("itu-idi-2024", 300), ("undp-hdi", 10_000),
    ])
    func `of a shipped pipeline leads to what gives the cell again`(pipeline: String, least: Int) throws {
        let day = try #require(CalendarDate("2026-06-30"))
        var walk = try LineageWalk(pipeline: "\(Self.package)/Pipelines/\(pipeline).yaml", asOf: day)
        try walk.walk()
        #expect(walk.faults == [])
        #expect(walk.cells > least)
    }

    /// Its tables have 130,000 rows together: of those with more than 60, some 60 to 120 are asked, evenly spread, 1 in 700 of the
    /// longest.
    @Test
    func `of the scorecard leads to what gives the cell again, in every table of it`() throws {
        let day = try #require(CalendarDate("2026-06-30"))
        var walk = try LineageWalk(pipeline: "\(Self.package)/Pipelines/memorandum-scorecard.yaml", asOf: day)
        try walk.walk(rows: 60)
        #expect(walk.faults == [])
        // It treats no value; all else has rows.
        #expect(walk.unvisited == ["treatments"])
        #expect(walk.tableNames.count >= 25 && walk.cells > 10_000)
    }

    @Test
    func `of a pipeline that takes every way leads to what gives the cell again`() throws {
        let folder = try TemporaryFolder()
        let day = try #require(CalendarDate("2021-06-30"))
        var walk = try LineageWalk(pipeline: try MixedPipeline.write(to: folder), asOf: day)
        try walk.walk()
        #expect(walk.faults == [])
        #expect(
            Set(walk.tableNames) == [
                "observations", "normalised", "treatments", "gaps", "gap-contributions", "gap-composition",
                "inequality", "inequality-decomposition", "parity", "concentration", "association", "time-distance",
                "time-distance-levels", "catch-up", "convergence", "sigma", "sigma-trend", "neighbours", "border",
                "peers",
                "peer-gaps", "targets", "target-topics", "activities", "activity-indicators", "topics", "trends",
                "checks",
                "findings",
            ]
        )
        let rules = Set(walk.recomputed.keys.compactMap { $0.split(separator: " ").last.map(String.init) })
        let formulas: Set = [
            "read", "mean", "empty", "same", "rate", "sum", "worst-status", "worst-grade", "union", "denominator-year",
            "min-max", "z-score", "goalposts", "rank", "percentile-rank", "minimum", "maximum", "standard-deviation",
            "count",
            "clip", "weighted-mean", "difference", "relative-gap", "ratio", "log-ratio", "parity", "share",
            "weight-year",
            "best-place", "worst-place", "threshold", "mean-of-places", "gini", "hoover", "entropy", "atkinson",
            "cov-population", "weighted-quantile", "s80-s20", "palma", "corrected", "corrected-root", "quotient",
            "between",
            "within", "overlap", "weight-share", "value-share", "contribution", "one-of", "lowest-fifth",
            "highest-fifth", "error-of-mean", "normal-interval", "root-of-squares", "error-of-log-ratio",
            "ratio-interval", "band", "adjusted-parity", "log-interval", "less", "percentage", "rest-of-percentage",
            "composition-effect", "rate-effect", "weighted-sum", "spearman", "kendall-tau-b", "concentration",
            "kakwani", "tally", "balance", "earliest", "latest", "error-of-limits", "error-of-logit-limits",
            "error-of-log-limits",
        ]
        #expect(formulas.subtracting(rules) == [])
    }

    /// As a text the first group comes behind the second, by its bytes before it: rows stand otherwise than observations.
    @Test
    func `of groups whose letters are spelt in two parts leads to what gives the cell again`() throws {
        let groups = ["e\u{301}tudiants", "fonctionnaires"]
        #expect(groups[1] < groups[0])
        let folder = try TemporaryFolder()
        let rows = ["TH", "LA"].flatMap { place in groups.enumerated().map { "\(place),2020,\($1),\($0 + 40)" } }
        try folder.write("groups.csv", "Place,Year,Group,Value\n" + rows.joined(separator: "\n") + "\n")
        let data = "\(Self.package)/Datasets"
        let file = try folder.write(
            "groups.yaml",
            """
            pipeline: groups
            gazetteer:
              places: \(data)/provinces.csv
              names: \(data)/province-names.csv
              changes: \(data)/province-changes.csv
            catalogue: \(data)/indicators.yaml
            sources:
              - file: groups.csv
                grade: official
                layout: {form: long, place: Place, year: Year, group: Group, value: Value}
                indicator: internet_users
            compare: {reference: TH, other: LA, metrics: [gaps]}
            publish: {to: Output}
            """
        )
        let day = try #require(CalendarDate("2021-06-30"))
        var walk = try LineageWalk(pipeline: file, asOf: day)
        try walk.walk()
        #expect(walk.faults == [])
        #expect(Set(walk.tableNames).isSuperset(of: ["observations", "gaps"]) && walk.cells > 100)
    }

    @Test
    func `of a pipeline that imputes, treats and scales in every way leads to what gives the cell again`() throws {
        let folder = try TemporaryFolder()
        let day = try #require(CalendarDate("2021-06-30"))
        var walk = try LineageWalk(pipeline: try ScoredPipeline.write(to: folder), asOf: day)
        try walk.walk()
        #expect(walk.faults == [])
        let rules = Set(walk.recomputed.keys)
        let formulas: Set = [
            "treatments same", "treatments mean", "treatments median", "treatments interpolation",
            "treatments row-mean",
            "treatments winsorise", "treatments quantile-limit", "treatments transform", "treatments worst-grade",
            "normalised distance", "normalised fraction", "normalised adjusted", "normalised borda",
            "normalised min-max",
            "normalised z-score", "normalised goalposts", "normalised imputed-status", "normalised mean",
        ]
        #expect(formulas.subtracting(rules) == [])
    }

    @Test
    func `of indices of every kind leads to what gives the cell again`() throws {
        let folder = try TemporaryFolder()
        let day = try #require(CalendarDate("2021-06-30"))
        var walk = try LineageWalk(pipeline: try IndexPipeline.write(to: folder), asOf: day)
        try walk.walk()
        #expect(walk.faults == [])
        #expect(
            Set(walk.tableNames).isSuperset(of: [
                "index", "weights", "correlations", "leave-one-out", "robustness", "dominance", "sensitivity", "gaps",
            ])
        )
        let rules = Set(walk.recomputed.keys.compactMap { $0.split(separator: " ").last.map(String.init) })
        let formulas: Set = [
            "weighted-mean", "geometric-mean", "harmonic-mean", "power-mean", "mazziotta-pareto",
            "benefit-of-the-doubt", "shadow-share", "share-of-sum", "product", "pearson", "cronbach-alpha", "shift",
            "quantile-of-ranks", "mean-of-ranks", "count-of-ranks", "share-ahead", "share-level", "pairs", "rank",
            "count",
            "ratio", "worst-status", "worst-grade", "union", "empty",
        ]
        #expect(formulas.subtracting(rules) == [])
    }

    @Test
    func `tells each cell once, in text and in JSON, down to the files`() throws {
        let folder = try TemporaryFolder()
        let day = try #require(CalendarDate("2021-06-30"))
        let walk = try LineageWalk(pipeline: try MixedPipeline.write(to: folder), asOf: day)
        try walk.sample(every: 7) { explanation in
            let address = try #require(explanation.root.address).description
            #expect(explanation.lines.first?.hasPrefix(Printable.escaped(address)) == true)
            let addresses = explanation.nodes.compactMap(\.address)
            #expect(Set(addresses).count == addresses.count)
            let json = try JSONSerialization.jsonObject(with: Data(explanation.json.utf8)) as? [String: Any]
            #expect(json?["address"] as? String == address)
            // Whatever is not derived stands in a file.
            #expect(explanation.nodes.allSatisfy { $0.derivation != nil || $0.place != nil })
        }
    }
}

@Suite
struct `Explaining one cell` {
    private let folder: TemporaryFolder
    private let order: RunOrder

    init() throws {
        folder = try TemporaryFolder()
        order = RunOrder(pipeline: try MixedPipeline.write(to: folder), asOf: CalendarDate("2021-06-30"))
    }

    private static let metadata = """
        title: Poor
        publisher: somebody
        table: "1"
        years: 2018, 2019
        licence: free
        grade: official
        source: nowhere
        """

    private func ask(_ address: String) throws -> Explanation {
        try explain(.address(try CellAddress(parsing: address)), order)
    }

    private func problems(_ body: () throws -> Void) -> [Problem] {
        #expect(throws: RunFailure.self, performing: body)?.problems ?? []
    }

    @Test
    func `goes through alias, calendar, factor and duplicate to file, line, column and text`() throws {
        let explanation = try ask("observations:indicator=users,place=A-1,year=2019,group=total:value")
        #expect(explanation.root.value == .number(29))
        let decisions = explanation.root.derivation?.decisions.map(\.subject) ?? []
        #expect(decisions.contains("place") && decisions.contains("calendar") && decisions.contains("unit"))
        #expect(decisions.last == "duplicate")
        let place = try #require(explanation.nodes.last?.place)
        #expect(place.file == "../Data/users.csv")
        #expect((place.line, place.record, place.field) == (3, 3, 3))
        #expect((place.column, place.text, place.subject) == ("Value", "0.29", "ALPHA, 2562"))
    }

    @Test
    func `takes the keys of an address in any order`() throws {
        let explanation = try ask("observations:year=2019,group=total,place=A-1,indicator=users:grade")
        #expect(explanation.root.value == .text("survey"))
    }

    @Test(arguments: [
        ("gap:indicator=users:ratio", "the run has no such table", "did you mean gaps?"),
        ("checks:check=x:verdicts", "checks has no such column", "did you mean verdict?"),
        ("observations:indicator=users:value", "a key is missing", ""),
        ("observations:places=x:value", "observations has no such key", "did you mean place?"),
        (
            "observations:indicator=user,place=A-1,year=2019,group=total:value", "no such row",
            "no row has indicator=user; did you mean users?"
        ),
        ("findings:row=0:found", "no such row", ""),
        ("findings:row=01:found", "no such row", ""),
        ("findings:row=9999:found", "no such row", ""),
    ])
    func `says which part of an address names nothing`(address: String, problem: String, hint: String) throws {
        let found = problems { _ = try ask(address) }
        #expect(found.first?.problem == problem)
        #expect(hint.isEmpty || found.first?.hint == hint)
    }

    @Test
    func `finds a cell by what a person knows of it`() throws {
        let value = CellDescription(metric: "value", indicator: "users", year: "2562", province: "Alfa")
        #expect(problems { _ = try explain(.description(value), order) }.first?.problem.contains("no row") == true)
        var known = value
        known.year = "2019"
        #expect(try explain(.description(known), order).root.value == .number(29))
        let gap = CellDescription(
            metric: "gap",
            indicator: "users",
            year: "latest",
            level: "province",
            weighting: "simple"
        )
        #expect(try explain(.description(gap), order).root.address?.column == "absolute_gap")
    }

    @Test
    func `names the cells where a description fits several`() throws {
        let gap = CellDescription(metric: "gaps.ratio", indicator: "users")
        let problem = try #require(problems { _ = try explain(.description(gap), order) }.first)
        #expect(problem.problem.hasSuffix("cells are so described"))
        #expect(problem.found.contains("gaps:indicator=users,group=total,level=province,weighting=simple"))
        let place = CellDescription(metric: "gap", indicator: "users", province: "A-1")
        #expect(problems { _ = try explain(.description(place), order) }.first?.file == "--province")
    }

    @Test
    func `says where no run has landed, and nothing where one has`() throws {
        let address = "observations:indicator=users,place=A-1,year=2019,group=total:value"
        #expect(try ask(address).notes.first?.hasPrefix("no run stands in ") == true)
        _ = try runPipeline(order)
        #expect(try ask(address).notes == [])
    }

    @Test
    func `is as of the day of the run that has landed`() throws {
        _ = try runPipeline(order)
        let today = RunOrder(pipeline: order.pipeline)
        let address = try CellAddress(parsing: "findings:row=1:found")
        #expect(try explain(.address(address), today).notes == [])
    }

    @Test
    func `names every input that has changed since the run`() throws {
        _ = try runPipeline(order)
        try folder.write("Data/users-mirror.csv", "Province,Year,Value\nAlpha,2019,29.4\n")
        try folder.write("Data/aliases.csv", "name,code\nAlfa,A-1\n")
        let found = problems { _ = try ask("observations:indicator=poor,place=B-1,year=2019,group=total:value") }
        #expect(found.map(\.file) == ["../Data/aliases.csv", "../Data/users-mirror.csv"])
        #expect(found.allSatisfy { $0.problem.hasPrefix("has changed since the run") })
    }

    @Test
    func `names a pipeline file that has changed and metadata that have come since the run`() throws {
        _ = try runPipeline(order)
        let text = try #require(folder.text("Pipelines/mixed.yaml"))
        try folder.write("Pipelines/mixed.yaml", text + "\n# a word more\n")
        try folder.write("Data/poor.meta.yaml", Self.metadata)
        let found = problems { _ = try ask("observations:indicator=poor,place=B-1,year=2019,group=total:value") }
        #expect(found.contains { $0.file == order.pipeline && $0.problem.hasPrefix("has changed") })
        #expect(found.contains { $0.file == "../Data/poor.meta.yaml" && $0.problem.hasPrefix("has become an input") })
    }
}
