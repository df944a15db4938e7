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
    private var byFull: [FoldedText: [Int]] = [:]
    private var byCore: [FoldedText: [Int]] = [:]
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
        let full = FoldedText(folded.full)
        let isKnown = byFull[full]?.contains { position in
            entries[position].code == code && entries[position].years == years
                && Spelling.areEquivalent(entries[position].name, name)
        }
        if isKnown == true { return }
        byFull[full, default: []].append(entries.count)
        byCore[FoldedText(folded.core), default: []].append(entries.count)
        if folded.kind == .capital { capitals.insert(code) }
        entries.append(entry)
    }

    /// Whether all spellings that fold to the same, or to the same proper name, hold in every year.
    func isTimeless(_ folded: FoldedName) -> Bool {
        (byFull[FoldedText(folded.full)] ?? []).allSatisfy { entries[$0].years == nil }
            && (byCore[FoldedText(folded.core)] ?? []).allSatisfy { entries[$0].years == nil }
    }

    func entries(full: String, year: Int?) -> [Entry] {
        (byFull[FoldedText(full)] ?? []).lazy.map { entries[$0] }.filter { $0.holds(in: year) }
    }

    func entries(core: String, year: Int?) -> [Entry] {
        (byCore[FoldedText(core)] ?? []).lazy.map { entries[$0] }.filter { $0.holds(in: year) }
    }

    /// The folded proper names, each with its spellings, in no order.
    func forEachCore(_ body: (String, [Entry]) -> Void) {
        for (core, indices) in byCore { body(core.text, indices.map { entries[$0] }) }
    }
}

/// A folded text to look up. Folding leaves one spelling of a text in Latin, Thai or Lao letters, which is compared by its bytes:
/// Swift would bring each of the Thai and Lao ones to its normal form first. All others are compared as texts.
private struct FoldedText: Hashable {
    let text: String
    private let hasOneSpelling: Bool

    init(_ text: String) {
        self.text = text
        hasOneSpelling = text.unicodeScalars.allSatisfy { $0.isASCII || (0xE00...0xEFF).contains($0.value) }
    }

    static func == (left: FoldedText, right: FoldedText) -> Bool {
        left.hasOneSpelling && right.hasOneSpelling
            ? Spelling.areAlike(left.text, right.text) : left.text == right.text
    }

    func hash(into hasher: inout Hasher) {
        if hasOneSpelling { Spelling(text).hash(into: &hasher) } else { text.hash(into: &hasher) }
    }
}
