import Indicators

/// The codes by which places are known: the gazetteer's own (past ones too), p-codes and national codes.
struct PlaceCodes: Sendable {
    struct Entry: Hashable, Sendable {
        var place: String
        /// The years in which the code was in use, where it is not the place's present code.
        var years: ClosedRange<Int>?
    }

    private var international: [String: [Entry]] = [:]
    private var national: [String: [Entry]] = [:]

    init(_ gazetteer: Gazetteer) {
        for place in gazetteer.places {
            international[Self.key(place.code), default: []].append(Entry(place: place.code))
            if let pcode = place.pcode, Self.key(pcode) != Self.key(place.code) {
                international[Self.key(pcode), default: []].append(Entry(place: place.code))
            }
            for span in place.lifespans where span.code != place.code {
                let years = (span.from?.year ?? .min)...(span.until?.year ?? .max)
                international[Self.key(span.code), default: []].append(Entry(place: place.code, years: years))
            }
            if let code = place.nationalCode {
                national[Self.nationalKey(code), default: []].append(Entry(place: place.code))
            }
        }
    }

    /// The places that `code` may mean: by the gazetteer's code or p-code, else by national codes.
    func places(for code: String) -> [Entry] {
        let key = Self.key(code)
        if let entries = international[key] { return entries }
        if !key.contains("-"), let entries = international[Self.hyphenated(key)] { return entries }
        return national[Self.nationalKey(code)] ?? []
    }

    /// Upper case, ASCII hyphens and digits, no spaces.
    private static func key(_ code: String) -> String {
        var key = String.UnicodeScalarView()
        for scalar in code.unicodeScalars {
            switch scalar.value {
            case 0x61...0x7A: if let upper = Unicode.Scalar(scalar.value - 0x20) { key.append(upper) }
            case 0x2010...0x2015, 0x2212, 0x5F: key.append("-")
            case 0x20, 0xA0, 0x09, 0x200B...0x200F, 0xFEFF: break
            case 0x0E50...0x0E59: if let digit = Unicode.Scalar(scalar.value - 0x0E50 + 0x30) { key.append(digit) }
            case 0x0ED0...0x0ED9: if let digit = Unicode.Scalar(scalar.value - 0x0ED0 + 0x30) { key.append(digit) }
            default: key.append(scalar)
            }
        }
        return String(key)
    }

    /// `TH43` as `TH-43`: two letters, then the rest.
    private static func hyphenated(_ key: String) -> String {
        key.count > 2 ? "\(key.prefix(2))-\(key.dropFirst(2))" : key
    }

    /// Without leading zeros and without the `.0` that programs add to a column of numbers.
    private static func nationalKey(_ code: String) -> String {
        var key = Self.key(code)[...]
        if key.hasSuffix(".0") { key = key.dropLast(2) }
        while key.count > 1, key.first == "0" { key = key.dropFirst() }
        return String(key)
    }
}
