public import ArgumentParser
public import Indicators
internal import Pipeline

extension Language: ExpressibleByArgument {}

/// In which language and form an answer is printed.
struct AnswerOptions: ParsableArguments {
    @Option(help: "The language of names and definitions: en, th or lo.")
    var language = Language.english

    @Flag(help: "Print CSV, all columns.")
    var csv = false

    @Flag(help: "Print JSON, the same cells.")
    var json = false

    func validate() throws {
        if csv && json { throw ValidationError("expected --csv or --json, not both") }
    }

    /// Prints a table for machines, and tells whether it did.
    func printForMachines(_ table: Table) -> Bool {
        if csv { printResult(bytes: Printed.csv(table)) }
        if json { printResult(bytes: Printed.json(table)) }
        return csv || json
    }
}
