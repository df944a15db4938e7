private import CExpat

/// What a reader of an XML part is told of it, in order.
protocol XMLPartReader: AnyObject {
    /// An element begins; its attributes come by name, namespace prefixes dropped.
    func start(_ element: String, _ attributes: [String: String])
    /// Text, perhaps in several pieces.
    func text(_ text: String)
    func end(_ element: String)
    /// Set to make the reading end early: whoever asked for it knows why.
    var isDone: Bool { get }
}

/// Streams an XML part of a workbook through a reader; memory is that of a block, of the longest tag and of those that are open.
///
/// A part with a document type is refused, as ECMA-376 has none: entities are where XML can be made to unfold without
/// end or to ask for other files.
///
/// - Throws: ``WorkbookError`` where the part is damaged, too large, or no well-formed XML, or the library is missing.
func readXML(_ entry: ZipEntry, _ reader: any XMLPartReader) throws(WorkbookError) {
    try XMLParse(entry, reader).run()
}

/// Hands what expat finds to a reader of ours: the one place where expat is called.
@safe private final class XMLParse {
    private let library: cexpat_functions
    private let parser: XML_Parser
    private let entry: ZipEntry
    private let reader: any XMLPartReader
    private var hasDocumentType = false

    /// How much is read at once.
    private static let blockBytes = 1 << 16
    /// The most that a tag or a comment may take: with each block, expat begins anew what it has not seen the end of.
    private static let tagBytes = 1 << 20

    init(_ entry: ZipEntry, _ reader: any XMLPartReader) throws(WorkbookError) {
        var library = try Self.found.get()
        guard let parser = unsafe cexpat_make(&library) else { throw .damaged("\(entry.name): no memory left") }
        self.library = library
        unsafe self.parser = parser
        self.entry = entry
        self.reader = reader
        unsafe library.XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        unsafe library.XML_SetElementHandler(parser, startElement, endElement)
        unsafe library.XML_SetCharacterDataHandler(parser, takeText)
        unsafe library.XML_SetStartDoctypeDeclHandler(parser, startDocumentType)
    }

    deinit {
        unsafe library.XML_ParserFree(parser)
    }

    /// Loaded when the first workbook is opened; a run that opens none does without it.
    private static let found: Result<cexpat_functions, WorkbookError> = {
        var functions = cexpat_functions()
        guard let reason = unsafe cexpat_load(&functions) else { return .success(functions) }
        return .failure(.noLibrary("expat", package: "libexpat1-dev", reason: unsafe String(cString: reason)))
    }()

    func run() throws(WorkbookError) {
        var fed = 0
        // Up to where all is parsed; -1 where expat waits for more of a tag before it looks at it again.
        var parsed = 0
        while !reader.isDone {
            guard let block = unsafe library.XML_GetBuffer(parser, Int32(Self.blockBytes)) else {
                throw .damaged("\(entry.name): no memory left")
            }
            let count = try unsafe entry.read(into: UnsafeMutableRawBufferPointer(start: block, count: Self.blockBytes))
            fed += count
            let status = unsafe library.XML_ParseBuffer(parser, Int32(count), count == 0 ? 1 : 0)
            if hasDocumentType { throw .damaged("\(entry.name) has a document type, which no workbook has") }
            if reader.isDone || (count == 0 && status == XML_STATUS_OK) { return }
            guard status == XML_STATUS_OK else { throw failure }
            parsed = max(parsed, unsafe Int(library.XML_GetCurrentByteIndex(parser)))
            guard fed - parsed <= Self.tagBytes else {
                throw .damaged("\(entry.name): a tag or comment of more than \(Self.tagBytes) bytes")
            }
        }
    }

    /// Why expat does not go on.
    private var failure: WorkbookError {
        let place = "\(entry.name), line \(unsafe library.XML_GetCurrentLineNumber(parser))"
        return switch unsafe library.XML_GetErrorCode(parser) {
        case XML_ERROR_NO_MEMORY: .damaged("\(place): too many tags that are open, or names")
        case XML_ERROR_UNKNOWN_ENCODING: .damaged("\(place): an encoding other than UTF-8 and UTF-16")
        default: .damaged("\(place): no well-formed XML")
        }
    }

    fileprivate func start(_ element: String, _ attributes: [String: String]) {
        guard !reader.isDone else { return }
        reader.start(element, attributes)
        stopIfDone()
    }

    fileprivate func take(_ text: String) {
        guard !reader.isDone else { return }
        reader.text(text)
        stopIfDone()
    }

    fileprivate func end(_ element: String) {
        guard !reader.isDone else { return }
        reader.end(element)
        stopIfDone()
    }

    fileprivate func refuseDocumentType() {
        hasDocumentType = true
        unsafe _ = library.XML_StopParser(parser, 0)
    }

    private func stopIfDone() {
        if reader.isDone { unsafe _ = library.XML_StopParser(parser, 0) }
    }
}

private func parse(_ data: UnsafeMutableRawPointer?) -> XMLParse? {
    unsafe data.map { unsafe Unmanaged<XMLParse>.fromOpaque($0).takeUnretainedValue() }
}

private func startElement(
    _ data: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<CChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) {
    guard let parse = unsafe parse(data), let name = unsafe name, var next = unsafe attributes else { return }
    var values: [String: String] = [:]
    while let attribute = unsafe next[0], let value = unsafe next[1] {
        let (prefix, local) = unsafe taken(apart: attribute)
        // `id` and `r:id` are two things; where there are both, it is the one without a prefix that is asked for.
        if prefix != "xmlns", prefix.isEmpty || values[local] == nil { values[local] = unsafe String(cString: value) }
        unsafe next += 2
    }
    parse.start(unsafe taken(apart: name).local, values)
}

private func endElement(_ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?) {
    guard let parse = unsafe parse(data), let name = unsafe name else { return }
    parse.end(unsafe taken(apart: name).local)
}

private func takeText(_ data: UnsafeMutableRawPointer?, _ text: UnsafePointer<CChar>?, _ count: Int32) {
    let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(count))
    unsafe parse(data)?.take(String(decoding: bytes, as: UTF8.self))
}

private func startDocumentType(
    _ data: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<CChar>?,
    _ system: UnsafePointer<CChar>?,
    _ publicId: UnsafePointer<CChar>?,
    _ hasInternalSubset: Int32
) {
    unsafe parse(data)?.refuseDocumentType()
}

/// `r:id` as `r` and `id`; the prefix is empty where there is none.
private func taken(apart name: UnsafePointer<CChar>) -> (prefix: String, local: String) {
    let name = unsafe String(cString: name)
    guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return ("", name) }
    return (String(name[..<colon]), String(name[name.utf8.index(after: colon)...]))
}
