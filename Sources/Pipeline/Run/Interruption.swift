internal import Synchronization

/// Whether someone asked this process to end, and whether it may end right now.
///
/// Whoever takes the signals asks by ``request(_:)``. While a run writes, ``isBusyWriting`` is true and the run itself
/// looks at ``requested`` between two files, cleans up and stops; at any other time nothing is lost by leaving at once.
package final class Interruption: Sendable {
    private let signal = Atomic<Int32>(0)
    private let writers = Atomic<Int>(0)

    package init() {}

    package func request(_ signal: Int32) {
        self.signal.store(signal, ordering: .sequentiallyConsistent)
    }

    /// The signal that asked for the end, `nil` where none did.
    package var requested: Int32? {
        let signal = signal.load(ordering: .sequentiallyConsistent)
        return signal == 0 ? nil : signal
    }

    /// Whether files are being written that the run would have to take away.
    package var isBusyWriting: Bool {
        writers.load(ordering: .sequentiallyConsistent) > 0
    }

    func beginWriting() {
        writers.add(1, ordering: .sequentiallyConsistent)
    }

    func endWriting() {
        writers.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// Stops the run where its end was asked for.
    func check() throws(RunStop) {
        if let requested { throw .interrupted(signal: requested) }
    }
}
