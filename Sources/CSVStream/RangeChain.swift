import Glibc

/// What one block hands on to the next in its turn: the bytes of a record that has not come to its end, and where
/// the input stands.
///
/// Only whoever has the turn may touch it.
@safe final class RangeChain: @unchecked Sendable {
    /// Where the record begins that the next block goes on with.
    var offset: Int
    /// Its bytes so far, at most ``capacity``.
    let carried: UnsafeMutablePointer<UInt8>
    let capacity: Int
    private(set) var carriedCount = 0
    /// Whether they end inside quotes.
    private(set) var isInQuotes = false
    /// Set while libcsv reads, block after block, for want of a place at which a record surely ends.
    var careful: CarefulReading?
    /// How far the input has been read.
    var end: Int

    init(offset: Int, capacity: Int) {
        self.offset = offset
        self.capacity = capacity
        end = offset
        unsafe carried = .allocate(capacity: max(1, capacity))
    }

    deinit {
        unsafe carried.deallocate()
    }

    func carry(_ bytes: UnsafePointer<UInt8>, count: Int, isInQuotes: Bool) {
        precondition(count <= capacity, "no more than there is room for")
        unsafe carried.update(from: bytes, count: count)
        carriedCount = count
        self.isInQuotes = isInQuotes
    }

    func carryNothing() {
        carriedCount = 0
        isInQuotes = false
    }
}

/// A parser that goes on over the ends of blocks.
final class CarefulReading {
    var parser: CSVParser
    /// The block in which it began: its records and lines count from there.
    let origin: Int

    init(options: CSVOptions, offset: Int, origin: Int) {
        parser = CSVParser(options: options, offset: offset, records: 0, lines: 0)
        self.origin = origin
    }
}

/// What has been read of each block, in the order of the input.
@safe final class RangeLedger: @unchecked Sendable {
    struct Entry {
        /// Where the block's first record begins.
        var offset = 0
        var records = 0
        var lines = 0
    }

    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private var entries: [Entry] = []

    init() {
        unsafe lock = .allocate(capacity: 1)
        unsafe lock.initialize(to: pthread_mutex_t())
        let made = unsafe pthread_mutex_init(lock, nil)
        precondition(made == 0, "no lock can be made")
    }

    deinit {
        unsafe pthread_mutex_destroy(lock)
        unsafe lock.deallocate()
    }

    func enter(_ entry: Entry, for ticket: Int) {
        unsafe pthread_mutex_lock(lock)
        while entries.count <= ticket { entries.append(Entry()) }
        entries[ticket] = entry
        unsafe pthread_mutex_unlock(lock)
    }

    /// Once all have been entered.
    func allEntries() -> [Entry] { entries }
}
