import Foundation
import Indicators
import Testing

@testable import Compare
@testable import Compose
@testable import Normalise
@testable import Pipeline

/// Holds `Methods.md` to the code: what has a formula, a word or a finding has a place in it.
@Suite struct `The article on methods` {
    private let article: Article

    init() throws {
        article = try Article()
    }

    @Test(arguments: Article.tables.map(\.name))
    func `names every figure of a table where it speaks of that table`(name: String) throws {
        let table = try #require(Article.tables.first { $0.name == name })
        let words = article.words(aboutTable: name)
        try #require(!words.isEmpty, "no section names `\(name).csv`")
        let figures = table.columns.filter { !$0.isKey && ($0.type == .number || !$0.source.isEmpty) }
        #expect(!figures.isEmpty)
        #expect(figures.map(\.id).filter { !words.contains($0) } == [])
    }

    @Test(arguments: ["normalise", "index", "compare"])
    func `names every word by which a pipeline file asks for a method`(section: String) throws {
        let words = try methodWords(section)
        #expect(words.count > 10)
        #expect(words.filter { !article.words.contains($0) } == [])
    }

    @Test func `names every tie rule, weighting and metric`() {
        let words =
            TieRule.allCases.map(\.rawValue) + Weighting.allCases.map(\.rawValue)
            + GrowthScale.allCases.map(\.rawValue) + PeerOptions.Scale.allCases.map(\.rawValue)
        #expect(words.filter { !article.words.contains($0) } == [])
    }

    @Test func `names every finding of the stages that compute`() throws {
        let codes = try FindingCodes.inSources()
        // Were the search to miss what it is meant to find, the expectation below would hold of nothing.
        #expect(codes.isSuperset(of: FindingCodes.samples))
        #expect(codes.count > 100)
        #expect(codes.subtracting(article.words).sorted() == [])
    }

    /// What the article says of a finding that no stage has is out of date.
    @Test func `names no finding that is gone`() throws {
        let sources = try FindingCodes.textOfSources(FindingCodes.computing + FindingCodes.reading)
        let mentioned = article.words.filter {
            $0.wholeMatch(of: /(index|target|weights?|bad|denominator)-[a-z-]+/) != nil
        }
        #expect(mentioned.count > 20)
        #expect(mentioned.filter { !sources.contains("\"\($0)\"") } == [])
    }

    // MARK: Words of the pipeline file

    private func methodWords(_ section: String) throws -> [String] {
        guard case .record(let fields) = PipelineShape.file else { return [] }
        let field = try #require(fields.first { $0.name == section })
        var words: Set<String> = []
        collect(field.shape, into: &words, below: [])
        return words.sorted()
    }

    /// The words of all choices below a shape; `names` are those of the shapes that contain it, which may return.
    private func collect(_ shape: Shape, into words: inout Set<String>, below names: [String]) {
        switch shape {
        case .choice(let choices): words.formUnion(choices)
        case .list(let item), .oneOrMany(let item), .map(let item): collect(item, into: &words, below: names)
        case .record(let fields), .recordWithOneOf(_, let fields):
            for field in fields { collect(field.shape, into: &words, below: names) }
        case .variant(_, let choices):
            for choice in choices {
                words.insert(choice.word)
                for field in choice.fields { collect(field.shape, into: &words, below: names) }
            }
        case .either(let scalar, let other):
            collect(scalar, into: &words, below: names)
            collect(other, into: &words, below: names)
        case .recursive(let name, let shape):
            if !names.contains(name) { collect(shape(), into: &words, below: names + [name]) }
        case .text, .form, .integer, .number, .boolean, .localised: break
        }
    }
}

/// `Methods.md`, as far as a test asks of it.
private struct Article {
    /// Those of the stages that compute.
    static let tables: [TableSchema] = [
        .normalised, .treatments, .index, .weights, .correlations, .leaveOneOut, .robustness, .dominance, .sensitivity,
        .gaps, .gapContributions, .gapComposition, .inequality(InequalityOptions()), .inequalityDecomposition, .parity,
        .concentration, .association, .convergence, .sigma, .sigmaTrend, .timeDistance, .timeDistanceLevels, .catchUp,
        .trends, .neighbours, .border, .peers, .peerGaps, .targets,
        .activities, .activityIndicators,
    ]

    /// What stands in code voice, section by section.
    private let sections: [Set<String>]

    var words: Set<String> { sections.reduce(into: []) { $0.formUnion($1) } }

    init() throws {
        let file = repository.appending(path: "Sources/Pipeline/Pipeline.docc/Methods.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        var sections: [Set<String>] = [[]]
        for line in text.split(separator: "\n") {
            if line.hasPrefix("##") { sections.append([]) }
            for match in line.matches(of: /`([^`]+)`/) { sections[sections.count - 1].insert(String(match.output.1)) }
        }
        self.sections = sections
    }

    /// The words of all sections that name a table's file.
    func words(aboutTable name: String) -> Set<String> {
        sections.filter { $0.contains("\(name).csv") }.reduce(into: []) { $0.formUnion($1) }
    }
}

/// The codes of the findings that the stages report, found in their sources.
private enum FindingCodes {
    static let samples: Set = [
        "constant-indicator", "outside-log-domain", "index-cycle", "not-positive-in-mean", "weights-sum-to-zero",
        "zero-mean", "too-few-places", "target-base-missing", "index-several-scales", "outliers-remain",
        "derived-observed", "association-without-pairs", "denominator-negative", "principal-component-negative",
    ]

    /// The stages that compute, whose findings all stand in the article.
    static let computing = ["Normalise", "Compose", "Compare", "Pipeline/Index"]
    /// Those before, of which it tells what sampling errors come from.
    static let reading = ["Ingest", "Harmonise"]

    static func textOfSources(_ folders: [String] = computing) throws -> String {
        try folders.flatMap { folder in
            let folder = repository.appending(path: "Sources/\(folder)")
            return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "swift" }
                .map { try String(contentsOf: $0, encoding: .utf8) }
        }.joined(separator: "\n")
    }

    static func inSources() throws -> Set<String> {
        let text = try textOfSources()
        var codes: Set<String> = []
        // A code beside its severity or before what was found, after the label `code`, or first in a call that reports.
        for match in text.matches(of: /"([a-z]+(?:-[a-z0-9]+)+)",\s*(?:\.(?:error|warning|note)\b|found:|within:)/) {
            codes.insert(String(match.output.1))
        }
        for match in text.matches(of: /code: [^\n"]*"([a-z]+(?:-[a-z0-9]+)+)"(?: : "([a-z]+(?:-[a-z0-9]+)+)")?/) {
            codes.insert(String(match.output.1))
            if let other = match.output.2 { codes.insert(String(other)) }
        }
        for match in text.matches(
            of: /\b(?:note|refuse|finding|report|index)\(\s*(?:place,\s*)?"([a-z]+(?:-[a-z0-9]+)+)"/
        ) {
            codes.insert(String(match.output.1))
        }
        for match in text.matches(of: /problem = "([a-z-]+)"/) { codes.insert(String(match.output.1)) }
        return codes.union(try ofEnumerations())
    }

    /// The raw values of the enumerations that are codes, or verdicts of which some are.
    private static func ofEnumerations() throws -> Set<String> {
        let text = try textOfSources()
        var codes: Set<String> = []
        for match in text.matches(of: /enum (?:Degeneracy|FitRefusal|Kind|Verdict): String[^{]*\{([^}]*)\}/) {
            for raw in match.output.1.matches(of: /= "([a-z-]+)"/) { codes.insert(String(raw.output.1)) }
        }
        return codes
    }
}

/// The folder that `Package.swift` stands in.
private var repository: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
}
