import Indicators
import Testing

@Suite struct `Answers as bytes` {
    private static let written: [UInt8] = {
        var writer = MemoWriter()
        writer.append(Int.min)
        writer.append(UInt8.max)
        writer.append([-1, 0, Int128.max, Int128.min])
        writer.append("ນະຄອນຫຼວງ\0\"")
        writer.append(-0.0)
        writer.append(Double(nan: 5, signaling: false))
        writer.append(["", "a"])
        writer.append([0.1])
        return writer.bytes
    }()

    private static func read(_ bytes: [UInt8]) -> Bool {
        var reader = MemoReader(bytes)
        guard reader.integer() == Int.min, reader.integer(UInt8.self) == 255,
            reader.list({ $0.integer(Int128.self) }) == [-1, 0, .max, .min], reader.text() == "ນະຄອນຫຼວງ\0\"",
            reader.number()?.bitPattern == (-0.0).bitPattern,
            reader.number()?.bitPattern == Double(nan: 5, signaling: false).bitPattern,
            reader.list({ $0.text() }) == ["", "a"], reader.list({ $0.number() }) == [0.1]
        else { return false }
        return reader.isAtEnd
    }

    @Test func `are what was written`() {
        #expect(Self.read(Self.written))
    }

    @Test func `are nothing where they are cut off or longer`() {
        for count in Self.written.indices { #expect(!Self.read(Array(Self.written.prefix(count)))) }
        #expect(!Self.read(Self.written + [0]))
    }

    @Test func `ask for no more memory than there are bytes`() {
        var writer = MemoWriter()
        writer.append(Int.max)
        var reader = MemoReader(writer.bytes)
        #expect(reader.list { $0.text() } == nil)
        #expect(reader.isAtEnd)
    }

    @Test func `are nothing where a text is no UTF-8`() {
        var writer = MemoWriter()
        writer.append("ab")
        var bytes = writer.bytes
        bytes[bytes.count - 1] = 0xFF
        var reader = MemoReader(bytes)
        #expect(reader.text() == nil)
    }

    @Test func `differ for lists that would read alike`() {
        func bytes(_ texts: [[String]]) -> [UInt8] {
            var writer = MemoWriter()
            for list in texts { writer.append(list) }
            return writer.bytes
        }
        #expect(bytes([["a", "b"]]) != bytes([["ab"]]))
        #expect(bytes([["a"], ["b"]]) != bytes([["a", "b"], []]))
    }
}
