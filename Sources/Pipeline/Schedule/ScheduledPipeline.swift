/// A pipeline with all that a scheduler has to know of it.
package struct ScheduledPipeline: Sendable {
    /// Of `[a-z0-9-]`.
    package let name: String
    /// The pipeline file, absolute.
    let file: String
    /// The folder of the outputs, absolute.
    let outputs: String
    /// The `divide` that is to run it, absolute.
    let program: String
    /// What is said to `divide run` besides.
    let options: [String]
    /// The root of the repository that holds the pipeline file; else the deepest folder of both file and outputs.
    let root: String
    /// Whether the repository has the script that installs, builds and runs.
    let hasScript: Bool

    /// Reads and checks the pipeline file.
    ///
    /// - Parameters:
    ///   - pipeline: The path of the pipeline file.
    ///   - program: The path of the `divide` that is to run it.
    ///   - options: What is said to `divide run` besides.
    /// - Throws: ``RunFailure`` where the file is no pipeline, or a word cannot be written safely into a schedule.
    package init(pipeline: String, program: String, options: [String] = []) throws(RunFailure) {
        let description = try PipelineFile.read(pipeline, confinement: nil)
        let file = Paths.absolute(pipeline, from: Paths.workingDirectory)
        let root = Self.repository(of: file)
        try self.init(
            name: description.name,
            file: file,
            outputs: description.publication.folder,
            program: Paths.absolute(program, from: Paths.workingDirectory),
            options: options,
            root: root ?? Self.commonFolder(of: file, description.publication.folder),
            hasScript: root.map { if case .regular = FileKind(of: $0 + "/Pipelines/run") { true } else { false } }
                ?? false
        )
    }

    /// - Throws: ``RunFailure`` where a path holds a control character or a backslash: no two crons read those alike.
    init(
        name: String,
        file: String,
        outputs: String,
        program: String,
        options: [String] = [],
        root: String,
        hasScript: Bool
    ) throws(RunFailure) {
        for path in [file, outputs, program] + options
        where path.unicodeScalars.contains(where: { $0.value < 32 || $0 == "\\" }) {
            throw RunFailure(
                Problem(
                    file: path,
                    problem: "cannot be written into a schedule",
                    expected: "paths and options without control characters and backslashes",
                    hint: "schedulers do not agree on how to read them"
                )
            )
        }
        self.name = name
        self.file = file
        self.outputs = outputs
        self.program = program
        self.options = options
        self.root = root
        self.hasScript = hasScript
    }

    private static func commonFolder(of file: String, _ outputs: String) -> String {
        let shared = zip(file.split(separator: "/"), outputs.split(separator: "/")).prefix { $0 == $1 }
        return "/" + shared.map { String($0.0) }.joined(separator: "/")
    }

    /// The nearest folder upwards that holds a `.git`.
    private static func repository(of path: String) -> String? {
        var folder = Paths.parent(of: path)
        while true {
            switch FileKind(of: folder == "/" ? "/.git" : folder + "/.git") {
            case .directory, .regular: return folder
            case .missing, .special: break
            }
            if folder == "/" { return nil }
            folder = Paths.parent(of: folder)
        }
    }

    /// What a scheduler is told, ready to be put where its first line says.
    package func text(_ form: Schedule.Form, _ schedule: Schedule) -> String {
        switch form {
        case .cron: crontabLine(schedule)
        case .systemd: service + "\n" + timer(schedule)
        case .github: githubWorkflow(schedule)
        case .gitlab: gitlabJob(schedule)
        }
    }
}

extension ScheduledPipeline {
    /// What a machine's own scheduler runs.
    private var command: [String] {
        [program, "run", file] + (options.contains("--quiet") ? [] : ["--quiet"]) + options
    }

    private func crontabLine(_ schedule: Schedule) -> String {
        let command = command.map(Self.shellWord).joined(separator: " ")
        // To cron, % ends the command; to a shell it is a letter like any other.
        let escaped = command.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "\\%")
        let zone = schedule.zone.map { "# \(schedule.words); cron goes by the clock of the machine: set it to \($0)\n" }
        return (zone ?? "# \(schedule.words), by the clock of the machine\n") + "\(schedule.cronFields) \(escaped)\n"
    }

    private var service: String {
        """
        # /etc/systemd/system/divide-\(name).service
        [Unit]
        Description=divide: pipeline \(name)

        [Service]
        Type=oneshot
        ExecStart=\(unitCommand)
        # 75: another run of this pipeline is at work, which is no failure. 1: a check failed, which is one.
        SuccessExitStatus=75
        Nice=10

        """
    }

    /// systemd takes no quotes in the name of a program and fills nothing in there, so that an odd one goes by a shell.
    private var unitCommand: String {
        let isPlain = Self.shellWord(program) == program
        return ((isPlain ? [] : ["/bin/sh", "-c", "exec \"$0\" \"$@\""]) + command).map(Self.unitWord)
            .joined(separator: " ")
    }

    private func timer(_ schedule: Schedule) -> String {
        """
        # /etc/systemd/system/divide-\(name).timer
        [Unit]
        Description=divide: pipeline \(name), \(schedule.words)

        [Timer]
        OnCalendar=\(schedule.calendarExpression)
        Persistent=true

        [Install]
        WantedBy=timers.target

        """
    }

    private func githubWorkflow(_ schedule: Schedule) -> String {
        let zone = schedule.zone.map { "\n      timezone: \(Self.yaml($0))" } ?? " # UTC"
        return """
            # .github/workflows/divide-\(name).yml
            name: \(Self.yaml("divide: \(name)"))
            on:
              schedule:
                - cron: \(Self.yaml(schedule.cronFields))\(zone)
              workflow_dispatch:
            permissions:
              contents: read
            concurrency:
              group: divide-\(name)
            jobs:
              divide:
                runs-on: ubuntu-24.04
                container: swift:6.3-bookworm
                timeout-minutes: 60
                steps:
                  - uses: actions/checkout@v4
                  - name: Run the pipeline
                    run: \(Self.yaml(Self.expressionFree(jobCommand)))
                  - name: Keep the outputs
                    if: always()
                    uses: actions/upload-artifact@v4
                    with:
                      name: divide-\(name)
                      path: \(Self.yaml(Self.expressionFree(fromRoot(outputs))))

            """
    }

    private func gitlabJob(_ schedule: Schedule) -> String {
        let folder = fromRoot(outputs)
        let quality = "divide-\(name).codequality.json"
        return """
            # .gitlab-ci.yml; under Build, Pipeline schedules: \(schedule.cronFields) (\(schedule.words))
            divide-\(name):
              image: swift:6.3-bookworm
              rules:
                - if: $CI_PIPELINE_SOURCE == "schedule"
              resource_group: divide-\(name)
              script:
                - \(Self.yaml(jobCommand + " --report gitlab=\(quality)"))
              artifacts:
                when: always
                paths:
                  - \(Self.yaml(folder))
                reports:
                  junit: \(Self.yaml(folder + "/checks.junit.xml"))
                  codequality: \(quality)

            """
    }

    /// What a job runs from the root of the repository.
    private var jobCommand: String {
        let words = hasScript ? ["Pipelines/run", fromRoot(file)] : ["divide", "run", fromRoot(file)]
        return (words + options).map(Self.shellWord).joined(separator: " ")
    }

    private func fromRoot(_ path: String) -> String { Paths.relative(path, to: root) }

    // MARK: - Spelling

    /// A word that a shell takes as it is, in single quotes where it has to be.
    static func shellWord(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "/._-+,:=@".utf8.contains(byte)
            }
        if isPlain { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// A word of `ExecStart=`: in double quotes, specifiers and variables made harmless.
    static func unitWord(_ word: String) -> String {
        var spelt = ""
        var needsQuotes = word.isEmpty
        for scalar in word.unicodeScalars {
            switch scalar {
            case "%": spelt += "%%"
            case "$": spelt += "$$"
            case "\"", "\\":
                spelt += "\\"
                spelt.unicodeScalars.append(scalar)
                needsQuotes = true
            default:
                spelt.unicodeScalars.append(scalar)
                if scalar == " " || scalar == "'" || scalar == ";" { needsQuotes = true }
            }
        }
        return needsQuotes ? "\"\(spelt)\"" : spelt
    }

    /// A text in YAML's double quotes.
    static func yaml(_ text: String) -> String {
        var spelt = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: spelt += "\\" + String(scalar)
            case 0..<0x20, 0x7F...0xA0, 0x2028, 0x2029, 0xFEFF:
                let digits = String(scalar.value, radix: 16)
                spelt += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: spelt.unicodeScalars.append(scalar)
            }
        }
        return "\"\(spelt)\""
    }

    /// A text in which GitHub finds no expression to fill in.
    private static func expressionFree(_ text: String) -> String {
        var rest = Substring(text)
        var spelt = ""
        while let next = rest.unicodeScalars.first {
            if rest.hasPrefix("${{") {
                spelt += "${{ '${{' }}"
                rest = rest.dropFirst(3)
            } else {
                spelt.unicodeScalars.append(next)
                rest.unicodeScalars.removeFirst()
            }
        }
        return spelt
    }
}
