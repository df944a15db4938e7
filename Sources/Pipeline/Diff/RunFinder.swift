/// Which runs to hold against each other.
package struct DiffOrder: Sendable {
    /// A folder of outputs, or a run of the history: its number, its hash, `previous` or `latest`.
    package var old: String
    package var new: String
    /// The pipeline file whose history the runs are of; `nil` to look beside a folder that is given, else in `Output`.
    package var pipeline: String?
    /// The folder that no path may leave.
    package var confinement: String?

    package init(old: String, new: String, pipeline: String? = nil, confinement: String? = nil) {
        self.old = old
        self.new = new
        self.pipeline = pipeline
        self.confinement = confinement
    }
}

/// Finds the runs that the words of a command line mean.
struct RunFinder {
    private let order: DiffOrder
    private let paths: Paths
    /// Of the pipeline that was named, if one was.
    private let named: (place: OutputPlace, pipeline: String)?

    init(_ order: DiffOrder) throws(RunFailure) {
        self.order = order
        paths = try Paths(pipeline: "Output", confinement: order.confinement)
        if let pipeline = order.pipeline {
            var file = try PipelineFile.open(pipeline, confinement: order.confinement)
            let outline = try file.outline()
            named = (OutputPlace(folder: outline.publication.folder), outline.name)
        } else {
            named = nil
        }
    }

    /// The old run and the new one; each may be found in the store of the other.
    func runs() throws(RunFailure) -> (old: ComparedRun, new: ComparedRun) {
        let words = (RunWord(order.old), RunWord(order.new))
        var old: ComparedRun? = words.0.isFolder ? try folder(order.old) : nil
        var new: ComparedRun? = words.1.isFolder ? try folder(order.new) : nil
        let other = old ?? new
        if old == nil { old = try entry(order.old, words.0, beside: other) }
        if new == nil { new = try entry(order.new, words.1, beside: other) }
        guard var old, var new else { preconditionFailure("a word is a folder or is not") }
        let stores = Set((old.stores + new.stores).map(\.folder)).sorted().map { Store(folder: $0) }
        old.stores = stores
        new.stores = stores
        return (old, new)
    }

    private func folder(_ word: String) throws(RunFailure) -> ComparedRun {
        let path = Paths.absolute(word, from: Paths.workingDirectory)
        try refuseOutside(path, word)
        guard case .directory = FileKind(of: path) else {
            throw RunFailure(
                Problem(
                    file: word,
                    problem: "there is no such run",
                    expected: "a folder of outputs, or a run of the history: a number, a hash, previous, latest",
                    hint: "divide history PIPELINE lists the runs"
                )
            )
        }
        let place = OutputPlace(folder: path)
        guard let bytes = readSmallFile(place.manifest) else {
            throw RunFailure(
                Problem(
                    file: word,
                    problem: "no run wrote this folder",
                    expected: "a folder of outputs with its \(Landing.mark)",
                    found: "no \(Landing.mark)"
                )
            )
        }
        guard let manifest = Manifest(bytes) else { throw damaged(word + "/" + Landing.mark) }
        return ComparedRun(
            word: word,
            manifest: manifest,
            folder: place.destination,
            stores: stores(place.store),
            entry: nil
        )
    }

    private func entry(_ word: String, _ meant: RunWord, beside other: ComparedRun?) throws(RunFailure) -> ComparedRun {
        let place: OutputPlace
        if let named {
            place = named.place
        } else if let folder = other?.folder {
            place = OutputPlace(folder: folder)
        } else {
            place = OutputPlace(folder: Paths.workingDirectory + "/Output/any")
        }
        let history = HistoryFile(path: place.history)
        let shown = Paths.relative(place.history, to: Paths.workingDirectory)
        try refuseOutside(place.history, shown)
        guard case .regular = FileKind(of: place.history) else {
            throw RunFailure(
                Problem(
                    file: word,
                    problem: "there is no such run",
                    expected: "a history that has it",
                    found: "no \(shown)",
                    hint: "name the pipeline whose history is meant with --pipeline"
                )
            )
        }
        let entries: [HistoryFile.Entry]
        do throws(HistoryFile.Trouble) {
            let pipeline = named?.pipeline ?? other?.manifest.pipeline
            if case .last = meant, pipeline == nil, try history.pipelines().count > 1 {
                let names = try history.pipelines()
                throw HistoryFile.Trouble.unavailable("it has runs of " + names.joined(separator: ", "))
            }
            // A number is of one run only, whichever pipeline it is of.
            if case .number = meant, named == nil {
                entries = try history.entries(meant, of: nil)
            } else {
                entries = try history.entries(meant, of: pipeline)
            }
        } catch {
            throw RunFailure(trouble(error, word, shown))
        }
        guard let entry = entries.first, entries.count == 1 else {
            throw RunFailure(
                Problem(
                    file: word,
                    problem: entries.isEmpty ? "there is no such run" : "more than one run begins so",
                    expected: "a run of \(shown)",
                    hint: entries.isEmpty ? "divide history PIPELINE lists the runs" : "give more digits of the hash"
                )
            )
        }
        guard let manifest = Manifest(entry.manifest) else { throw damaged("run \(entry.id) in \(shown)") }
        return ComparedRun(
            word: "run \(entry.id)",
            manifest: manifest,
            folder: nil,
            stores: stores(place.store),
            entry: (history, entry.id)
        )
    }

    private func trouble(_ trouble: HistoryFile.Trouble, _ word: String, _ shown: String) -> Problem {
        switch trouble {
        case .unusable(let reason):
            Problem(file: shown, problem: "the history cannot be read", found: reason)
        case .unavailable(let reason):
            Problem(
                file: shown,
                problem: "which run is meant by \(word) cannot be told",
                found: reason,
                hint: "name the pipeline whose history is meant with --pipeline"
            )
        }
    }

    /// A store that may be looked into.
    private func stores(_ path: String) -> [Store] {
        var folders = [path]
        if let named { folders.append(named.place.store) }
        folders.append(Paths.workingDirectory + "/Output/.store")
        return folders.filter(paths.isAllowed).map { Store(folder: $0) }
    }

    private func refuseOutside(_ path: String, _ shown: String) throws(RunFailure) {
        guard !paths.isAllowed(path) else { return }
        throw RunFailure(
            Problem(
                file: shown,
                problem: "a path leaves the folder of --confined",
                expected: "a path inside it",
                hint: "links are resolved first"
            )
        )
    }

    private func damaged(_ what: String) -> RunFailure {
        RunFailure(
            Problem(
                file: what,
                problem: "cannot be read as the manifest of a run",
                expected: "one that this version of divide wrote",
                hint: "run the pipeline again"
            )
        )
    }
}
