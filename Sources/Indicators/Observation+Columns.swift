/// The texts and the cells of observations, column by column: a table of thousands of rows is made faster so, and what a row has
/// in common with the one above is not looked up again.
///
/// One row per observation, in their order.
package struct ObservationColumns: Sendable {
    package private(set) var places, groups: TextBlock
    /// Of the first cell of each; missing where an observation comes from none.
    package private(set) var files, labels: TextBlock
    /// Of the first cell of each; `Int.min` where an observation comes from none, or nobody knows its record.
    package private(set) var records: [Int] = []
    /// The column of the first cell in the row above; `nil` where that comes from none.
    private var lastSource: SourceColumn?

    package init(_ observations: [Observation]) {
        let texts = TextBlock(reserving: observations.count)
        (places, groups, files, labels) = (texts, texts, texts, texts)
        records.reserveCapacity(observations.count)
        // Field by field: an observation that is handed over is copied.
        for position in observations.indices {
            let above = position - 1
            if above >= 0, Spelling.areAlike(observations[above].place, observations[position].place) {
                places.appendRepeated()
            } else {
                places.append(observations[position].place)
            }
            if above >= 0, Spelling.areAlike(observations[above].group, observations[position].group) {
                groups.appendRepeated()
            } else {
                groups.append(observations[position].group)
            }
            append(observations[position].past)
        }
    }

    private mutating func append(_ past: Past) {
        guard let origin = past.firstOrigin else {
            files.appendMissing()
            labels.appendMissing()
            records.append(.min)
            lastSource = nil
            return
        }
        records.append(origin.record > 0 ? origin.record : .min)
        if origin.source === lastSource {
            files.appendRepeated()
            labels.appendRepeated()
        } else {
            files.append(origin.source.file)
            labels.append(origin.source.label)
            lastSource = origin.source
        }
    }
}
