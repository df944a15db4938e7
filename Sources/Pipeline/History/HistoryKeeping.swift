internal import Glibc
internal import Indicators

/// Keeps the history and the store of an output folder true to what stands there. What goes wrong here never fails a
/// run: it is told, and mended at the next start.
struct HistoryKeeping {
    let place: OutputPlace
    private(set) var troubles: [Finding] = []

    private var file: HistoryFile { HistoryFile(path: place.history) }
    private var store: Store { Store(folder: place.store) }

    init(_ place: OutputPlace) {
        self.place = place
    }

    /// Enters the run whose outputs stand there, where a kill kept it from entering itself.
    ///
    /// - Parameters:
    ///   - manifest: Of the outputs that stand there.
    ///   - bytes: The manifest as it is spelt there.
    mutating func mend(_ manifest: Manifest, spelt bytes: [UInt8]) {
        do throws(HistoryFile.Trouble) {
            if try file.ends(with: manifest) { return }
        } catch {
            // One that cannot be used is set aside by entering; one that is out of reach now is out of reach then.
            guard case .unusable = error else { return note(error, "the history is looked at again at the next start") }
        }
        enter(manifest, spelt: bytes)
    }

    /// Enters a run that landed. An unusable history is set aside first.
    mutating func enter(_ manifest: Manifest, spelt bytes: [UInt8]) {
        do throws(HistoryFile.Trouble) {
            do throws(HistoryFile.Trouble) {
                try file.enter(manifest, spelt: bytes, store: store)
            } catch {
                guard case .unusable(let reason) = error else { throw error }
                let name = try file.setAside()
                troubles.append(
                    Finding(
                        code: "history-set-aside",
                        severity: .warning,
                        file: shown,
                        found: reason,
                        expected: "a history that this version of divide can read",
                        hint: "it is now \(name); a new one was begun"
                    )
                )
                try file.enter(manifest, spelt: bytes, store: store)
            }
        } catch {
            note(error, "the run is entered at the next start")
        }
    }

    /// Keeps the last `count` runs of the pipeline in the store, and what other pipelines refer to.
    mutating func prune(keeping count: Int, of pipeline: String) {
        do throws(HistoryFile.Trouble) {
            var hashes = try file.keep(last: count, of: pipeline)
            // What stands in an output folder is kept, whether the history knows of it or not.
            for name in names(in: place.folder) {
                guard let bytes = readSmallFile(place.folder + "/" + name + "/" + Landing.mark) else { continue }
                hashes.formUnion(Manifest(bytes)?.kept.map(\.sha256) ?? [])
            }
            _ = store.prune(keeping: hashes)
        } catch {
            note(error, "what no run needs is removed by the next run with --keep")
        }
    }

    private mutating func note(_ trouble: HistoryFile.Trouble, _ hint: String) {
        let reason =
            switch trouble {
            case .unusable(let reason), .unavailable(let reason): reason
            }
        troubles.append(
            Finding(
                code: "history-not-written",
                severity: .warning,
                file: shown,
                found: reason,
                expected: "a file that can be written",
                hint: hint
            )
        )
    }

    private var shown: String { Paths.relative(place.history, to: Paths.workingDirectory) }
}
