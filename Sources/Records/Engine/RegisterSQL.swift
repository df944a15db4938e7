/// A program in Spark's SQL, to the letter of ``Registers``: column `r3` is what register 3 holds, nothing where it holds
/// nothing; column `s3` is the raw value of its ``Registers/State``.
///
/// The engine's numbers are narrower than ours: ``Form``. What does not fit is out of range, and the run is to end with
/// that: it is no fault of the record.
struct RegisterSQL {
    /// How the engine keeps what a register holds.
    enum Form {
        case condition
        /// Of 18 digits before the point and 18 behind it.
        case number
        /// Of 12 digits before the point and 24 behind it: as many as 18 significant ones of a millionth take.
        case quotient

        var type: String {
            switch self {
            case .condition: "BOOLEAN"
            case .number: "DECIMAL(36, 18)"
            case .quotient: "DECIMAL(36, 24)"
            }
        }

        /// How many digits stand behind the point.
        var scale: Int { self == .quotient ? 24 : 18 }
    }

    private(set) var layers = SQLLayers()
    private(set) var limbs = SQLLimbs()
    private(set) var forms: [Form] = []
    /// By register, the first layer that sees it.
    private var ready: [Int] = []
    private let order: RecordOrder
    private let texts: [[UInt8]]

    /// - Throws: ``RecordError`` where the engine cannot work something out as it is worked out here.
    init(_ plan: RecordPlan) throws(RecordError) {
        order = plan.order
        texts = plan.program.texts
        for (index, instruction) in plan.program.instructions.enumerated() { try add(instruction, as: index) }
    }

    private mutating func add(_ instruction: Program.Instruction, as index: Int) throws(RecordError) {
        switch instruction {
        case .number(let column): addField(column, as: index)
        case .constant(let number):
            guard number.scale <= 18, number.mantissa.magnitude < Decimal.power(18 + number.scale).magnitude else {
                throw Self.refusal("\(number.text) has more digits than the engine keeps", "leave --engine out")
            }
            set(index, .number, "CAST('\(number.text)' AS \(Form.number.type))", state: "1", at: 0)
        case .boolean(let value): set(index, .condition, value ? "true" : "false", state: "1", at: 0)
        case .isMissing(let column): set(index, .condition, missing(column), state: "1", at: 0)
        case .holds(let column, let text):
            let written = SQLText.quoted(String(decoding: texts[text], as: UTF8.self))
            let none = missing(column)
            set(index, .condition, "IF(\(none), NULL, c\(column) = \(written))", state: "IF(\(none), 0, 1)", at: 0)
        case .holdsSame(let column, let other):
            let none = "(\(missing(column)) OR \(missing(other)))"
            set(index, .condition, "IF(\(none), NULL, c\(column) = c\(other))", state: "IF(\(none), 0, 1)", at: 0)
        case .plus(let left, let right): addSum("+", left, right, as: index)
        case .minus(let left, let right): addSum("-", left, right, as: index)
        case .times(let left, let right): try addProduct(left, right, as: index)
        case .over(let left, let right):
            addQuotient(left, right, as: index)
        case .negated(let inner): set(index, forms[inner], "(- r\(inner))", state: "s\(inner)", at: ready[inner])
        case .absolute(let inner): set(index, forms[inner], "ABS(r\(inner))", state: "s\(inner)", at: ready[inner])
        case .not(let inner): set(index, .condition, "(NOT r\(inner))", state: "s\(inner)", at: ready[inner])
        default: addOfTwo(instruction, as: index)
        }
    }

    private mutating func addOfTwo(_ instruction: Program.Instruction, as index: Int) {
        switch instruction {
        case .smaller(let left, let right):
            let (form, first, second) = alike(left, right)
            calculate(left, right, as: index, form, "IF(\(second) < \(first), \(second), \(first))")
        case .larger(let left, let right):
            let (form, first, second) = alike(left, right)
            calculate(left, right, as: index, form, "IF(\(first) < \(second), \(second), \(first))")
        case .less(let left, let right):
            let (_, first, second) = alike(left, right)
            calculate(left, right, as: index, .condition, "(\(first) < \(second))")
        case .equal(let left, let right):
            let (_, first, second) = alike(left, right)
            calculate(left, right, as: index, .condition, "(\(first) = \(second))")
        case .and(let left, let right): connect("AND", left, right, as: index)
        case .or(let left, let right): connect("OR", left, right, as: index)
        case .choice(let condition, let then, let otherwise):
            let (form, first, second) = alike(then, otherwise)
            let layer = [condition, then, otherwise].map { ready[$0] }.max() ?? 0
            let chosen =
                "CASE WHEN s\(condition) <> 1 THEN s\(condition) WHEN r\(condition) THEN s\(then) ELSE s\(otherwise) END"
            layers.add(
                "r\(index)",
                "CASE WHEN r\(condition) THEN \(first) WHEN NOT r\(condition) THEN \(second) END",
                at: layer
            )
            layers.add("s\(index)", "IF(\(chosen) = 1 AND r\(index) IS NULL, 3, \(chosen))", at: layer + 1)
            finish(index, form, layer + 2)
        default: break
        }
    }

    // MARK: Fields

    /// What we read as a digit, sign or space, and what the engine is to take it for.
    private static let written = "๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙０１２３４５６７８９\u{2212}\u{9}\u{A0}\u{2009}\u{202F}"
    private static let meant = "012345678901234567890123456789-    "
    private static let plain = "^[+-]?0*[0-9]{0,18}([.][0-9]{0,18}0*)?$"
    /// Short enough to leave no digit out.
    private static let powered = "^[+-]?[0-9]{1,9}([.][0-9]{0,9})?[eE][+-]?0*[0-8]$"
    private static let anyNumber = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"

    private mutating func addField(_ column: Int, as index: Int) {
        let text = "t\(index)"
        layers.add(text, "TRIM(TRANSLATE(COALESCE(c\(column), ''), '\(Self.written)', '\(Self.meant)'))", at: 0)
        let none = "(\(missing(column)) OR \(text) = '')"
        let fits =
            "(\(text) RLIKE '\(Self.plain)' OR \(text) RLIKE '\(Self.powered)') AND \(text) RLIKE '\(Self.anyNumber)'"
        layers.add(
            "r\(index)",
            "CASE WHEN NOT \(none) AND \(fits) THEN TRY_CAST(\(text) AS \(Form.number.type)) END",
            at: 1
        )
        layers.add(
            "s\(index)",
            "CASE WHEN \(none) THEN 0 WHEN r\(index) IS NOT NULL THEN 1 WHEN \(text) RLIKE '\(Self.anyNumber)' THEN 3 ELSE 2 END",
            at: 2
        )
        finish(index, .number, 3)
    }

    /// Whether nothing stands in a column.
    private func missing(_ column: Int) -> String {
        "(COALESCE(c\(column), '') IN (\(([""] + order.missing).map(SQLText.quoted).joined(separator: ", "))))"
    }

    // MARK: Calculation

    private mutating func addSum(_ sign: String, _ left: Int, _ right: Int, as index: Int) {
        let (form, first, second) = alike(left, right)
        calculate(left, right, as: index, form, "TRY_CAST(\(first) \(sign) \(second) AS \(form.type))")
    }

    /// A product in limbs: 18 digits that it has more behind the point than are kept have to be zero.
    private mutating func addProduct(_ left: Int, _ right: Int, as index: Int) throws(RecordError) {
        if forms[left] == .quotient, forms[right] == .quotient {
            throw Self.refusal(
                "a product of two quotients has more digits than the engine keeps",
                "divide last, as in a * c / (b * d); or leave --engine out"
            )
        }
        let form = forms[left] == .quotient ? .quotient : forms[right]
        let pair = [left, right]
        var layer = max(
            limbs.cut(left, forms[left], &layers, at: ready[left]),
            limbs.cut(right, forms[right], &layers, at: ready[right])
        )
        layer = limbs.multiply(pair, &layers, at: layer)
        layer = limbs.carry(pair, &layers, at: layer)
        let columns = SQLLimbs.carried(pair)
        let kept = columns[2..<6]
        let text = "d\(index)"
        layers.add(text, SQLLimbs.text(of: Array(kept)), at: layer)
        let sign = "IF(\(kept.map { "\($0) < 0" }.joined(separator: " OR ")), '-', '')"
        let fits = (columns[..<2] + columns[6...]).map { "\($0) = 0" }.joined(separator: " AND ")
        let whole = SQLLimbs.length - form.scale
        let number =
            "CONCAT(\(sign), SUBSTRING(\(text), 1, \(whole)), '.', SUBSTRING(\(text), \(whole + 1), \(form.scale)))"
        layers.add("r\(index)", "CASE WHEN \(fits) THEN TRY_CAST(\(number) AS \(form.type)) END", at: layer + 1)
        addState(of: index, left, right, at: layer + 2)
        finish(index, form, layer + 3)
    }

    private mutating func addQuotient(_ left: Int, _ right: Int, as index: Int) {
        let quotient = QuotientSQL(
            dividend: left,
            dividendScale: forms[left].scale,
            divisor: right,
            divisorScale: forms[right].scale,
            index: index
        )
        var layer = max(
            limbs.cut(left, forms[left], &layers, at: ready[left]),
            limbs.cut(right, forms[right], &layers, at: ready[right])
        )
        layer = quotient.add(to: &layers, at: layer)
        layers.add(
            "s\(index)",
            "CASE WHEN s\(left) = 1 AND s\(right) = 1 AND r\(right) = 0 THEN 4 ELSE \(calculated(index, left, right)) END",
            at: layer
        )
        finish(index, .quotient, layer + 1)
    }

    /// A result of two numbers, missing where one of them is.
    private mutating func calculate(_ left: Int, _ right: Int, as index: Int, _ form: Form, _ value: String) {
        let layer = max(ready[left], ready[right])
        layers.add("r\(index)", value, at: layer)
        addState(of: index, left, right, at: layer + 1)
        finish(index, form, layer + 2)
    }

    private mutating func addState(of index: Int, _ left: Int, _ right: Int, at layer: Int) {
        layers.add("s\(index)", calculated(index, left, right), at: layer)
    }

    /// The state of what was calculated of two numbers.
    private func calculated(_ index: Int, _ left: Int, _ right: Int) -> String {
        "CASE WHEN s\(left) = 1 AND s\(right) = 1 THEN IF(r\(index) IS NULL, 3, 1) ELSE \(worse(left, right)) END"
    }

    /// Three-valued, as SQL itself is.
    private mutating func connect(_ word: String, _ left: Int, _ right: Int, as index: Int) {
        let layer = max(ready[left], ready[right])
        layers.add("r\(index)", "(r\(left) \(word) r\(right))", at: layer)
        layers.add("s\(index)", "IF(r\(index) IS NOT NULL, 1, \(worse(left, right)))", at: layer + 1)
        finish(index, .condition, layer + 2)
    }

    private func worse(_ left: Int, _ right: Int) -> String {
        "CASE WHEN s\(left) > 1 THEN s\(left) WHEN s\(right) > 1 THEN s\(right) WHEN s\(left) = 0 THEN 0 ELSE s\(right) END"
    }

    /// Two registers in one form.
    private func alike(_ left: Int, _ right: Int) -> (Form, String, String) {
        guard forms[left] != forms[right] else { return (forms[left], "r\(left)", "r\(right)") }
        func quotient(_ register: Int) -> String {
            forms[register] == .quotient ? "r\(register)" : "TRY_CAST(r\(register) AS \(Form.quotient.type))"
        }
        return (.quotient, quotient(left), quotient(right))
    }

    private mutating func set(_ index: Int, _ form: Form, _ value: String, state: String, at layer: Int) {
        layers.add("r\(index)", value, at: layer)
        layers.add("s\(index)", state, at: layer)
        finish(index, form, layer + 1)
    }

    private mutating func finish(_ index: Int, _ form: Form, _ layer: Int) {
        forms.append(form)
        ready.append(layer)
        assert(forms.count == index + 1)
    }

    static func refusal(_ problem: String, _ hint: String) -> RecordError {
        RecordError(
            code: "engine-cannot",
            problem: problem,
            expected: "an order that the engine works out exactly",
            hint: hint
        )
    }
}
