/// One entry of the catalogue: what is measured, in which unit, and which direction is good.
package struct Indicator: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A part of a whole, in percent.
        case share
        /// Things or persons, whole and not negative.
        case count
        /// Something for each so many of something else (`per 100`), or a quantity for each person or household.
        case rate
        /// Money.
        case price
        /// A score without a unit of its own.
        case index
        /// A physical or monetary total that need not be whole (kilometres, square kilometres, million baht).
        case quantity
    }

    package enum Direction: String, Sendable, CaseIterable {
        case higherIsBetter = "higher"
        case lowerIsBetter = "lower"
        /// Neither is better: context such as population or area.
        case neutral = "none"

        /// +1, -1 or 0: the d of the methods.
        package var sign: Double {
            switch self {
            case .higherIsBetter: 1
            case .lowerIsBetter: -1
            case .neutral: 0
            }
        }
    }

    package enum Basis: String, Sendable, CaseIterable {
        case memorandum, existing, discussed, context
    }

    package var id: String
    package var topic: String
    package var basis: Basis
    package var names: LocalisedText
    /// As it is printed: `%`, `per 100`, `baht per month`.
    package var unit: String
    package var kind: Kind
    package var direction: Direction
    /// The indicator that weights its mean over places: households for a share of households.
    package var denominator: String?
    package var definition: LocalisedText
    /// International codes by scheme: `["ITU": "HH6", "SDG": "17.8.1"]`.
    package var codes: [String: String]

    package init(
        id: String,
        topic: String,
        basis: Basis,
        names: LocalisedText,
        unit: String,
        kind: Kind,
        direction: Direction,
        denominator: String? = nil,
        definition: LocalisedText = LocalisedText(),
        codes: [String: String] = [:]
    ) {
        self.id = id
        self.topic = topic
        self.basis = basis
        self.names = names
        self.unit = unit
        self.kind = kind
        self.direction = direction
        self.denominator = denominator
        self.definition = definition
        self.codes = codes
    }
}

/// The indicators that a pipeline knows, by id.
package struct Catalogue: Sendable {
    /// In order of their ids.
    package let indicators: [Indicator]
    /// In the order of the catalogue: those that it lists, then those that only indicators name, by id.
    package let topics: [Topic]
    private let positions: [String: Int]

    /// - Parameters:
    ///   - indicators: In any order.
    ///   - topics: In the order in which people are to read of them; of two of one id the first counts.
    /// - Precondition: No two indicators have the same id.
    package init(_ indicators: [Indicator], topics: [Topic] = []) {
        let sorted = indicators.sorted { $0.id < $1.id }
        self.indicators = sorted
        var listed: [Topic] = []
        for topic in topics where !listed.contains(where: { $0.id == topic.id }) { listed.append(topic) }
        var known = Set(listed.map(\.id))
        let unlisted = sorted.filter { known.insert($0.topic).inserted }
            .map { Topic(id: $0.topic, basis: $0.basis, names: LocalisedText(english: $0.topic)) }
        self.topics = listed + unlisted.sorted { $0.id < $1.id }
        positions = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.id, $0) })
    }

    package subscript(_ id: String) -> Indicator? {
        positions[id].map { indicators[$0] }
    }

    package func contains(_ id: String) -> Bool {
        positions[id] != nil
    }

    package func kind(of id: String) -> Indicator.Kind? {
        positions[id].map { indicators[$0].kind }
    }

    package func unit(of id: String) -> String? {
        positions[id].map { indicators[$0].unit }
    }
}
