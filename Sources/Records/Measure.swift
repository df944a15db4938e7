/// What is worked out of a group of records.
struct Measure: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// How many records, whatever their weight.
        case count
        /// The sum of the weights.
        case weightedCount
        /// The weighted sum of a value.
        case sum
        /// The weighted mean of a value over the records that have it.
        case mean
        /// The weighted share of records for which a condition holds, among those for which it is known.
        case share
        /// One weighted sum over another.
        case ratio
        case smallest, largest
        /// The smallest value at which the weights up to it reach this share of all.
        case quantile(Decimal)
    }

    var name: String
    var formula: String
    var kind: Kind
    /// The register of the value, `nil` for counts.
    var value: Int?
    /// The register of the divisor of a ratio.
    var divisor: Int?
    /// The register of a condition on the records that this measure looks at.
    var condition: Int?

    var isExtreme: Bool { kind == .smallest || kind == .largest }

    /// Whether a standard error belongs to it.
    var isEstimated: Bool {
        switch kind {
        case .weightedCount, .sum, .mean, .share, .ratio: true
        default: false
        }
    }
}

extension Measure {
    private static let forms = [
        "count": "count() or count(CONDITION)",
        "weighted_count": "weighted_count() or weighted_count(CONDITION)",
        "sum": "sum(VALUE) or sum(VALUE, CONDITION)",
        "mean": "mean(VALUE) or mean(VALUE, CONDITION)",
        "share": "share(CONDITION) or share(CONDITION, CONDITION)",
        "ratio": "ratio(VALUE, VALUE) or ratio(VALUE, VALUE, CONDITION)",
        "min": "min(VALUE) or min(VALUE, CONDITION)",
        "max": "max(VALUE) or max(VALUE, CONDITION)",
        "median": "median(VALUE) or median(VALUE, CONDITION)",
        "quantile": "quantile(VALUE, SHARE) or quantile(VALUE, SHARE, CONDITION)",
    ]

    /// Reads a formula: the name of a measure, its arguments, and behind them the condition on its records.
    init(
        _ named: RecordOrder.NamedMeasure,
        header: [String],
        in program: inout Program
    ) throws(ExpressionError) {
        let source = named.formula
        let parsed = try ExpressionParser.parse(source)
        let compiler = Compiler(source: source, header: header)
        let known = Self.forms.keys.sorted().joined(separator: ", ")
        guard case .call(let word, let arguments, let place) = parsed, let form = Self.forms[word] else {
            throw compiler.error(
                parsed.place,
                "this is no measure",
                expected: "one of \(known) with its arguments in parentheses"
            )
        }
        let least = ["count": 0, "weighted_count": 0, "ratio": 2, "quantile": 2][word] ?? 1
        guard arguments.count == least || arguments.count == least + 1 else {
            throw compiler.error(place, "\(word) has too few or too many arguments", expected: form)
        }
        name = named.name
        formula = source
        func number(_ index: Int, _ program: inout Program) throws(ExpressionError) -> Int {
            try compiler.number(arguments[index], in: &program)
        }
        switch word {
        case "count": kind = .count
        case "weighted_count": kind = .weightedCount
        case "sum": (kind, value) = (.sum, try number(0, &program))
        case "mean": (kind, value) = (.mean, try number(0, &program))
        case "min": (kind, value) = (.smallest, try number(0, &program))
        case "max": (kind, value) = (.largest, try number(0, &program))
        case "share":
            // Asked for as a condition first, so that a bare number is refused.
            _ = try compiler.condition(arguments[0], in: &program)
            (kind, value) = (.share, try number(0, &program))
        case "ratio": (kind, value, divisor) = (.ratio, try number(0, &program), try number(1, &program))
        case "median":
            (kind, value) = (.quantile(Decimal(unchecked: 5, scale: 1)), try number(0, &program))
        default:
            guard case .number(let share, _) = arguments[1], share.mantissa >= 0, !Decimal.isLess(Decimal(1), share)
            else {
                throw compiler.error(arguments[1].place, "this is no share", expected: "a number in 0...1")
            }
            (kind, value) = (.quantile(share.reduced), try number(0, &program))
        }
        if arguments.count > least {
            condition = try compiler.condition(arguments[least], in: &program)
        }
    }
}
