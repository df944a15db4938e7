/// Numbers as people read them: rounded, with a dot for the decimals and commas between groups of three, in all
/// languages alike. The exact number stands in the derivation and in the CSV.
enum NumberText {
    /// To three significant figures at least, a whole number in full: `66.2`, `0.752`, `5,686,252`, `3.1e-7`.
    static func rounded(_ number: Double) -> String {
        guard number.isFinite else { return "" }
        let size = abs(number)
        if size == 0 { return "0" }
        if size >= 1e15 || size < 0.0005 { return scientific(number) }
        // By the number as it will read: 9.999 is 10.0, and 999.96 is 1,000.
        let decimals =
            switch size {
            case 999.95...: 0
            case 9.995..<999.95: 1
            case 0.9995..<9.995: 2
            default: 3
            }
        // `88.0` was rounded, `88` was not.
        let isExact = number.isWhole(inUnitsOfTenTo: decimals)
        return spelt(number, decimals: decimals, isFixed: !isExact)
    }

    /// With so many decimals, and all of them: `66.20`.
    static func fixed(_ number: Double, decimals: Int) -> String {
        spelt(number, decimals: decimals, isFixed: true)
    }

    /// A fraction as a percentage: `75.2%`.
    static func percent(_ fraction: Double) -> String {
        let percent = fraction * 100
        return spelt(percent, decimals: abs(percent) < 1 ? 2 : 1, isFixed: false) + "%"
    }

    /// A label of an axis, short enough for it: `250k`, `1.5M`, `2bn`.
    static func short(_ number: Double) -> String {
        let size = abs(number)
        for (unit, suffix) in [(1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e4, "k")] where size >= unit {
            let scale = suffix == "k" ? 1e3 : unit
            return spelt(number / scale, decimals: 1, isFixed: false) + suffix
        }
        return rounded(number)
    }

    private static func scientific(_ number: Double) -> String {
        var exponent = 0
        var size = abs(number)
        while size >= 10 {
            size /= 10
            exponent += 1
        }
        while size < 1 {
            size *= 10
            exponent -= 1
        }
        return (number < 0 ? "−" : "") + spelt(size, decimals: 1, isFixed: false) + "e\(exponent)"
    }

    private static func spelt(_ number: Double, decimals: Int, isFixed: Bool) -> String {
        var power = 1
        for _ in 0..<decimals { power *= 10 }
        let scaled = Int((abs(number) * Double(power)).rounded())
        let (whole, fraction) = (scaled / power, scaled % power)
        var digits = String(fraction)
        digits = String(repeating: "0", count: decimals - (fraction == 0 ? min(1, decimals) : digits.count)) + digits
        if decimals == 0 || (fraction == 0 && !isFixed) { digits = "" }
        if !isFixed { while digits.hasSuffix("0") { digits.removeLast() } }
        let sign = number < 0 && scaled != 0 ? "−" : ""
        return sign + grouped(whole) + (digits.isEmpty ? "" : "." + digits)
    }

    private static func grouped(_ whole: Int) -> String {
        let digits = Array(String(whole))
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return grouped
    }
}

extension Double {
    /// Whether nothing is left of it beyond so many decimals but what the computation of doubles leaves.
    fileprivate func isWhole(inUnitsOfTenTo decimals: Int) -> Bool {
        var scaled = self
        for _ in 0..<decimals { scaled *= 10 }
        return abs(scaled - scaled.rounded()) <= abs(scaled) * 1e-12
    }
}
