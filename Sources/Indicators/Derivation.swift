/// Where one cell comes from: from which cells, by which rule, with which parameters. One step; the inputs have
/// derivations of their own.
public struct Derivation: Hashable, Sendable {
    /// What a rule took besides its inputs.
    public struct Parameter: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Something that a value was made of.
    public struct Input: Hashable, Sendable {
        /// What it is to the rule: `value`, `weight`, `numerator`, `low`.
        public var role: String
        /// The code of the place that it is of, where a rule takes several of one role; else empty.
        public var subject: String
        public var source: Source

        public init(_ role: String, of subject: String = "", _ source: Source) {
            self.role = role
            self.subject = subject
            self.source = source
        }
    }

    public indirect enum Source: Hashable, Sendable {
        /// A cell of a table.
        case cell(CellAddress)
        /// A part of an observation. Which table it stands in only the order of the stages tells.
        case observation(ObservationKey, ObservationKey.Aspect)
        /// A cell of an input file.
        case raw(RawValue)
        /// A place in the gazetteer, and the column of its row that was used.
        case place(String, column: String)
        /// An indicator in the catalogue.
        case indicator(String)
        /// A line of a file, 0 for the file as a whole, and what it declares.
        case declaration(file: String, line: Int, text: String)
        /// A value on the way that stands in no table.
        case intermediate(Cell, Derivation)
    }

    /// A stable word: `weighted-mean`, `min-max`, `read`.
    public var rule: String
    /// A sentence with the formula.
    public var statement: String
    public var parameters: [Parameter]
    /// What was decided on the way, in the order of the decisions.
    public var decisions: [Decision]
    public var inputs: [Input]

    public init(
        _ rule: String,
        _ statement: String,
        parameters: [Parameter] = [],
        decisions: [Decision] = [],
        inputs: [Input] = []
    ) {
        self.rule = rule
        self.statement = statement
        self.parameters = parameters
        self.decisions = decisions
        self.inputs = inputs
    }

    /// The value of one input, unchanged.
    public static func same(_ statement: String, _ role: String, _ source: Source) -> Derivation {
        Derivation("same", statement, inputs: [Input(role, source)])
    }

    /// What the catalogue says of an indicator.
    public static func catalogue(_ what: String, of indicator: String) -> Derivation {
        Derivation(
            "catalogue",
            "the \(what) of \(indicator) in the catalogue",
            inputs: [Input("entry", .indicator(indicator))]
        )
    }

    /// An empty cell, and why it is.
    public static func empty(_ reason: String, inputs: [Input] = []) -> Derivation {
        Derivation("empty", reason, inputs: inputs)
    }
}

/// What an observation is of: indicator, place, year and group.
public struct ObservationKey: Hashable, Sendable {
    /// A part of an observation.
    public enum Aspect: String, Hashable, Sendable {
        case value, status, treatment, grade
        case standardError = "standard_error"
    }

    public var indicator: String
    public var place: String
    /// Common Era.
    public var year: Int
    public var group: String

    public init(indicator: String, place: String, year: Int, group: String = Group.total) {
        self.indicator = indicator
        self.place = place
        self.year = year
        self.group = group
    }

    public init(_ observation: Observation) {
        self.init(
            indicator: observation.indicator,
            place: observation.place,
            year: observation.year,
            group: observation.group
        )
    }
}
