internal import CSVStream

/// In front of a ``KeyTable``: the numbers of short texts that came lately, found by a multiplication and a look.
@safe final class KeyCache: @unchecked Sendable {
    private let words: UnsafeMutablePointer<UInt64>
    private let numbers: UnsafeMutablePointer<UInt32>
    private static let bits = 10

    init() {
        unsafe words = .allocate(capacity: 1 << Self.bits)
        // No text is all zero bytes, which the reader refuses.
        unsafe words.initialize(repeating: 0, count: 1 << Self.bits)
        unsafe numbers = .allocate(capacity: 1 << Self.bits)
        unsafe numbers.initialize(repeating: 0, count: 1 << Self.bits)
    }

    deinit {
        unsafe words.deallocate()
        unsafe numbers.deallocate()
    }

    /// The numbers of the texts of a column.
    ///
    /// - Parameters:
    ///   - column: Among those asked for.
    ///   - batch: Where the fields lie.
    ///   - rows: Which records of the batch.
    ///   - count: How many of them.
    ///   - result: Room for as many.
    ///   - ask: Tells the number of a text that is not known here.
    @inline(__always)
    func number(
        _ column: Int,
        of batch: borrowing FieldBatch,
        rows: UnsafePointer<UInt32>,
        count: Int,
        into result: UnsafeMutablePointer<UInt32>,
        ask: (FieldBatch.Bounds) -> Int
    ) {
        let fields = unsafe batch.bounds + column * batch.stride
        let (bytes, words, numbers) = unsafe (batch.bytes, words, numbers)
        for index in 0..<count {
            let field = unsafe fields[Int(rows[index])]
            let length = field.lengthAndFlags & ~FieldBatch.Bounds.quoted
            if length &- 1 < 8 {
                let word = unsafe NumberWords.load(bytes + Int(field.start)) &<< UInt64(64 &- 8 &* length)
                let slot = Int(truncatingIfNeeded: (word &* 0x9e37_79b9_7f4a_7c15) &>> UInt64(64 &- Self.bits))
                if unsafe words[slot] != word {
                    unsafe numbers[slot] = UInt32(ask(field))
                    unsafe words[slot] = word
                }
                unsafe result[index] = numbers[slot]
            } else {
                unsafe result[index] = UInt32(ask(field))
            }
        }
    }
}

extension KeyTable {
    /// The number of a field's text, quotes inside it single.
    @inline(always)
    mutating func number(of field: FieldBatch.Bounds, in batch: borrowing FieldBatch) -> Int {
        if field.isEscaped { return number(of: batch.bytes(at: field)) }
        return unsafe number(of: UnsafeBufferPointer(start: batch.bytes + Int(field.start), count: field.length))
    }
}

/// In front of a ``PairTable``: the numbers of pairs of small numbers, in a square.
@safe final class PairGrid: @unchecked Sendable {
    /// Numbers plus one, 0 where the table has to be asked.
    private var numbers: UnsafeMutablePointer<UInt32>
    private var rowCount = 1
    private var columnBits = 4
    /// So many places at most, 256 KiB of them.
    private static let limit = 1 << 16

    init() {
        unsafe numbers = .allocate(capacity: rowCount << columnBits)
        unsafe numbers.initialize(repeating: 0, count: rowCount << columnBits)
    }

    deinit {
        unsafe numbers.deallocate()
    }

    /// Replaces each number of `firsts` by that of its pair with the number of `seconds` beside it; `ask` tells those
    /// that are not known here.
    @inline(__always)
    func number(
        _ firsts: UnsafeMutablePointer<UInt32>,
        _ seconds: UnsafePointer<UInt32>,
        count: Int,
        ask: (Int, Int) -> Int
    ) {
        var (numbers, rowCount, columnBits) = unsafe (numbers, UInt32(rowCount), UInt32(columnBits))
        for index in 0..<count {
            let (first, second) = unsafe (firsts[index], seconds[index])
            if first < rowCount, second &>> columnBits == 0 {
                let known = unsafe numbers[Int(first &<< columnBits | second)]
                if known != 0 {
                    unsafe firsts[index] = known &- 1
                    continue
                }
            }
            let number = UInt32(ask(Int(first), Int(second)))
            unsafe firsts[index] = number
            if makeRoom(first, second) {
                unsafe (numbers, rowCount, columnBits) =
                    unsafe (self.numbers, UInt32(self.rowCount), UInt32(self.columnBits))
                unsafe numbers[Int(first &<< columnBits | second)] = number + 1
            }
        }
    }

    /// Whether the pair has a place; a larger square begins empty.
    private func makeRoom(_ first: UInt32, _ second: UInt32) -> Bool {
        guard first < Self.limit, second < Self.limit else { return false }
        var (rows, bits) = (rowCount, columnBits)
        while rows <= Int(first) { rows *= 2 }
        while 1 << bits <= Int(second) { bits += 1 }
        guard rows << bits <= Self.limit else { return false }
        guard rows != rowCount || bits != columnBits else { return true }
        unsafe numbers.deallocate()
        unsafe numbers = .allocate(capacity: rows << bits)
        unsafe numbers.initialize(repeating: 0, count: rows << bits)
        (rowCount, columnBits) = (rows, bits)
        return true
    }
}
