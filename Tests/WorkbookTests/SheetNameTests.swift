import Testing
import Workbook

@Suite struct `Names of sheets and ranges` {
    @Test func `keep what the format takes`() {
        var names = SheetNames()
        #expect(names.name(for: "Gaps") == "Gaps")
        #expect(names.name(for: "ช่องว่าง") == "ช่องว่าง")
        #expect(names.name(for: "ຊ່ອງຫວ່າງ") == "ຊ່ອງຫວ່າງ")
    }

    @Test(arguments: [
        ("", "Sheet"), ("''", "Sheet"), ("\u{0}\u{FFFE}", "Sheet"), ("a/b\\c:d*e?f[g]", "a b c d e f g"),
        ("'quoted'", "quoted"), ("History", "History (2)"), ("=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http   x\")"),
    ])
    func `bring others near to it`(wish: String, name: String) {
        var names = SheetNames()
        #expect(names.name(for: wish) == name)
    }

    @Test func `are not longer than 31 units, and never half a character`() {
        var names = SheetNames()
        let first = names.name(for: String(repeating: "x", count: 5_000))
        let second = names.name(for: String(repeating: "X", count: 5_000))
        #expect(first.utf16.count == 31)
        #expect(second.utf16.count == 31 && second.hasSuffix(" (2)"))
        let tone = names.name(for: String(repeating: "ก่", count: 40))
        #expect(tone == String(repeating: "ก่", count: 15))
    }

    @Test(arguments: [
        ("gaps", "gaps"), ("time-distance", "time_distance"), ("A1", "t_A1"), ("R1C1", "t_R1C1"), ("rc", "t_rc"),
        ("2018", "t_2018"), ("", "t_"), ("ช่อง", "____"), ("XFD1048576", "t_XFD1048576"),
    ])
    func `of ranges are no cells`(wish: String, name: String) {
        var names = RangeNames()
        #expect(names.name(for: wish) == name)
        #expect(names.name(for: wish.uppercased()) != name)
    }

    @Test(arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")])
    func `of columns are letters`(column: Int, letters: String) {
        #expect(SheetRange.letters(column) == letters)
    }

    @Test func `stand in references between apostrophes`() {
        let range = SheetRange(sheet: "Lao's gap", rows: 1...9, columns: 0...2)
        #expect(range.reference == "'Lao''s gap'!$A$2:$C$10")
    }
}

@Suite struct `Texts of cells` {
    @Test(arguments: [
        ("007", "007"), ("=1+1", "=1+1"), ("a\tb\nc", "a\tb\nc"), ("\u{0}\u{7}", "␀␇"), ("\u{7F}", "␡"),
        ("_x0041_", "_x005F_x0041_"), ("_x004_", "_x004_"), ("place_a", "place_a"), ("a\u{FFFF}b", "a\u{FFFD}b"),
        ("a\rb", "a\rb"), ("__x000D__", "__x005F_x000D__"), ("\u{202E}abc", "\u{202E}abc"),
    ])
    func `are spelled so that they are read back`(text: String, spelled: String) {
        #expect(Array(spelledForSheet(text).utf8) == Array(spelled.utf8))
    }

    @Test func `fit up to 32,767 units`() {
        #expect(SheetLimits.holds(String(repeating: "ก", count: 32_767)))
        #expect(!SheetLimits.holds(String(repeating: "ก", count: 32_768)))
        #expect(!SheetLimits.holds(String(repeating: "😀", count: 16_384)))
        #expect(SheetLimits.holds(String(repeating: "😀", count: 16_383)))
    }

    @Test func `of Thai and Lao are as wide as their letters, marks not counted`() {
        #expect(displayWidth("ที่") == displayWidth("ท"))
        #expect(displayWidth("ທີ່") == displayWidth("ທ"))
        #expect(abs(displayWidth("กำ") - 2 * displayWidth("ก")) < 1e-9)
        #expect(displayWidth("ab\nabcd\na") == 4)
        #expect(displayWidth("") == 0)
    }
}
