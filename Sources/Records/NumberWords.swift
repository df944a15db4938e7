internal import CDigits
package import CSVStream

/// Reads a column of numbers eight bytes at a time, into whole numbers of one unit for all: `12.5` is 1250 at a scale
/// of 2.
///
/// What is neither digits nor digits around one point, in up to 16 bytes, is left to whoever asked.
package enum NumberWords {
    /// What came of a stretch of fields.
    package struct Outcome {
        /// How many fields were left, their positions in the order of the stretch.
        package var leftCount = 0
        /// All values laid over each other: what they have in bits.
        package var union: UInt64 = 0
        /// The most decimals that a field had.
        package var scale = 0
    }

    /// The scale up to which eight bytes of digits fit a value without asking.
    static let scaleLimit = 9

    private static let zeros: UInt64 = 0x3030_3030_3030_3030
    private static let points: UInt64 = 0x1e1e_1e1e_1e1e_1e1e
    private static let tops: UInt64 = 0x8080_8080_8080_8080
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let aboveNine: UInt64 = 0x7676_7676_7676_7676

    /// The most decimals that ``readShort(_:of:count:decimals:into:left:)`` takes.
    package static let shortScaleLimit = 6
    private static let hasVectors = cdigits_available() != 0

    /// Reads numbers of up to eight bytes that all have the same number of decimals, those of most columns.
    ///
    /// - Parameters:
    ///   - fields: Where they lie.
    ///   - bytes: What they point into; 8 bytes behind each field can be read.
    ///   - count: How many fields.
    ///   - decimals: How many each has, at most ``shortScaleLimit``.
    ///   - values: As many, 0 where a field is left.
    ///   - left: Room for as many positions: gets those of all other fields, in order.
    ///   - usesVectors: Whether the form in C may read, where the processor has what it needs.
    /// - Returns: How many were left, and what the values have in common.
    package static func readShort(
        _ fields: UnsafePointer<FieldBatch.Bounds>,
        of bytes: UnsafePointer<UInt8>,
        count: Int,
        decimals: Int,
        into values: UnsafeMutablePointer<Int64>,
        left: UnsafeMutablePointer<UInt32>,
        usesVectors: Bool = true
    ) -> Outcome {
        guard usesVectors, hasVectors else {
            return unsafe readShortWords(fields, of: bytes, count: count, decimals: decimals, into: values, left: left)
        }
        let found = unsafe cdigits_read(
            bytes,
            UnsafeRawPointer(fields).assumingMemoryBound(to: cdigits_field.self),
            UInt32(count),
            UInt32(decimals),
            values,
            left
        )
        return Outcome(leftCount: Int(found.left), union: found.all, scale: 0)
    }

    /// The same, a word at a time and without a branch in it.
    @inline(never)
    private static func readShortWords(
        _ fields: UnsafePointer<FieldBatch.Bounds>,
        of bytes: UnsafePointer<UInt8>,
        count: Int,
        decimals: Int,
        into values: UnsafeMutablePointer<Int64>,
        left: UnsafeMutablePointer<UInt32>
    ) -> Outcome {
        // A field is moved to the upper end of its word, so that the point has one place in all of them.
        let place = UInt64(56 &- 8 &* decimals)
        let pointPlace: UInt64 = decimals == 0 ? 0 : 0xff &<< place
        let before: UInt64 = decimals == 0 ? 0 : (1 &<< place) &- 1
        let least = UInt32(decimals == 0 ? 1 : decimals &+ 2)
        var outcome = Outcome()
        for index in 0..<count {
            let field = unsafe fields[index]
            let length = field.lengthAndFlags & ~FieldBatch.Bounds.quoted
            let digits = unsafe (load(bytes + Int(field.start)) ^ zeros) &<< UInt64(64 &- 8 &* length)
            let whole = digits & ~(before | pointPlace) | (digits & before) &<< 8
            let flaws = (digits ^ points) & pointPlace | ((whole &+ aboveNine) | whole) & tops
            let isOdd = (length &- least > 8 &- least) || flaws != 0
            let value = isOdd ? 0 : number(whole)
            outcome.union |= value
            unsafe values[index] = Int64(truncatingIfNeeded: value)
            unsafe left[outcome.leftCount] = UInt32(truncatingIfNeeded: index)
            outcome.leftCount &+= isOdd ? 1 : 0
        }
        return outcome
    }

    /// Reads numbers with up to `scale` decimals, which is at most ``scaleLimit``, in up to 16 bytes. A field with more
    /// decimals has the value 0, and shows in the scale of what comes back.
    ///
    /// - Parameters:
    ///   - fields: Where they lie.
    ///   - bytes: What they point into; 16 bytes behind each field can be read.
    ///   - count: How many of the positions in `left` are to be read.
    ///   - scale: What the values count in.
    ///   - powers: Those of ten, up to the scale.
    ///   - values: By position, 0 where a field is left.
    ///   - left: Which fields to read; gets the positions of those that could not be read.
    /// - Returns: How many were left, what the values have in common, and the decimals that they need.
    @inline(never)
    static func read(
        _ fields: UnsafePointer<FieldBatch.Bounds>,
        of bytes: UnsafePointer<UInt8>,
        count: Int,
        scale: Int,
        powers: UnsafePointer<Int64>,
        into values: UnsafeMutablePointer<Int64>,
        left: UnsafeMutablePointer<UInt32>
    ) -> Outcome {
        var outcome = Outcome()
        for index in 0..<count {
            let position = unsafe left[index]
            let field = unsafe fields[Int(position)]
            let length = field.lengthAndFlags & ~FieldBatch.Bounds.quoted
            var value: UInt64 = 0
            let found = unsafe length &- 1 < 8 ? short(bytes + Int(field.start), length) : wide(bytes, field, length)
            if let (digits, decimals) = found {
                if decimals <= scale {
                    let (raised, overflow) = unsafe digits.multipliedReportingOverflow(
                        by: UInt64(truncatingIfNeeded: powers[scale &- decimals])
                    )
                    if overflow || raised >> 62 != 0 {
                        unsafe left[outcome.leftCount] = position
                        outcome.leftCount &+= 1
                    } else {
                        value = raised
                    }
                }
                outcome.scale = max(outcome.scale, decimals)
            } else {
                unsafe left[outcome.leftCount] = position
                outcome.leftCount &+= 1
            }
            outcome.union |= value
            unsafe values[Int(position)] = Int64(truncatingIfNeeded: value)
        }
        return outcome
    }

    @inline(always)
    static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
        unsafe UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian
    }

    /// Whether each byte is 0...9.
    @inline(always)
    private static func areDigits(_ digits: UInt64) -> Bool {
        ((digits &+ aboveNine) | digits) & tops == 0
    }

    /// The number of eight digits, the first in the lowest byte.
    @inline(always)
    private static func number(_ digits: UInt64) -> UInt64 {
        let pairs = (digits &* (10 << 8 + 1)) &>> 8 & 0x00ff_00ff_00ff_00ff
        let fours = (pairs &* (100 << 16 + 1)) &>> 16 & 0x0000_ffff_0000_ffff
        return (fours &* (10_000 << 32 + 1)) &>> 32
    }

    /// The bit at the top of the lowest byte that is a point, 0 where there is none.
    @inline(always)
    private static func point(in digits: UInt64) -> UInt64 {
        let others = digits ^ points
        return (others &- ones) & ~others & tops
    }

    /// Takes out the byte whose top bit it is, what stands before it moves up; `before` fills the lowest.
    @inline(always)
    private static func closed(_ digits: UInt64, _ top: Int, filling before: UInt64 = 0) -> UInt64 {
        let above = digits & ~(UInt64.max &>> UInt64(63 &- top))
        let below = digits & ((1 &<< UInt64(top &- 7)) &- 1)
        return above | below &<< 8 | before
    }

    /// One to eight bytes.
    @inline(always)
    private static func short(_ bytes: UnsafePointer<UInt8>, _ length: UInt32) -> (UInt64, decimals: Int)? {
        let digits = unsafe (load(bytes) ^ zeros) &<< UInt64(64 &- 8 &* length)
        let found = point(in: digits)
        guard found != 0 else { return areDigits(digits) ? (number(digits), 0) : nil }
        let top = found.trailingZeroBitCount
        let decimals = 7 &- top / 8
        let whole = closed(digits, top)
        // A digit on each side of the point.
        guard decimals > 0, decimals &+ 1 < Int(length), areDigits(whole) else { return nil }
        return (number(whole), decimals)
    }

    /// Nine to sixteen bytes.
    @inline(always)
    private static func wide(
        _ bytes: UnsafePointer<UInt8>,
        _ field: FieldBatch.Bounds,
        _ length: UInt32
    ) -> (UInt64, decimals: Int)? {
        guard length &- 9 < 8 else { return nil }
        let start = unsafe bytes + Int(field.start)
        var head = unsafe (load(start) ^ zeros) &<< UInt64(128 &- 8 &* length)
        var tail = unsafe load(start + Int(length &- 8)) ^ zeros
        var decimals = 0
        let late = point(in: tail)
        if late != 0 {
            let top = late.trailingZeroBitCount
            decimals = 7 &- top / 8
            tail = closed(tail, top, filling: head &>> 56)
            head = head &<< 8
            guard decimals > 0 else { return nil }
        } else {
            let early = point(in: head)
            if early != 0 {
                let top = early.trailingZeroBitCount
                decimals = 15 &- top / 8
                head = closed(head, top)
                guard decimals &+ 1 < Int(length) else { return nil }
            }
        }
        guard areDigits(head), areDigits(tail) else { return nil }
        return (number(head) &* 100_000_000 &+ number(tail), decimals)
    }
}
