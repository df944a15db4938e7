internal import Compare
internal import Harmonise
internal import Indicators
internal import Ingest

extension Inputs {
    /// What Compare is told: the pipeline's own words, and the targets that were read.
    var compareOptions: CompareOptions {
        var options = description.compare
        options.dynamics.targets = targets
        return options
    }

    /// Reads the files of targets.
    ///
    /// - Throws: ``RunFailure`` where a file cannot be read, or lacks a column.
    static func targets(
        of description: PipelineDescription,
        _ names: PlaceNames,
        asOf: CalendarDate
    ) throws(RunFailure) -> (targets: [Target], findings: [Finding]) {
        var tables: [TextTable] = []
        for written in description.targetFiles {
            let file = description.paths.name(of: written)
            do {
                tables.append(try readTextTable(path: description.paths.absolute(written), file: file))
            } catch {
                throw RunFailure(Problem(error))
            }
        }
        do {
            return try readTargets(tables, names: names, catalogue: description.catalogue, asOf: asOf)
        } catch {
            throw RunFailure(Problem(error))
        }
    }
}
