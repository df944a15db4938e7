internal import Foundation
internal import Glibc
internal import Indicators

/// Colours, where a person looks: on a terminal that has them, and not with `NO_COLOR`.
///
/// Colour repeats what the words say; nothing is told by colour alone.
struct TerminalStyle {
    let isColoured: Bool

    init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    init(descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
        // An empty NO_COLOR is none: no-color.org.
        isColoured =
            isatty(descriptor) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// How many cells a line of the terminal has; `nil` where there is none, or it does not say.
    static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard isatty(descriptor) == 1, unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// A line that begins with a verdict, the verdict in its colour.
    func verdict(_ line: String) -> String {
        guard isColoured, let word = line.split(separator: " ").first, let verdict = Verdict(rawValue: String(word)),
            let code = Self.code(of: verdict)
        else { return line }
        return "\u{1B}[\(code)m\(word)\u{1B}[0m" + line.dropFirst(word.count)
    }

    /// A line that ends with a verdict, the whole line in its colour.
    func line(_ text: String, _ verdict: Verdict?) -> String {
        guard isColoured, let code = verdict.flatMap(Self.code) else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    /// A heading.
    func heading(_ text: String) -> String {
        isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    private static func code(of verdict: Verdict) -> Int? {
        switch verdict {
        case .pass: 32
        case .warn: 33
        case .fail: 31
        case .skipped: nil
        }
    }
}
