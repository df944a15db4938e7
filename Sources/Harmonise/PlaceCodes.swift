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
    /// The keys of international codes that were in use in some years only.
    private var passing: Set<String> = []
    /// Whether all codes are of ASCII letters: then no name in Thai or Lao need be looked up as one.
    private var isASCII = true

    init(_ gazetteer: Gazetteer) {
        international.reserveCapacity(2 * gazetteer.places.count)
        national.reserveCapacity(gazetteer.places.count)
        for place in gazetteer.places {
            let key = Self.key(place.code)
            international[key, default: []].append(Entry(place: place.code))
            if let pcode = place.pcode.map(Self.key), pcode != key {
                international[pcode, default: []].append(Entry(place: place.code))
            }
            for span in place.lifespans where span.code != place.code {
                let years = (span.from?.year ?? .min)...(span.until?.year ?? .max)
                let key = Self.key(span.code)
                international[key, default: []].append(Entry(place: place.code, years: years))
                passing.insert(key)
            }
            if let code = place.nationalCode {
                national[Self.nationalKey(Self.key(code)), default: []].append(Entry(place: place.code))
            }
        }
        isASCII = [international.keys, national.keys].allSatisfy { $0.allSatisfy(Self.isASCII) }
    }

    /// The places that `code` may mean: by the gazetteer's code or p-code, else by national codes.
    func places(for code: String) -> [Entry] {
        guard let key = keyToLookUp(code) else { return [] }
        if let entries = international[key] { return entries }
        if let key = Self.hyphenated(key), let entries = international[key] { return entries }
        return national[Self.nationalKey(key)] ?? []
    }

    /// Whether `code` means the same in every year: nothing, or places whose code it always was.
    func isTimeless(_ code: String) -> Bool {
        guard !passing.isEmpty, let key = keyToLookUp(code) else { return true }
        if passing.contains(key) { return false }
        guard let hyphenated = Self.hyphenated(key), passing.contains(hyphenated) else { return true }
        return international[key] != nil
    }

    /// The key by which a code is looked up; `nil` where it has letters that no code has.
    private func keyToLookUp(_ code: String) -> String? {
        if isASCII, code.unicodeScalars.contains(where: { (Self.folded($0)?.value ?? 0) >= 0x80 }) { return nil }
        return Self.key(code)
    }

    private static func isASCII(_ key: String) -> Bool {
        key.utf8.allSatisfy { $0 < 0x80 }
    }

    /// Upper case, ASCII hyphens and digits, no spaces.
    private static func key(_ code: String) -> String {
        let isKey = code.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        if isKey { return code }
        var key: [UInt8] = []
        key.reserveCapacity(code.utf8.count)
        for scalar in code.unicodeScalars {
            guard let folded = folded(scalar) else { continue }
            if folded.isASCII {
                key.append(UInt8(truncatingIfNeeded: folded.value))
            } else {
                key.append(contentsOf: folded.utf8)
            }
        }
        return String(decoding: key, as: UTF8.self)
    }

    /// What a scalar of a code is in its key; `nil` for a space.
    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x61...0x7A: Unicode.Scalar(scalar.value - 0x20)
        case 0x2010...0x2015, 0x2212, 0x5F: "-"
        case 0x20, 0xA0, 0x09, 0x200B...0x200F, 0xFEFF: nil
        case 0x0E50...0x0E59: Unicode.Scalar(scalar.value - 0x0E50 + 0x30)
        case 0x0ED0...0x0ED9: Unicode.Scalar(scalar.value - 0x0ED0 + 0x30)
        default: scalar
        }
    }

    /// `TH43` as `TH-43`: two letters, then the rest; `nil` for a key that is shorter, or has a hyphen.
    private static func hyphenated(_ key: String) -> String? {
        if key.utf8.contains(UInt8(ascii: "-")) { return nil }
        let scalars = key.unicodeScalars
        guard let split = scalars.index(key.startIndex, offsetBy: 2, limitedBy: key.endIndex), split < key.endIndex
        else {
            return nil
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
