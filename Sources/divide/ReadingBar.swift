internal import Records

/// How far the reading of records is, in less than a line: a bar, the rate and the time left.
struct ReadingBar {
    private var file = 0
    /// When the reading of the file began.
    private var start: ContinuousClock.Instant
    private static let width = 20

    init(start: ContinuousClock.Instant = .now) {
        self.start = start
    }

    /// - Parameters:
    ///   - reached: How far it is.
    ///   - now: When that was.
    /// - Returns: `[==        ] 20 %, 5000 records, 300 MB/s, 3 s left`, as much of it as is known.
    mutating func text(_ reached: RecordProgress, at now: ContinuousClock.Instant = .now) -> String {
        if reached.file != file { (file, start) = (reached.file, now) }
        let seconds = max(0.001, (now - start) / .seconds(1))
        let rate = Double(reached.bytes) / seconds
        var text = "\(reached.records) records, \(Int(rate / 1e6)) MB/s"
        if reached.files > 1 { text = "file \(reached.file + 1) of \(reached.files), " + text }
        guard let size = reached.size, size > 0, rate > 0 else { return text }
        let share = min(1, Double(reached.bytes) / Double(size))
        let filled = Int(share * Double(Self.width))
        let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: Self.width - filled)
        let left = Int((Double(max(0, size - reached.bytes)) / rate).rounded(.up))
        return "[\(bar)] \(Int(share * 100)) %, \(text), \(left) s left"
    }
}
