internal import Indicators

/// Works out where a cell of a pipeline's outputs comes from, down to the cells of the input files.
///
/// The run is worked out again from its inputs, which must be those of the run whose outputs stand in the output folder.
/// Nothing is written.
///
/// - Parameters:
///   - question: Which cell.
///   - order: Of which pipeline. Without a day, the day of the run that has landed.
/// - Returns: The cell, what it comes from, and so on to the files.
/// - Throws: ``RunFailure`` where an input has changed since that run, the run cannot go on, or there is no such cell.
package func explain(_ question: CellQuestion, _ order: RunOrder) throws(RunFailure) -> Explanation {
    let description = try PipelineFile.read(order.pipeline, confinement: order.confinement)
    let landed = try LandedRun(of: description)
    try landed?.refuseChanges(in: description)
    let asOf = order.asOf ?? landed?.asOf ?? description.asOf ?? Timestamp.now.date
    let trace = Trace()
    var watch = Stopwatch()
    let work = EarlierWork(landedBy: description, asOf: asOf)
    let results = try Results(description, asOf: asOf, watch: &watch, trace: trace, work: work)
    let finder = CellFinder(tables: results.tables)
    let position =
        switch question {
        case .address(let address): try finder.find(address)
        case .description(let cell): try finder.find(cell, names: trace.names)
        }
    var explanation = try ExplanationBuilder.explanation(of: position, Lineage(results, trace: trace))
    let table = results.tables[position.table]
    if let grade = table.schema.index(of: "grade"),
        table[position.row, grade].text == Grade.illustrative.rawValue
    {
        explanation.notes.append("illustrative: made up, not measured, or worked out from what is")
    }
    if let landed {
        let difference = landed.difference(from: table, dialect: description.publication.dialect)
        explanation.notes += landed.unknown + [difference].compactMap { $0 }
    } else {
        let folder = Paths.relative(description.publication.folder, to: Paths.workingDirectory)
        explanation.notes.append("no run stands in \(folder): this is of the inputs as they are, as of \(asOf)")
    }
    return explanation
}
