/// Why a run ended without its outputs. What stood there before stands.
package enum RunStop: Error, Sendable, CustomStringConvertible {
    /// Pipeline, data or disk are unusable: exit 2.
    case failed(RunFailure)
    /// Another run of this pipeline is at work: exit 75.
    case busy(LockHolder)
    /// Someone asked for the end: exit 128 + signal.
    case interrupted(signal: Int32)

    package var description: String {
        switch self {
        case .failed(let failure): failure.description
        case .busy(let holder): holder.description
        case .interrupted(let signal): "ended by signal \(signal)"
        }
    }

    /// Does `body`, whose failure is a failure of the run.
    package static func failing<Result>(_ body: () throws(RunFailure) -> Result) throws(RunStop) -> Result {
        do {
            return try body()
        } catch {
            throw .failed(error)
        }
    }
}
