/// The quotient of two registers in Spark's SQL, of up to 18 significant digits each, to as many and to the even one where it
/// lies in the middle: a division of whole numbers, as ``Decimal/quotient(_:_:)`` has it.
struct QuotientSQL {
    let dividend: Int
    /// How many digits stand behind the point.
    let dividendScale: Int
    let divisor: Int
    let divisorScale: Int
    /// Of the quotient.
    let index: Int

    private static let form = RegisterSQL.Form.quotient

    /// Adds the columns that lead to the quotient, and itself: nothing where a number has more digits, or the quotient does not
    /// fit its form.
    ///
    /// - Parameters:
    ///   - layers: What they are added to.
    ///   - layer: The first that sees the limbs of both.
    /// - Returns: The first that sees the quotient.
    func add(to layers: inout SQLLayers, at layer: Int) -> Int {
        let steps = [wholes, shift, division, rounding, placing, [quotient]]
        var layer = layer
        for step in steps.joined() {
            for (column, expression) in step { layers.add(column + "\(index)", expression, at: layer) }
            layer += 1
        }
        return layer
    }

    private typealias Step = [(column: String, expression: String)]

    private func name(_ column: String) -> String { "\(column)\(index)" }

    /// `qx` and `qy`: both as whole numbers of up to 18 digits; `qe`: how many decimals more the dividend had.
    private var wholes: [Step] {
        let (first, second) = (
            SQLLimbs.text(of: SQLLimbs.single(dividend)), SQLLimbs.text(of: SQLLimbs.single(divisor))
        )
        func whole(_ digits: String) -> String {
            let short = "TRIM(BOTH '0' FROM \(digits))"
            return "CASE WHEN LENGTH(\(short)) BETWEEN 1 AND 18 THEN CAST(\(short) AS BIGINT) END"
        }
        func decimals(_ digits: String, _ scale: Int) -> String {
            "LENGTH(TRIM(TRAILING '0' FROM \(digits))) - \(SQLLimbs.length - scale)"
        }
        let difference = "\(decimals(first, dividendScale)) - (\(decimals(second, divisorScale)))"
        return [[("qx", whole(first)), ("qy", whole(second)), ("qe", difference)]]
    }

    /// `qh`: how many zeros the dividend takes for a quotient of 18 digits; `qg` may be one too many.
    private var shift: [Step] {
        let (x, y, guess) = (name("qx"), name("qy"), name("qg"))
        return [
            [("qg", "CAST(18 - LENGTH(CAST(\(x) AS STRING)) + LENGTH(CAST(\(y) AS STRING)) AS INT)")],
            [("qh", "IF(\(digits(x, zeros: guess)) >= \(digits(y, zeros: "18")), \(guess) - 1, \(guess))")],
        ]
    }

    /// `qn` divided by `qy` is `qq`, and `qm` is left.
    private var division: [Step] {
        let (y, quotient) = ("CAST(\(name("qy")) AS DECIMAL(18, 0))", "CAST(\(name("qq")) AS DECIMAL(18, 0))")
        return [
            [("qn", digits(name("qx"), zeros: name("qh")))],
            [("qq", "\(name("qn")) DIV \(y)")],
            [("qm", "\(name("qn")) - \(quotient) * \(y)")],
        ]
    }

    /// `qw`: the rounded quotient as a text.
    private var rounding: [Step] {
        let (double, y, quotient) = ("2 * \(name("qm"))", name("qy"), name("qq"))
        let isUp = "\(double) > \(y) OR (\(double) = \(y) AND \(quotient) % 2 = 1)"
        return [[("qw", "CAST(\(quotient) + CASE WHEN \(isUp) THEN 1 ELSE 0 END AS STRING)")]]
    }

    /// `qz`: the digits of the quotient down to the last decimal of its form; nothing where it has more.
    private var placing: [Step] {
        let text = name("qw")
        let beyond = "(\(name("qh")) + \(name("qe")) - \(Self.form.scale))"
        let digits = """
            CASE WHEN \(beyond) <= 0 THEN CONCAT(\(text), REPEAT('0', - \(beyond))) \
            WHEN RIGHT(\(text), \(beyond)) = REPEAT('0', \(beyond)) \
            THEN SUBSTRING(\(text), 1, LENGTH(\(text)) - \(beyond)) END
            """
        return [[("qz", digits)]]
    }

    private var quotient: Step {
        let (x, y, text) = ("r\(dividend)", "r\(divisor)", name("qz"))
        let (length, whole) = (SQLLimbs.length, SQLLimbs.length - Self.form.scale)
        let padded = "LPAD(\(text), \(length), '0')"
        let sign = "IF((\(x) < 0) <> (\(y) < 0), '-', '')"
        let number = """
            CONCAT(\(sign), SUBSTRING(\(padded), 1, \(whole)), '.', SUBSTRING(\(padded), \(whole + 1), \(Self.form.scale)))
            """
        let value = """
            CASE WHEN \(x) = 0 AND \(y) <> 0 THEN CAST(0 AS \(Self.form.type)) \
            WHEN LENGTH(\(text)) <= \(length) THEN TRY_CAST(\(number) AS \(Self.form.type)) END
            """
        return [("r", value)]
    }

    private func digits(_ number: String, zeros: String) -> String {
        "CAST(CONCAT(CAST(\(number) AS STRING), REPEAT('0', \(zeros))) AS DECIMAL(38, 0))"
    }
}
