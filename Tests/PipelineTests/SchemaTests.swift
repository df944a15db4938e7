import Foundation
import Indicators
import Publish
import Testing

@testable import Pipeline

/// `Tests/run` holds the schemas against what divide accepts and refuses, by a validator that is not ours.
@Suite struct `The JSON Schemas of files` {
    @Test func `are found by editors in the file beside the pipelines that are shipped`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Pipelines/pipeline.schema.json").standardizedFileURL
        let schema = Data(FileSchema.pipeline.bytes)
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" { try schema.write(to: file) }
        let isSame = try Data(contentsOf: file) == schema
        #expect(isSame, "write it anew: divide schema pipeline > Pipelines/pipeline.schema.json")
    }

    @Test(arguments: FileSchema.allCases)
    func `say which they are and refuse keys that nobody knows`(schema: FileSchema) throws {
        let object = try object(schema)
        #expect(object["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(object["additionalProperties"] as? Bool == false)
        #expect((object["title"] as? String)?.contains("divide") == true)
        #expect(schema.bytes.last == 10)
    }

    @Test func `explain every key of a pipeline file`() throws {
        let missing = keysWithoutSentence(try object(.pipeline), below: "")
        #expect(missing == [], "a Field without its sentence")
    }

    @Test func `know a record by the word of its key`() throws {
        let shape = Shape.variant(
            key: "form",
            choices: [("long", [Field("value", .text, required: true, "The values.")]), ("wide", [])]
        )
        let schema = try object(shape)
        #expect(schema["required"] as? [String] == ["form"])
        let rules = try #require(schema["allOf"] as? [[String: [String: Any]]])
        #expect(rules.count == 2)
        #expect(rules[0]["then"]?["required"] as? [String] == ["value"])
        let properties = try #require(rules[0]["then"]?["properties"] as? [String: Any])
        #expect(properties.keys.sorted() == ["form", "value"])
        #expect(rules[1]["then"]?["required"] == nil)
    }

    @Test func `take a whole number for text only where the rule takes its digits`() throws {
        let form = Shape.text(matching: "a year", "^[0-9]{4}$", integers: 1000...9999) { $0.utf8.count == 4 }
        let choices = try #require(try object(form)["anyOf"] as? [[String: Any]])
        #expect(choices[0]["pattern"] as? String == "^[0-9]{4}$")
        #expect(choices[1]["maximum"] as? Int == 9999)
        #expect(try object(Forms.period)["anyOf"] == nil)
        #expect(try object(Forms.period)["type"] as? String == "string")
    }

    private func object(_ schema: FileSchema) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(schema.bytes)) as? [String: Any])
    }

    private func object(_ shape: Shape) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(shape.jsonSchema.bytes)) as? [String: Any])
    }

    private func keysWithoutSentence(_ schema: [String: Any], below path: String) -> [String] {
        var missing: [String] = []
        for (key, value) in schema["properties"] as? [String: [String: Any]] ?? [:] {
            // The word that decides about a record has its sentence in the shape's field, if it is one.
            if value["description"] == nil, value["enum"] == nil { missing.append(path + key) }
            missing += keysWithoutSentence(value, below: path + key + ".")
        }
        for key in ["anyOf", "allOf"] {
            for part in schema[key] as? [[String: Any]] ?? [] { missing += keysWithoutSentence(part, below: path) }
        }
        for key in ["items", "additionalProperties", "then"] {
            if let part = schema[key] as? [String: Any] { missing += keysWithoutSentence(part, below: path) }
        }
        return missing.sorted()
    }
}
