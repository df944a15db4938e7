internal import Records

/// Who adds up the records of a pipeline in place of `divide`.
enum RecordEngine: Sendable {
    case spark(SparkEngine)
    /// Whoever did so for the run that stands there: what that came to is taken over, and no engine is begun.
    case landed(name: String)

    /// As manifests call it.
    var name: String {
        switch self {
        case .spark: SparkEngine.name
        case .landed(let name): name
        }
    }
}

extension RecordSource {
    /// The statements that an engine is given.
    ///
    /// - Throws: ``RunFailure`` that names the source, where a file cannot be read or the engine cannot do what is asked for.
    func sql(isSplittable: Bool) throws(RunFailure) -> String {
        try sums(isSplittable: isSplittable).sql
    }

    func summed(by engine: SparkEngine) throws(RunFailure) -> RecordReading {
        let sums = try sums(isSplittable: engine.isSplittable)
        let lines: [String]
        do {
            lines = try engine.lines(of: sums.sql)
        } catch {
            throw RunFailure(
                error.problems.map { problem in
                    var problem = problem
                    problem.problem = "\(problem.file) \(problem.problem)"
                    return located(problem)
                }
            )
        }
        do throws(RecordError) {
            return try sums.reading(of: lines)
        } catch {
            throw located(error)
        }
    }

    private func sums(isSplittable: Bool) throws(RunFailure) -> EngineSums {
        do throws(RecordError) {
            var sums = try EngineSums(files, order: order, delimiter: delimiter, isSplittable: isSplittable)
            // The values of all files are accounted for at the first.
            sums.name = files[0].name
            return sums
        } catch {
            throw located(error)
        }
    }

    /// Stops a run that would have to read an address by itself.
    func refuseAddresses() throws(RunFailure) {
        guard let address = addresses.first else { return }
        var problem = Problem(unreadableAddress: address)
        problem.found = address
        if case .landed = engine {
            problem.problem = "an address, and what an engine added up for this source as it is now is not kept"
            problem.expected = "a run with --engine spark that stands there"
            problem.hint = "divide run with --engine spark keeps what it adds up"
        }
        throw RunFailure(located(problem))
    }

    private func located(_ error: RecordError) -> RunFailure {
        RunFailure(error.file.isEmpty ? located(Problem(error)) : Problem(error))
    }

    /// At the place of the source in the pipeline file.
    private func located(_ problem: Problem) -> Problem {
        var located = problem
        located.file = pipeline
        located.place = place
        return located
    }
}
