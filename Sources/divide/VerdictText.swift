internal import ArgumentParser
internal import Glibc
internal import Indicators
internal import Pipeline

/// Verdicts in words.
enum VerdictText {
    /// One line for each verdict: `fail  gaps.parity [indicator=...] 0.52: message`.
    static func lines(of report: RunReport) -> [String] {
        guard let checks = report.checks else { return [] }
        return (0..<checks.rowCount).map { row in
            let verdict = checks[row, "verdict"].text
            let padding = String(repeating: " ", count: max(0, 8 - verdict.count))
            let message = checks[row, "message"].text
            let selection = checks[row, "selection"].text
            return Printable.escaped(
                verdict + padding + checks[row, "check"].text
                    + (selection.isEmpty ? "" : " [\(selection)]") + value(in: checks, row)
                    + (message.isEmpty ? "" : ": \(message)")
            )
        }
    }
}

extension VerdictText {
    /// ` = 0.52`; empty where nothing was judged.
    private static func value(in checks: Table, _ row: Int) -> String {
        let value = checks[row, "value"].text + checks[row, "word"].text
        return value.isEmpty ? "" : " = \(value)"
    }
}

/// Verdicts as exit codes.
enum Verdicts {
    static func exit(_ report: RunReport, warningsAsFailures: Bool) throws {
        switch report.verdict {
        case .fail: throw ExitCode(1)
        case .warn where warningsAsFailures: throw ExitCode(1)
        case .warn, .pass, .skipped, nil: return
        }
    }
}

/// Prints results on standard output.
func printResult(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    writeAll(lines.joined(separator: "\n") + "\n", to: STDOUT_FILENO)
}

/// Prints a file on standard output as it is.
func printResult(bytes: [UInt8]) {
    writeAll(bytes, to: STDOUT_FILENO)
}
