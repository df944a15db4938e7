/// Confidence limits that a source gives beside a value, where it gives no standard error.
///
/// A class, so that a raw value without them is no larger: most have none.
package final class StatedInterval: Hashable, Sendable {
    /// A limit as its cell has it, in the record of the value.
    package struct Limit: Hashable, Sendable {
        package var text: String
        package var reading: RawValue.Reading
        /// The position of the field in the record, counted from 1.
        package var field: Int
        /// The header above it, as in ``Origin/column``.
        package var column: String

        package init(text: String, reading: RawValue.Reading, field: Int, column: String) {
            self.text = text
            self.reading = reading
            self.field = field
            self.column = column
        }

        /// In the source's unit, `nil` where the cell holds a marker for missing.
        package var number: Double? {
            if case .number(let number) = reading { number } else { nil }
        }
    }

    package let low: Limit
    package let high: Limit
    package let form: IntervalForm

    package init(low: Limit, high: Limit, form: IntervalForm) {
        self.low = low
        self.high = high
        self.form = form
    }

    package static func == (left: StatedInterval, right: StatedInterval) -> Bool {
        left === right || (left.low, left.high) == (right.low, right.high) && left.form == right.form
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(low)
        hasher.combine(high)
        hasher.combine(form)
    }
}

/// How the limits of a source were made, as the pipeline declares it.
package struct IntervalForm: Hashable, Sendable {
    /// The probability with which they hold the figure: above 0, below 1.
    package var confidence: Double
    package var scale: IntervalScale

    package init(confidence: Double = 0.95, scale: IntervalScale = .linear) {
        self.confidence = confidence
        self.scale = scale
    }
}

/// The scale on which limits lie as far below a value as above it.
package enum IntervalScale: String, Hashable, Sendable, CaseIterable {
    /// That of the value itself.
    case linear
    /// ln(p / (1 - p)) of a share: what survey programs use so that no limit of a share leaves 0 to 100.
    case logit
    /// ln x of what is above 0.
    case log
}

extension RawValue {
    /// A limit of its interval as a cell of its own: where it stands, and what stands there.
    package func cell(of limit: StatedInterval.Limit) -> RawValue {
        var cell = self
        cell.text = limit.text
        cell.reading = limit.reading
        cell.origin.field = limit.field
        cell.origin.column = limit.column
        (cell.standardError, cell.interval) = (nil, nil)
        return cell
    }
}
