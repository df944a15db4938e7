import CDeflate
import CZlib
import Foundation
import Spreadsheet
import Testing
import Workbook

@Suite struct `The packing of a workbook` {
    /// That our function is found before zlib's own is up to the linker: without it a workbook takes longer, and nothing tells.
    @Test func `is at the quick level`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "packing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "workbook.xlsx").path
        let file = try WorkbookFile(path: path, temporaryFolder: folder.path)
        _ = try file.addSheet("Rows")
        try file.close()
        #expect(cdeflate_last_level() == 2)
        #expect(FileManager.default.fileExists(atPath: path))
    }

    /// The parts are looked at as they are packed, so that the workbook need not be read back: that, too, is up to the linker.
    @Test func `is seen from its first byte to its last`() throws {
        let texts = ["", "<a/>", String(repeating: "x", count: 79) + "é", (0..<30_000).map { "<r>\($0)</r>" }.joined()]
        for size in [1, 79, 80, 81, 400, 5_000] {
            PackedText.watch()
            for text in texts { compress(Array(text.utf8), by: size) }
            let seen = PackedText.watched
            #expect(seen.map(\.head) == texts.map { Array($0.utf8.prefix(400)) }, "\(size)")
            #expect(seen.map(\.tail) == texts.map { Array($0.utf8.suffix(80)) }, "\(size)")
        }
        // Nothing is kept where nobody asked for it.
        compress([1, 2, 3], by: 1)
        #expect(PackedText.watched.isEmpty)
    }

    private func compress(_ bytes: [UInt8], by size: Int) {
        var stream = unsafe z_stream()
        let width = unsafe Int32(MemoryLayout<z_stream>.size)
        #expect(unsafe deflateInit2_(&stream, -1, Z_DEFLATED, -15, 8, 0, zlibVersion(), width) == Z_OK)
        defer { unsafe deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + 1_000)
        unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                for start in stride(from: 0, to: input.count, by: size) {
                    let part = unsafe UnsafeMutableBufferPointer(rebasing: input[start...].prefix(size))
                    unsafe stream.next_in = part.baseAddress
                    unsafe stream.avail_in = UInt32(part.count)
                    #expect(unsafe deflate(&stream, Z_NO_FLUSH) == Z_OK)
                }
                #expect(unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END)
            }
        }
    }

    /// Cut anywhere, a part does not end with the end of its root. `Tests/workbook.py` cuts the files themselves.
    @Test func `tells where a part is cut`() {
        let part = "<?xml version=\"1.0\"?>\n<sheet a=\"/\">" + String(repeating: "<c/>", count: 300) + "</sheet>"
        func isWholeUpTo(_ length: Int, of part: String) -> Bool {
            let bytes = Array(part.utf8.prefix(length))
            return isWhole(Array(bytes.prefix(400)), Array(bytes.suffix(80)))
        }
        for length in 0..<part.utf8.count { #expect(!isWholeUpTo(length, of: part), "\(length)") }
        #expect(isWholeUpTo(.max, of: part))
        #expect(isWholeUpTo(.max, of: part + "\n") && isWholeUpTo(.max, of: "<?xml?>\n<sheet a=\"b\"/>"))
    }
}
