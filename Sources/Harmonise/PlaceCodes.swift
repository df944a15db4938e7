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
    /// Whether all codes are of ASCII letters: then no name in Thai or Lao need be looked up as one.
    private var isASCII = true

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
                national[Self.nationalKey(Self.key(code)), default: []].append(Entry(place: place.code))
            }
        }
        isASCII = [international.keys, national.keys].allSatisfy { $0.allSatisfy(Self.isASCII) }
    }

    /// The places that `code` may mean: by the gazetteer's code or p-code, else by national codes.
    func places(for code: String) -> [Entry] {
        let key = Self.key(code)
        if isASCII, !Self.isASCII(key) { return [] }
        if let entries = international[key] { return entries }
        if !key.utf8.contains(UInt8(ascii: "-")), let entries = international[Self.hyphenated(key)] { return entries }
        return national[Self.nationalKey(key)] ?? []
    }

    private static func isASCII(_ key: String) -> Bool {
        key.utf8.allSatisfy { $0 < 0x80 }
    }

    /// Upper case, ASCII hyphens and digits, no spaces.
    private static func key(_ code: String) -> String {
        var key: [UInt8] = []
        key.reserveCapacity(code.utf8.count)
        for scalar in code.unicodeScalars {
            switch scalar.value {
            case 0x61...0x7A: key.append(UInt8(scalar.value) - 0x20)
            case 0x2010...0x2015, 0x2212, 0x5F: key.append(UInt8(ascii: "-"))
            case 0x20, 0xA0, 0x09, 0x200B...0x200F, 0xFEFF: break
            case 0x0E50...0x0E59: key.append(UInt8(scalar.value - 0x0E50 + 0x30))
            case 0x0ED0...0x0ED9: key.append(UInt8(scalar.value - 0x0ED0 + 0x30))
            default: key.append(contentsOf: scalar.utf8)
            }
        }
        return String(decoding: key, as: UTF8.self)
    }

    /// `TH43` as `TH-43`: two letters, then the rest.
    private static func hyphenated(_ key: String) -> String {
        let scalars = key.unicodeScalars
        guard let split = scalars.index(key.startIndex, offsetBy: 2, limitedBy: key.endIndex), split < key.endIndex
        else {
            return key
        }
        return "\(key[..<split])-\(key[split...])"
    }

    /// A key without leading zeros and without the `.0` that programs add to a column of numbers.
    private static func nationalKey(_ key: String) -> String {
        var digits = key.utf8[...]
        if digits.count > 2, digits.suffix(2).elementsEqual(".0".utf8) { digits = digits.dropLast(2) }
        while digits.count > 1, digits.first == UInt8(ascii: "0") { digits = digits.dropFirst() }
        return String(Substring(digits))
    }
}
