import CSVStream
import Testing

/// A table of random fields and one of the ways to write it down.
private struct RandomTable {
    var rows: [[ReadField]] = []
    var bytes: [UInt8] = []

    private static let pieces = ["a", "7", " ", "\t", "ก", "ຫຼວງ", "😀", "é", ".", "-", "\u{FEFF}"]
    private static let quotedPieces = ["\"", ",", "\n", "\r", "\r\n", ";"]

    init(using numbers: inout SeededNumbers) {
        let lineBreak = ["\n", "\r\n", "\r"].randomElement(using: &numbers) ?? "\n"
        if Bool.random(using: &numbers) { bytes += [0xEF, 0xBB, 0xBF] }
        for _ in 0..<Int.random(in: 0...8, using: &numbers) {
            var row = (0..<Int.random(in: 1...6, using: &numbers)).map { _ in RandomTable.field(using: &numbers) }
            // A single missing field would be a blank line.
            if row.count == 1, row[0].isMissing { row[0] = ReadField(text: "", isQuoted: true) }
            rows.append(row)
            bytes += Array(row.map(RandomTable.written).joined(separator: ",").utf8)
            bytes += Array(lineBreak.utf8)
            if Int.random(in: 0..<5, using: &numbers) == 0 { bytes += Array(lineBreak.utf8) }
        }
        if Int.random(in: 0..<3, using: &numbers) == 0, bytes.last == 10 || bytes.last == 13 { bytes.removeLast() }
    }

    private static func field(using numbers: inout SeededNumbers) -> ReadField {
        let isQuoted = Bool.random(using: &numbers)
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &numbers) {
            text += (isQuoted ? pieces + quotedPieces : pieces).randomElement(using: &numbers) ?? ""
        }
        // A byte order mark at the very start of a file would be taken for one.
        if text.hasPrefix("\u{FEFF}") { text = "x" + text }
        return ReadField(text: text, isMissing: !isQuoted && text.isEmpty, isQuoted: isQuoted)
    }

    private static func written(_ field: ReadField) -> String {
        guard field.isQuoted else { return field.text }
        return "\"" + field.text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}

/// Bytes among which the troublesome ones are many.
private func hostileBytes(using numbers: inout SeededNumbers, pieces: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...24, using: &numbers) { bytes += pieces.randomElement(using: &numbers) ?? [] }
    return bytes
}

private let textPieces: [[UInt8]] = [
    [34], [34], [34], [44], [44], [10], [13], [13, 10], [97], [32], [0xE0, 0xB8, 0x81], [0xEF, 0xBB, 0xBF],
    [0xF0, 0x9F, 0x98, 0x80], [34, 44], [44, 34], [34, 10],
]
private let brokenPieces = textPieces + [[0], [0xFF], [0xE0], [0xB8], [0xEF], [0xBB], [0xF0, 0x9F]]

@Suite struct `Random input` {
    @Test(arguments: 1...40)
    func `that a writer of RFC 4180 wrote is read back, in blocks of any size`(seed: Int) {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<50 {
            let table = RandomTable(using: &numbers)
            let whole = read(table.bytes)
            #expect(whole.error == nil)
            #expect(whole.rows.map(\.fields) == table.rows)
            #expect(read(table.bytes, blockSize: { Int.random(in: 1...9, using: &numbers) }) == whole)
        }
    }

    @Test(arguments: 1...40)
    func `is read as the plain reader reads it, records, places and errors`(seed: Int) {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<200 {
            let bytes = hostileBytes(using: &numbers, pieces: textPieces)
            #expect(read(bytes) == ReferenceReader(bytes).outcome, "\(bytes)")
        }
    }

    @Test(arguments: 1...40)
    func `gives the same records and the same error whatever the blocks`(seed: Int) {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<100 {
            let bytes = hostileBytes(using: &numbers, pieces: brokenPieces)
            let options = CSVOptions(
                isLenient: Bool.random(using: &numbers),
                recordByteLimit: Bool.random(using: &numbers) ? Int.random(in: 1...20, using: &numbers) : 1 << 20,
                columnLimit: Bool.random(using: &numbers) ? Int.random(in: 1...5, using: &numbers) : 100,
                checksUTF8: Bool.random(using: &numbers)
            )
            let whole = read(bytes, options: options)
            #expect(read(bytes, options: options, blockSize: { 1 }) == whole, "\(bytes) \(options)")
            let some = read(bytes, options: options, blockSize: { Int.random(in: 1...5, using: &numbers) })
            #expect(some == whole, "\(bytes) \(options)")
        }
    }

    @Test(arguments: 1...40)
    func `has each of its lines in one record, if the line is not blank`(seed: Int) {
        var numbers = SeededNumbers(seed: seed)
        var readToTheEnd = 0
        for _ in 0..<200 {
            let bytes = hostileBytes(using: &numbers, pieces: textPieces)
            let outcome = read(bytes, options: CSVOptions(isLenient: true))
            guard outcome.error == nil else { continue }
            readToTheEnd += 1
            let recorded = outcome.rows.flatMap { $0.line..<($0.line + $0.lineCount) }
            let blank = blankLines(of: bytes).subtracting(recorded)
            #expect(recorded == recorded.sorted())
            #expect(Set(recorded).count == recorded.count)
            #expect(blank.union(recorded) == Set(1..<(1 + lineCount(of: bytes))), "\(bytes)")
        }
        #expect(readToTheEnd > 0)
    }
}

private func lines(of bytes: [UInt8]) -> [String] {
    let text = String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
    // CR and LF together are one Character.
    return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.map(String.init)
}

/// A line that only ends, at the end of the input, is none.
private func lineCount(of bytes: [UInt8]) -> Int {
    let lines = lines(of: bytes)
    return lines.last == "" ? lines.count - 1 : lines.count
}

private func blankLines(of bytes: [UInt8]) -> Set<Int> {
    Set(lines(of: bytes).indices.filter { lines(of: bytes)[$0].isEmpty && $0 < lineCount(of: bytes) }.map { $0 + 1 })
}
