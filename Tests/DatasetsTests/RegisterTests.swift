import Testing
import illustrate

/// What is real in them is little, and must not grow unseen.
@Suite struct `The register of activities and the targets` {
    @Test func `hold two activities that happened, as published, and mark all others`() throws {
        let records = try DatasetsFolder.table("activities.csv").records
        let real = records.filter { $0["grade"] != "illustrative" }
        #expect(real.map { $0["date"] } == ["2016-12-26", "2018-02-07"])
        #expect(real.allSatisfy { $0["grade"] == "secondary" && $0["note"] != "" && $0["host"] == "" })
        #expect(real.allSatisfy { $0["source"]?.contains("7 February 2018") == true })
        #expect(records.dropFirst(2).allSatisfy { $0["source"]?.hasPrefix("Made up") == true })
    }

    @Test func `are, as to the register, what the generator gives for its seed, byte for byte`() throws {
        let register = try DatasetsFolder.text("activities.csv")
        #expect(try illustrativeRegister(seed: 2018, from: DatasetsFolder.path).text == register)
        let other = try illustrativeRegister(seed: 2019, from: DatasetsFolder.path).text
        // What happened stays, whatever the seed; what is made up depends on it.
        #expect(other != register)
        #expect(other.split(separator: "\n").prefix(3) == register.split(separator: "\n").prefix(3))
    }

    @Test func `have made-up activities of every topic but the context, in both spellings of dates`() throws {
        let made = try DatasetsFolder.table("activities.csv").records.filter { $0["grade"] == "illustrative" }
        #expect(Set(made.compactMap { $0["topic"] }) == Set(CatalogueEntry.basisOfTopics.keys).subtracting(["context"]))
        let spelt = Dictionary(grouping: made) { $0["date"]?.contains("/") == true }
        #expect((spelt[true]?.count ?? 0) >= 5 && (spelt[false]?.count ?? 0) >= 20)
    }

    @Test func `train Lao officials in every course that the announcement names`() throws {
        let courses = Set(try DatasetsFolder.table("activities.csv").column("course").filter { !$0.isEmpty })
        #expect(courses.count == 9)
    }

    @Test func `name the document of each target, and mark those of provinces`() throws {
        let records = try DatasetsFolder.table("targets.csv").records
        #expect(records.allSatisfy { $0["document"]?.isEmpty == false })
        for record in records where record["place"]?.contains("-") == true {
            #expect(record["grade"] == "illustrative")
        }
        let ids = Set(CatalogueEntry.all.map(\.id))
        #expect(records.allSatisfy { ids.contains($0["indicator"] ?? "") })
    }
}
