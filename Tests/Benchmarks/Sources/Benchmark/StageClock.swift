import Glibc
import Indicators

/// Prints what each stage took, as it ends.
struct StageClock {
    private let values: Int
    private let clock = ContinuousClock()
    private var first: ContinuousClock.Instant
    private var last: ContinuousClock.Instant
    private var processor = 0.0

    init(values: Int) {
        self.values = values
        first = clock.now
        last = first
    }

    /// Starts to count: what went before is not the stages' work.
    mutating func begin() {
        first = clock.now
        last = first
        processor = Self.usage.seconds
        print("\(values) values, \(Self.megabytes) MB before the first stage")
    }

    mutating func note(_ stage: String, rows tables: [Table]) {
        let now = clock.now
        let seconds = Self.usage.seconds
        let count = tables.reduce(0) { $0 + $1.rowCount }
        print(
            "\(Self.hundredths(now - last)) s (\(Self.hundredths(.seconds(seconds - processor))) s of all cores)",
            "\(Self.megabytes) MB at most",
            "\(count) rows",
            stage,
            separator: ", "
        )
        processor = seconds
        last = clock.now
    }

    mutating func finish() {
        let all = last - first
        let each = all / .seconds(1) / Double(max(1, values)) * 1e9
        print("\(Self.hundredths(all)) s in all, \(Int(each.rounded())) ns a value, \(Self.megabytes) MB at most")
    }

    private static func hundredths(_ duration: Duration) -> String {
        String(Double(Int((duration / .seconds(1) * 100).rounded())) / 100)
    }

    private static var megabytes: Int { usage.kilobytes / 1000 }

    /// Of this process: the seconds of all its threads, and the most memory that it ever held.
    private static var usage: (seconds: Double, kilobytes: Int) {
        var usage = rusage()
        unsafe getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return (seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss)
    }
}
