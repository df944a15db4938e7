internal import CYaml
internal import Indicators

/// Makes the tree of a document from what Yams' parser finds in it, one after the other.
///
/// Yams' own trees are not asked for: to know each scalar's type, each is an object of four parts, copied and hashed to find
/// double keys, which took nearly twice as long as parsing. To us every scalar is a text.
@safe final class YAMLComposer {
    /// At an address of its own: the parser keeps a pointer to itself.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: String
    private var anchors: [String: YAMLNode] = [:]

    /// The tree of a text, `nil` where it holds nothing but blanks and comments.
    static func compose(_ text: String) throws(YAMLFault) -> YAMLNode? {
        var text = text
        let composer = YAMLComposer(text)
        // The closure may throw no fault of its own type.
        let tree = text.withUTF8 { bytes in
            Result { () throws(YAMLFault) in
                unsafe yaml_parser_set_input_string(composer.parser, bytes.baseAddress, bytes.count)
                return try composer.document()
            }
        }
        return try tree.get()
    }

    private init(_ text: String) {
        self.text = text
        unsafe parser = .allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        let isReady = unsafe yaml_parser_initialize(parser) == 1
        precondition(isReady, "there is no memory for a parser")
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deinitialize(count: 1)
        unsafe parser.deallocate()
    }

    private func document() throws(YAMLFault) -> YAMLNode? {
        _ = try next()  // the beginning of the stream
        if case .end = try next().kind { return nil }
        let root = try node(try next())
        _ = try next()  // the end of the document
        let behind = try next()
        guard case .end = behind.kind else { throw .syntax("a second document begins here", behind.place) }
        return root
    }

    private func node(_ event: Event) throws(YAMLFault) -> YAMLNode {
        let content: YAMLNode.Content
        switch event.kind {
        case .alias:
            guard let known = anchors[event.anchor] else { throw .syntax("found undefined alias", event.place) }
            return YAMLNode(content: known.content, place: event.place)
        case .scalar(let text, let isPlain): content = .scalar(text, isPlain: isPlain)
        case .list:
            var items: [YAMLNode] = []
            while let item = try nextPart() { items.append(try node(item)) }
            content = .list(items)
        case .map:
            var entries: [(key: YAMLNode, value: YAMLNode)] = []
            entries.reserveCapacity(Self.usualEntries)
            while let key = try nextPart() {
                let key = try node(key)
                entries.append((key, try node(try next())))
            }
            try refuseDoubles(among: entries)
            content = .map(entries)
        case .end, .other: preconditionFailure("the parser gives a value between the beginning and end of a document")
        }
        let node = YAMLNode(content: content, place: event.place)
        if !event.anchor.isEmpty { anchors[event.anchor] = node }
        return node
    }

    /// The next event in a list or map, `nil` at its end.
    private func nextPart() throws(YAMLFault) -> Event? {
        let event = try next()
        if case .end = event.kind { return nil }
        return event
    }

    /// Maps with more entries are few.
    private static let usualEntries = 8

    private func refuseDoubles(among entries: [(key: YAMLNode, value: YAMLNode)]) throws(YAMLFault) {
        guard !Self.areClearlyDistinct(entries) else { return }
        let keys = entries.compactMap(\.key.text)
        let hasDoubles =
            keys.count > 16
            ? Set(keys).count < keys.count
            : keys.indices.contains { position in
                keys[..<position].contains { Spelling.areEquivalent($0, keys[position]) }
            }
        guard hasDoubles else { return }
        let counts = Dictionary(grouping: keys) { $0 }.mapValues(\.count)
        let doubles = counts.filter { $0.value > 1 }.keys.sorted()
        guard let first = doubles.first, let entry = entries.first(where: { $0.key.text == first }) else { return }
        throw .doubleKeys(doubles, entry.key.place)
    }

    /// Whether all keys are texts in ASCII whose sums differ: so of nearly all maps, and found with less work than by comparing
    /// the keys. Of texts in other letters, canonically equivalent ones have other bytes.
    private static func areClearlyDistinct(_ entries: [(key: YAMLNode, value: YAMLNode)]) -> Bool {
        guard entries.count > 1 else { return true }
        guard entries.count <= 256 else { return false }
        var sums: [UInt64] = []
        sums.reserveCapacity(entries.count)
        for index in entries.indices {
            guard case .scalar(let key, _) = entries[index].key.content, let sum = asciiSum(of: key),
                !sums.contains(sum)
            else { return false }
            sums.append(sum)
        }
        return true
    }

    /// A number that texts of other bytes seldom share, `nil` of a text that is not ASCII.
    private static func asciiSum(of text: String) -> UInt64? {
        let bytes = text.utf8Span.span
        var sum: UInt64 = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if byte >= 0x80 { return nil }
            sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return sum
    }
}

extension YAMLComposer {
    private struct Event {
        enum Kind {
            case scalar(String, isPlain: Bool)
            case alias
            case list
            case map
            /// Of a list, a map or the whole stream.
            case end
            /// The beginning of the stream or a document, or the end of one.
            case other
        }

        var kind: Kind
        /// Of the value, or of what the alias repeats; empty where there is none.
        var anchor: String
        var place: TextPlace
    }

    private func next() throws(YAMLFault) -> Event {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw fault }
        defer { unsafe yaml_event_delete(&event) }
        let (kind, anchor) = unsafe Self.meaning(of: event)
        return unsafe Event(kind: kind, anchor: anchor, place: Self.place(of: event.start_mark))
    }

    private static func meaning(of event: yaml_event_t) -> (Event.Kind, anchor: String) {
        switch unsafe event.type {
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let text = unsafe String(decoding: bytes, as: UTF8.self)
            return unsafe (.scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), name(scalar.anchor))
        case YAML_ALIAS_EVENT: return unsafe (.alias, name(event.data.alias.anchor))
        case YAML_SEQUENCE_START_EVENT: return unsafe (.list, name(event.data.sequence_start.anchor))
        case YAML_MAPPING_START_EVENT: return unsafe (.map, name(event.data.mapping_start.anchor))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT, YAML_STREAM_END_EVENT: return (.end, "")
        default: return (.other, "")
        }
    }

    private static func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String {
        guard let anchor = unsafe anchor else { return "" }
        return unsafe String(cString: anchor)
    }

    private static func place(of mark: yaml_mark_t) -> TextPlace {
        TextPlace(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    /// What the parser stopped at. Where it was in the middle of something, that is told, and of what never ends only where it
    /// begins: the end of the file is the place of no mistake.
    private var fault: YAMLFault {
        let words = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "there is no memory for it"
        let error = unsafe parser.pointee.error
        guard error == YAML_SCANNER_ERROR || error == YAML_PARSER_ERROR else {
            return unsafe .syntax(words, place(ofByte: Int(parser.pointee.problem_offset)))
        }
        let place = unsafe Self.place(of: parser.pointee.problem_mark)
        guard let context = unsafe parser.pointee.context.map({ unsafe String(cString: $0) }) else {
            return .syntax(words, place)
        }
        let start = unsafe Self.place(of: parser.pointee.context_mark)
        if words == "found unexpected end of stream" { return .syntax("\(words) \(context)", start) }
        let isElsewhere = start != place && (start.line, start.column) < (place.line, place.column)
        return .syntax(isElsewhere ? "\(words) \(context) from \(start.line):\(start.column)" : words, place)
    }

    /// The line and column of a byte that is no text to YAML.
    private func place(ofByte offset: Int) -> TextPlace {
        let before = text.utf8.prefix(offset)
        let line = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last ?? before
        let breaks = before.count { $0 == UInt8(ascii: "\n") }
        return TextPlace(line: breaks + 1, column: String(decoding: line, as: UTF8.self).unicodeScalars.count + 1)
    }
}
