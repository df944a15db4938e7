import Glibc

/// Deals blocks of an input to several workers: any of them may be read and worked on at once, but each has its turn,
/// in the order of the input, in which it learns where its first record begins and says where its last one ends.
@safe final class RangeQueue: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let turned: UnsafeMutablePointer<pthread_cond_t>
    private var nextTicket = 0
    private var turn = 0
    /// The last block that is worked on.
    private var last = Int.max

    init() {
        unsafe lock = .allocate(capacity: 1)
        unsafe lock.initialize(to: pthread_mutex_t())
        unsafe turned = .allocate(capacity: 1)
        unsafe turned.initialize(to: pthread_cond_t())
        let made = unsafe (pthread_mutex_init(lock, nil), pthread_cond_init(turned, nil))
        precondition(made == (0, 0), "no lock can be made")
    }

    deinit {
        unsafe pthread_cond_destroy(turned)
        unsafe pthread_mutex_destroy(lock)
        unsafe turned.deallocate()
        unsafe lock.deallocate()
    }

    /// The number of the next block, `nil` where there is no more to do.
    func take() -> Int? {
        unsafe pthread_mutex_lock(lock)
        defer { unsafe pthread_mutex_unlock(lock) }
        guard nextTicket <= last else { return nil }
        nextTicket += 1
        return nextTicket - 1
    }

    /// Waits until the blocks before have had their turn; returns `false` if the input ended or failed among them.
    func awaitTurn(_ ticket: Int) -> Bool {
        unsafe pthread_mutex_lock(lock)
        defer { unsafe pthread_mutex_unlock(lock) }
        while turn < ticket, last >= ticket { unsafe pthread_cond_wait(turned, lock) }
        return last >= ticket
    }

    func endTurn(_ ticket: Int) {
        unsafe pthread_mutex_lock(lock)
        turn = ticket + 1
        unsafe pthread_cond_broadcast(turned)
        unsafe pthread_mutex_unlock(lock)
    }

    /// Says that no block behind this one is worked on: the input ends here, or its reading does.
    func end(at ticket: Int) {
        unsafe pthread_mutex_lock(lock)
        last = min(last, ticket)
        unsafe pthread_cond_broadcast(turned)
        unsafe pthread_mutex_unlock(lock)
    }
}
