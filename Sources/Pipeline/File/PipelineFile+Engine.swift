internal import Indicators
internal import Records

extension PipelineFile {
    /// Where an engine added up the records of the run that stands there, its sums are taken over: figures that are wanted
    /// without a run begin no engine, and are those of that run.
    mutating func takeLandedEngine() {
        guard content["sources"]?.items.contains(where: { $0["records"] != nil }) == true,
            let folder = content["publish"]?["to"]?.text, paths.isAllowed(paths.absolute(folder)),
            let name = Manifest(at: OutputPlace(folder: paths.absolute(folder)))?.engine
        else { return }
        engine = .landed(name: name)
    }
}

extension RunOrder {
    /// Who adds up files of records, and ends where the run is to end.
    var recordEngine: RecordEngine? {
        guard var engine else { return nil }
        engine.interruption = interruption
        return .spark(engine)
    }
}

extension EarlierWork {
    /// What an engine added up for the run that stands there; `nil` where none did, and everything is worked out anew.
    ///
    /// - Parameters:
    ///   - description: Of a pipeline that took the engine of that run.
    ///   - asOf: The day on which freshness is judged.
    convenience init?(landedBy description: PipelineDescription, asOf: CalendarDate) {
        let place = OutputPlace(folder: description.publication.folder)
        guard description.outline.engine != nil, let manifest = Manifest(at: place) else { return nil }
        let identity = RunIdentity(description.outline, asOf: asOf)
        self.init(manifest, identity, in: Store(folder: place.store), isOfLandedRun: true)
    }

    /// What the run that stands there leaves to a run of today: nothing to one that is forced.
    convenience init(runBy description: PipelineDescription, asOf: CalendarDate, isForced: Bool) {
        let place = OutputPlace(folder: description.publication.folder)
        let identity = RunIdentity(description.outline, asOf: asOf)
        self.init(isForced ? nil : Manifest(at: place), identity, in: Store(folder: place.store))
    }
}

/// The Spark SQL of each source of records of a pipeline, headed by a comment that names it.
///
/// - Throws: ``RunFailure`` where no source has records, or one asks for what the engine cannot do.
package func pipelineSQL(_ order: RunOrder, isSplittable: Bool) throws(RunFailure) -> String {
    var file = try PipelineFile.open(order.pipeline, confinement: order.confinement)
    file.engine = .spark(SparkEngine(isSplittable: isSplittable))
    var text = ""
    for source in try file.description().sources {
        guard let records = source.records else { continue }
        let (place, names) = (records.place, records.files.map(\.name))
        let others = names.count > 1 ? " to \(names[names.count - 1]), \(names.count) files" : ""
        let head = "\(records.pipeline):\(place.line):\(place.column): \(names[0])\(others)"
        if !text.isEmpty { text += "\n" }
        text += "-- \(Printable.escaped(head))\n" + (try records.sql(isSplittable: isSplittable))
    }
    return text
}
