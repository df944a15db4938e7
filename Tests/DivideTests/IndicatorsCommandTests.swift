import Foundation
import Testing

@Suite
struct `What divide indicators prints` {
    private func asked(_ words: String...) throws -> DivideProcess.Ending {
        try DivideProcess.run(["indicators"] + words, in: FileManager.default.temporaryDirectory)
    }

    private func rows(_ ending: DivideProcess.Ending) throws -> [[String: Any]] {
        let json = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
        return try #require(json as? [[String: Any]])
    }

    @Test
    func `lists every indicator once, under its topic, wherever it is run`() throws {
        let text = try asked()
        #expect(text.status == 0 && text.messages.isEmpty)
        let rows = try rows(asked("--json"))
        #expect(rows.count >= 45)
        let lines = text.output.split(separator: "\n")
        for row in rows {
            let id = try #require(row["id"] as? String)
            #expect(lines.count { $0.hasPrefix("  \(id) ") } == 1, "\(id)")
        }
        #expect(lines.first == "Post (post, memorandum)")
    }

    @Test
    func `finds by words of any language, whatever their case, and by codes`() throws {
        let found = try ["internet HOUSEHOLDS", "hh6", "ครัวเรือนที่มีอินเทอร์เน็ต", "ຄົວເຮືອນທີ່ມີອິນເຕີເນັດ"].map { words in
            try DivideProcess.run(
                ["indicators", "--json"] + words.split(separator: " ").map(String.init),
                in: FileManager.default.temporaryDirectory
            )
        }
        for ending in found {
            #expect(try rows(ending).contains { $0["id"] as? String == "internet_households" })
        }
        #expect(try rows(asked("--topic", "post", "--json")).allSatisfy { $0["topic"] as? String == "post" })
    }

    @Test(arguments: [
        ("en", "Share of households with Internet access at home."), ("th", "ร้อยละของครัวเรือนที่เข้าถึงอินเทอร์เน็ตที่บ้าน"),
        ("lo", "ສັດສ່ວນຄົວເຮືອນທີ່ເຂົ້າເຖິງອິນເຕີເນັດຢູ່ເຮືອນ."),
    ])
    func `explains one in the language asked for`(language: String, definition: String) throws {
        let ending = try asked("internet_households", "--language", language)
        #expect(ending.output.contains(definition))
        #expect(ending.output.contains("HH6"))
    }

    @Test
    func `says of what it does not find what is nearest, and ends with 2`() throws {
        let ending = try asked("internet_househods")
        #expect(ending.status == 2 && ending.output.isEmpty)
        #expect(ending.messages.contains("did you mean internet_households?"))
        let topic = try asked("--topic", "pots")
        #expect(topic.status == 2 && topic.messages.contains("did you mean post?"))
        #expect(try asked("--csv", "--json").status == 64)
    }

    @Test
    func `gives the same cells as CSV and as JSON`() throws {
        let csv = try asked("--topic", "education", "--csv").output.split(separator: "\n")
        let rows = try rows(asked("--topic", "education", "--json"))
        #expect(csv.count == rows.count + 1)
        #expect(csv.dropFirst().map { String($0.prefix { $0 != "," }) } == rows.compactMap { $0["id"] as? String })
        #expect(csv[0].split(separator: ",").count == rows[0].count)
    }
}
