import Indicators

/// One figure of the page: a question, its answer as a drawing, what stands behind it.
struct Figure {
    var id: String
    /// The title: a question that the drawing answers.
    var question: LocalisedMarkup
    /// What is measured, in which unit, when.
    var units: LocalisedMarkup
    var legend = Markup()
    var drawing: Markup
    /// Where the figures come from.
    var sources: LocalisedMarkup
    /// What a reader must know besides.
    var notes: [LocalisedMarkup] = []
    /// The table behind the drawing.
    var table: Markup
    /// The file that holds all of it.
    var csv: String
    var isIllustrative = false
    /// Whether it holds real figures besides, and says which is which.
    var isMixed = false
    /// Whether it takes the whole width.
    var isWide = false
}

/// Some figures under one heading.
struct PageSection {
    var id: String
    var title: LocalisedMarkup
    var lead: LocalisedMarkup?
    var figures: [Figure] = []
    /// What stands there besides figures.
    var content = Markup()
    /// What stands behind them.
    var after = Markup()
}
