/// One entry of the catalogue: what is measured, in which unit, and which direction is good.
public struct Indicator: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
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

    public enum Direction: String, Sendable, CaseIterable {
        case higherIsBetter = "higher"
        case lowerIsBetter = "lower"
        /// Neither is better: context such as population or area.
        case neutral = "none"

        /// +1, -1 or 0: the d of the methods.
        public var sign: Double {
            switch self {
            case .higherIsBetter: 1
            case .lowerIsBetter: -1
            case .neutral: 0
            }
        }
    }

    public enum Basis: String, Sendable, CaseIterable {
        case memorandum, existing, discussed, context
    }

    public var id: String
    public var topic: String
    public var basis: Basis
    public var names: LocalisedText
    /// As it is printed: `%`, `per 100`, `baht per month`.
    public var unit: String
    public var kind: Kind
    public var direction: Direction
    /// The indicator that weights its mean over places: households for a share of households.
    public var denominator: String?
    public var definition: LocalisedText
    /// International codes by scheme: `["ITU": "HH6", "SDG": "17.8.1"]`.
    public var codes: [String: String]

    public init(
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
public struct Catalogue: Sendable {
    /// In order of their ids.
    public let indicators: [Indicator]
    /// In the order of the catalogue: those that it lists, then those that only indicators name, by id.
    public let topics: [Topic]
    private let positions: [String: Int]

    /// - Parameters:
    ///   - indicators: In any order.
    ///   - topics: In the order in which people are to read of them; of two of one id the first counts.
    /// - Precondition: No two indicators have the same id.
    public init(_ indicators: [Indicator], topics: [Topic] = []) {
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

    public subscript(_ id: String) -> Indicator? {
        positions[id].map { indicators[$0] }
    }

    public func contains(_ id: String) -> Bool {
        positions[id] != nil
    }

    public func kind(of id: String) -> Indicator.Kind? {
        positions[id].map { indicators[$0].kind }
    }

    public func unit(of id: String) -> String? {
        positions[id].map { indicators[$0].unit }
    }
}
