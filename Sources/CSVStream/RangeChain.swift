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
    /// Line feeds among them, all in quotes.
    private(set) var carriedFeeds = 0
    /// Whether they end inside quotes.
    private(set) var isInQuotes = false
    /// Set while libcsv reads, block after block, for want of a place at which a record surely ends.
    var careful: CarefulReading?
    /// How many records and lines stand before that.
    var records: Int
    var lines: Int
    /// How far the input has been read.
    var end: Int

    init(offset: Int, records: Int, lines: Int, capacity: Int) {
        self.offset = offset
        self.records = records
        self.lines = lines
        self.capacity = capacity
        end = offset
        unsafe carried = .allocate(capacity: max(1, capacity))
    }

    deinit {
        unsafe carried.deallocate()
    }

    func carry(_ bytes: UnsafePointer<UInt8>, count: Int, feeds: Int, isInQuotes: Bool) {
        precondition(count <= capacity, "no more than there is room for")
        unsafe carried.update(from: bytes, count: count)
        carriedCount = count
        carriedFeeds = feeds
        self.isInQuotes = isInQuotes
    }

    func carryNothing() {
        carriedCount = 0
        carriedFeeds = 0
        isInQuotes = false
    }
}

/// A parser that goes on over the ends of blocks.
final class CarefulReading {
    var parser: CSVParser

    init(options: CSVOptions, offset: Int, records: Int, lines: Int) {
        parser = CSVParser(options: options, offset: offset, records: records, lines: lines)
    }
}
