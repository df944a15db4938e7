package import Indicators
internal import Shipped

/// A new pipeline folder: a pipeline file with comments, a template for each topic, and the gazetteer and catalogue that they
/// are read by.
package struct Templates: Sendable {
    private let catalogue: Catalogue
    private let places: [Place]
    private let language: Language
    /// Common Era.
    private let year: Int

    /// - Parameters:
    ///   - language: Of headers, notes and comments.
    ///   - year: Common Era, stands in every row; in Thai templates in the Buddhist Era.
    /// - Throws: ``RunFailure`` where what travels in the binary cannot be read, which is a fault of ours.
    package init(language: Language, year: Int) throws(RunFailure) {
        catalogue = try .shipped()
        places = try shippedPlaces()
        self.language = language
        self.year = year
    }

    /// The files by their paths in the folder, in order.
    package var files: [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = [
            ("pipeline.yaml", Array(pipeline.utf8)),
            ("activities.csv", Array((Self.activityHeader + "\n").utf8)),
            ("targets.csv", Array("place,indicator,group,year,target,base_year,document,grade\n".utf8)),
        ]
        for resource in [Shipped.places, Shipped.names, Shipped.changes, Shipped.catalogue] {
            files.append(("reference/" + resource.file, resource.bytes))
        }
        files += topics.map { ("\($0.id).csv", template(of: $0)) }
        return files.sorted { $0.path < $1.path }
    }

    private static let activityHeader =
        "date,form,topic,title,host,participants_TH,participants_LA,course,trained,grade,source"

    private var topics: [Topic] { catalogue.topics.filter { $0.basis != .context } }

    private func indicators(of topic: Topic) -> [Indicator] {
        catalogue.indicators.filter { $0.topic == topic.id }
    }

    // MARK: Templates

    /// Notes, the header, and a row for each province: UTF-8 with a byte order mark, by which spreadsheet programs know it.
    private func template(of topic: Topic) -> [UInt8] {
        let indicators = indicators(of: topic)
        var lines = [[topic.names[language]], [words.howTo]]
        lines += indicators.map { [note(on: $0)] }
        lines.append([Self.code, words.province, words.year] + indicators.map(heading))
        let shownYear = language == .thai ? year + 543 : year
        for place in places {
            lines.append([place.code, place.names[language], String(shownYear)] + indicators.map { _ in "" })
        }
        let width = indicators.count + 3
        let text = lines.map { line in
            let padded = line + Array(repeating: "", count: width - line.count)
            return padded.map(Self.quoted).joined(separator: ",") + "\r\n"
        }
        return [0xEF, 0xBB, 0xBF] + Array(text.joined().utf8)
    }

    private static let code = "code"

    private func heading(of indicator: Indicator) -> String {
        "\(indicator.names[language]) (\(indicator.unit))"
    }

    private func note(on indicator: Indicator) -> String {
        let allowed =
            switch indicator.kind {
            case .share: words.share
            case .count: words.count
            case .rate, .price, .index, .quantity: words.number
            }
        return "- \(indicator.names[language]): \(indicator.definition[language]) [\(allowed)]"
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"\r\n;".contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }

    // MARK: The pipeline file

    private var pipeline: String {
        var lines = words.comments.map { "# " + $0 }
        lines += [
            "pipeline: my-scorecard",
            "gazetteer:",
            "  places: reference/provinces.csv",
            "  names: reference/province-names.csv",
            "  changes: reference/province-changes.csv",
            "catalogue: reference/indicators.yaml",
            "sources:",
        ]
        for topic in topics {
            lines += [
                "  # \(topic.names[language])",
                "  - file: \(topic.id).csv",
                "    grade: official   # official | survey | secondary | illustrative",
                "    decimal: either   # 12.5 or 12,5",
                "    missing: [\"\", \"-\", \"..\", n/a, N/A, n.a., no data, ไม่มี, ไม่มีข้อมูล, ບໍ່ມີ, ບໍ່ມີຂໍ້ມູນ]",
                "    fill_down: [\(Self.spelt(words.province))]   # cells that were merged",
                "    layout:",
                "      form: indicators-across",
                "      place: \(Self.spelt(words.province))",
                "      place_code: \(Self.code)",
                "      year: \(Self.spelt(words.year))",
                "      columns:",
            ]
            lines += indicators(of: topic).map { "        \(Self.spelt(heading(of: $0))): \($0.id)" }
        }
        lines += [
            "# " + words.registers,
            "# targets: targets.csv",
            "# activities: activities.csv",
            "compare:",
            "  reference: TH",
            "  other: LA",
            "  match_years: {within: 3}",
            "  metrics: [gaps, topics]   # targets, activities, inequality, time-distance, convergence, neighbours",
            "publish:",
            "  to: output",
            "  languages: [\(language.rawValue)]",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    /// As a double-quoted YAML scalar.
    private static func spelt(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private var words: TemplateWords { TemplateWords.of(language) }
}

/// What templates say to the people who fill them in.
private struct TemplateWords {
    var province, year, howTo, share, count, number, registers: String
    var comments: [String]

    static func of(_ language: Language) -> TemplateWords {
        switch language {
        case .english:
            TemplateWords(
                province: "Province",
                year: "Year",
                howTo: "Give a figure in each cell that has one, and leave the others empty: never 0 for missing. "
                    + "For another year copy the rows and change the year.",
                share: "percent, 0 to 100",
                count: "whole number, 0 or more",
                number: "number, 0 or more",
                registers: "With targets or activities take the # away and name them among the metrics.",
                comments: [
                    "Fill in the templates beside this file, by any spreadsheet program, saved as CSV.",
                    "Then: divide validate pipeline.yaml, until you agree with every finding; divide run pipeline.yaml.",
                    "A topic without figures stands in topics.csv as no data.",
                    "Where a template has lost a column, take its line out of the columns here, too.",
                ]
            )
        case .thai:
            TemplateWords(
                province: "จังหวัด",
                year: "ปี",
                howTo: "ใส่ตัวเลขในช่องที่มีข้อมูล ช่องที่ไม่มีข้อมูลให้เว้นว่าง ห้ามใส่ 0 แทน หากมีปีอื่นให้คัดลอกแถวแล้วเปลี่ยนปี",
                share: "ร้อยละ 0 ถึง 100",
                count: "จำนวนเต็ม ตั้งแต่ 0 ขึ้นไป",
                number: "จำนวน ตั้งแต่ 0 ขึ้นไป",
                registers: "หากมีเป้าหมายหรือกิจกรรม ให้ลบ # ออกและเพิ่มชื่อใน metrics",
                comments: [
                    "กรอกแบบฟอร์มข้างไฟล์นี้ด้วยโปรแกรมตารางคำนวณใดก็ได้ แล้วบันทึกเป็น CSV",
                    "จากนั้นสั่ง divide validate pipeline.yaml จนไม่มีข้อสงสัย แล้วสั่ง divide run pipeline.yaml",
                    "หัวข้อที่ไม่มีตัวเลขจะปรากฏใน topics.csv ว่า no data",
                    "หากลบคอลัมน์ออกจากแบบฟอร์ม ให้ลบบรรทัดของคอลัมน์นั้นในไฟล์นี้ด้วย",
                ]
            )
        case .lao:
            TemplateWords(
                province: "ແຂວງ",
                year: "ປີ",
                howTo: "ໃສ່ຕົວເລກໃນຫ້ອງທີ່ມີຂໍ້ມູນ ຫ້ອງທີ່ບໍ່ມີຂໍ້ມູນໃຫ້ປະຫວ່າງໄວ້ ຫ້າມໃສ່ 0 ແທນ ຖ້າມີປີອື່ນໃຫ້ກັອບປີ້ແຖວ ແລ້ວປ່ຽນປີ",
                share: "ສ່ວນຮ້ອຍ 0 ຫາ 100",
                count: "ຈຳນວນເຕັມ ແຕ່ 0 ຂຶ້ນໄປ",
                number: "ຈຳນວນ ແຕ່ 0 ຂຶ້ນໄປ",
                registers: "ຖ້າມີເປົ້າໝາຍ ຫຼື ກິດຈະກຳ ໃຫ້ລຶບ # ອອກ ແລະ ເພີ່ມຊື່ໃນ metrics",
                comments: [
                    "ຕື່ມແບບຟອມຂ້າງໄຟລ໌ນີ້ດ້ວຍໂປຣແກຣມຕາຕະລາງໃດກໍໄດ້ ແລ້ວບັນທຶກເປັນ CSV",
                    "ຈາກນັ້ນສັ່ງ divide validate pipeline.yaml ຈົນບໍ່ມີຂໍ້ສົງໄສ ແລ້ວສັ່ງ divide run pipeline.yaml",
                    "ຫົວຂໍ້ທີ່ບໍ່ມີຕົວເລກຈະຢູ່ໃນ topics.csv ວ່າ no data",
                    "ຖ້າລຶບຖັນອອກຈາກແບບຟອມ ໃຫ້ລຶບແຖວຂອງຖັນນັ້ນໃນໄຟລ໌ນີ້ນຳ",
                ]
            )
        }
    }
}

extension Templates {
    /// The year before this one, Common Era, UTC.
    package static var lastYear: Int { Timestamp.now.date.year - 1 }
}
