import Testing
import Yams

/// One indicator of `indicators.yaml`, as its YAML says.
struct CatalogueEntry {
    var id: String
    var denominator: String?
    /// The texts under each key that has one text, or one for each language.
    var texts: [String: [String: String]]

    /// In the order of the file; empty where it cannot be read.
    static let all: [CatalogueEntry] = {
        let yaml = (try? DatasetsFolder.text("indicators.yaml")) ?? ""
        let catalogue = (try? Yams.load(yaml: yaml)) as? [String: Any]
        let entries = catalogue?["indicators"] as? [[String: Any]] ?? []
        return entries.map { fields in
            CatalogueEntry(
                id: fields["id"] as? String ?? "",
                denominator: fields["denominator"] as? String,
                texts: fields.compactMapValues { value in
                    value as? [String: String] ?? (value as? String).map { ["": $0] }
                }
            )
        }
    }()

    func text(_ key: String) -> String {
        texts[key]?[""] ?? ""
    }
}

@Suite struct `The shipped catalogue` {
    let entries = CatalogueEntry.all

    @Test func `has no unit that the report page cannot say in three languages`() throws {
        let texts = try DatasetsFolder.text("../Sources/PageAssets/Resources/texts.json")
        for unit in Set(entries.map { $0.text("unit") }) {
            #expect(texts.contains("\"unit.\(unit)\":"), "the unit \(unit)")
        }
    }

    @Test func `has each id once, in words joined by underscores`() {
        #expect(!entries.isEmpty)
        #expect(Set(entries.map(\.id)).count == entries.count)
        for entry in entries {
            #expect(
                !entry.id.isEmpty && entry.id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
            )
        }
    }

    @Test func `holds the three that the project began with`() {
        let ids = Set(entries.map(\.id))
        #expect(ids.isSuperset(of: ["broadband_villages", "community_ict_centres_per_100k", "digital_literacy"]))
    }

    @Test func `says names and definitions in three languages, each in its own script`() {
        for entry in entries {
            for key in ["names", "definition"] {
                let words = entry.texts[key] ?? [:]
                #expect(Set(words.keys) == ["en", "th", "lo"], "\(entry.id)")
                #expect(scripts(in: words["en"] ?? "") == ["Latin"], "\(entry.id)")
                #expect(scripts(in: words["th"] ?? "").subtracting(["Latin"]) == ["Thai"], "\(entry.id)")
                #expect(scripts(in: words["lo"] ?? "").subtracting(["Latin"]) == ["Lao"], "\(entry.id)")
            }
        }
    }

    @Test func `uses the words that the vocabulary knows`() {
        let topics: Set = [
            "post", "telecom", "e-government", "industry", "broadband", "innovation", "literacy", "inclusion",
            "e-commerce", "research", "training", "enterprise", "connectivity", "startups", "security", "education",
            "community-centres", "context",
        ]
        for entry in entries {
            #expect(topics.contains(entry.text("topic")), "\(entry.id)")
            #expect(["memorandum", "existing", "discussed", "context"].contains(entry.text("basis")), "\(entry.id)")
            #expect(
                ["share", "count", "rate", "price", "index", "quantity"].contains(entry.text("kind")),
                "\(entry.id)"
            )
            #expect(["higher", "lower", "none"].contains(entry.text("direction")), "\(entry.id)")
            #expect(!entry.text("unit").isEmpty, "\(entry.id)")
            #expect((entry.text("unit") == "%") == (entry.text("kind") == "share"), "\(entry.id)")
        }
    }

    @Test func `weights each mean by an indicator of its own that can be added up`() {
        let kinds = Dictionary(uniqueKeysWithValues: entries.map { ($0.id, $0.text("kind")) })
        for entry in entries {
            guard let denominator = entry.denominator else { continue }
            #expect(["count", "quantity"].contains(kinds[denominator] ?? ""), "\(entry.id) by \(denominator)")
        }
    }
}
