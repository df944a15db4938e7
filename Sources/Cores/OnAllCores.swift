private import Glibc
private import Synchronization

/// Works out independent parts on all cores.
///
/// - Parameters:
///   - count: How many parts there are.
///   - isWorthIt: Whether there is so much to do that a second thread costs less than it saves; else all is done on this one.
///   - part: Works out the part of a position. It must not depend on what other parts do; it may itself use all cores.
/// - Returns: The parts in order, whichever thread was the first: the same on any number of cores.
public func onAllCores<Part: Sendable>(
    _ count: Int,
    isWorthIt: Bool,
    _ part: @Sendable (Int) -> Part
) -> [Part] {
    guard isWorthIt, count > 1 else { return (0..<count).map(part) }
    let parts = Mutex([Part?](repeating: nil, count: count))
    let taken = Atomic<Int>(0)
    runAtOnce(min(max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))), count)) { _ in
        while true {
            let position = taken.add(1, ordering: .relaxed).oldValue
            guard position < count else { return }
            let made = part(position)
            parts.withLock { $0[position] = made }
        }
    }
    return parts.withLock { parts in
        // By hand: `compactMap`, compiled for any sequence, has the runtime look up what this one is, among all conformances
        // that there are.
        var all: [Part] = []
        all.reserveCapacity(count)
        for position in 0..<count { if let made = parts[position] { all.append(made) } }
        return all
    }
}
