internal import CSVStream
import Glibc

/// Numbers the distinct texts of a column in the order in which they come: open hashing over bytes, no text copied
/// but the first of its kind.
struct KeyTable: Sendable {
    private struct Entry {
        var hash: UInt64
        var start: Int
        var count: Int
    }

    private var arena: [UInt8] = []
    private var entries: [Entry] = []
    /// Positions in `entries` plus one, 0 where free; a power of two of them, at most half taken.
    private var slots = [UInt32](repeating: 0, count: 256)
    /// The entry that was asked for last: files are often sorted by their keys.
    private var latest = 0

    var count: Int { entries.count }
    /// How many bytes the distinct texts take.
    var byteCount: Int { arena.count }

    /// The text of a number.
    func text(_ number: Int) -> String { String(decoding: bytes(number), as: UTF8.self) }

    func bytes(_ number: Int) -> ArraySlice<UInt8> {
        arena[entries[number].start..<entries[number].start + entries[number].count]
    }

    /// The number of a text, a new one where it is new.
    @inline(always)
    mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = unsafe Self.hash(text)
        if latest < entries.count, unsafe matches(latest, hash, text) { return latest }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while true {
            let taken = Int(slots[slot])
            if taken == 0 { break }
            if unsafe matches(taken - 1, hash, text) {
                latest = taken - 1
                return taken - 1
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return unsafe insert(text, hash)
    }

    mutating func number(of text: [UInt8]) -> Int {
        unsafe text.withUnsafeBufferPointer { unsafe number(of: $0) }
    }

    @inline(always)
    private func matches(_ entry: Int, _ hash: UInt64, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let known = entries[entry]
        guard known.hash == hash, known.count == text.count else { return false }
        // Of eight bytes or fewer, the hash and the length are the text.
        if text.count <= 8 { return true }
        return unsafe arena.withUnsafeBufferPointer { arena in
            guard let own = arena.baseAddress, let other = text.baseAddress else { return false }
            return unsafe memcmp(own + known.start, other, text.count) == 0
        }
    }

    private mutating func insert(_ text: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
        if entries.count * 2 >= slots.count { grow() }
        entries.append(Entry(hash: hash, start: arena.count, count: text.count))
        unsafe arena.append(contentsOf: text)
        place(entries.count - 1)
        latest = entries.count - 1
        return latest
    }

    private mutating func place(_ entry: Int) {
        var slot = Int(truncatingIfNeeded: entries[entry].hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(entry + 1)
    }

    private mutating func grow() {
        slots = .init(repeating: 0, count: slots.count * 2)
        for entry in entries.indices { place(entry) }
    }

    /// A mixture of all bytes. Different texts of eight bytes or fewer and of one length have different hashes: each
    /// step can be undone.
    @inline(always)
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard text.count > 8, let start = text.baseAddress else {
            var word: UInt64 = 0
            for index in 0..<text.count { word = word << 8 | UInt64(unsafe text[index]) }
            return mixed(word)
        }
        var hash: UInt64 = 0
        for index in stride(from: 0, to: text.count - 8, by: 8) {
            hash = unsafe mixed(hash ^ NumberWords.load(start + index))
        }
        return unsafe mixed(hash ^ NumberWords.load(start + text.count - 8))
    }

    @inline(always)
    static func mixed(_ word: UInt64) -> UInt64 {
        let product = word &* 0x9e37_79b9_7f4a_7c15
        return product ^ product >> 32
    }
}

/// Numbers the distinct pairs of numbers in the order in which they come.
struct PairTable: Sendable {
    private(set) var pairs: [UInt64] = []
    private var slots = [UInt32](repeating: 0, count: 256)
    private var latest = 0

    var count: Int { pairs.count }

    func pair(_ number: Int) -> (Int, Int) { (Int(pairs[number] >> 32), Int(pairs[number] & 0xffff_ffff)) }

    /// The number of a pair, a new one where it is new. Both are below 2^32.
    @inline(always)
    mutating func number(of first: Int, _ second: Int) -> Int {
        let pair = UInt64(first) << 32 | UInt64(second)
        if latest < pairs.count, pairs[latest] == pair { return latest }
        var slot = Int(truncatingIfNeeded: KeyTable.mixed(pair)) & (slots.count - 1)
        while true {
            let taken = Int(slots[slot])
            if taken == 0 { break }
            if pairs[taken - 1] == pair {
                latest = taken - 1
                return latest
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return insert(pair)
    }

    private mutating func insert(_ pair: UInt64) -> Int {
        if pairs.count * 2 >= slots.count {
            slots = .init(repeating: 0, count: slots.count * 2)
            for index in pairs.indices { place(index) }
        }
        pairs.append(pair)
        place(pairs.count - 1)
        latest = pairs.count - 1
        return latest
    }

    private mutating func place(_ index: Int) {
        var slot = Int(truncatingIfNeeded: KeyTable.mixed(pairs[index])) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(index + 1)
    }
}
