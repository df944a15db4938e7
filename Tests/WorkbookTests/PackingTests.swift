import CDeflate
import Foundation
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
}
