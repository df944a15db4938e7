import Indicators

/// The rows of one scaled frame in `normalised.csv`, column by column: they come by the million.
struct ScaledColumns {
    /// Positions in ``codes``.
    var places: [UInt32] = []
    var years: [Int] = []
    /// NaN for missing.
    var values: [Double] = []
    var scores: [Double] = []
    var isTransformed = WordColumn<Bool>()
    var statuses = WordColumn<ObservationStatus>()
    var treatments = WordColumn<TreatmentSet>()
    var grades = WordColumn<Grade>()
    /// Of the panel's places.
    private let codes: [String]

    init(places codes: [String]) {
        self.codes = codes
    }

    var count: Int { places.count }

    /// In the order of the schema's columns.
    func blocks(_ series: SeriesKey, _ scale: AppliedScale, _ limits: Limits) -> [ColumnBlock] {
        [
            .same(.text(series.indicator)), .each(.texts(codes: places, pool: codes)), .each(.integers(years)),
            .same(.text(series.group)),
            .same(.text(scale.method)), .same(.text(scale.scope)), .same(.text(scale.limits)),
            .each(.numbers(values)), isTransformed.block, .each(.numbers(scores)),
            .same(.text(scale.indicator.direction.rawValue)),
            .same(Cell(limits.low)), .same(Cell(limits.high)), .same(Cell(limits.mean)),
            .same(Cell(limits.standardDeviation)), .same(Cell(limits.reference)), .same(.integer(limits.count)),
            .same(.missing), .same(.missing), .same(.missing), .same(.missing), .same(.missing),
            statuses.block, treatments.block, grades.block,
        ]
    }
}

/// A column of few words, each spelt once.
struct WordColumn<Word: Equatable> {
    private var words: [Word] = []
    private var texts: [String] = []
    private var codes: [UInt32] = []

    /// Adds a word that `text` spells.
    mutating func append(_ word: Word, _ text: (Word) -> String) {
        // A word is mostly the one above.
        if let last = codes.last, words[Int(last)] == word {
            codes.append(last)
        } else if let known = words.firstIndex(of: word) {
            codes.append(UInt32(known))
        } else {
            codes.append(UInt32(words.count))
            words.append(word)
            texts.append(text(word))
        }
    }

    var block: ColumnBlock { .each(.texts(codes: codes, pool: texts)) }
}
