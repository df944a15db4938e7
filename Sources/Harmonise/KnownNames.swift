import Indicators
import Synchronization

/// What there is to know of a name before anything beside it is asked.
struct KnownName: Sendable {
    var folded: FoldedName
    /// Whether its spellings, and what it means as a code, hold in every year.
    var isTimeless: Bool
    /// The places that it may mean in any year, and by which rule.
    var found: PlaceNames.Found
}

/// The names that were looked up: the files of a pipeline name the same places, each again.
final class KnownNames: Sendable {
    private let known = Mutex<[Spelling: KnownName]>([:])
    /// More are not kept: a file of other things than places must not be held in memory.
    private static let limit = 20_000

    /// What is known of a name, as it was worked out before or is now.
    func known(_ name: String, _ make: () -> KnownName) -> KnownName {
        let spelling = Spelling(name)
        if let known = known.withLock({ $0[spelling] }) { return known }
        let made = make()
        known.withLock { known in
            if known.count < Self.limit { known[spelling] = made }
        }
        return made
    }
}
