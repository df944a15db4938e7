internal import CScan

/// How the ends of fields and records are found: see `CScan.h`.
public enum ScanForm: Int32, CaseIterable, Sendable {
    /// Eight bytes at a time, in Swift.
    case portable = 0
    /// The vectors that every processor of the kind has.
    case baseline = 1
    case avx2 = 2

    /// The fastest that this processor has.
    public static let best = ScanForm(rawValue: cscan_best_form()) ?? .portable
    public static var available: [ScanForm] { allCases.filter { $0.rawValue <= best.rawValue } }
}

/// Delimiters and line feeds outside quotes, in memory that is used again for each stretch of bytes.
@safe struct RecordScan: ~Copyable {
    /// Room for so many positions at least: those of 64 bytes.
    static let leastCapacity = 64

    let form: ScanForm
    let delimiter: UInt8
    let quote: UInt8
    let checksUTF8: Bool
    /// `positions[0]` is the byte before the first looked at; the ends of fields come from 1 on.
    private(set) var found = cscan_found()
    let positions: UnsafeMutablePointer<UInt32>
    let breaks: UnsafeMutablePointer<UInt32>
    /// The ordinals, counted from 0, of the fields in which quotes are doubled, in order.
    let escapes: UnsafeMutablePointer<UInt32>
    let positionCapacity: Int
    let breakCapacity: Int

    init(form: ScanForm, options: CSVOptions, positionCapacity: Int, breakCapacity: Int) {
        self.form = form
        delimiter = options.delimiter
        quote = options.quote
        checksUTF8 = options.checksUTF8
        self.positionCapacity = max(RecordScan.leastCapacity, positionCapacity)
        self.breakCapacity = max(RecordScan.leastCapacity, breakCapacity)
        unsafe positions = .allocate(capacity: self.positionCapacity + 1)
        unsafe breaks = .allocate(capacity: self.breakCapacity)
        unsafe escapes = .allocate(capacity: self.breakCapacity)
    }

    deinit {
        unsafe positions.deallocate()
        unsafe breaks.deallocate()
        unsafe escapes.deallocate()
    }

    /// Looks at `bytes[start..<end]`, which begin a record and end with a line feed, as far as there is room.
    ///
    /// - Returns: The end of the last record found; `nil` where none was found whole, or where it takes libcsv to
    ///   tell what stands there.
    mutating func look(at bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
        unsafe positions[0] = UInt32(truncatingIfNeeded: start - 1)
        if form == .portable {
            found = unsafe findByWords(bytes, start, end)
        } else {
            found = unsafe cscan_find(
                form.rawValue,
                bytes,
                UInt32(start),
                UInt32(end),
                delimiter,
                quote,
                checksUTF8 ? 1 : 0,
                positions + 1,
                UInt32(positionCapacity),
                breaks,
                escapes,
                UInt32(breakCapacity)
            )
        }
        guard found.breaks > 0, !met(CSCAN_DOUBTFUL) else { return nil }
        let last = unsafe Int(positions[Int(breaks[Int(found.breaks) - 1]) + 1])
        if checksUTF8, met(CSCAN_HIGH) {
            let records = unsafe UnsafeBufferPointer(start: bytes + start, count: last + 1 - start)
            guard unsafe isUTF8(records) else { return nil }
        }
        return last + 1
    }

    private func met(_ kind: Int) -> Bool { found.met & UInt32(kind) != 0 }
    var hasQuotes: Bool { met(CSCAN_QUOTE) }
    var hasReturns: Bool { met(CSCAN_RETURN) }
    var hasQuotedFeeds: Bool { met(CSCAN_QUOTED_FEED) }
    var breakCount: Int { Int(found.breaks) }
    var escapeCount: Int { Int(found.escapes) }
}
