internal import Cores
internal import Glibc
internal import Indicators
internal import Publish

/// Runs a pipeline: ingest, harmonise, validate, normalise, compare, check, publish. Where nothing changed since the
/// outputs were written that stand there, it says so and runs nothing.
///
/// - Parameter order: Which pipeline, on which day, inside which folder.
/// - Returns: What was read, found and judged, and where the outputs lie.
/// - Throws: ``RunStop`` where the run cannot go on; the last good output is then as it was.
package func runPipeline(_ order: RunOrder) throws(RunStop) -> RunReport {
    var watch = Stopwatch()
    watch.observe = order.onStage
    var (file, outline) = try RunStop.failing { () throws(RunFailure) in
        var file = try PipelineFile.open(order.pipeline, confinement: order.confinement)
        file.language = order.language
        file.engine = order.recordEngine
        let outline = try file.outline()
        try order.reports.refuseUnwritable(for: outline)
        return (file, outline)
    }
    watch.note("read pipeline")
    let place = OutputPlace(folder: outline.publication.folder)
    var lock = try Waiting(order).take(place)
    defer { lock.release() }
    watch.skip()
    Landing(place: place).mend()
    var history = HistoryKeeping(place)
    let landed = readSmallFile(place.manifest)
    let manifest = landed.flatMap { Manifest($0) }
    if let manifest, let landed { history.mend(manifest, spelt: landed) }

    let asOf = order.asOf ?? outline.asOf ?? Timestamp.now.date
    let identity = RunIdentity(outline, asOf: asOf)
    // What stands there matters only where it would be left standing.
    let isSame = !order.isForced && manifest.map(identity.isThat) == true
    let damage = isSame || manifest == nil ? damage(of: place, manifest) : []
    if let manifest, isSame, damage.isEmpty {
        var report = unchanged(manifest, place, history.troubles)
        // Reports tell of every verdict, and are written whether or not anything changed.
        if order.needsChecks {
            let work = outline.engine.map { _ in EarlierWork(manifest, identity, in: Store(folder: place.store)) }
            let results = try RunStop.failing { () throws(RunFailure) in try file.results(asOf: asOf, work) }
            report.checks = results.checks
            report.checkReport = results.checkReport
        }
        return report
    }
    try RunStop.failing { () throws(RunFailure) in
        try lock.sign()
        try Landing(place: place).refuseForeignFolder()
    }
    watch.note("look for changes")
    let changes = Changes(of: identity, outline, since: manifest, damage: damage, isForced: order.isForced)
    let store = Store(folder: place.store)
    let work = EarlierWork(order.isForced ? nil : manifest, identity, in: store, after: order.done)
    var run = PipelineRun(
        order: order,
        file: file,
        outline: outline,
        place: place,
        identity: identity,
        asOf: asOf,
        work: work
    )
    var report = try run.land(&watch, &history)
    report.destination = Paths.relative(place.destination, to: Paths.workingDirectory)
    report.stages = watch.stages
    report.reasons = changes.reasons(
        for: watch.stages.map(\.name).filter { $0 != "look for changes" && $0 != "history" },
        takenOver: work.takenOver
    )
    report.troubles = history.troubles
    return report
}

/// A run that has to be done: from inputs to outputs that stand and are entered in the history.
private struct PipelineRun {
    let order: RunOrder
    var file: PipelineFile
    let outline: PipelineOutline
    let place: OutputPlace
    let identity: RunIdentity
    let asOf: CalendarDate
    let work: EarlierWork

    mutating func land(_ watch: inout Stopwatch, _ history: inout HistoryKeeping) throws(RunStop) -> RunReport {
        let description = try RunStop.failing { () throws(RunFailure) in try file.description() }
        watch.note("read pipeline")
        var stages = watch
        let results: Results
        let artefacts: [Artefact]
        do throws(RunFailure) {
            let trace = description.publication.formats.contains(.html) ? Trace() : nil
            results = try Results(description, asOf: asOf, watch: &stages, trace: trace, work: work)
            artefacts = try results.artefacts(trace: trace, runHash: identity.runHash)
        } catch {
            // An engine fails where it was ended for that.
            try order.interruption.check()
            throw .failed(error)
        }
        watch = stages
        // From here to the last entry in the history, whoever asks for the end waits for a moment.
        order.interruption.beginWriting()
        defer { order.interruption.endWriting() }
        let delivery = StoreDelivery(folder: place.store)
        let store = Store(folder: place.store, delivery: delivery)
        try RunStop.failing { () throws(RunFailure) in try makeFolder(store.folder) }
        // Until the history refers to it, nobody may take for useless what this run keeps.
        let use = store.use()
        var manifest: Manifest?
        var spelt: [UInt8] = []
        try Landing(place: place).land(artefacts, interruption: order.interruption, delivery: delivery) {
            outputs,
            staging throws(RunFailure) in
            let kept = try keep(results, outputs, staging, in: store)
            try identity.confirm()
            stages.note("publish")
            let whole = Manifest(results, identity, outputs: outputs, kept: kept, watch: stages)
            let artefact = whole.artefact
            manifest = whole
            spelt = artefact.bytes
            return artefact
        }
        watch = stages
        watch.note("publish")
        if let manifest { history.enter(manifest, spelt: spelt) }
        withExtendedLifetime(use) {}
        if let count = order.keep { prune(count, use, &history) }
        watch.note("history")
        var report = results.report
        report.remains = [results, artefacts]
        return report
    }

    /// Keeps what a comparison of two runs needs: the pipeline, what its methods look up, the tables, and the numbers
    /// for the history.
    private func keep(
        _ results: Results,
        _ outputs: [Manifest.Output],
        _ staging: String,
        in store: Store
    ) throws(RunFailure) -> [Kept] {
        let name = String(outline.file.split(separator: "/").last ?? "pipeline.yaml")
        var kept = [try store.keep(outline.bytes, as: .pipeline, path: name)]
        let sources = Set(outline.sourceFiles.map(outline.paths.name))
        for input in identity.inputs where !sources.contains(input.path) {
            let reference = Kept(role: .reference, path: input.path, sha256: input.sha256, bytes: input.bytes)
            try store.keep(copyOf: input.file, reference)
            kept.append(reference)
        }
        kept += try work.keep(in: store)
        kept.append(try store.keep(SchemaList(results.tables.map(\.schema)).artefact, as: .schemas))
        let isStandard = outline.publication.dialect == .standard
        let rows = onAllCores(results.tables.count, isWorthIt: true) { ResultRows(results.tables[$0]) }
        for (table, rows) in zip(results.tables, rows) {
            let artefact = Artefact(table)
            if isStandard, let output = outputs.first(where: { $0.path == artefact.path }) {
                let copy = Kept(role: .table, path: output.path, sha256: output.sha256, bytes: output.bytes)
                try store.keep(copyOf: staging + "/" + output.path, copy)
                kept.append(copy)
            } else {
                kept.append(try store.keep(artefact, as: .table))
            }
            if let rows {
                kept.append(try store.keep(rows.json, as: .results, path: rows.table))
            }
        }
        return kept
    }

    private func prune(_ count: Int, _ use: StoreUse?, _ history: inout HistoryKeeping) {
        use?.release()
        history.prune(keeping: count, of: outline.name)
    }
}

extension PipelineFile {
    /// What a run comes to, without landing it.
    fileprivate mutating func results(asOf: CalendarDate, _ work: EarlierWork?) throws(RunFailure) -> RunReport {
        var watch = Stopwatch()
        return try Results(description(), asOf: asOf, watch: &watch, work: work).report
    }
}

/// Asks for the lock, as long as the order has patience.
private struct Waiting {
    let order: RunOrder

    init(_ order: RunOrder) {
        self.order = order
    }

    func take(_ place: OutputPlace) throws(RunStop) -> RunLock {
        try RunStop.failing { () throws(RunFailure) in try makeFolder(place.folder) }
        let end = ContinuousClock.now + .seconds(min(order.patience, 1e9))
        var hasTold = false
        var pause: UInt32 = 10_000
        while true {
            try order.interruption.check()
            switch RunLock.take(place.lock) {
            case .held(let lock): return lock
            case .unavailable(let failure): throw .failed(failure)
            case .busy(let holder):
                guard ContinuousClock.now < end else { throw .busy(holder) }
                if !hasTold { order.onWaiting(holder) }
                hasTold = true
            }
            usleep(pause)
            pause = min(100_000, pause * 3 / 2)
        }
    }
}

/// What is wrong with the outputs that stand there, held against their manifest.
private func damage(of place: OutputPlace, _ manifest: Manifest?) -> [String] {
    guard let manifest else {
        guard case .regular = FileKind(of: place.manifest) else { return [] }
        return ["manifest.json is damaged or of another version of divide"]
    }
    return manifest.outputs.compactMap { output in
        switch FileKind(of: place.destination + "/" + output.path) {
        case .regular(output.bytes): break
        case .regular: return "\(output.path) was altered"
        case .missing: return "\(output.path) is missing"
        case .directory, .special: return "\(output.path) is no file"
        }
        let digest = digest(ofFile: place.destination + "/" + output.path)
        return digest?.sha256 == output.sha256 ? nil : "\(output.path) was altered"
    }
}

private func unchanged(_ manifest: Manifest, _ place: OutputPlace, _ troubles: [Finding]) -> RunReport {
    var report = RunReport(pipeline: manifest.pipeline)
    report.verdict = manifest.verdict.flatMap(Verdict.init)
    report.unchangedSince = manifest.ended
    report.destination = Paths.relative(place.destination, to: Paths.workingDirectory)
    report.troubles = troubles
    return report
}
