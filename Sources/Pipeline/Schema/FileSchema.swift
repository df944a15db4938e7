internal import Publish

/// The files that have a JSON Schema (draft 2020-12): those that people write, and those that programs read.
package enum FileSchema: String, Hashable, Sendable, CaseIterable {
    case pipeline, catalogue, metadata, summary, checks

    /// One line on the file that it describes.
    package var about: String {
        switch self {
        case .pipeline: "a pipeline file"
        case .catalogue: "a catalogue of indicators, such as Datasets/indicators.yaml"
        case .metadata: "NAME.meta.yaml, which stands beside a data file"
        case .summary: "summary.json of a run"
        case .checks: "the report of the checks that --report json=PATH writes"
        }
    }

    /// The schema, as UTF-8 with a final line feed.
    package var bytes: [UInt8] {
        switch self {
        case .pipeline: Self.schema(of: PipelineShape.file, "A pipeline file of divide")
        case .catalogue: Self.schema(of: CatalogueFile.shape, "A catalogue of indicators for divide")
        case .metadata: Self.schema(of: MetadataFile.shape, "The metadata of a data file for divide")
        case .summary: summarySchema
        case .checks: checkReportSchema
        }
    }

    private static func schema(of shape: Shape, _ title: String) -> [UInt8] {
        guard case .object(var members) = shape.jsonSchema else {
            preconditionFailure("the schema of a file is an object")
        }
        members["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
        members["title"] = .text(title)
        let definitions = shape.definitions
        if !definitions.isEmpty { members["$defs"] = .object(definitions) }
        return JSON.object(members).bytes
    }
}
