/// Sums over the records of each cell, flat: 128 bits each, of products whose bits are known to leave room.
///
/// They stand for whole numbers of a unit that the caller keeps; nothing here rounds or runs over as long as the sums are
/// taken out in time. Short products are added up in 64 bits first, which is half the work.
@safe struct CellSums: ~Copyable, @unchecked Sendable {
    let width: Int
    let extremeWidth: Int
    private(set) var count = 0
    private var capacity = 0
    /// A row a cell.
    private(set) var sums: UnsafeMutablePointer<Int128>
    /// What is not yet in the sums.
    private(set) var parts: UnsafeMutablePointer<Int64>
    /// By sum, what no part of it has more than.
    private var partBounds: [UInt64]
    private static let partLimit: UInt64 = 1 << 62
    private(set) var records: UnsafeMutablePointer<Int>
    private(set) var extremes: UnsafeMutablePointer<Int64>
    /// Where no value has been seen.
    static let noExtreme = Int64.min

    init(width: Int, extremeWidth: Int) {
        self.width = width
        self.extremeWidth = extremeWidth
        partBounds = .init(repeating: 0, count: width)
        unsafe sums = .allocate(capacity: 1)
        unsafe parts = .allocate(capacity: 1)
        unsafe records = .allocate(capacity: 1)
        unsafe extremes = .allocate(capacity: 1)
    }

    deinit {
        unsafe sums.deallocate()
        unsafe parts.deallocate()
        unsafe records.deallocate()
        unsafe extremes.deallocate()
    }

    /// Has room for so many cells; new ones are empty.
    mutating func grow(to count: Int) {
        guard count > self.count else { return }
        if count > capacity {
            let larger = max(count, capacity * 2, 64)
            unsafe sums = Self.grown(sums, from: self.count * width, to: larger * width)
            unsafe parts = Self.grown(parts, from: self.count * width, to: larger * width)
            unsafe records = Self.grown(records, from: self.count, to: larger)
            unsafe extremes = Self.grown(extremes, from: self.count * extremeWidth, to: larger * extremeWidth)
            capacity = larger
        }
        let new = count - self.count
        unsafe (sums + self.count * width).update(repeating: 0, count: new * width)
        unsafe (parts + self.count * width).update(repeating: 0, count: new * width)
        unsafe (records + self.count).update(repeating: 0, count: new)
        unsafe (extremes + self.count * extremeWidth).update(repeating: Self.noExtreme, count: new * extremeWidth)
        self.count = count
    }

    private static func grown<Number: BitwiseCopyable>(
        _ numbers: UnsafeMutablePointer<Number>,
        from count: Int,
        to capacity: Int
    ) -> UnsafeMutablePointer<Number> {
        let larger = UnsafeMutablePointer<Number>.allocate(capacity: max(1, capacity))
        unsafe larger.update(from: numbers, count: count)
        unsafe numbers.deallocate()
        return unsafe larger
    }

    /// Makes one sum of all cells zero again.
    mutating func clear(sum: Int) {
        partBounds[sum] = 0
        for cell in 0..<count {
            unsafe sums[cell * width + sum] = 0
            unsafe parts[cell * width + sum] = 0
        }
    }

    /// Makes room in the parts of a sum for so many products of so many bits.
    ///
    /// - Returns: Whether there is; not where going over all cells for it would cost more than it saves.
    mutating func makeRoom(in sum: Int, for records: Int, bits: Int) -> Bool {
        guard bits < 48, UInt64(count) < Self.partLimit &>> UInt64(bits + 4) else { return false }
        let most = UInt64(records) &<< UInt64(bits)
        if partBounds[sum] > Self.partLimit - most { gather(sum) }
        partBounds[sum] += most
        return true
    }

    /// Brings the parts of a sum into it.
    mutating func gather(_ sum: Int) {
        guard partBounds[sum] > 0 else { return }
        partBounds[sum] = 0
        for cell in 0..<count {
            let place = cell * width + sum
            unsafe sums[place] &+= Int128(parts[place])
            unsafe parts[place] = 0
        }
    }
}
