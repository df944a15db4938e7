import Indicators

/// Spellings and what they mean, by their folded forms.
struct NameIndex: Sendable {
    struct Entry: Hashable, Sendable {
        /// As spelt.
        var name: String
        /// A code of the gazetteer, or `*` for what is set aside.
        var code: String
        var kind: NameKind
        /// The years in which the name means the place; `nil` for always.
        var years: ClosedRange<Int>?
        /// An abbreviation or a code: good for a match, not as a suggestion.
        var isAbbreviation: Bool

        func holds(in year: Int?) -> Bool {
            guard let years, let year else { return true }
            return years.contains(year)
        }
    }

    /// The spellings that fold to one text, in the order in which they were added: each knows the next.
    private struct Chain: Sendable {
        var first: Int?
        var last: Int?
    }

    /// What folds to one text, as a whole or as a proper name.
    private struct Group: Sendable {
        let text: String
        var full = Chain()
        var core = Chain()
    }

    private(set) var entries: [Entry] = []
    /// By the position of an entry: that of the next in its chain of the same folded text.
    private var nextOfFull: [Int?] = []
    /// By the position of an entry: that of the next in its chain of the same proper name.
    private var nextOfCore: [Int?] = []
    private var groups: [Group] = []
    /// The position of each folded text among ``groups``.
    private var numbers: [FoldedText: Int] = [:]
    /// Whether some spelling means its place in some years only.
    private var holdsYears = false
    /// The places that some spelling calls a capital or prefecture.
    private(set) var capitals: Set<String> = []

    mutating func reserveCapacity(_ count: Int) {
        entries.reserveCapacity(count)
        nextOfFull.reserveCapacity(count)
        nextOfCore.reserveCapacity(count)
        groups.reserveCapacity(count)
        numbers.reserveCapacity(count)
    }

    /// Adds a spelling, with its folded form; one that is there already changes nothing.
    mutating func add(
        _ name: String,
        folded: FoldedName,
        code: String,
        years: ClosedRange<Int>? = nil,
        isAbbreviation: Bool = false
    ) {
        guard !folded.isEmpty else { return }
        let full = group(of: folded.full)
        var known = groups[full].full.first
        while let position = known {
            if entries[position].code == code, entries[position].years == years,
                Spelling.areEquivalent(entries[position].name, name)
            {
                return
            }
            known = nextOfFull[position]
        }
        let core = folded.kind == .plain ? full : group(of: folded.core)
        Self.append(entries.count, to: &groups[full].full, &nextOfFull)
        Self.append(entries.count, to: &groups[core].core, &nextOfCore)
        if years != nil { holdsYears = true }
        if folded.kind == .capital { capitals.insert(code) }
        entries.append(
            Entry(name: name, code: code, kind: folded.kind, years: years, isAbbreviation: isAbbreviation)
        )
    }

    /// The position of a folded text among ``groups``; a new one where it was not there.
    private mutating func group(of text: FoldedText) -> Int {
        let number = numbers[text].claimed(by: groups.count)
        if number == groups.count { groups.append(Group(text: text.text)) }
        return number
    }

    private static func append(_ position: Int, to chain: inout Chain, _ next: inout [Int?]) {
        if let last = chain.last { next[last] = position } else { chain.first = position }
        chain.last = position
        next.append(nil)
    }

    /// Whether all spellings hold in every year.
    var isTimeless: Bool { !holdsYears }

    /// Whether all spellings that fold to the same, or to the same proper name, hold in every year.
    func isTimeless(_ folded: FoldedName) -> Bool {
        guard holdsYears else { return true }
        return entries(full: folded.full, year: nil).allSatisfy { $0.years == nil }
            && entries(core: folded.core, year: nil).allSatisfy { $0.years == nil }
    }

    func entries(full: FoldedText, year: Int?) -> [Entry] {
        numbers[full].map { entries(from: groups[$0].full.first, nextOfFull, year) } ?? []
    }

    func entries(core: FoldedText, year: Int?) -> [Entry] {
        numbers[core].map { entries(from: groups[$0].core.first, nextOfCore, year) } ?? []
    }

    /// The folded proper names, each with its spellings, in no order.
    func forEachCore(_ body: (String, [Entry]) -> Void) {
        for group in groups where group.core.first != nil {
            body(group.text, entries(from: group.core.first, nextOfCore, nil))
        }
    }

    /// Those of a chain that hold in a year.
    private func entries(from first: Int?, _ next: [Int?], _ year: Int?) -> [Entry] {
        var found: [Entry] = []
        var position = first
        while let current = position {
            if entries[current].holds(in: year) { found.append(entries[current]) }
            position = next[current]
        }
        return found
    }
}
