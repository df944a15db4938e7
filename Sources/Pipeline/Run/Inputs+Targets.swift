internal import Compare
internal import Harmonise
internal import Indicators
internal import Ingest

extension Inputs {
    /// What Compare is told: the pipeline's own words, and the targets and activities that were read.
    var compareOptions: CompareOptions {
        var options = description.compare
        options.dynamics.targets = targets
        options.dynamics.activities = activities
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
        let tables = try textTables(description.targetFiles, description.paths)
        do {
            return try readTargets(tables, names: names, catalogue: description.catalogue, asOf: asOf)
        } catch {
            throw RunFailure(Problem(error))
        }
    }

    /// Reads the registers of activities.
    ///
    /// - Throws: ``RunFailure`` where a file cannot be read, or lacks a column.
    static func activities(
        of description: PipelineDescription,
        _ names: PlaceNames,
        asOf: CalendarDate
    ) throws(RunFailure) -> (activities: [Activity], findings: [Finding]) {
        let tables = try textTables(description.activityFiles, description.paths)
        do {
            return try readActivities(tables, names: names, catalogue: description.catalogue, asOf: asOf)
        } catch {
            throw RunFailure(Problem(error))
        }
    }

    private static func textTables(_ files: [String], _ paths: Paths) throws(RunFailure) -> [TextTable] {
        var tables: [TextTable] = []
        for written in files {
            do {
                tables.append(try readTextTable(path: paths.absolute(written), file: paths.name(of: written)))
            } catch {
                throw RunFailure(Problem(error))
            }
        }
        return tables
    }
}
