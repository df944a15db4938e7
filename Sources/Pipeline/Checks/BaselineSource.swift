/// What the `baseline:` of a check names.
enum BaselineSource: Hashable {
    /// The run before.
    case previous
    /// A run of the history, by number or hash.
    case run(String)
    /// A CSV file with the columns `metric, selection, value`, as written.
    case file(String)
    /// A folder of outputs, as written.
    case folder(String)

    init(_ written: String) {
        if written == "previous" {
            self = .previous
        } else if written.hasSuffix(".csv") {
            self = .file(written)
        } else if written.contains("/") {
            self = .folder(written)
        } else {
            self = .run(written)
        }
    }

    /// The path that it leads to, as written; `nil` where it names a run.
    var path: String? {
        switch self {
        case .previous, .run: nil
        case .file(let path), .folder(let path): path
        }
    }

    /// The file among the inputs of a run.
    var file: String? {
        if case .file(let path) = self { path } else { nil }
    }
}
