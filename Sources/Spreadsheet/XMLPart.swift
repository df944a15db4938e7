import Foundation
import FoundationXML

/// What a reader of an XML part is told of it, in order.
protocol XMLPartReader: AnyObject {
    /// An element begins; its attributes come by name, namespace prefixes dropped.
    func start(_ element: String, _ attributes: [String: String])
    func text(_ text: String)
    func end(_ element: String)
    /// Set to make the reading end early: whoever asked for it knows why.
    var isDone: Bool { get }
}

/// Streams an XML part of a workbook through a reader; memory is that of a block.
///
/// A part with a document type is refused, as ECMA-376 has none: entities are where XML can be made to unfold without
/// end or to ask for other files.
///
/// - Throws: ``WorkbookError`` where the part is damaged, too large, or no well-formed XML.
func readXML(_ entry: ZipEntry, _ reader: any XMLPartReader) throws(WorkbookError) {
    let stream = ZipEntryStream(entry)
    let parser = XMLParser(stream: stream)
    let events = XMLEvents(reader)
    parser.delegate = events
    _ = parser.parse()
    if let failure = stream.failure { throw failure }
    guard !reader.isDone else { return }
    guard parser.parserError == nil, events.hasRoot else {
        throw .damaged("\(entry.name), line \(max(1, parser.lineNumber)): no well-formed XML")
    }
}

/// Hands what Foundation's parser finds to a reader of ours.
private final class XMLEvents: NSObject, XMLParserDelegate {
    private let reader: any XMLPartReader
    private(set) var hasRoot = false

    init(_ reader: any XMLPartReader) {
        self.reader = reader
    }

    func parser(
        _ parser: XMLParser,
        didStartElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        hasRoot = true
        guard !reader.isDone else { return }
        if attributes.keys.contains(where: { $0.utf8.contains(UInt8(ascii: ":")) }) {
            let local = attributes.map { (withoutPrefix($0.key), $0.value) }
            // `id` and `r:id` are two things; the one without a prefix is never asked for where the other is.
            reader.start(withoutPrefix(elementName), Dictionary(local) { _, last in last })
        } else {
            reader.start(withoutPrefix(elementName), attributes)
        }
        if reader.isDone { parser.abortParsing() }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard !reader.isDone else { return }
        reader.text(string)
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        guard !reader.isDone else { return }
        reader.text(String(decoding: block, as: UTF8.self))
    }

    func parser(
        _ parser: XMLParser,
        didEndElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        guard !reader.isDone else { return }
        reader.end(withoutPrefix(elementName))
        if reader.isDone { parser.abortParsing() }
    }

    private func withoutPrefix(_ name: String) -> String {
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
        return String(name[name.utf8.index(after: colon)...])
    }
}

/// The bytes of an entry as Foundation's parser asks for them.
private final class ZipEntryStream: InputStream {
    private let entry: ZipEntry
    private(set) var failure: WorkbookError?
    private var status = Stream.Status.notOpen
    private var doctype = DoctypeWatch()

    init(_ entry: ZipEntry) {
        self.entry = entry
        super.init(data: Data())
    }

    override func open() { status = .open }
    override func close() { status = .closed }
    override var streamStatus: Stream.Status { status }
    override var streamError: (any Error)? { failure }
    override var hasBytesAvailable: Bool { status == .open }

    override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength count: Int) -> Int {
        do throws(WorkbookError) {
            let buffer = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: count)
            let read = try unsafe entry.read(into: buffer)
            if unsafe doctype.isFound(in: UnsafeRawBufferPointer(rebasing: buffer[..<read]).bytes) {
                throw .damaged("\(entry.name) has a document type, which no workbook has")
            }
            if read == 0 { status = .atEnd }
            return read
        } catch {
            failure = error
            status = .error
            return -1
        }
    }
}

/// Looks for `<!DOCTYPE` in bytes that come in blocks, in UTF-8 as in UTF-16: zero bytes are passed over.
struct DoctypeWatch {
    private static let mark = Array("<!DOCTYPE".utf8)
    private var matched = 0

    /// Whether the mark ends in `block`, having begun there or in an earlier one.
    mutating func isFound(in block: RawSpan) -> Bool {
        for index in 0..<block.byteCount {
            let byte = block.unsafeByte(at: index)
            if byte == 0 { continue }
            // No proper beginning of the mark is its end, but for `<`, so that a mismatch never hides a match.
            if byte == Self.mark[matched] {
                matched += 1
                if matched == Self.mark.count {
                    matched = 0
                    return true
                }
            } else {
                matched = byte == Self.mark[0] ? 1 : 0
            }
        }
        return false
    }
}

extension RawSpan {
    fileprivate func unsafeByte(at index: Int) -> UInt8 {
        unsafe unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
}
