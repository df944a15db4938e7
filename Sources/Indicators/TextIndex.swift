private import Glibc

/// Numbers the distinct spellings of texts from 0, in the order in which they first come.
///
/// A table of open addresses of its own rather than a dictionary: most texts are short and come again and again, and what
/// Swift's hash of them takes is many times what it takes to compare them.
struct TextIndex: Sendable {
    /// The distinct texts, by their numbers.
    private(set) var texts: [String] = []
    /// A power of two of places, at least half of them 0: else the number of a text, plus one, below the half of its hash that
    /// says where it would be if nothing were there.
    private var slots: [UInt64] = []
    /// Most texts repeat the one above.
    private var last = LastText<Int>()

    /// The number of a text, that of the next one where it is new.
    mutating func number(of text: String) -> Int {
        if let same = last.meaning(of: text) { return same }
        let number = find(text)
        last = LastText(text, number)
        return number
    }

    private mutating func find(_ text: String) -> Int {
        if 2 * (texts.count + 1) > slots.count { grow() }
        let hash = Self.hash(text)
        var place = self.place(of: hash)
        while slots[place] != 0 {
            let number = Int(slots[place] & 0xFFFF_FFFF) - 1
            if slots[place] >> 32 == hash, Spelling.areAlike(texts[number], text) { return number }
            place = (place + 1) & (slots.count - 1)
        }
        texts.append(text)
        slots[place] = hash << 32 | UInt64(texts.count)
        return texts.count - 1
    }

    private func place(of hash: UInt64) -> Int { Int(hash) & (slots.count - 1) }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: max(16, 2 * old.count))
        for slot in old where slot != 0 {
            var place = self.place(of: slot >> 32)
            while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = slot
        }
    }

    /// Another one in each process: no file can be made whose texts all fall on one place.
    private static let seed = UInt64.random(in: .min ... .max)

    /// A half of a product twice as wide of the bytes, eight by eight, folded after each.
    private static func hash(_ text: String) -> UInt64 {
        var hash = seed
        let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            var position = 0
            while position + 8 <= raw.count {
                fold(unsafe raw.loadUnaligned(fromByteOffset: position, as: UInt64.self), into: &hash)
                position += 8
            }
            var rest = UInt64(truncatingIfNeeded: raw.count)
            while position < raw.count {
                rest = unsafe rest << 8 | UInt64(raw[position])
                position += 1
            }
            fold(rest, into: &hash)
        }
        if isDone == nil { for byte in text.utf8 { fold(UInt64(byte), into: &hash) } }
        return hash >> 32
    }

    private static func fold(_ word: UInt64, into hash: inout UInt64) {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        hash = product.high ^ product.low
    }
}
