/// Confidence limits that a source gives beside a value, where it gives no standard error.
///
/// A class, so that a raw value without them is no larger: most have none.
public final class StatedInterval: Hashable, Sendable {
    /// A limit as its cell has it, in the record of the value.
    public struct Limit: Hashable, Sendable {
        public var text: String
        public var reading: RawValue.Reading
        /// The position of the field in the record, counted from 1.
        public var field: Int
        /// The header above it, as in ``Origin/column``.
        public var column: String

        public init(text: String, reading: RawValue.Reading, field: Int, column: String) {
            self.text = text
            self.reading = reading
            self.field = field
            self.column = column
        }

        /// In the source's unit, `nil` where the cell holds a marker for missing.
        public var number: Double? {
            if case .number(let number) = reading { number } else { nil }
        }
    }

    public let low: Limit
    public let high: Limit
    public let form: IntervalForm

    public init(low: Limit, high: Limit, form: IntervalForm) {
        self.low = low
        self.high = high
        self.form = form
    }

    public static func == (left: StatedInterval, right: StatedInterval) -> Bool {
        left === right || (left.low, left.high) == (right.low, right.high) && left.form == right.form
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(low)
        hasher.combine(high)
        hasher.combine(form)
    }
}

/// How the limits of a source were made, as the pipeline declares it.
public struct IntervalForm: Hashable, Sendable {
    /// The probability with which they hold the figure: above 0, below 1.
    public var confidence: Double
    public var scale: IntervalScale

    public init(confidence: Double = 0.95, scale: IntervalScale = .linear) {
        self.confidence = confidence
        self.scale = scale
    }
}

/// The scale on which limits lie as far below a value as above it.
public enum IntervalScale: String, Hashable, Sendable, CaseIterable {
    /// That of the value itself.
    case linear
    /// ln(p / (1 - p)) of a share: what survey programs use so that no limit of a share leaves 0 to 100.
    case logit
    /// ln x of what is above 0.
    case log
}
