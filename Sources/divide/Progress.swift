internal import Foundation
internal import Glibc
internal import Synchronization

/// One line on standard error that says how far a run is: on a terminal only, and only where it takes over a second.
final class Progress: Sendable {
    private struct State {
        var stage = ""
        var isShown = false
        var isOver = true
    }

    private let isWanted: Bool
    private let state = Mutex(State())

    init(_ messages: MessageOptions) {
        isWanted =
            !messages.quiet && messages.logFormat == .text && isatty(STDERR_FILENO) == 1
            && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Begins to watch.
    func begin() {
        guard isWanted else { return }
        state.withLock { $0.isOver = false }
        let start = ContinuousClock.now
        Thread.detachNewThread { [self] in
            while true {
                usleep(200_000)
                let isOver = state.withLock { state in
                    let seconds = (ContinuousClock.now - start).components.seconds
                    if !state.isOver && seconds >= 1 {
                        let stage = state.stage.isEmpty ? "" : "; \(state.stage)"
                        writeAll("\r\u{1B}[Kat work for \(seconds) s\(stage)", to: STDERR_FILENO)
                        state.isShown = true
                    }
                    return state.isOver
                }
                if isOver { return }
            }
        }
    }

    /// Notes that a stage is done.
    func tell(_ stage: String) {
        guard isWanted else { return }
        say { "\(stage) is done" }
    }

    /// Says how far the work is.
    func say(_ words: () -> String) {
        guard isWanted else { return }
        let words = words()
        state.withLock { $0.stage = words }
    }

    /// Takes the line away, so that a message has its own.
    func clear() {
        guard isWanted else { return }
        state.withLock { Self.wipe(&$0) }
    }

    /// Takes the line away for good.
    func end() {
        guard isWanted else { return }
        state.withLock { state in
            Self.wipe(&state)
            state.isOver = true
        }
    }

    private static func wipe(_ state: inout State) {
        if state.isShown { writeAll("\r\u{1B}[K", to: STDERR_FILENO) }
        state.isShown = false
    }
}
