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

    /// Where the topics of the framework stand in the announcement of 2018.
    static let basisOfTopics = [
        "post": "memorandum", "telecom": "memorandum", "e-government": "memorandum", "industry": "memorandum",
        "broadband": "memorandum", "innovation": "memorandum", "literacy": "memorandum", "inclusion": "memorandum",
        "e-commerce": "memorandum", "research": "memorandum", "training": "memorandum", "enterprise": "memorandum",
        "connectivity": "existing", "startups": "existing", "security": "existing", "education": "existing",
        "community-centres": "discussed", "context": "context",
    ]

    /// What is wrong with its words: a language that is missing, letters of a script that is not the language's.
    var languageFaults: [String] {
        let own = ["en": "Latin", "th": "Thai", "lo": "Lao"]
        var faults: [String] = []
        for key in ["names", "definition"] {
            for (language, script) in own.sorted(by: { $0.key < $1.key }) {
                let words = texts[key]?[language] ?? ""
                let found = scripts(in: words)
                if words.allSatisfy(\.isWhitespace) {
                    faults.append("\(key): no \(language)")
                } else if found.subtracting(["Latin"]).union([script]) != [script] || !found.contains(script) {
                    faults.append("\(key).\(language): " + found.sorted().joined(separator: ", "))
                }
            }
        }
        return faults
    }
}

@Suite struct `The shipped catalogue` {
    let entries = CatalogueEntry.all

    @Test func `has no unit that the report page cannot say in three languages`() throws {
        let texts = try DatasetsFolder.text("../Sources/PageAssets/Resources/texts.tsv")
        for unit in Set(entries.map { $0.text("unit") }) {
            #expect(texts.contains("\nunit.\(unit)\t"), "the unit \(unit)")
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
        for entry in entries { #expect(entry.languageFaults == [], "\(entry.id)") }
    }

    @Test func `would be found out without a language, in another's script, or with a replacement character`() throws {
        let sound = try #require(entries.first { $0.id == "internet_users" })
        func faults(_ change: (inout [String: String]) -> Void) -> [String] {
            var entry = sound
            change(&entry.texts["names", default: [:]])
            return entry.languageFaults
        }
        #expect(faults { _ in } == [])
        #expect(faults { $0["lo"] = nil } == ["names: no lo"])
        #expect(faults { $0["th"] = " " } == ["names: no th"])
        #expect(faults { $0["lo"] = "ຜູ້ใช้" } == ["names.lo: Lao, Thai"])
        #expect(faults { $0["th"] = "ผู้ໃຊ້" } == ["names.th: Lao, Thai"])
        #expect(faults { $0["th"] = "ผู้ใช\u{FFFD}" } == ["names.th: Thai, replacement character"])
        #expect(faults { $0["en"] = "Users ผู้" } == ["names.en: Latin, Thai"])
        #expect(faults { $0["lo"] = "Internet users" } == ["names.lo: Latin"])
    }

    @Test func `defines each in one sentence`() {
        for entry in entries {
            let words = (entry.texts["definition"]?["en"] ?? "").split(separator: " ")
            #expect(words.last?.hasSuffix(".") == true, "\(entry.id)")
            // A full stop inside belongs to an abbreviation, which no capital follows.
            for (word, next) in zip(words, words.dropFirst()) where word.hasSuffix(".") {
                #expect(next.first?.isUppercase == false, "\(entry.id): \(word) \(next)")
            }
        }
    }

    @Test func `has indicators of every topic, each topic with the basis that the announcement gives it`() {
        #expect(entries.count { $0.text("topic") != "context" } >= 45)
        for (topic, basis) in CatalogueEntry.basisOfTopics {
            let own = entries.filter { $0.text("topic") == topic }
            #expect(!own.isEmpty, "\(topic)")
            for entry in own { #expect(entry.text("basis") == basis, "\(entry.id)") }
        }
    }

    @Test func `lists its topics, each with names in three languages and that basis`() throws {
        let yaml = try DatasetsFolder.text("indicators.yaml")
        let catalogue = try #require(try Yams.load(yaml: yaml) as? [String: Any])
        let topics = try #require(catalogue["topics"] as? [[String: Any]])
        #expect(Set(topics.compactMap { $0["id"] as? String }) == Set(CatalogueEntry.basisOfTopics.keys))
        for topic in topics {
            let id = topic["id"] as? String ?? ""
            let names = topic["names"] as? [String: String] ?? [:]
            let entry = CatalogueEntry(id: id, texts: ["names": names, "definition": names])
            #expect(topic["basis"] as? String == CatalogueEntry.basisOfTopics[id])
            #expect(entry.languageFaults == [], "\(id)")
        }
    }

    @Test func `names no international scheme that nobody knows`() {
        let schemes: Set = ["ITU", "SDG", "MICS", "UIS", "UNDESA", "UNDP", "WDI"]
        for entry in entries {
            #expect(Set((entry.texts["codes"] ?? [:]).keys).isSubset(of: schemes), "\(entry.id)")
        }
    }

    @Test func `uses the words that the vocabulary knows`() {
        for entry in entries {
            #expect(CatalogueEntry.basisOfTopics[entry.text("topic")] != nil, "\(entry.id)")
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
