/// Sums over the records of each cell, flat: 128 bits each, of products whose bits are known to leave room.
///
/// They stand for whole numbers of a unit that the caller keeps; nothing here rounds or runs over as long as
/// ``ColumnSums`` are taken out in time.
@safe struct CellSums: ~Copyable, @unchecked Sendable {
    let width: Int
    let extremeWidth: Int
    private(set) var count = 0
    private var capacity = 0
    /// A row a cell.
    private(set) var sums: UnsafeMutablePointer<Int128>
    private(set) var records: UnsafeMutablePointer<Int>
    private(set) var extremes: UnsafeMutablePointer<Int64>
    /// Where no value has been seen.
    static let noExtreme = Int64.min

    init(width: Int, extremeWidth: Int) {
        self.width = width
        self.extremeWidth = extremeWidth
        unsafe sums = .allocate(capacity: 1)
        unsafe records = .allocate(capacity: 1)
        unsafe extremes = .allocate(capacity: 1)
    }

    deinit {
        unsafe sums.deallocate()
        unsafe records.deallocate()
        unsafe extremes.deallocate()
    }

    /// Has room for so many cells; new ones are empty.
    mutating func grow(to count: Int) {
        guard count > self.count else { return }
        if count > capacity {
            let larger = max(count, capacity * 2, 64)
            unsafe sums = Self.grown(sums, from: self.count * width, to: larger * width)
            unsafe records = Self.grown(records, from: self.count, to: larger)
            unsafe extremes = Self.grown(extremes, from: self.count * extremeWidth, to: larger * extremeWidth)
            capacity = larger
        }
        let new = count - self.count
        unsafe (sums + self.count * width).update(repeating: 0, count: new * width)
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
        for cell in 0..<count { unsafe sums[cell * width + sum] = 0 }
    }
}
