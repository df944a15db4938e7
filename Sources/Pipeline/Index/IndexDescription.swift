internal import Compose
internal import Indicators
internal import Normalise

/// An entry of `index:`: what Compose is told, and which scores it is given.
struct IndexDescription: Sendable {
    /// A choice on the way to the scores that a robustness analysis draws.
    struct Factor: Sendable {
        /// `normalisation`, `outliers`, `imputation`.
        var name: String
        /// In words, and what is chosen otherwise.
        var levels: [(words: String, variant: ScoringVariant)]
    }

    var id: String
    var names: LocalisedText
    var topic: String
    var definition: LocalisedText
    /// What weights the means of the scores over places.
    var denominator: String?
    var level: PlaceLevel
    /// The ids of the scale rules whose scores it takes; empty for all of its level.
    var scales: [String]
    var tree: IndexTree
    var options: ComposeOptions
    var factors: [Factor]
    var file: String
    var place: TextPlace

    /// The indicators that it is made of, each once, sorted.
    var leaves: [String] {
        let nodes = Set(tree.nodes.map(\.id))
        return Set(tree.nodes.flatMap(\.children).map(\.id)).subtracting(nodes).sorted()
    }

    /// The counts that children are weighted by.
    var denominators: Set<String> {
        Set(tree.nodes.flatMap(\.children).compactMap(\.denominator))
    }

    /// The index and its nodes as entries of the catalogue: what their scores are when they are compared.
    var indicators: [Indicator] {
        tree.nodes.map { node in
            let isWhole = node.id == id
            let isWholeTree = Set(leaves).isSuperset(of: tree.nameRequires)
            return Indicator(
                id: Composed.indicator(ofNode: node.id, in: id),
                topic: topic,
                basis: .context,
                names: isWhole && !isWholeTree ? node.names.styled : node.names,
                unit: "score",
                kind: .index,
                direction: .higherIsBetter,
                denominator: denominator,
                definition: isWhole ? definition : LocalisedText()
            )
        }
    }

    /// Something wrong with it that stops the run, or that a person should know of.
    func finding(
        _ code: String,
        _ severity: Finding.Severity = .error,
        line: Int? = nil,
        found: String,
        expected: String,
        hint: String = ""
    ) -> Finding {
        Finding(
            code: code,
            severity: severity,
            file: file,
            line: line ?? place.line,
            found: found,
            expected: expected,
            hint: hint
        )
    }
}

extension LocalisedText {
    /// What is like something with this name and does not deserve it.
    fileprivate var styled: LocalisedText {
        LocalisedText(
            english: english.isEmpty ? "" : "\(english)-style",
            thai: thai.isEmpty ? "" : "แบบ \(thai)",
            lao: lao.isEmpty ? "" : "ແບບ \(lao)"
        )
    }
}
