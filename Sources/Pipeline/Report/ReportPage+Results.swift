internal import Compare
internal import Crypto
internal import Foundation
internal import Indicators
internal import Ingest
internal import Publish

extension ReportPage {
    /// How many cells, texts and rules a page tells of before it refers to `divide explain`: some 700 kB.
    private static let nodeLimit = 14_000

    /// The page of a run.
    ///
    /// - Parameters:
    ///   - results: Of the run.
    ///   - summary: The same, as it is published.
    ///   - trace: What the stages handed on, to ask where a number comes from.
    init(_ results: Results, _ summary: Summary, trace: Trace) {
        let description = results.inputs.description
        let metadata = Dictionary(description.sources.map { ($0.source.file, $0.metadata) }) { first, _ in first }
        let lineage = Lineage(results, trace: trace)
        self.init(
            summary: summary,
            catalogue: description.catalogue,
            gazetteer: results.inputs.gazetteer,
            sources: summary.inputs.map { ReportPage.Source($0, metadata[$0.file] ?? nil) },
            reference: description.compare.reference,
            other: description.compare.other,
            languages: description.publication.languages,
            file: String(description.file.split(separator: "/").last ?? ""),
            digest: { Data(SHA256.hash(data: $0)).base64EncodedString() },
            derivations: { DerivationGraphBuilder.graph(of: $0, lineage, limit: Self.nodeLimit) }
        )
    }
}

extension ReportPage.Source {
    fileprivate init(_ input: Summary.Input, _ metadata: SourceMetadata?) {
        self.init(
            input: input,
            title: metadata?.title ?? "",
            publisher: metadata?.publisher ?? "",
            years: metadata?.years ?? "",
            licence: metadata?.licence ?? "",
            address: metadata?.source ?? "",
            notes: metadata?.notes ?? ""
        )
    }
}
