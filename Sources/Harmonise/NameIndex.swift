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

    private(set) var entries: [Entry] = []
    // By bytes: what is folded has one spelling, and Swift would bring each Thai or Lao text to its normal form to look it up.
    private var byFull: [Spelling: [Int]] = [:]
    private var byCore: [Spelling: [Int]] = [:]
    /// The places that some spelling calls a capital or prefecture.
    private(set) var capitals: Set<String> = []

    /// Adds a spelling; one that is there already changes nothing.
    mutating func add(_ name: String, code: String, years: ClosedRange<Int>? = nil, isAbbreviation: Bool = false) {
        add(name, folded: NameFolding.fold(name), code: code, years: years, isAbbreviation: isAbbreviation)
    }

    /// Adds a spelling that is folded already.
    mutating func add(
        _ name: String,
        folded: FoldedName,
        code: String,
        years: ClosedRange<Int>?,
        isAbbreviation: Bool
    ) {
        guard !folded.isEmpty else { return }
        let entry = Entry(name: name, code: code, kind: folded.kind, years: years, isAbbreviation: isAbbreviation)
        let full = Spelling(folded.full)
        let isKnown = byFull[full]?.contains { position in
            entries[position].code == code && entries[position].years == years && entries[position].name == name
        }
        if isKnown == true { return }
        byFull[full, default: []].append(entries.count)
        byCore[Spelling(folded.core), default: []].append(entries.count)
        if folded.kind == .capital { capitals.insert(code) }
        entries.append(entry)
    }

    /// Whether all spellings that fold to the same, or to the same proper name, hold in every year.
    func isTimeless(_ folded: FoldedName) -> Bool {
        (byFull[Spelling(folded.full)] ?? []).allSatisfy { entries[$0].years == nil }
            && (byCore[Spelling(folded.core)] ?? []).allSatisfy { entries[$0].years == nil }
    }

    func entries(full: String, year: Int?) -> [Entry] {
        (byFull[Spelling(full)] ?? []).lazy.map { entries[$0] }.filter { $0.holds(in: year) }
    }

    func entries(core: String, year: Int?) -> [Entry] {
        (byCore[Spelling(core)] ?? []).lazy.map { entries[$0] }.filter { $0.holds(in: year) }
    }

    /// The folded proper names, each with its spellings, in no order.
    func forEachCore(_ body: (String, [Entry]) -> Void) {
        for (core, indices) in byCore { body(core.text, indices.map { entries[$0] }) }
    }
}
