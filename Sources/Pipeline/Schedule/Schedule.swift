/// When a pipeline is to run by itself.
package struct Schedule: Hashable, Sendable {
    package enum Rhythm: String, Hashable, Sendable, CaseIterable {
        case day
        /// On Mondays.
        case week
        /// On its first day.
        case month
        /// On the first days of January, April, July and October.
        case quarter
    }

    /// What can be told of it.
    package enum Form: String, Hashable, Sendable, CaseIterable {
        case cron, systemd, github, gitlab
    }

    package let rhythm: Rhythm
    package let hour: Int
    package let minute: Int
    /// An IANA name such as `Asia/Vientiane`; `nil` for the zone of the machine.
    package let zone: String?

    /// - Returns: `nil` where the day has no such time or `zone` is no zone's name.
    package init?(every rhythm: Rhythm, at time: String, zone: String? = nil) {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) }),
            parts[1].utf8.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        if let zone {
            let isName = zone.utf8.allSatisfy { isDigit($0) || isLetter($0) || "/_+-".utf8.contains($0) }
            guard isName, let first = zone.utf8.first, isLetter(first), zone.utf8.count <= 64 else { return nil }
        }
        self.rhythm = rhythm
        self.hour = hour
        self.minute = minute
        self.zone = zone
    }

    /// The five fields of a crontab line.
    var cronFields: String {
        switch rhythm {
        case .day: "\(minute) \(hour) * * *"
        case .week: "\(minute) \(hour) * * 1"
        case .month: "\(minute) \(hour) 1 * *"
        case .quarter: "\(minute) \(hour) 1 1,4,7,10 *"
        }
    }

    /// The expression of `OnCalendar=`.
    var calendarExpression: String {
        let days =
            switch rhythm {
            case .day: "*-*-*"
            case .week: "Mon *-*-*"
            case .month: "*-*-01"
            case .quarter: "*-01,04,07,10-01"
            }
        return "\(days) \(Self.two(hour)):\(Self.two(minute)):00" + (zone.map { " \($0)" } ?? "")
    }

    /// In words: `every month at 06:00, Asia/Vientiane`.
    package var words: String {
        "every \(rhythm.rawValue) at \(Self.two(hour)):\(Self.two(minute))" + (zone.map { ", \($0)" } ?? "")
    }

    private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
