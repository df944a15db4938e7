import Foundation
import Indicators
import Testing

@testable import Ingest

/// A file that lives as long as the test that made it.
final class TemporaryFile {
    let path: String

    init(_ bytes: some Sequence<UInt8>) throws {
        let folder = FileManager.default.temporaryDirectory
        let address = folder.appendingPathComponent("ingest-\(UUID().uuidString).csv")
        try Data(bytes).write(to: address)
        path = address.path
    }

    convenience init(_ text: String) throws {
        try self.init(text.utf8)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

let catalogue = [
    Indicator(
        id: "internet_users",
        topic: "inclusion",
        basis: .memorandum,
        names: LocalisedText(),
        unit: "%",
        kind: .share,
        direction: .higherIsBetter
    ),
    Indicator(
        id: "population",
        topic: "context",
        basis: .context,
        names: LocalisedText(),
        unit: "persons",
        kind: .count,
        direction: .neutral
    ),
]

func indicator(_ id: String) -> Indicator? {
    catalogue.first { $0.id == id }
}

/// Ingests bytes as a file called `figures.csv`; `adjust` declares more about it.
func ingested(
    _ bytes: some Sequence<UInt8>,
    _ layout: Layout,
    adjust: (inout Source) -> Void = { _ in }
) throws -> IngestedSource {
    let file = try TemporaryFile(bytes)
    var source = Source(file: "figures.csv", path: file.path, layout: layout, indicator: "population", year: "2561")
    adjust(&source)
    let result = try ingest(source, indicator: indicator)
    #expect(result.read == result.values.count + result.refused + result.setAside, "every cell is accounted for")
    return result
}

func ingested(
    _ text: String,
    _ layout: Layout,
    adjust: (inout Source) -> Void = { _ in }
) throws -> IngestedSource {
    try ingested(text.utf8, layout, adjust: adjust)
}

/// The error that ingesting ends with.
func ingestError(
    _ bytes: some Sequence<UInt8>,
    _ layout: Layout,
    adjust: (inout Source) -> Void = { _ in }
) throws -> IngestError {
    try #require(throws: IngestError.self) { _ = try ingested(bytes, layout, adjust: adjust) }
}

extension IngestedSource {
    /// `place period group indicator = text`, for comparing many values at a glance.
    var summary: [String] {
        values.map {
            "\($0.place) \($0.period) \($0.group) \($0.indicator) = \($0.number.map { "\($0)" } ?? "missing")"
        }
    }

    var codes: [String] { findings.map(\.code) }
}

extension RawValue {
    var number: Double? {
        if case .number(let number) = reading { number } else { nil }
    }
}

/// Thai in Windows-874, written out by the code chart rather than by the decoder under test.
func windows874(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { scalar in
        switch scalar.value {
        case 0x00...0x7F: UInt8(scalar.value)
        case 0x0E01...0x0E5B: UInt8(scalar.value - 0x0E00 + 0xA0)
        case 0x20AC: 0x80
        case 0x2026: 0x85
        case 0x2018: 0x91
        case 0x2019: 0x92
        case 0x201C: 0x93
        case 0x201D: 0x94
        case 0x2022: 0x95
        case 0x2013: 0x96
        case 0x2014: 0x97
        case 0xA0: 0xA0
        default: preconditionFailure("\(scalar) is not in Windows-874")
        }
    }
}

func utf16(_ text: String, bigEndian: Bool = false, mark: Bool = true) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
        let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        return bigEndian ? bytes.reversed() : bytes
    }
}

/// SplitMix64: the same numbers in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
