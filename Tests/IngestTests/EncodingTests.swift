import Indicators
import Testing

@testable import Ingest

private let thai = "จังหวัด,2561\nกรุงเทพมหานคร,80.5\nน่าน,\"ก๊ำ ฟ้า\"\n"

@Suite struct `Encodings` {
    static let table = Layout.yearsAcross(place: "จังหวัด")
    static let text = "จังหวัด,2561,2562\r\nกรุงเทพมหานคร,1,2\r\nสงขลา,3,4\r\nน่าน,5,6\r\n"
    static let values = [
        "กรุงเทพมหานคร 2561 total population = 1.0", "กรุงเทพมหานคร 2562 total population = 2.0",
        "สงขลา 2561 total population = 3.0", "สงขลา 2562 total population = 4.0",
        "น่าน 2561 total population = 5.0", "น่าน 2562 total population = 6.0",
    ]

    struct Sample: CustomTestStringConvertible, Sendable {
        var bytes: [UInt8]
        var declared: TextEncoding
        var name: String
        var isDetected = false

        var testDescription: String { "\(declared.rawValue) → \(name)" }
    }

    static let samples = [
        Sample(bytes: Array(text.utf8), declared: .automatic, name: "UTF-8"),
        Sample(bytes: Array(text.utf8), declared: .utf8, name: "UTF-8"),
        Sample(bytes: [0xEF, 0xBB, 0xBF] + text.utf8, declared: .automatic, name: "UTF-8 with BOM"),
        Sample(bytes: [0xEF, 0xBB, 0xBF] + text.utf8, declared: .utf8, name: "UTF-8 with BOM"),
        Sample(bytes: utf16(text), declared: .automatic, name: "UTF-16LE with BOM"),
        Sample(bytes: utf16(text, bigEndian: true), declared: .automatic, name: "UTF-16BE with BOM"),
        Sample(bytes: utf16(text), declared: .utf16, name: "UTF-16LE with BOM"),
        Sample(bytes: utf16(text, mark: false), declared: .automatic, name: "UTF-16LE", isDetected: true),
        Sample(
            bytes: utf16(text, bigEndian: true, mark: false),
            declared: .automatic,
            name: "UTF-16BE",
            isDetected: true
        ),
        Sample(bytes: utf16(text, bigEndian: true, mark: false), declared: .utf16, name: "UTF-16BE"),
        Sample(bytes: utf16(text, mark: false), declared: .utf16LittleEndian, name: "UTF-16LE"),
        Sample(bytes: utf16(text, bigEndian: true), declared: .utf16BigEndian, name: "UTF-16BE with BOM"),
        Sample(bytes: windows874(text), declared: .automatic, name: "Windows-874", isDetected: true),
        Sample(bytes: windows874(text), declared: .windows874, name: "Windows-874"),
        Sample(bytes: windows874(text), declared: .tis620, name: "Windows-874"),
    ]

    @Test(arguments: samples) func `are declared or detected, and said`(_ sample: Sample) throws {
        let result = try ingested(sample.bytes, Self.table) { $0.encoding = sample.declared }
        #expect(result.summary == Self.values)
        #expect(result.facts.encoding == sample.name)
        #expect(result.facts.encodingIsDetected == sample.isDetected)
        #expect(result.codes == (sample.isDetected ? ["encoding-detected"] : []))
        #expect(result.facts.bytes == sample.bytes.count)
    }

    @Test(arguments: [Charset.windows874, .utf16LittleEndian, .utf16BigEndian], [1, 2, 3, 5, 7, 64, 100_000])
    func `decode to the same text at every block size`(_ charset: Charset, _ size: Int) throws {
        let text = thai + "€ – “ก” \u{A0}…\n"
        let encoded =
            switch charset {
            case .windows874: windows874(text)
            case .utf16BigEndian: utf16(text + "😀", bigEndian: true, mark: false)
            default: utf16(text + "😀", mark: false)
            }
        #expect(try decoded(encoded, charset, size) == text + (charset == .windows874 ? "" : "😀"))
    }

    @Test func `decode more than the buffers hold`() throws {
        let text = String(repeating: thai, count: 5_000)
        #expect(try decoded(windows874(text), .windows874, 300_000) == text)
    }

    @Test(arguments: [1, 3, 1_000]) func `tell the byte that is no character, wherever blocks end`(_ size: Int) throws {
        let bytes = windows874("ก,1\nข,") + [0x81] + windows874("2\n")
        let failure = try #require(throws: CharsetDecoder.Failure.self) { _ = try decoded(bytes, .windows874, size) }
        #expect(failure == CharsetDecoder.Failure(offset: 6, line: 2, byte: 0x81))
    }

    @Test(arguments: [1, 2, 1_000]) func `refuse half a character at the end, and half a pair`(_ size: Int) throws {
        let cut = try #require(throws: CharsetDecoder.Failure.self) {
            _ = try decoded([0x61, 0x00, 0x0A, 0x00, 0x62], .utf16LittleEndian, size)
        }
        #expect(cut == CharsetDecoder.Failure(offset: 4, line: 2, byte: nil))
        let lone = try #require(throws: CharsetDecoder.Failure.self) {
            _ = try decoded([0x61, 0x00, 0x00, 0xDC, 0x62, 0x00], .utf16LittleEndian, size)
        }
        #expect(lone.offset == 2)
    }

    @Test func `are Windows-874 where the first Thai word comes after a hundred thousand bytes of ASCII`() throws {
        let rows = (0..<12_000).map { "P\($0),\($0)\n" }.joined()
        let bytes = windows874("place,2561\n" + rows + "สงขลา,7\nน่าน,8\n")
        let result = try ingested(bytes, .yearsAcross(place: "place"))
        #expect(result.facts.encoding == "Windows-874")
        #expect(result.values.last?.place == "น่าน")
        #expect(result.values.count == 12_002)
    }

    @Test func `are UTF-8 where one byte of a Thai file is damaged, with the line of that byte`() throws {
        var bytes = Array(Self.text.utf8)
        let place = try #require(bytes.lastIndex(of: 0xE0))
        bytes[place] = 0xFF
        let error = try ingestError(bytes, Self.table)
        #expect(error.code == "invalid-utf-8")
        #expect(error.line == 4)
    }

    @Test func `are Windows-874 although its bytes hold pairs that look like UTF-8`() {
        #expect(judge(windows874("สงขลา ยกกระบัตร"), isCut: false) == .windows874)
        #expect(judge(Array("สงขลา".utf8), isCut: false) == .utf8)
        #expect(judge(Array("สงขลา".utf8.dropLast()), isCut: true) == .utf8)
    }

    @Test func `are not guessed for other languages`() throws {
        let latin: [UInt8] = Array("place,2561\nCaf".utf8) + [0xE9, 0x2C, 0x31, 0x0A]
        let error = try ingestError(latin, .yearsAcross(place: "place"))
        #expect(error.code == "unknown-encoding")
        #expect(error.found == "byte 0xE9 at offset 14")
        let cyrillic: [UInt8] = [0xCB, 0xE0, 0xEE, 0xF1, 0x20, 0xF2, 0xE0, 0xE8, 0xEB, 0xE0, 0xED, 0xE4]
        #expect(judge(cyrillic, isCut: false) == .unknown(offset: 0))
        let french = Array("déjà élevé à Genève".utf8) + [0xE9]
        #expect(judge(french, isCut: false) == .damagedUTF8(offset: french.count - 1))
    }

    @Test func `that are declared and contradict the file are refused`() throws {
        for (bytes, declared) in [
            (Array(Self.text.utf8), TextEncoding.windows874), ([0xEF, 0xBB, 0xBF] + Self.text.utf8, .tis620),
            (utf16(Self.text), .utf8), (utf16(Self.text), .utf16BigEndian),
        ] {
            let error = try ingestError(bytes, Self.table) { $0.encoding = declared }
            #expect(error.code == "encoding-mismatch", "\(declared)")
        }
        let error = try ingestError(windows874(Self.text), Self.table) { $0.encoding = .utf8 }
        #expect(error.code == "invalid-utf-8")
    }

    private func decoded(_ bytes: [UInt8], _ charset: Charset, _ size: Int) throws -> String {
        guard var decoder = CharsetDecoder(charset) else {
            Issue.record("the C library cannot decode \(charset.name)")
            return ""
        }
        let asItIs = { (failure: CharsetDecoder.Failure) in failure }
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let block = Array(bytes[start..<min(start + size, bytes.count)])
            try unsafe decoder.decode(block.span.bytes, failingAs: asItIs) { piece throws(CharsetDecoder.Failure) in
                text += (0..<piece.byteCount).map { piece[$0] }
            }
        }
        try decoder.finish()
        return String(decoding: text, as: UTF8.self)
    }
}
