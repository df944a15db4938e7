import Indicators
import Testing

@testable import Publish

@Suite struct `Texts of the page` {
    let words = PageWords()

    @Test func `every text is there in three languages, each in its script`() {
        // Texts that are the same in every language, and those that are nothing but places and signs.
        let neutral = ["unit.%", "map.units", "headline.years"]
        for key in words.keys where !neutral.contains(key) {
            let text = words[key]
            #expect(!text.english.isEmpty && !text.thai.isEmpty && !text.lao.isEmpty, "\(key)")
            #expect(!holds(text.english, 0x0E00...0x0EFF), "\(key) in English")
            #expect(holds(text.thai, 0x0E00...0x0E7F) && !holds(text.thai, 0x0E80...0x0EFF), "\(key) in Thai")
            #expect(holds(text.lao, 0x0E80...0x0EFF) && !holds(text.lao, 0x0E00...0x0E7F), "\(key) in Lao")
        }
    }

    @Test func `the places to fill in are the same in each language`() {
        for key in words.keys {
            let text = words[key]
            let places = [text.english, text.thai, text.lao].map { text in
                text.matches(of: /\{[A-Za-z]+\}/).map { String($0.output) }.sorted()
            }
            #expect(places[0] == places[1] && places[0] == places[2], "\(key)")
        }
    }

    @Test func `what is filled in is escaped, and stands in its language`() {
        let sentence = words.sentence(
            "targets.of",
            [
                "value": LocalisedMarkup(LocalisedText(english: "<b>", thai: "ก", lao: "ກ")),
                "target": LocalisedMarkup("<i>5</i>"), "year": LocalisedMarkup("2030"),
            ]
        )
        #expect(sentence[.english].source == "&lt;b&gt; of <i>5</i> by 2030")
        #expect(sentence[.lao].source.hasPrefix("ກ "))
    }

    private func holds(_ text: String, _ scalars: ClosedRange<UInt32>) -> Bool {
        text.unicodeScalars.contains { scalars.contains($0.value) }
    }
}

@Suite struct `The tile grid` {
    let grid = TileGrid.shipped

    @Test func `no two tiles lie on one another, and no two labels of a language are the same`() {
        #expect(grid.tiles.count == 95)
        #expect(Set(grid.tiles.map(\.code)).count == 95)
        #expect(Set(grid.tiles.map { "\($0.column) \($0.row)" }).count == 95)
        for language in Language.allCases { #expect(Set(grid.tiles.map { $0.label[language] }).count == 95) }
    }

    @Test func `the Mekong runs between tiles of the two countries, from corner to corner`() {
        for (from, to) in zip(grid.river, grid.river.dropFirst()) {
            #expect(abs(from.x - to.x) + abs(from.y - to.y) == 1)
        }
        // Nong Khai and Vientiane, Mukdahan and Savannakhet, Bueng Kan and Bolikhamxay face each other over it.
        for (left, right) in [("TH-43", "LA-VT"), ("TH-49", "LA-SV"), ("TH-38", "LA-BL"), ("TH-34", "LA-SV")] {
            guard let left = grid[left], let right = grid[right] else {
                Issue.record("no such tile")
                continue
            }
            let corners: [Point] =
                left.column == right.column
                ? [
                    Point(x: Double(left.column), y: Double(left.row)),
                    Point(x: Double(left.column + 1), y: Double(left.row)),
                ]
                : [
                    Point(x: Double(right.column), y: Double(left.row)),
                    Point(x: Double(right.column), y: Double(left.row + 1)),
                ]
            #expect(abs(left.column - right.column) + abs(left.row - right.row) == 1, "\(left.code) \(right.code)")
            #expect(corners.allSatisfy(grid.river.contains), "\(left.code) \(right.code)")
        }
    }
}

@Suite struct `Markup and JSON` {
    @Test func `what is interpolated is text, whatever it holds`() {
        let name = "<script>alert('x')</script> & \"y\""
        let markup: Markup = "<p>\(name)</p>"
        #expect(
            markup.source
                == "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;</p>"
        )
    }

    @Test func `marks that would turn the text round are shown, not obeyed`() {
        let markup: Markup = "\("a\u{202E}b\u{0007}\u{2066}")"
        #expect(markup.source == "a\u{FFFD}b␇\u{FFFD}")
    }

    @Test func `Thai and Lao stay as they are`() {
        let markup: Markup = "\("เมืองน้ำ ນ້ຳ")"
        #expect(markup.source == "เมืองน้ำ ນ້ຳ")
    }

    @Test func `JSON holds nothing that could end the script around it`() {
        var json = CompactJSON()
        json.text("</script><!--\u{2028}\"\\\n")
        #expect(json.source == "\"\\u003c/script\\u003e\\u003c!--\\u2028\\\"\\\\\\n\"")
    }
}
