import Indicators

extension CheckReport {
    /// The checks with their cells, for machines: keys sorted, what is missing `null`.
    var json: [UInt8] {
        let outcomes = outcomes
        var members: JSON.Members = [
            "pipeline": .text(pipeline),
            "file": .text(file),
            "as_of": JSON(asOf?.description),
            "verdict": JSON(faults.isEmpty ? verdict?.rawValue : nil),
            "checks": .array(outcomes.map(object)),
            "counts": .object(
                JSON.Members(Verdict.allCases.map { ($0.rawValue, .integer(count(of: $0, in: outcomes))) })
            ),
            "findings": .text(FindingCounts(findings).line),
            "faults": .array(
                faults.map {
                    .object([
                        "file": .text($0.file), "line": $0.line > 0 ? .integer($0.line) : .null, "text": .text($0.text),
                    ])
                }
            ),
            "seconds": .number(Double(Self.milliseconds(seconds)) ?? 0),
        ]
        if let ended { members["ended"] = .integer(ended) }
        return JSON.object(members).bytes
    }

    private func object(_ outcome: CheckOutcome) -> JSON {
        .object([
            "check": .text(outcome.check.id),
            "metric": .text(outcome.check.metric),
            "owner": JSON(outcome.check.owner.isEmpty ? nil : outcome.check.owner),
            "line": .integer(outcome.check.line),
            "verdict": .text(outcome.verdict.rawValue),
            "cells": .array(
                outcome.cells.map { cell in
                    .object([
                        "selection": .text(cell.selection),
                        "value": cell.value.numeric.map(JSON.number) ?? .null,
                        "warn_if": JSON(cell.warnIf.isEmpty ? nil : cell.warnIf),
                        "fail_if": JSON(cell.failIf.isEmpty ? nil : cell.failIf),
                        "verdict": .text(cell.verdict.rawValue),
                        "message": .text(cell.message),
                        "grade": JSON(cell.grade.isEmpty ? nil : cell.grade),
                    ])
                }
            ),
        ])
    }

    /// A GitLab code quality report: an entry for each cell that does not pass, at the line of its check, for whatever
    /// kept the run from its end, and for each warning among the findings.
    ///
    /// A fingerprint is that of check and selection, not of the numbers, so that a cell that fails twice is not new.
    var gitlabCodeQuality: [UInt8] {
        var entries: [JSON] = faults.map { fault in
            entry(fault.text, "not-done", [fault.file, fault.text], "blocker", fault.file, fault.line)
        }
        for outcome in outcomes {
            for cell in outcome.cells where cell.verdict == .fail || cell.verdict == .warn {
                let owner = outcome.check.owner.isEmpty ? "" : " (owner: \(outcome.check.owner))"
                entries.append(
                    entry(
                        "\(cell.message) [\(cell.selection)]\(owner)",
                        outcome.check.id,
                        [outcome.check.id, cell.selection],
                        isFailure(cell.verdict) ? "critical" : "minor",
                        file,
                        outcome.check.line
                    )
                )
            }
        }
        var copies: [[String]: Int] = [:]
        for finding in findings where finding.severity > .note {
            let path = finding.file.isEmpty ? file : pathOfFile(finding.file)
            let identity = [finding.code, path, finding.column, finding.found]
            copies[identity, default: 0] += 1
            entries.append(
                entry(
                    "\(finding.code): found \(finding.found); expected \(finding.expected)",
                    finding.code,
                    identity + [String(copies[identity] ?? 1)],
                    finding.severity == .error ? "major" : "info",
                    path,
                    finding.line
                )
            )
        }
        return JSON.array(entries).bytes
    }

    private func entry(
        _ description: String,
        _ name: String,
        _ identity: [String],
        _ severity: String,
        _ path: String,
        _ line: Int
    ) -> JSON {
        .object([
            "description": .text(description.onOneLine),
            "check_name": .text(name),
            "fingerprint": .text(Self.fingerprint(of: [pipeline] + identity)),
            "severity": .text(severity),
            "location": .object(["path": .text(path), "lines": .object(["begin": .integer(max(1, line))])]),
        ])
    }

    /// FNV-1a of 64 bits as hexadecimal digits; a NUL ends each part.
    private static func fingerprint(of parts: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = hash &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
