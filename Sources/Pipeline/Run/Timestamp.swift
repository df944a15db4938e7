internal import Glibc
internal import Indicators

/// A moment in UTC, by the system's clock. It enters a run only as the default of `as_of` and in the manifest.
struct Timestamp {
    let date: CalendarDate
    let secondsOfDay: Int
    let secondsSince1970: Int

    static var now: Timestamp { Timestamp(secondsSince1970: secondsSince1970) }

    static var secondsSince1970: Int {
        var moment = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &moment)
        return Int(moment.tv_sec)
    }

    init(secondsSince1970 seconds: Int) {
        secondsSince1970 = seconds
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        secondsOfDay = seconds - days * 86_400
        // Howard Hinnant's algorithm (chrono-compatible low-level date algorithms), for days since 1970-01-01.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        guard let date = CalendarDate(year: year, month: month, day: day) else {
            preconditionFailure("the clock is outside the years 1 to 9999")
        }
        self.date = date
    }

    /// `2026-11-23T05:06:07Z`.
    var text: String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(date)T\(two(secondsOfDay / 3_600)):\(two(secondsOfDay / 60 % 60)):\(two(secondsOfDay % 60))Z"
    }
}
