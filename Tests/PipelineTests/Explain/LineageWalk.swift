import Foundation
import Indicators

@testable import Pipeline

/// Asks every cell of every table of a run where it comes from, and holds the answer against the tables and the files.
///
/// One step a cell is enough: what a cell comes from are cells that are asked themselves, or cells of files.
struct LineageWalk {
    private let results: Results
    private let lineage: Lineage
    private var lines: [String: [String]] = [:]
    private var read: Set<Origin> = []
    /// Derivations of many cells that are all compared among the same values, and what they came to.
    private var common: [String: (Derivation, Evaluator.Outcome)] = [:]

    private(set) var cells = 0
    /// How many were worked out again, by table and rule.
    private(set) var recomputed: [String: Int] = [:]
    /// What is wrong, the first twenty.
    private(set) var faults: [String] = []

    init(pipeline: String, asOf: CalendarDate) throws {
        let description = try PipelineFile.read(pipeline, confinement: nil)
        let trace = Trace()
        var watch = Stopwatch()
        results = try Results(description, asOf: asOf, watch: &watch, trace: trace)
        lineage = Lineage(results, trace: trace)
    }

    var tableNames: [String] { results.tables.map(\.schema.name) }

    /// Tables of which no cell was asked.
    private(set) var unvisited: [String] = []

    /// Asks every cell; or with `rows`, of tables with more, those of about so many rows, evenly spread from the first on.
    mutating func walk(rows most: Int = .max) throws {
        for table in results.tables.indices {
            let count = results.tables[table].rowCount
            if count == 0 { unvisited.append(results.tables[table].schema.name) }
            for row in stride(from: 0, to: count, by: max(1, count / most)) {
                for column in results.tables[table].schema.columns.indices {
                    try visit(CellPosition(table: table, row: row, column: column))
                }
            }
        }
    }

    /// The whole derivation of every `step`th cell, as text and as JSON.
    func sample(every step: Int, _ body: (Explanation) throws -> Void) throws {
        var count = 0
        for table in results.tables.indices {
            for row in 0..<results.tables[table].rowCount {
                for column in results.tables[table].schema.columns.indices {
                    count += 1
                    guard count % step == 0 else { continue }
                    let position = CellPosition(table: table, row: row, column: column)
                    try body(try ExplanationBuilder.explanation(of: position, lineage))
                }
            }
        }
    }

    private mutating func visit(_ position: CellPosition) throws {
        cells += 1
        let table = results.tables[position.table]
        let cell = table[position.row, position.column]
        let derivation = try lineage.derivation(of: position)
        let outcome = try self.outcome(of: derivation, for: position)
        if outcome != .words { recomputed["\(table.schema.name) \(derivation.rule)", default: 0] += 1 }
        let address = { table.address(row: position.row, column: position.column) }
        if !Evaluator.agrees(outcome, cell) {
            fault("\(address()) holds \(cell.text), \(derivation.rule) gives \(outcome)")
        }
        if cell == .missing, outcome != .missing, outcome != .words { fault("\(address()) is empty without a reason") }
        if derivation.statement.isEmpty { fault("\(address()) has no words") }
        try checkWords(derivation, cell, address)
    }

    private mutating func outcome(of derivation: Derivation, for position: CellPosition) throws -> Evaluator.Outcome {
        // The limits, means and counts of a scale are those of hundreds of rows at once.
        let key = derivation.inputs.count > 200 ? "\(position.table) \(position.column) \(derivation.parameters)" : nil
        if let key, let known = common[key], known.0 == derivation { return known.1 }
        let evaluator = Evaluator(derivation: derivation, inputs: try derivation.inputs.map { try input($0) })
        let outcome = evaluator.outcome()
        if let key { common[key] = (derivation, outcome) }
        return outcome
    }

    private mutating func input(_ input: Derivation.Input) throws -> Evaluator.Input {
        var found = Evaluator.Input(role: input.role, subject: input.subject, value: .missing)
        switch input.source {
        case .cell(let address):
            found.value = lineage[try lineage.position(of: address)]
        case .observation(let key, let aspect):
            found.value = lineage[try lineage.position(of: key, aspect)]
            found.year = key.year
        case .raw(let raw):
            if case .number(let number) = raw.reading { found.value = .number(number) }
            found.text = raw.text
            checkRaw(raw)
        case .intermediate(let value, let derivation):
            found.value = value
            let inputs = try derivation.inputs.map { try self.input($0) }
            found.year = inputs.compactMap(\.year).first
            let outcome = Evaluator(derivation: derivation, inputs: inputs).outcome()
            if !Evaluator.agrees(outcome, value) { fault("\(derivation.rule) gives \(outcome), not \(value.text)") }
        case .place(let code, let column):
            let place = lineage.files.place(code, column: column)
            found.value = Double(place.text).map(Cell.number) ?? .text(place.text)
            if !line(place.line, of: place.file).hasPrefix(code + ",") { fault("\(code) is not at \(place.words)") }
        case .indicator(let id):
            let place = lineage.files.indicator(id)
            // A node of an index is called INDEX.NODE, and stands in the pipeline file by its own id.
            let own = id.split(separator: ".").last ?? ""
            if !line(place.line, of: place.file).contains("id: \(own)") { fault("\(id) is not at \(place.words)") }
        case .declaration(let file, let line, _):
            if line > 0, self.line(line, of: file).isEmpty { fault("nothing stands at \(file):\(line)") }
        }
        return found
    }

    /// What rules of words say, where it can be checked.
    private mutating func checkWords(_ derivation: Derivation, _ cell: Cell, _ address: () -> String) throws {
        switch derivation.rule {
        case "catalogue":
            guard case .indicator(let id)? = derivation.inputs.first?.source,
                let indicator = results.inputs.description.catalogue[id]
            else { return fault("\(address()) names no entry") }
            if cell.text != indicator.unit, cell.text != indicator.direction.rawValue {
                fault("\(address()) is not what the catalogue says")
            }
        case "year-pair":
            let years = derivation.parameters.filter { $0.name.hasPrefix("years of") }.map {
                $0.value.split(separator: " ")
            }
            if years.count != 2 || !years.contains(where: { $0.contains(Substring(cell.text)) }) {
                fault("\(address()) is not among the years")
            }
        case "origin":
            guard case .raw(let raw)? = derivation.inputs.first?.source else {
                return fault("\(address()) has no cell")
            }
            if ![raw.origin.file, raw.origin.column, String(raw.origin.record)].contains(cell.text) {
                fault("\(address()) is not where the cell stands")
            }
        case "read", "status", "key", "treatment", "grade", "declared", "finding", "message", "note", "basis", "empty",
            "standard-error":
            break
        default:
            if derivation.inputs.isEmpty, derivation.rule != "whole" { fault("\(address()) comes from nothing") }
        }
    }

    // MARK: Files

    /// Whether the text that a cell is said to hold stands in its file, in that line and field.
    private mutating func checkRaw(_ raw: RawValue) {
        guard read.insert(raw.origin).inserted else { return }
        let fields = Self.fields(of: line(raw.origin.line, of: raw.origin.file))
        guard fields.indices.contains(raw.origin.field - 1) else {
            return fault("\(raw.origin.file):\(raw.origin.line) has no field \(raw.origin.field)")
        }
        let found = fields[raw.origin.field - 1].trimmingCharacters(in: .whitespaces)
        if found != raw.text.trimmingCharacters(in: .whitespaces) {
            fault("\(raw.origin.file):\(raw.origin.line), \(raw.origin.field) holds \(found), not \(raw.text)")
        }
    }

    private mutating func line(_ number: Int, of file: String) -> String {
        let paths = results.inputs.description.paths
        let path = file == results.inputs.description.file ? file : paths.absolute(file)
        if lines[path] == nil {
            let data = (try? Data(contentsOf: URL(filePath: path))) ?? Data()
            let text = String(decoding: data, as: UTF8.self).replacing("\u{FEFF}", with: "").replacing(
                "\r\n",
                with: "\n"
            )
            lines[path] = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        guard let all = lines[path], all.indices.contains(number - 1) else { return "" }
        return all[number - 1]
    }

    /// The fields of a record on one line, by RFC 4180.
    static func fields(of line: String) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    private mutating func fault(_ text: String) {
        if faults.count < 20 { faults.append(text) }
    }
}
