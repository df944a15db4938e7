internal import Publish

/// The reports of one command: those asked for, and those that the environment obviously wants.
///
/// In a GitHub workflow (`GITHUB_ACTIONS`) annotations are printed and the job summary is added to. A GitLab job reads
/// files that its definition names, so there is nothing to do but to say which (``hint(for:)``).
package struct Reporting: Sendable {
    private let orders: [ReportOrder]
    private let environment: [String: String]
    private let pipeline: String
    private let confinement: String?
    private let warningsAsFailures: Bool

    /// What became of the reports.
    package struct Outcome: Sendable {
        /// To be printed on standard output as it is.
        package var standardOutput: [UInt8] = []
        /// To be printed where GitHub reads it: standard output, or standard error where a report has that.
        package var annotations: [UInt8] = []
        /// Reports that were asked for and could not be written.
        package var problems: [Problem] = []
        /// What the environment wants and could not be given.
        package var remarks: [Problem] = []
    }

    /// - Parameters:
    ///   - orders: What was asked for.
    ///   - environment: The variables of the process.
    ///   - pipeline: The path of the pipeline file, as given.
    ///   - confinement: The argument of `--confined`.
    ///   - warningsAsFailures: Whether a warning ends the command with 1.
    package init(
        _ orders: [ReportOrder],
        environment: [String: String],
        pipeline: String,
        confinement: String?,
        warningsAsFailures: Bool
    ) {
        self.orders = orders
        self.environment = environment
        self.pipeline = pipeline
        self.confinement = confinement
        self.warningsAsFailures = warningsAsFailures
    }

    /// Whether standard output belongs to a report.
    package var takesStandardOutput: Bool {
        orders.contains(where: \.goesToStandardOutput)
    }

    /// Writes the reports of a run that came to its end.
    package func write(_ run: RunReport) -> Outcome {
        write(located(run.checkReport, seconds: run.stages.reduce(0) { $0 + $1.seconds }))
    }

    /// Writes the reports of a run that could not go on: one fault for each of its problems.
    package func write(_ failure: RunFailure) -> Outcome {
        let name = pipeline.split(separator: "/").last.map(String.init) ?? pipeline
        let stem = name.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? name
        var report = CheckReport(pipeline: stem, file: pipeline)
        report.faults = failure.problems.map { problem in
            CheckReport.Fault(
                file: problem.file,
                line: problem.place?.line ?? 0,
                column: problem.place?.column ?? 0,
                text: problem.description
            )
        }
        return write(located(report, seconds: 0), onlyOverReports: true)
    }

    /// What to put into the definition of a GitLab job so that it reads the checks; `nil` elsewhere, and where
    /// reports were asked for.
    package func hint(for run: RunReport) -> String? {
        guard environment["GITLAB_CI"] != nil, orders.isEmpty, let folder = run.destination else { return nil }
        return "to show the checks in GitLab, name \(folder)/checks.junit.xml under artifacts: reports: junit:"
    }

    /// - Parameter onlyOverReports: Whether a file that is no report stays as it is. A run that could not go on may not
    ///   have come so far as to see that a path leads to an input of its own.
    private func write(_ report: CheckReport, onlyOverReports: Bool = false) -> Outcome {
        var outcome = Outcome()
        for order in orders {
            let bytes = report.bytes(as: order.format)
            if order.goesToStandardOutput {
                outcome.standardOutput += bytes
                continue
            }
            do throws(RunFailure) {
                let file = WholeFile(path: order.target)
                guard let paths else { continue }
                let obstacle = file.obstacle(confinement: paths)
                if onlyOverReports, obstacle != nil || !order.leadsToReportOrNothing { continue }
                if let obstacle { throw RunFailure(obstacle) }
                if order.format == .githubSummary {
                    try file.append(bytes)
                } else {
                    try file.write(bytes)
                }
            } catch {
                outcome.problems += error.problems
            }
        }
        if environment["GITHUB_ACTIONS"] == "true" { serveGitHub(report, &outcome) }
        return outcome
    }

    private func serveGitHub(_ report: CheckReport, _ outcome: inout Outcome) {
        if !orders.contains(where: { $0.format == .github }) { outcome.annotations = report.bytes(as: .github) }
        guard !orders.contains(where: { $0.format == .githubSummary }),
            let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty
        else { return }
        let summary = ReportOrder(.githubSummary, path: path)
        guard paths?.isAllowed(summary.target) == true else {
            outcome.remarks.append(
                Problem(file: path, problem: "the job summary is left out", found: "a path outside --confined")
            )
            return
        }
        do {
            try WholeFile(path: summary.target).append(report.bytes(as: .githubSummary))
        } catch {
            outcome.remarks += error.problems
        }
    }

    private var paths: Paths? { try? Paths(pipeline: pipeline, confinement: confinement) }

    /// The report with its files named from the root of the repository that the job works on, else from the working
    /// directory, and with the times of now.
    private func located(_ report: CheckReport, seconds: Double) -> CheckReport {
        let workingDirectory = Paths.workingDirectory
        let pipelinePath = Paths.absolute(pipeline, from: workingDirectory)
        let root =
            ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].compactMap { environment[$0] }
            .first { $0.hasPrefix("/") && pipelinePath.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
            ?? workingDirectory
        let folder = Paths.parent(of: pipelinePath)
        let (given, known) = (pipeline, Paths.relative(pipelinePath, to: root))
        var located = report
        located.file = known
        // Findings and faults name files from the pipeline's folder, but the pipeline file as it was given.
        located.pathOfFile = { name in
            name == given ? known : Paths.relative(Paths.absolute(name, from: folder), to: root)
        }
        located.faults = report.faults.map { fault in
            var fault = fault
            fault.file = located.pathOfFile(fault.file)
            return fault
        }
        located.warningsAsFailures = warningsAsFailures
        located.seconds = seconds
        located.ended = Timestamp.secondsSince1970
        return located
    }
}
