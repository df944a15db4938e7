internal import Foundation
internal import Glibc
internal import Logging

/// Writes messages to standard error: as text for people, or as a JSON object a line for machines.
struct StandardErrorLog: LogHandler {
    let isJSON: Bool
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        write(isJSON ? json(event.level, event.message, all) : text(event.level, event.message))
    }

    private func text(_ level: Logger.Level, _ message: Logger.Message) -> String {
        switch level {
        case .trace, .debug, .info: "\(message)\n"
        case .notice: "note: \(message)\n"
        case .warning: "warning: \(message)\n"
        case .error, .critical: "error: \(message)\n"
        }
    }

    private struct Line: Encodable {
        var level: String
        var message: String
        var fields: [String: String]?
    }

    private func json(_ level: Logger.Level, _ message: Logger.Message, _ metadata: Logger.Metadata) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let fields = metadata.isEmpty ? nil : metadata.mapValues { "\($0)" }
        let line = Line(level: level.rawValue, message: "\(message)", fields: fields)
        return ((try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? "{}") + "\n"
    }

    private func write(_ text: String) {
        writeAll(text, to: STDERR_FILENO)
    }
}

/// Writes text to a descriptor, however many steps it takes; a reader that has gone away ends it quietly.
func writeAll(_ text: String, to descriptor: Int32) {
    writeAll(Array(text.utf8), to: descriptor)
}

/// Writes bytes likewise.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
    var bytes = bytes[...]
    while !bytes.isEmpty {
        let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return }
        bytes = bytes.dropFirst(count)
    }
}
