internal import Foundation

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
/// Not by `JSONDecoder`: that has the runtime look for a conformance of every type it decodes, each time through all
/// of the program's, and a run that finds nothing changed would spend more on it than on hashing what it wrote.
private struct JSONMembers {
    /// A member is missing, or is something else than was asked for.
    struct Mismatch: Error {}

    private let members: [String: Any]

    /// - Throws: Where the bytes are not JSON, or no object.
    init(_ bytes: [UInt8]) throws(Mismatch) {
        guard let members = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] else {
            throw Mismatch()
        }
        self.members = members
    }

    private init(members: [String: Any]) {
        self.members = members
    }

    func has(_ name: String) -> Bool {
        members[name] != nil
    }

    func value<Value>(_ name: String) throws(Mismatch) -> Value {
        guard let value = members[name] as? Value else { throw Mismatch() }
        return value
    }

    func objects(_ name: String) throws(Mismatch) -> [JSONMembers] {
        guard let objects = members[name] as? [[String: Any]] else { throw Mismatch() }
        return objects.map(JSONMembers.init(members:))
    }
}
