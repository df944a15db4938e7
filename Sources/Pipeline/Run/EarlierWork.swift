internal import Indicators
internal import Synchronization

/// What the run that stands there worked out and a run of today can take over: the readings of large files, the tallies of
/// replications. Whatever else a run does takes less time than reading its results back.
///
/// Answers lie in the store by the hash of their bytes; the manifest says which question each answers. Only the same
/// build of `divide` takes them over: another may work things out otherwise.
final class EarlierWork: Sendable {
    private struct Answer {
        var question: String
        var bytes: [UInt8]
    }

    /// Whether the figures wanted are those of that run, not of another one.
    let isOfLandedRun: Bool
    private let store: Store
    private let build: String
    /// What the same command worked out just before, if anything: to write baselines, say.
    private let done: EarlierWork?
    /// By question: the answer's hash.
    private let known: [String: String]
    private let answers = Mutex<(all: [Answer], takenOver: [String: Int])>(([], [:]))
    /// SHA-256 and size of the inputs, by the path that the manifest has for them.
    private let inputs: [String: (sha256: String, bytes: Int)]

    /// - Parameters:
    ///   - manifest: Of the run that stands there; `nil` for none whose answers are to be taken over.
    ///   - identity: Of the run of today.
    ///   - store: Where answers lie.
    ///   - isOfLandedRun: Whether the figures wanted are those of the run that stands there.
    ///   - done: What the same command worked out before.
    init(
        _ manifest: Manifest?,
        _ identity: RunIdentity,
        in store: Store,
        isOfLandedRun: Bool = false,
        after done: EarlierWork? = nil
    ) {
        self.store = store
        self.done = done
        self.isOfLandedRun = isOfLandedRun
        build = "\(identity.tool) \(identity.build)"
        let kept = manifest?.kept.filter { $0.role == .answer } ?? []
        known = Dictionary(kept.map { ($0.path, $0.sha256) }) { first, _ in first }
        inputs = Dictionary(identity.inputs.map { ($0.path, ($0.sha256, $0.bytes)) }) { first, _ in first }
    }

    /// The answers to questions of one stage.
    func memo(of stage: String) -> Memo {
        Memo(recall: { self.recall($0, stage) }, keep: { self.keep($0, $1) })
    }

    /// The answers that the same command worked out just before, and no others.
    func memoOfThisCommand() -> Memo {
        Memo(recall: { self.recallDone($0) }, keep: { self.keep($0, $1) })
    }

    /// How many answers each stage took over.
    var takenOver: [String: Int] { answers.withLock { $0.takenOver } }

    /// The inputs of a source by hash, and their size in all; `nil` where one of them has none.
    func inputs(_ paths: [String]) -> (hashes: [String], bytes: Int)? {
        var hashes: [String] = []
        var bytes = 0
        for path in paths {
            guard let input = inputs[path], !input.sha256.isEmpty else { return nil }
            hashes += [path, input.sha256]
            bytes += input.bytes
        }
        return (hashes, bytes)
    }

    /// Puts every answer that this run worked out or took over into the store.
    func keep(in store: Store) throws(RunFailure) -> [Kept] {
        var kept: [Kept] = []
        for answer in answers.withLock({ $0.all }).sorted(by: { $0.question < $1.question }) {
            kept.append(try store.keep(answer.bytes, as: .answer, path: answer.question))
        }
        return kept
    }

    private func recall(_ question: [UInt8], _ stage: String) -> [UInt8]? {
        if let bytes = recallDone(question) { return bytes }
        let question = hash(question)
        guard let sha256 = known[question], let bytes = store.bytes(of: sha256) else { return nil }
        answers.withLock {
            $0.all.append(Answer(question: question, bytes: bytes))
            $0.takenOver[stage, default: 0] += 1
        }
        return bytes
    }

    private func recallDone(_ question: [UInt8]) -> [UInt8]? {
        let hash = hash(question)
        guard let answer = done?.answers.withLock({ $0.all.first { $0.question == hash } }) else { return nil }
        answers.withLock { $0.all.append(answer) }
        return answer.bytes
    }

    private func keep(_ question: [UInt8], _ answer: [UInt8]) {
        let question = hash(question)
        answers.withLock {
            // A damaged answer was recalled first, and could not be read.
            $0.all.removeAll { $0.question == question }
            $0.all.append(Answer(question: question, bytes: answer))
        }
    }

    private func hash(_ question: [UInt8]) -> String {
        digest(of: Array("\(build)\0".utf8) + question)
    }
}
