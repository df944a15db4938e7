private import Glibc

/// Runs `body` for each number below `count` at once, each on a thread of its own, the last on the caller's; waits
/// for all of them. Where the system has fewer threads to give, some numbers are left out, never the last.
///
/// Threads of our own and none of Dispatch's: those are shared out over all work that is under way, so that work within work
/// would get one.
public func runAtOnce(_ count: Int, _ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
        var threads: [pthread_t] = []
        for index in 0..<max(0, count - 1) {
            if let thread = thread({ body(index) }) { threads.append(thread) }
        }
        body(max(0, count - 1))
        for thread in threads { pthread_join(thread, nil) }
    }
}

/// A thread that does `work`, `nil` where the system has none to give: fewer do the same work.
private func thread(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
    let task = unsafe Unmanaged.passRetained(ThreadTask(work))
    var thread = pthread_t()
    let status = unsafe pthread_create(
        &thread,
        nil,
        { argument in
            if let argument = unsafe argument {
                unsafe Unmanaged<ThreadTask>.fromOpaque(argument).takeRetainedValue().work()
            }
            return nil
        },
        task.toOpaque()
    )
    if status == 0 { return thread }
    unsafe task.release()
    return nil
}

private final class ThreadTask: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) {
        self.work = work
    }
}
