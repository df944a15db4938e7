/// From the ends of fields to bounds.
extension RangeReader {
    /// Finds out which fields are whose, blank lines left out.
    ///
    /// - Returns: How many records there are; `nil` where one of them is beyond a limit.
    mutating func layOut(_ bytes: UnsafePointer<UInt8>, offset: Int) -> Int? {
        let positions = unsafe UnsafePointer(scan.positions)
        let breaks = unsafe UnsafePointer(scan.breaks)
        let columnLimit = UInt32(clamping: options.columnLimit)
        let byteLimit = UInt32(clamping: options.recordByteLimit)
        var base: UInt32 = 0
        var count = 0
        var differing: UInt32 = 0
        for index in 0..<scan.breakCount {
            let last = unsafe breaks[index]
            let fields = last &- base &+ 1
            let start = unsafe positions[Int(base)] &+ 1
            let length = unsafe positions[Int(last) &+ 1] &- start
            if fields == 1, length <= 1, unsafe length == 0 || bytes[Int(start)] == carriageReturn {
                base = last &+ 1
                continue
            }
            guard fields <= columnLimit, length <= byteLimit else { return nil }
            unsafe bases[count] = base
            unsafe fieldCounts[count] = fields
            unsafe offsets[count] = offset &+ Int(start)
            differing |= fields ^ width
            count &+= 1
            base = last &+ 1
        }
        isRagged = differing != 0
        return count
    }

    /// Binds the fields of the columns asked for of so many records, from one on; `escape` is the first field with
    /// doubled quotes that is not in an earlier record, and goes on behind these.
    func bind(_ from: Int, _ count: Int, of bytes: UnsafePointer<UInt8>, _ escape: inout Int) {
        for index in columns.indices {
            let target = unsafe bounds + index * stride
            if isRagged || (scan.hasReturns && columns[index] + 1 == Int(width)) {
                unsafe bind(columns[index], from, count, bytes, target)
            } else if scan.hasQuotes {
                unsafe bindQuoted(columns[index], from, count, bytes, target)
            } else {
                unsafe bindPlainly(columns[index], from, count, target)
            }
        }
        markEscapes(&escape, from, count)
    }

    /// Records as wide as the header, without quotes and carriage returns.
    private func bindPlainly(
        _ column: Int,
        _ from: Int,
        _ count: Int,
        _ target: UnsafeMutablePointer<FieldBatch.Bounds>
    ) {
        let positions = unsafe UnsafePointer(scan.positions) + column
        let bases = unsafe UnsafePointer(self.bases) + from
        for index in 0..<count {
            let ends = unsafe positions + Int(bases[index])
            let start = unsafe ends[0] &+ 1
            unsafe target[index] = FieldBatch.Bounds(start: start, lengthAndFlags: ends[1] &- start)
        }
    }

    /// Records as wide as the header, with quotes around fields, but no carriage return behind these.
    private func bindQuoted(
        _ column: Int,
        _ from: Int,
        _ count: Int,
        _ bytes: UnsafePointer<UInt8>,
        _ target: UnsafeMutablePointer<FieldBatch.Bounds>
    ) {
        let positions = unsafe UnsafePointer(scan.positions) + column
        let bases = unsafe UnsafePointer(self.bases) + from
        let quote = options.quote
        for index in 0..<count {
            let ends = unsafe positions + Int(bases[index])
            let start = unsafe ends[0] &+ 1
            // Of an empty field this is the byte that ends it.
            let quotes: UInt32 = unsafe bytes[Int(start)] == quote ? 1 : 0
            let length = unsafe ends[1] &- start &- 2 &* quotes
            unsafe target[index] = FieldBatch.Bounds(start: start &+ quotes, lengthAndFlags: length | quotes &<< 31)
        }
    }

    /// Any records, their carriage returns left off.
    private func bind(
        _ column: Int,
        _ from: Int,
        _ count: Int,
        _ bytes: UnsafePointer<UInt8>,
        _ target: UnsafeMutablePointer<FieldBatch.Bounds>
    ) {
        let positions = unsafe UnsafePointer(scan.positions) + column
        let (hasQuotes, quote) = (scan.hasQuotes, options.quote)
        for index in 0..<count {
            let fields = unsafe Int(fieldCounts[from + index])
            guard column < fields else {
                unsafe target[index] = FieldBatch.Bounds(start: 0, lengthAndFlags: 0)
                continue
            }
            let ends = unsafe positions + Int(bases[from + index])
            var start = unsafe ends[0] &+ 1
            var length = unsafe ends[1] &- start
            let isLast = column + 1 == fields
            if isLast, length > 0, unsafe bytes[Int(start &+ length) - 1] == carriageReturn { length -= 1 }
            var flags: UInt32 = 0
            if hasQuotes, length > 0, unsafe bytes[Int(start)] == quote {
                start += 1
                length -= 2
                flags = FieldBatch.Bounds.quoted
            }
            unsafe target[index] = FieldBatch.Bounds(start: start, lengthAndFlags: length | flags)
        }
    }

    /// Marks the fields, of those asked for, in which quotes are doubled.
    ///
    /// - Parameters:
    ///   - escape: The first such field that is not in an earlier record; goes on behind these records.
    ///   - from: The first of the records whose bounds are there.
    ///   - count: How many.
    private func markEscapes(_ escape: inout Int, _ from: Int, _ count: Int) {
        var record = from
        while escape < scan.escapeCount {
            let field = unsafe scan.escapes[escape]
            while unsafe record < from + count && bases[record] + fieldCounts[record] <= field { record += 1 }
            guard record < from + count else { return }
            escape += 1
            let column = unsafe Int(field - bases[record])
            guard column < asked.count else { continue }
            for index in asked[column] {
                unsafe bounds[index * stride + record - from].lengthAndFlags |= FieldBatch.Bounds.escaped
            }
        }
    }
}
