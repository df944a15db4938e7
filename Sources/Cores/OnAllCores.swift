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
    onThreads(min(max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))), count)) {
        while true {
            let position = taken.add(1, ordering: .relaxed).oldValue
            guard position < count else { return }
            let made = part(position)
            parts.withLock { $0[position] = made }
        }
    }
    return parts.withLock { $0.compactMap { $0 } }
}

/// Runs the same work on several threads, this one among them, until each has ended.
///
/// Threads of our own and none of Dispatch's: those are shared out over all work that is under way, so that work within work
/// would get one.
private func onThreads(_ count: Int, _ work: @Sendable () -> Void) {
    withoutActuallyEscaping(work) { work in
        let shared = SharedWork(work)
        var threads: [pthread_t] = []
        for _ in 1..<max(count, 1) {
            var thread = pthread_t()
            let code = unsafe pthread_create(
                &thread,
                nil,
                { work in
                    guard let work = unsafe work else { return nil }
                    unsafe Unmanaged<SharedWork>.fromOpaque(work).takeUnretainedValue().work()
                    return nil
                },
                Unmanaged.passUnretained(shared).toOpaque()
            )
            // Where the system has no thread to give, this one does it all.
            if code == 0 { threads.append(thread) }
        }
        work()
        for thread in threads { pthread_join(thread, nil) }
        withExtendedLifetime(shared) {}
    }
}

private final class SharedWork: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) {
        self.work = work
    }
}
