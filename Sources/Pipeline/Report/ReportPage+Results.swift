internal import Compare
internal import Crypto
internal import Foundation
internal import Indicators
internal import Publish

extension ReportPage {
    /// How many bytes of a page a cell, text or rule takes at most on average, its texts and lists of inputs included: 55 to 63 were measured.
    private static let bytesOfNode = 68

    /// The page of a run.
    ///
    /// - Parameters:
    ///   - results: Of the run.
    ///   - summary: The same, as it is published.
    ///   - trace: What the stages handed on, to ask where a number comes from.
    /// - Throws: ``RunFailure`` where the file of boundaries that the pipeline names is of no use.
    init(_ results: Results, _ summary: Summary, trace: Trace) throws(RunFailure) {
        let description = results.inputs.description
        let lineage = Lineage(results, trace: trace)
        self.init(
            summary: summary,
            catalogue: description.catalogue,
            gazetteer: results.inputs.gazetteer,
            reference: description.compare.reference,
            other: description.compare.other,
            languages: description.publication.languages,
            boundaries: try Self.boundaries(description, results.inputs.gazetteer),
            file: String(description.file.split(separator: "/").last ?? ""),
            digest: { Data(SHA256.hash(data: $0)).base64EncodedString() },
            derivations: { DerivationGraphBuilder.graph(of: $0, lineage, limit: $1 / Self.bytesOfNode) }
        )
    }

    /// The boundaries that the pipeline names, `nil` where it names none.
    private static func boundaries(
        _ description: PipelineDescription,
        _ gazetteer: Gazetteer
    ) throws(RunFailure) -> Boundaries? {
        guard let written = description.publication.boundaries else { return nil }
        func failure(_ problem: String, found: String = "") -> RunFailure {
            RunFailure(
                Problem(
                    file: description.paths.name(of: written),
                    problem: problem,
                    expected:
                        "a GeoJSON feature collection of polygons in degrees, each with the code, p-code or name of a place",
                    found: found,
                    hint: "without publish.boundaries the map has a tile for each province"
                )
            )
        }
        guard let bytes = readSmallFile(description.paths.absolute(written)) else { throw failure("cannot be read") }
        guard let boundaries = Boundaries(geoJSON: bytes, gazetteer: gazetteer) else { throw failure("not GeoJSON") }
        guard !boundaries.rings.isEmpty else {
            let found = boundaries.unmatched.prefix(3).map { Printable.quoted($0) }.joined(separator: ", ")
            throw failure("none of its features is a place of the gazetteer", found: found)
        }
        return boundaries
    }
}
