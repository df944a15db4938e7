internal import Indicators

/// What a run would read and where it would write: enough to tell whether a run is needed.
struct PipelineOutline {
    var name: String
    /// As messages name the pipeline file itself.
    var file: String
    /// The pipeline file as it was read.
    var bytes: [UInt8]
    var paths: Paths
    var asOf: CalendarDate?
    var gazetteer: GazetteerFiles
    /// As written.
    var catalogues: [String]
    /// The data files and their metadata, as written.
    var sourceFiles: [String]
    /// The metadata of each source, as written; `nil` for a source without.
    var metadataFiles: [String?]
    /// The files of targets, as written.
    var targetFiles: [String]
    /// The registers of activities, as written.
    var activityFiles: [String]
    /// The baseline files that checks compare with, as written.
    var baselineFiles: [String]
    var publication: PipelineDescription.Publication
    /// Who adds up files of records, as manifests call it; `nil` for `divide` itself.
    var engine: String?
    /// A hash of what each part of the pipeline file says, whatever its layout and comments.
    var sections: [(name: String, digest: String)]

    /// Every file that the run reads but the pipeline file itself, as written.
    var inputFiles: [String] {
        gazetteer.all + catalogues + sourceFiles + targetFiles + activityFiles + baselineFiles
            + [publication.boundaries].compactMap(\.self)
    }
}

extension Located {
    /// A hash of what it says: the same for two spellings of the same YAML.
    var digest: String {
        var bytes: [UInt8] = []
        spell(into: &bytes)
        return Pipeline.digest(of: bytes)
    }

    /// Each part with its kind and length before it, so that no two contents have one spelling.
    private func spell(into bytes: inout [UInt8]) {
        switch content {
        case .scalar(let text):
            bytes.append(UInt8(ascii: "s"))
            Self.spell(text, into: &bytes)
        case .list(let items):
            bytes.append(UInt8(ascii: "l"))
            Self.spell(items.count, into: &bytes)
            for index in items.indices { items[index].spell(into: &bytes) }
        case .map(let entries):
            bytes.append(UInt8(ascii: "m"))
            Self.spell(entries.count, into: &bytes)
            for index in entries.indices {
                Self.spell(entries[index].key, into: &bytes)
                entries[index].value.spell(into: &bytes)
            }
        }
    }

    private static func spell(_ text: String, into bytes: inout [UInt8]) {
        spell(text.utf8.count, into: &bytes)
        bytes += text.utf8
    }

    private static func spell(_ count: Int, into bytes: inout [UInt8]) {
        bytes.append(decimal: count)
        bytes.append(UInt8(ascii: ":"))
    }
}
