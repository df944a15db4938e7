internal import Foundation
internal import Indicators
internal import Publish

/// One report that a command is asked for: `junit=build/checks.xml`.
package struct ReportOrder: Hashable, Sendable {
    let format: ReportFormat
    /// From the working directory; ``standardOutput`` for standard output.
    package let path: String

    package static let standardOutput = "-"

    /// The words for the formats, in the order in which help texts name them.
    package static let formats = ReportFormat.allCases.map(\.rawValue)

    /// Reads `FORMAT=PATH`.
    ///
    /// - Throws: ``ReportOrderError`` where there is no such format or no path.
    package init(parsing text: String) throws(ReportOrderError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let formats = Self.formats.joined(separator: ", ")
        guard parts.count == 2, !parts[1].isEmpty, !parts[1].utf8.contains(0) else {
            throw ReportOrderError(
                description: "expected FORMAT=PATH, found \(Printable.quoted(text)); FORMAT is one of \(formats)"
            )
        }
        guard let format = ReportFormat(rawValue: parts[0]) else {
            let hint = Indicators.hint(for: parts[0], among: Self.formats)
            throw ReportOrderError(
                description: "expected one of \(formats) before =, found \(Printable.quoted(parts[0]))"
                    + (hint.isEmpty ? "" : "; \(hint)")
            )
        }
        self.format = format
        path = parts[1]
    }

    init(_ format: ReportFormat, path: String) {
        self.format = format
        self.path = path
    }

    var goesToStandardOutput: Bool { path == Self.standardOutput }

    /// Where the report goes, links resolved: a link stays, what it leads to is replaced.
    var target: String {
        let absolute = Paths.absolute(path, from: Paths.workingDirectory)
        return Paths.resolved(absolute) ?? absolute
    }
}

extension ReportOrder {
    /// Whether what stands at the path is an earlier report of the same format, or nothing.
    var leadsToReportOrNothing: Bool {
        switch FileKind(of: target) {
        case .missing: return true
        case .directory: return false
        case .special: return true
        case .regular(let bytes):
            guard bytes > 0, let file = FileHandle(forReadingAtPath: target) else { return bytes == 0 }
            defer { try? file.close() }
            let start = (try? file.read(upToCount: 200)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            return format.isBegun(by: start)
        }
    }
}

extension ReportFormat {
    /// Whether a report of this format begins like that.
    fileprivate func isBegun(by start: String) -> Bool {
        let lines = start.split(separator: "\n", omittingEmptySubsequences: false)
        switch self {
        case .junit: return lines.count > 1 && lines[1].hasPrefix("<testsuites name=\"divide\"")
        case .openmetrics: return start.hasPrefix("# HELP divide_run_done ")
        case .json: return start.hasPrefix("{\n  \"as_of\" : ")
        case .gitlab: return start == "[\n\n]\n" || start.hasPrefix("[\n  {\n    \"check_name\" : ")
        case .github: return start.hasPrefix("::error file=") || start.hasPrefix("::warning file=")
        case .githubSummary, .markdown:
            let verdicts = ["not done", "no checks"] + Verdict.allCases.map(\.rawValue)
            return verdicts.contains { lines[0].hasPrefix("# ") && lines[0].hasSuffix(": \($0)") }
        }
    }
}

/// Words that order no report: wrong usage.
package struct ReportOrderError: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
}

extension [ReportOrder] {
    /// Refuses reports that could not be written, or would replace what they must not, before any work is done.
    ///
    /// - Throws: ``RunFailure`` with every such path.
    func refuseUnwritable(for pipeline: PipelineOutline) throws(RunFailure) {
        guard contains(where: { !$0.goesToStandardOutput }) else { return }
        var problems: [Problem] = []
        var targets: Set<String> = []
        let pipelineFile = Paths.absolute(pipeline.file, from: Paths.workingDirectory)
        let kept = Set(
            ([pipelineFile] + pipeline.inputFiles.map(pipeline.paths.absolute)).map { Paths.resolved($0) ?? $0 }
        )
        let folder = Paths.resolved(pipeline.publication.folder) ?? pipeline.publication.folder
        for order in self where !order.goesToStandardOutput {
            let target = order.target
            if let problem = WholeFile(path: target).obstacle(confinement: pipeline.paths) {
                problems.append(problem.named(order.path))
            } else if kept.contains(target) {
                problems.append(Problem(file: order.path, problem: "the report would replace an input"))
            } else if target.hasPrefix(folder + "/") {
                problems.append(
                    Problem(
                        file: order.path,
                        problem: "the report would lie among the outputs, which the next run replaces",
                        expected: "a path outside the folder of publish.to",
                        hint: "checks.junit.xml and checks.md land there by themselves"
                    )
                )
            } else if case .special = FileKind(of: target) {
                continue
            } else if !targets.insert(target).inserted {
                problems.append(Problem(file: order.path, problem: "two reports to one path"))
            }
        }
        if !problems.isEmpty { throw RunFailure(problems) }
    }
}

extension Problem {
    /// The same under the name that the person wrote.
    fileprivate func named(_ file: String) -> Problem {
        var problem = self
        problem.file = file
        return problem
    }
}
