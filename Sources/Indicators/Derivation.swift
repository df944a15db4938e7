/// Where one cell comes from: from which cells, by which rule, with which parameters. One step; the inputs have
/// derivations of their own.
package struct Derivation: Hashable, Sendable {
    /// What a rule took besides its inputs.
    package struct Parameter: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Something that a value was made of.
    package struct Input: Hashable, Sendable {
        /// What it is to the rule: `value`, `weight`, `numerator`, `low`.
        package var role: String
        /// The code of the place that it is of, where a rule takes several of one role; else empty.
        package var subject: String
        package var source: Source

        package init(_ role: String, of subject: String = "", _ source: Source) {
            self.role = role
            self.subject = subject
            self.source = source
        }
    }

    package indirect enum Source: Hashable, Sendable {
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
    package var rule: String
    /// A sentence with the formula.
    package var statement: String
    package var parameters: [Parameter]
    /// What was decided on the way, in the order of the decisions.
    package var decisions: [Decision]
    package var inputs: [Input]

    package init(
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
    package static func same(_ statement: String, _ role: String, _ source: Source) -> Derivation {
        Derivation("same", statement, inputs: [Input(role, source)])
    }

    /// What the catalogue says of an indicator.
    package static func catalogue(_ what: String, of indicator: String) -> Derivation {
        Derivation(
            "catalogue",
            "the \(what) of \(indicator) in the catalogue",
            inputs: [Input("entry", .indicator(indicator))]
        )
    }

    /// An empty cell, and why it is.
    package static func empty(_ reason: String, inputs: [Input] = []) -> Derivation {
        Derivation("empty", reason, inputs: inputs)
    }
}

/// What an observation is of: indicator, place, year and group.
package struct ObservationKey: Hashable, Sendable {
    /// A part of an observation.
    package enum Aspect: String, Hashable, Sendable {
        case value, status, treatment, grade
        case standardError = "standard_error"
    }

    package var indicator: String
    package var place: String
    /// Common Era.
    package var year: Int
    package var group: String

    package init(indicator: String, place: String, year: Int, group: String = Group.total) {
        self.indicator = indicator
        self.place = place
        self.year = year
        self.group = group
    }

    package init(_ observation: Observation) {
        self.init(
            indicator: observation.indicator,
            place: observation.place,
            year: observation.year,
            group: observation.group
        )
    }
}
