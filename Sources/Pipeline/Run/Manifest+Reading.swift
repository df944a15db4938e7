extension Manifest {
    /// The manifest that these bytes spell, `nil` where they are none of this version of divide.
    init?(_ bytes: [UInt8]) {
        guard let manifest = try? Manifest(JSONMembers(bytes)) else { return nil }
        self = manifest
    }

    /// The manifest of the outputs that stand at `place`, `nil` where none do or it cannot be read.
    init?(at place: OutputPlace) {
        guard let bytes = readSmallFile(place.manifest) else { return nil }
        self.init(bytes)
    }

    private init(_ json: JSONMembers) throws(JSONMembers.Mismatch) {
        pipeline = try json.value("pipeline")
        tool = try json.value("tool")
        build = try json.value("build")
        pipelineHash = try json.value("pipeline_hash")
        runHash = try json.value("run_hash")
        asOf = try json.value("as_of")
        engine = json.has("engine") ? try json.value("engine") : nil
        verdict = json.has("verdict") ? try json.value("verdict") : nil
        sections = []
        for section in try json.objects("sections") {
            sections.append(Section(name: try section.value("name"), sha256: try section.value("sha256")))
        }
        stages = []
        for stage in try json.objects("stages") {
            stages.append(Stage(name: try stage.value("name"), counts: try stage.value("counts")))
        }
        inputs = []
        for input in try json.objects("inputs") { inputs.append(try Input(input)) }
        outputs = []
        for output in try json.objects("outputs") { outputs.append(try Output(output)) }
        kept = []
        for part in try json.objects("kept") { kept.append(try Kept(part)) }
        started = try json.value("started")
        ended = try json.value("ended")
        seconds = try json.value("seconds")
    }
}

extension Manifest.Input {
    fileprivate init(_ json: JSONMembers) throws(JSONMembers.Mismatch) {
        let path: String = try json.value("path")
        self.path = path
        let isAddress = Paths.isAddress(path)
        sha256 = isAddress ? "" : try json.value("sha256")
        bytes = isAddress ? 0 : try json.value("bytes")
        read = try json.value("read")
        used = try json.value("used")
        refused = try json.value("refused")
        setAside = try json.value("set_aside")
    }
}

extension Manifest.Output {
    fileprivate init(_ json: JSONMembers) throws(JSONMembers.Mismatch) {
        path = try json.value("path")
        sha256 = try json.value("sha256")
        bytes = try json.value("bytes")
    }
}

extension Kept {
    fileprivate init(_ json: JSONMembers) throws(JSONMembers.Mismatch) {
        guard let role = Role(rawValue: try json.value("role")) else { throw JSONMembers.Mismatch() }
        self.role = role
        path = try json.value("path")
        sha256 = try json.value("sha256")
        bytes = try json.value("bytes")
    }
}

/// An object in a JSON file, asked for its members by their names.
///
/// Read as YAML, of whose flow style JSON is a part, by the reader that the run has at hand, in the time that Foundation's
/// serialization takes. Not by `JSONDecoder`: that has the runtime look for a conformance of every type it decodes.
private struct JSONMembers {
    /// A member is missing, or is something else than was asked for.
    struct Mismatch: Error {}

    private let members: [String: YAMLNode]

    /// - Throws: Where the bytes are not JSON, or no object.
    init(_ bytes: [UInt8]) throws(Mismatch) {
        guard let text = String(validating: bytes, as: UTF8.self), let tree = try? YAMLComposer.compose(text) else {
            throw Mismatch()
        }
        try self.init(tree)
    }

    private init(_ node: YAMLNode) throws(Mismatch) {
        guard case .map(let entries) = node.content else { throw Mismatch() }
        var members: [String: YAMLNode] = [:]
        for (key, value) in entries { members[key.text ?? ""] = value }
        self.members = members
    }

    func has(_ name: String) -> Bool {
        members[name] != nil
    }

    func value(_ name: String) throws(Mismatch) -> String {
        guard case .scalar(let text, isPlain: false)? = members[name]?.content else { throw Mismatch() }
        return text
    }

    func value(_ name: String) throws(Mismatch) -> Int {
        try number(name)
    }

    func value<Number: LosslessStringConvertible>(_ name: String) throws(Mismatch) -> [String: Number] {
        let object = try object(name)
        var numbers: [String: Number] = [:]
        for key in object.members.keys { numbers[key] = try object.number(key) }
        return numbers
    }

    func objects(_ name: String) throws(Mismatch) -> [JSONMembers] {
        guard case .list(let items)? = members[name]?.content else { throw Mismatch() }
        var objects: [JSONMembers] = []
        for item in items { objects.append(try JSONMembers(item)) }
        return objects
    }

    private func object(_ name: String) throws(Mismatch) -> JSONMembers {
        guard let member = members[name] else { throw Mismatch() }
        return try JSONMembers(member)
    }

    private func number<Number: LosslessStringConvertible>(_ name: String) throws(Mismatch) -> Number {
        guard case .scalar(let text, isPlain: true)? = members[name]?.content, let number = Number(text) else {
            throw Mismatch()
        }
        return number
    }
}
