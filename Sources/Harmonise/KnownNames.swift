import Indicators
import Synchronization

/// What there is to know of a name before anything beside it is asked; whoever is handed it shares it.
final class KnownName: Sendable {
    let folded: FoldedName
    /// Whether U+FFFD is in it.
    let isGarbled: Bool
    /// Whether its spellings, and what it means as a code, hold in every year.
    let isTimeless: Bool
    /// The places that it may mean in any year, and by which rule.
    let found: PlaceNames.Found

    init(folded: FoldedName, isGarbled: Bool, isTimeless: Bool, found: PlaceNames.Found) {
        self.folded = folded
        self.isGarbled = isGarbled
        self.isTimeless = isTimeless
        self.found = found
    }
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
