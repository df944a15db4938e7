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
    private var byFull: [String: [Int]] = [:]
    private var byCore: [String: [Int]] = [:]
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
        let same = byFull[folded.full] ?? []
        if same.contains(where: { entries[$0].code == code && entries[$0].years == years && entries[$0].name == name })
        {
            return
        }
        byFull[folded.full, default: []].append(entries.count)
        byCore[folded.core, default: []].append(entries.count)
        if folded.kind == .capital { capitals.insert(code) }
        entries.append(entry)
    }

    /// Whether all spellings that fold to the same, or to the same proper name, hold in every year.
    func isTimeless(_ folded: FoldedName) -> Bool {
        (byFull[folded.full] ?? []).allSatisfy { entries[$0].years == nil }
            && (byCore[folded.core] ?? []).allSatisfy { entries[$0].years == nil }
    }

    func entries(full: String, year: Int?) -> [Entry] {
        (byFull[full] ?? []).lazy.map { entries[$0] }.filter { $0.holds(in: year) }
    }

    func entries(core: String, year: Int?) -> [Entry] {
        (byCore[core] ?? []).lazy.map { entries[$0] }.filter { $0.holds(in: year) }
    }

    /// The folded proper names, each with its spellings, in no order.
    func forEachCore(_ body: (String, [Entry]) -> Void) {
        for (core, indices) in byCore { body(core, indices.map { entries[$0] }) }
    }
}
