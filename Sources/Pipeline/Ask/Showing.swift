internal import Compare
internal import Harmonise
package import Indicators
internal import Publish

/// What `divide show` was asked, and the figures that answer.
package struct Showing: Sendable {
    package enum Question: Hashable, Sendable {
        /// Every place of the finest level on one indicator.
        case ranking(String)
        /// One place on every indicator.
        case profile(String)
        /// Two places on every indicator.
        case sideBySide(String, String)
    }

    package var question: Question
    package var catalogue: Catalogue
    package var gazetteer: Gazetteer
    /// The same numbers whether they are printed, or written as CSV or JSON.
    package var table: Table
    /// What made them: the pipeline's name, and whether any figure is made up.
    package var pipeline: String
    package var isIllustrative: Bool
    let words = PageWords()

    /// What a text of ours is called: `column.year`.
    ///
    /// - Precondition: There is such a text.
    package func word(_ key: String) -> LocalisedText { words[key] }

    /// What a unit is called; the unit itself where nobody knows.
    package func name(ofUnit unit: String) -> LocalisedText { words.text("unit", unit) }
}

/// Answers a question of places and indicators from the inputs of a pipeline; writes nothing.
///
/// - Parameters:
///   - words: A place, two places, or an indicator: codes, ids, or names in any of the three languages, hyphens for spaces.
///   - pipeline: The pipeline file whose figures are wanted.
///   - asOf: The day on which freshness is judged; `nil` for the pipeline's own, or today.
///   - confinement: The folder that nothing may leave.
/// - Returns: The figures that answer.
/// - Throws: ``RunFailure`` where a word is neither, or the pipeline cannot be read.
package func show(
    _ words: [String],
    pipeline: String,
    asOf: CalendarDate? = nil,
    confinement: String? = nil
) throws(RunFailure) -> Showing {
    let description = try PipelineFile.read(pipeline, confinement: confinement)
    let (_, names, _) = try Inputs.places(of: description)
    let question = try Asked(names: names, listing: CatalogueListing(description.catalogue)).question(words)
    var watch = Stopwatch()
    let trace = Trace()
    let day = asOf ?? description.asOf ?? Timestamp.now.date
    let work = EarlierWork(landedBy: description, asOf: day)
    let inputs = try Inputs(description, asOf: day, watch: &watch, work: work)
    try inputs.refuseErrors()
    let figures = Figures(inputs, trace: trace)
    let table = figures.table(for: question)
    guard table.rowCount > 0 else {
        throw RunFailure(
            Problem(
                file: pipeline,
                problem: "no figures",
                expected: "values of what is asked for",
                found: words.joined(separator: " "),
                hint: "another pipeline may have them: --pipeline"
            )
        )
    }
    let isIllustrative = (0..<table.rowCount).contains { table[$0, "grade"].text == Grade.illustrative.rawValue }
    return Showing(
        question: question,
        catalogue: description.catalogue,
        gazetteer: inputs.gazetteer,
        table: table,
        pipeline: description.name,
        isIllustrative: isIllustrative
    )
}

/// What the words of the command line mean.
private struct Asked {
    var names: PlaceNames
    var listing: CatalogueListing

    func question(_ words: [String]) throws(RunFailure) -> Showing.Question {
        if words.count == 1, let indicator = indicator(words[0]) { return .ranking(indicator) }
        var places: [String] = []
        for word in words { places.append(try place(word)) }
        if places.count == 1 { return .profile(places[0]) }
        guard places.count == 2 else {
            throw RunFailure(
                Problem(
                    file: "show",
                    problem: "too many words",
                    expected: "a place, two places, or an indicator",
                    found: "\(words.count)",
                    hint: "put a name of several words in quotation marks, or hyphens between them"
                )
            )
        }
        return .sideBySide(places[0], places[1])
    }

    private func indicator(_ word: String) -> String? {
        listing.named(word)?.id ?? listing.named(word.replacing("-", with: "_"))?.id
            ?? listing.named(word.replacing("-", with: " "))?.id
    }

    private func place(_ word: String) throws(RunFailure) -> String {
        let spaced = word.replacing("-", with: " ")
        for spelling in [word.uppercased(), word, spaced] {
            if case .place(let code, _) = names.match(spelling) { return code }
        }
        var hint = ""
        var found = "no such place or indicator"
        switch names.match(spaced) {
        case .ambiguous(let codes):
            found = "a name of several places"
            hint =
                "say which: "
                + codes.map { "\($0) \(names.gazetteer[$0]?.names.english ?? "")" }.joined(separator: ", ")
        case .unknown(let candidates):
            let near = candidates.map { "\($0.name) (\($0.code))" }
            hint = near.isEmpty ? listing.hint(for: [word]) : "nearest: " + near.joined(separator: ", ")
        default: break
        }
        throw RunFailure(
            Problem(
                file: "show",
                problem: found,
                expected: "a place or an indicator: a code, an id, or a name in English, Thai or Lao",
                found: Printable.quoted(word),
                hint: hint
            )
        )
    }
}
