internal import Glibc

/// Where the paths of a pipeline file lead, and what messages and outputs call them.
///
/// Relative paths begin at the folder of the pipeline file, so that a run does not depend on where it was started.
package struct Paths: Sendable {
    /// The folder of the pipeline file, absolute.
    package let folder: String
    /// The folder that nothing may leave, with links resolved; `nil` where there is no such wall.
    package let confinement: String?

    /// - Parameters:
    ///   - pipeline: The path of the pipeline file, relative to the working directory or absolute.
    ///   - confinement: The argument of `--confined`.
    /// - Throws: ``RunFailure`` where the folder to stay in does not exist.
    package init(pipeline: String, confinement: String?) throws(RunFailure) {
        folder = Self.parent(of: Self.absolute(pipeline, from: Self.workingDirectory))
        if let confinement {
            guard let resolved = Self.resolved(Self.absolute(confinement, from: Self.workingDirectory)) else {
                throw RunFailure(Problem(file: confinement, problem: "there is no such folder to stay in"))
            }
            self.confinement = resolved
        } else {
            self.confinement = nil
        }
    }

    /// The absolute path of what the pipeline file calls `written`; an address as it is.
    package func absolute(_ written: String) -> String {
        Self.isAddress(written) ? written : Self.absolute(written, from: folder)
    }

    /// What messages and outputs call it: the path from the pipeline's folder, never absolute; an address as it is.
    package func name(of written: String) -> String {
        place(of: written).name
    }

    /// What messages and outputs call what the pipeline file calls `written`, and its absolute path.
    func place(of written: String) -> (name: String, path: String) {
        if Self.isAddress(written) { return (written, written) }
        let path = Self.absolute(written, from: folder)
        return (Self.relative(path, to: folder), path)
    }

    /// Whether it is the address of something that no path leads to: `s3a://bucket/part-*.csv`. Of these only an engine
    /// reads, and nobody here can tell whether they changed.
    static func isAddress(_ written: String) -> Bool {
        let bytes = written.utf8Span.span
        var colon = 0
        while colon < bytes.count, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
        guard colon > 0, colon + 2 < bytes.count else { return false }
        return bytes[colon + 1] == slash && bytes[colon + 2] == slash
    }

    /// The path of an address of a file on this machine, `file:///FOLDER/NAME`; anything else as it is.
    static func local(_ written: String) -> String {
        written.hasPrefix("file:///") ? String(written.dropFirst("file://".count)) : written
    }

    /// Whether the path, links resolved, lies inside the confinement. Of a path that does not exist, the deepest
    /// folder that does decides; a link that leads nowhere is refused, since writing would make what it names.
    package func isAllowed(_ path: String) -> Bool {
        guard let confinement else { return true }
        if Self.isAddress(path) { return false }
        var existing = path
        while true {
            if let resolved = Self.resolved(existing) {
                return resolved == confinement || resolved.hasPrefix(confinement == "/" ? "/" : confinement + "/")
            }
            // A link to what does not exist leads nobody knows where.
            var status = stat()
            if unsafe lstat(existing, &status) == 0 { return false }
            let parent = Self.parent(of: existing)
            if parent == existing { return false }
            existing = parent
        }
    }

    package static var workingDirectory: String {
        guard let buffer = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(buffer) }
        return unsafe String(cString: buffer)
    }

    /// An absolute path without `.`, `..` and doubled slashes; links are left alone.
    package static func absolute(_ path: String, from folder: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(folder.utf8.count + path.utf8.count + 2)
        if path.utf8.first != slash { follow(folder, from: &bytes) }
        follow(path, from: &bytes)
        return bytes.isEmpty ? "/" : String(decoding: bytes, as: UTF8.self)
    }

    /// Goes from an absolute path, which is empty for `/`, by the names of another. Paths are made absolute hundreds of times
    /// a run, even where there is nothing to do.
    private static func follow(_ path: String, from place: inout [UInt8]) {
        let path = path.utf8Span.span
        var name = nextName(in: path, from: 0)
        while !name.isEmpty {
            let isDot = name.count == 1 && path[name.lowerBound] == dot
            let isParent = name.count == 2 && path[name.lowerBound] == dot && path[name.lowerBound + 1] == dot
            if isParent {
                place.removeSubrange((place.lastIndex(of: slash) ?? 0)...)
            } else if !isDot {
                append(name, of: path, to: &place)
            }
            name = nextName(in: path, from: name.upperBound)
        }
    }

    package static func parent(of path: String) -> String {
        let path = path.utf8Span.span
        var parent: [UInt8] = []
        var name = nextName(in: path, from: 0)
        while case let next = nextName(in: path, from: name.upperBound), !next.isEmpty {
            append(name, of: path, to: &parent)
            name = next
        }
        return parent.isEmpty ? "/" : String(decoding: parent, as: UTF8.self)
    }

    /// The way from `folder` to `path`. Both must be absolute.
    package static func relative(_ path: String, to folder: String) -> String {
        let (target, start) = (path.utf8Span.span, folder.utf8Span.span)
        var (here, there) = (nextName(in: target, from: 0), nextName(in: start, from: 0))
        while !here.isEmpty, here.count == there.count,
            here.indices.allSatisfy({ target[$0] == start[there.lowerBound + $0 - here.lowerBound] })
        {
            (here, there) = (nextName(in: target, from: here.upperBound), nextName(in: start, from: there.upperBound))
        }
        var way: [UInt8] = []
        way.reserveCapacity(target.count + start.count)
        while !there.isEmpty {
            way += [slash, dot, dot]
            there = nextName(in: start, from: there.upperBound)
        }
        while !here.isEmpty {
            append(here, of: target, to: &way)
            here = nextName(in: target, from: here.upperBound)
        }
        return way.isEmpty ? "." : String(decoding: way.dropFirst(), as: UTF8.self)
    }

    /// Where the next name of a path stands at or behind a place between two names; empty where there is none. Paths are taken
    /// apart a thousand times a run: as bytes, as the file system has them, that takes a tenth of the time of characters.
    private static func nextName(in path: Span<UInt8>, from place: Int) -> Range<Int> {
        var start = place
        while start < path.count, path[start] == slash { start += 1 }
        var end = start
        while end < path.count, path[end] != slash { end += 1 }
        return start..<end
    }

    private static func append(_ name: Range<Int>, of path: Span<UInt8>, to other: inout [UInt8]) {
        other.append(slash)
        for index in name { other.append(path[index]) }
    }

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    /// The path with every link resolved, `nil` where it does not exist.
    static func resolved(_ path: String) -> String? {
        guard let buffer = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(buffer) }
        return unsafe String(cString: buffer)
    }
}
