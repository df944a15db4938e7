import Harmonise
import Indicators
import Testing

@Suite struct `Matching names` {
    /// Spellings seen in real files, or likely ones, and the place that each means.
    static let spellings: [(String, String)] = [
        ("เลย", "TH-42"),
        ("จังหวัดเลย", "TH-42"),
        ("จังหวัด เลย", "TH-42"),
        ("จ.เลย", "TH-42"),
        ("จ. เลย ", "TH-42"),
        ("ແຂວງຊຽງຂວາງ", "LA-XI"),
        ("ແຂວງ ຊຽງຂວາງ", "LA-XI"),
        ("ຈັງຫວັດເລີຍ", "TH-42"),
        ("Loei Province", "TH-42"),
        ("Changwat Loei", "TH-42"),
        ("LOEI", "TH-42"),
        (" loei\u{A0}", "TH-42"),
        ("Ｌｏｅｉ", "TH-42"),
        ("Buriram", "TH-31"),
        ("Buri Ram", "TH-31"),
        ("Buri-Ram", "TH-31"),
        ("Phangnga", "TH-82"),
        ("Phang-nga", "TH-82"),
        ("Bueng\u{200B} Kan", "TH-38"),
        ("Xaisômboun", "LA-XS"),
        ("Xaiso\u{302}mboun", "LA-XS"),
        ("xaisomboun", "LA-XS"),
        ("Nong Khai [1]", "TH-43"),
        ("Nong Khai¹", "TH-43"),
        ("Nong Khai*", "TH-43"),
        ("Nong Khai (2)", "TH-43"),
        ("หนองคาย 1/", "TH-43"),
        ("ໄຊສົມບູນ[໑]", "LA-XS"),
        ("10. ແຂວງວຽງຈັນ", "LA-VI"),
        ("กทม", "TH-10"),
        ("กทม.", "TH-10"),
        ("ประเทศไทย", "TH"),
        ("Whole Kingdom", "TH"),
        // SARA AM whole and in parts, Lao AM with the tone in either order, ligatures.
        ("ลำพูน", "TH-51"),
        ("ล\u{E4D}\u{E32}พูน", "TH-51"),
        ("หลวงน้ำทา", "LA-LM"),
        ("หลวงน\u{E4D}\u{E49}\u{E32}ทา", "LA-LM"),
        ("หลวงน\u{E33}\u{E49}ทา", "LA-LM"),
        ("ຫຼວງນ້ຳທາ", "LA-LM"),
        ("ຫລວງນ້ຳທາ", "LA-LM"),
        ("ຫຼວງນ\u{ECD}\u{EC9}\u{EB2}ທາ", "LA-LM"),
        ("ແຂວງຫຼວງນ\u{EC9}\u{ECD}\u{EB2}ທາ", "LA-LM"),
        ("ໜອງຄາຍ", "TH-43"),
        ("ຫນອງຄາຍ", "TH-43"),
        // The word for province or capital decides.
        ("Vientiane Province", "LA-VI"),
        ("Vientiane Prov.", "LA-VI"),
        ("ແຂວງວຽງຈັນ", "LA-VI"),
        ("แขวงเวียงจันทน์", "LA-VI"),
        ("จังหวัดเวียงจันทน์", "LA-VI"),
        ("Viangchan Province", "LA-VI"),
        ("Vientiane Capital", "LA-VT"),
        ("vientiane capital city", "LA-VT"),
        ("Vientiane Prefecture", "LA-VT"),
        ("Vientiane [prefecture]", "LA-VT"),
        ("Vientiane Municipality", "LA-VT"),
        ("Viangchan Prefecture", "LA-VT"),
        ("ນະຄອນຫລວງວຽງຈັນ", "LA-VT"),
        ("ນະຄອນຫຼວງ ວຽງຈັນ", "LA-VT"),
        ("นครหลวง เวียงจันทน์", "LA-VT"),
        ("Bangkok Province", "TH-10"),
        ("Central Region", "TH-CENTRAL"),
    ]

    @Test(arguments: spellings)
    func `takes a spelling for its place`(_ spelling: String, _ code: String) throws {
        let match = try Small.placeNames().match(spelling, country: code.hasPrefix("TH") ? "TH" : "LA")
        #expect(match.code == code)
    }

    @Test(arguments: ["Viangchan", "Vientiane", "VIENTIANE", "ວຽງຈັນ", "เวียงจันทน์"])
    func `leaves a bare name of a province and a capital ambiguous`(_ name: String) throws {
        #expect(try Small.placeNames().match(name) == .ambiguous(["LA-VI", "LA-VT"]))
    }

    @Test(arguments: [("LA01", "LA-VT"), ("LA-VI", "LA-VI"), ("10", "LA-VI"), ("1.0", "LA-VT")])
    func `lets a code tell an ambiguous name`(_ code: String, _ place: String) throws {
        #expect(try Small.placeNames().match("Vientiane", code: code) == .place(code: place, how: .nameAndCode))
    }

    @Test(arguments: [("Vientiane Capital", "LA-VI"), ("ແຂວງວຽງຈັນ", "LA-VT"), ("LA01", "LA-VI")])
    func `lets the other one in the same file tell an ambiguous name`(_ other: String, _ place: String) throws {
        let names = try Small.placeNames()
        let context = names.context(of: [
            (name: other, code: "", country: ""), (name: "Vientiane", code: "", country: ""),
        ])
        #expect(names.match("Vientiane", within: context).code == place)
    }

    @Test func `leaves a name ambiguous when the file names both otherwise`() throws {
        let names = try Small.placeNames()
        let context = FileContext(places: ["LA-VI", "LA-VT"])
        #expect(names.match("Viangchan", within: context) == .ambiguous(["LA-VI", "LA-VT"]))
    }

    @Test func `tells regions of one name by the country of the row or of the file`() throws {
        let names = try Small.placeNames()
        #expect(names.match("South") == .ambiguous(["LA-SOUTH", "TH-SOUTH"]))
        #expect(names.match("South", country: "THA").code == "TH-SOUTH")
        #expect(names.match("South", within: FileContext(places: ["LA-XI"])).code == "LA-SOUTH")
    }

    @Test func `takes Bangkok for the province unless the level is declared or the file lists regions only`() throws {
        let names = try Small.placeNames()
        #expect(names.match("Bangkok").code == "TH-10")
        #expect(names.match("Bangkok", within: FileContext(level: .region)).code == "TH-BANGKOK")
        #expect(names.match("Bangkok", within: FileContext(places: ["TH-CENTRAL", "TH"])).code == "TH-BANGKOK")
        #expect(names.match("Bangkok", within: FileContext(places: ["TH-CENTRAL", "TH-42"])).code == "TH-10")
    }

    @Test(arguments: ["รวม", "Total", "ລວມ", "Grand Total", "Greater Bangkok "])
    func `sets totals and areas of no gazetteer aside`(_ name: String) throws {
        #expect(try Small.placeNames().match(name) == .setAside)
    }

    @Test(arguments: ["Buogkan", "Lumphun", "Vientian", "Phetchab", "เพชรบู", "ເລຍ"])
    func `never takes a near match by itself`(_ name: String) throws {
        guard case .unknown(let candidates) = try Small.placeNames().match(name) else {
            Issue.record("\(name) matched")
            return
        }
        #expect(!candidates.isEmpty && candidates.count <= 3)
    }

    @Test(arguments: ["province_th", "Province TH", "Prov. LA", "City of TH"])
    func `takes no header that calls a country a province for the country`(_ name: String) throws {
        #expect(try Small.placeNames().match(name).code == nil)
    }

    @Test func `refuses a name with a replacement character`() throws {
        #expect(try Small.placeNames().match("เล\u{FFFD}") == .garbled)
    }

    @Test func `has nothing near for what is far from everything`() throws {
        #expect(try Small.placeNames().match("Ouagadougou") == .unknown([]))
        #expect(try Small.placeNames().match("") == .unknown([]))
    }

    @Test func `takes an alias before every other spelling, in its years`() throws {
        let alias = textTable(
            "aliases.csv",
            """
            name,code,language,valid_from,valid_to,note
            Vientiane,LA-VT,en,2000,2010-12-31,
            buogkan,TH-38,en,,,misspelt
            Upcountry,*,en,,,
            Nowhere,XX-1,en,,,
            ,TH-42,en,,,
            Loey,TH-42,en,2012,2010,
            """
        )
        let names = try Small.placeNames(aliases: [alias])
        #expect(names.match("VIENTIANE", year: 2005) == .place(code: "LA-VT", how: .alias))
        #expect(names.match("Vientiane", year: 2011) == .ambiguous(["LA-VI", "LA-VT"]))
        #expect(names.match("Buogkan Province").code == nil)
        #expect(names.match("Buogkan", year: 1990) == .place(code: "TH-38", how: .alias))
        #expect(names.match("upcountry") == .setAside)
        #expect(names.findings.map(\.code) == ["alias-unknown-code", "alias-without-name", "alias-bad-validity"])
        #expect(names.findings.map(\.record) == [5, 6, 7])
    }

    /// Canonically equivalent spellings in scripts whose letters folding leaves as they are.
    @Test(arguments: [
        ("\u{D55C}", "\u{1112}\u{1161}\u{11AB}"), ("\u{1006}\u{1037}\u{103A}", "\u{1006}\u{103A}\u{1037}"),
        ("\u{0958}", "\u{0915}\u{093C}"), ("\u{1F71}\u{03B8}", "\u{03AC}\u{03B8}"), ("\u{F900}", "\u{8C48}"),
        ("\u{0628}\u{0651}\u{064E}", "\u{0628}\u{064E}\u{0651}"), ("\u{0E40}\u{0E25}\u{0E22} \u{F900}", "เลย \u{8C48}"),
    ])
    func `takes equivalent spellings of other scripts for one`(known: String, found: String) throws {
        #expect(known == found)
        let alias = textTable("aliases.csv", "name,code\n\(known),TH-42")
        for text in [known, found] {
            #expect(try Small.placeNames(aliases: [alias]).match(text) == .place(code: "TH-42", how: .alias))
        }
        let rivals = textTable("aliases.csv", "name,code\n\(known),TH-42\n\(found),TH-43")
        #expect(try Small.placeNames(aliases: [rivals]).match(found) == .ambiguous(["TH-42", "TH-43"]))
    }

    @Test func `offers the line for the alias file, quoted where it must be`() throws {
        let names = try Small.placeNames()
        #expect(names.aliasLine(for: "Buogkan", code: "TH-38") == "Buogkan,TH-38,en,,,")
        #expect(names.aliasLine(for: "ບຶງການ", code: "TH-38") == "ບຶງການ,TH-38,lo,,,")
        #expect(names.aliasLine(for: "เลย, \"ไทย\"", code: "TH-42") == "\"เลย, \"\"ไทย\"\"\",TH-42,th,,,")
    }

    @Test func `lists the nearest first, each place once, of the country stated`() throws {
        let names = try Small.placeNames()
        let nearest = names.candidates(for: "Phetchabury")
        #expect(nearest.map(\.code) == ["TH-76", "TH-67"])
        #expect(nearest.map(\.distance) == [1, 2])
        #expect(names.candidates(for: "Phetchabury", country: "LA").isEmpty)
        #expect(names.candidates(for: "Somewhere", code: "LA-XS").map(\.code) == ["LA-XS"])
    }

    @Test func `refuses a names file without its columns`() throws {
        let gazetteer = try Small.gazetteer()
        #expect(throws: HarmoniseError.missingColumn(file: "n.csv", column: "code", header: ["name", "iso"])) {
            try PlaceNames(gazetteer: gazetteer, names: textTable("n.csv", "name,iso"))
        }
    }
}

@Suite struct `Matching codes` {
    @Test(arguments: ["TH-42", "TH42", "th-42", "TH‐42", " TH 42", "42", "42.0", "๔๒"])
    func `takes ISO, p-codes and national codes`(_ code: String) throws {
        let names = try Small.placeNames()
        #expect(names.match("", code: code).code == "TH-42")
        #expect(names.match(code).code == "TH-42")
    }

    @Test func `needs the country for a national code that two countries use`() throws {
        let names = try Small.placeNames()
        #expect(names.match("", code: "10") == .ambiguous(["LA-VI", "TH-10"]))
        #expect(names.match("", code: "10", country: "LAO").code == "LA-VI")
        #expect(names.match("", code: "10", country: "Thailand").code == "TH-10")
        #expect(names.match("", code: "10", within: FileContext(places: ["TH-42"])).code == "TH-10")
        #expect(names.match("", code: "1", country: "LA").code == "LA-VT")
    }

    @Test func `takes LA-XN for the first Xaisomboun only`() throws {
        let names = try Small.placeNames()
        #expect(names.match("", code: "LA-XN", year: 1994).code == "LA-XS")
        #expect(names.match("", code: "LA-XN", year: 2006).code == "LA-XS")
        #expect(names.match("", code: "LA-XN", year: 2015) == .codeOutOfTime(place: "LA-XS"))
        #expect(
            names.match("Xaisomboun", code: "LA-XN", year: 2015)
                == .place(code: "LA-XS", how: .nameAgainstCode(["LA-XS"]))
        )
        #expect(names.match("", code: "LA-XS", year: 2015).code == "LA-XS")
    }

    @Test func `takes the name and refuses the code where they disagree`() throws {
        let names = try Small.placeNames()
        #expect(
            names.match("South", code: "TH27", country: "THA")
                == .place(code: "TH-SOUTH", how: .nameAgainstCode(["TH-27"]))
        )
        #expect(names.match("Loei", code: "TH43") == .place(code: "TH-42", how: .nameAgainstCode(["TH-43"])))
    }

    @Test func `takes neither where the name is ambiguous or unknown`() throws {
        let names = try Small.placeNames()
        #expect(
            names.match("Vientiane", code: "TH-42") == .contradictory(names: ["LA-VI", "LA-VT"], code: ["TH-42"])
        )
        guard case .unknown(let candidates) = names.match("Lowey", code: "TH-42") else {
            Issue.record("an unknown name was taken by its code")
            return
        }
        #expect(candidates.first?.code == "TH-42")
    }

    @Test func `passes over a code that means nothing beside a name`() throws {
        #expect(try Small.placeNames().match("Loei", code: "p_17") == .place(code: "TH-42", how: .spelling))
        #expect(try Small.placeNames().match("", code: "p_17") == .unknown([]))
    }

    @Test func `reads a row without name and code as the country it states`() throws {
        #expect(try Small.placeNames().match("", country: "LAO") == .place(code: "LA", how: .country))
    }
}
