private import Cores
private import Synchronization

/// Whether a workbook of ours stands whole: each of its XML parts ends with the end of its root.
///
/// Reads the whole archive, and with it the checksum of each part.
///
/// - Parameter path: Of a workbook that was just written; no limit of those for foreign ones is held.
/// - Returns: The name of the first part that does not, `nil` where all do.
/// - Throws: ``WorkbookError`` where it is no archive, or a part cannot be read.
package func firstCutPart(ofWorkbook path: String) throws(WorkbookError) -> String? {
    let first = try ZipArchive(path: path, limits: .none)
    let names = first.names
    // One that is open serves one part at a time. There are as many of them as threads: to open one is to read the whole
    // list of parts.
    let idle = Mutex([first])
    let outcomes = onAllCores(names.count, isWorthIt: true) { position in
        Result { () throws(WorkbookError) in
            let archive: ZipArchive
            if let known = idle.withLock({ $0.popLast() }) {
                archive = known
            } else {
                archive = try ZipArchive(path: path, limits: .none)
            }
            defer { idle.withLock { $0.append(archive) } }
            return try isWhole(archive.open(names[position]))
        }
    }
    for (name, outcome) in zip(names, outcomes) {
        guard try outcome.get() else { return name }
    }
    return nil
}

private func isWhole(_ entry: ZipEntry) throws(WorkbookError) -> Bool {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 1)
    defer { unsafe buffer.deallocate() }
    var (head, tail): ([UInt8], [UInt8]) = ([], [])
    while true {
        let count = try unsafe entry.read(into: buffer)
        if count == 0 { return isWhole(head, tail) }
        let read = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
        if head.count < 400 { unsafe head += read.prefix(400) }
        tail = unsafe Array((tail + read.suffix(80)).suffix(80))
    }
}

/// How many parts a workbook has.
///
/// - Parameter path: Of a workbook that was just written.
/// - Returns: As many as its list names.
/// - Throws: ``WorkbookError`` where it is no archive.
package func partCount(ofWorkbook path: String) throws(WorkbookError) -> Int {
    try ZipArchive(path: path, limits: .none).names.count
}

/// Whether an XML part ends with the end of the element that begins behind its declaration.
///
/// - Parameters:
///   - head: The first 400 bytes of the part, or all.
///   - tail: Its last 80.
/// - Returns: Not where there is no such element.
package func isWhole(_ head: [UInt8], _ tail: [UInt8]) -> Bool {
    let tags = head.split(separator: UInt8(ascii: "<"))
    guard let root = tags.first(where: { $0.first != UInt8(ascii: "?") }) else { return false }
    let name = root.prefix { !" >/\n".utf8.contains($0) }
    let end = tail[..<((tail.lastIndex { !" \n\r\t".utf8.contains($0) } ?? -1) + 1)]
    func ends(with text: [UInt8]) -> Bool { end.suffix(text.count).elementsEqual(text) }
    // An element without content ends where it begins.
    return ends(with: Array("</".utf8) + name + [UInt8(ascii: ">")])
        || (head.count < 400 && ends(with: Array("/>".utf8)) && tags.last?.startIndex == root.startIndex)
}
