import Harmonise
import Indicators

/// A table of plain fields, one record a line.
func textTable(_ file: String, _ text: String) -> TextTable {
    let lines = text.split(separator: "\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let rows = lines.dropFirst().enumerated().map { TextTable.Row(record: $0 + 2, line: $0 + 2, fields: $1) }
    return TextTable(file: file, header: lines.first ?? [], rows: rows)
}

enum Small {
    static let places = textTable(
        "places.csv",
        """
        code,country,level,parent,name_en,name_th,name_lo,region,area_km2,national_code,pcode,label_lat,label_lon,neighbours
        TH,TH,country,,Thailand,ประเทศไทย,ປະເທດໄທ,,,,,,,
        LA,LA,country,,Laos,ลาว,ລາວ,,,,,,,
        TH-BANGKOK,TH,region,TH,Bangkok,กรุงเทพมหานคร,,,,,,,,
        TH-NORTHEAST,TH,region,TH,Northeast,ภาคตะวันออกเฉียงเหนือ,,,,,,,,
        TH-CENTRAL,TH,region,TH,Central,ภาคกลาง,,,,,,,,
        TH-SOUTH,TH,region,TH,South,ภาคใต้,,,,,,,,
        LA-CENTRAL,LA,region,LA,Central,,ພາກກາງ,,,,,,,
        LA-SOUTH,LA,region,LA,South,,ພາກໃຕ້,,,,,,,
        TH-10,TH,province,TH-BANGKOK,Bangkok,กรุงเทพมหานคร,ບາງກອກ,Bangkok,1568.7,10,TH10,13.76,100.6159,
        TH-27,TH,province,TH-CENTRAL,Sa Kaeo,สระแก้ว,ສະແກ້ວ,Central,7195.1,27,TH27,13.8,102.3,
        TH-67,TH,province,TH-CENTRAL,Phetchabun,เพชรบูรณ์,ເພັດຊະບູນ,Central,12668,67,TH67,16.3,101.1,
        TH-76,TH,province,TH-CENTRAL,Phetchaburi,เพชรบุรี,ເພັດຊະບຸລີ,Central,6225,76,TH76,12.9,99.6,
        TH-31,TH,province,TH-NORTHEAST,Buri Ram,บุรีรัมย์,ບຸລີລຳ,Northeast,10322.9,31,TH31,14.8,102.9,
        TH-38,TH,province,TH-NORTHEAST,Bueng Kan,บึงกาฬ,ບຶງການ,Northeast,4305,38,TH38,18.1,103.6,LA-BL
        TH-42,TH,province,TH-NORTHEAST,Loei,เลย,ເລີຍ,Northeast,11424.6,42,TH42,17.4,101.6,LA-XA LA-VT
        TH-43,TH,province,TH-NORTHEAST,Nong Khai,หนองคาย,ໜອງຄາຍ,Northeast,3027,43,TH43,17.9,102.7,LA-VT LA-BL
        TH-51,TH,province,TH-CENTRAL,Lamphun,ลำพูน,ລຳພູນ,Central,4505.9,51,TH51,18.1,98.9,
        TH-82,TH,province,TH-SOUTH,Phang Nga,พังงา,ພັງງາ,South,4170.9,82,TH82,8.5,98.5,
        LA-VT,LA,province,LA-CENTRAL,Vientiane Capital,นครหลวงเวียงจันทน์,ນະຄອນຫຼວງວຽງຈັນ,Central,3920,01,LA01,18.1,102.7,TH-43
        LA-VI,LA,province,LA-CENTRAL,Vientiane Province,เวียงจันทน์,ວຽງຈັນ,Central,15927,10,LA10,18.6,102.2,TH-42
        LA-XI,LA,province,LA-CENTRAL,Xiengkhouang,เชียงขวาง,ຊຽງຂວາງ,Central,15880,09,LA09,19.4,103.4,
        LA-XS,LA,province,LA-CENTRAL,Xaisomboun,ไชยสมบูรณ์,ໄຊສົມບູນ,Central,8300,18,LA18,18.9,103,
        LA-LM,LA,province,LA-SOUTH,Luang Namtha,หลวงน้ำทา,ຫຼວງນ້ຳທາ,South,9325,03,LA03,20.9,101.1,
        """
    )

    static let changes = textTable(
        "changes.csv",
        """
        date,kind,place,code,predecessors,successors,note,source
        1994-06-22,split,LA-XS,LA-XN,LA-VI LA-XI,,special zone,
        2006-01-13,merger,LA-XS,LA-XN,,LA-VI LA-XI,dissolved,
        2013-12-31,re-creation,LA-XS,LA-XS,LA-VI LA-XI,,,
        2011-03-23,split,TH-38,TH-38,TH-43,,,
        """
    )

    static let names = textTable(
        "names.csv",
        """
        name,code,language,source
        Viangchan,LA-VI,en,ISO
        Viangchan,LA-VT,en,ISO
        Vientiane [prefecture],LA-VT,en,ISO
        Xaisômboun,LA-XS,en,ISO
        กทม.,TH-10,th,use
        BKK,TH-10,en-abbr3,use
        นค,TH-43,th-abbr,use
        บก,TH-38,th-abbr,use
        Bungkan,TH-38,en,use
        Bung Kan,TH-38,en,use
        THA,TH,en-abbr3,ISO
        LAO,LA,en-abbr3,ISO
        ทั่วราชอาณาจักร,TH,th,NSO
        Whole Kingdom,TH,en,NSO
        Greater Bangkok,*,en,NSO
        """
    )

    static func gazetteer() throws -> Gazetteer {
        try makeGazetteer(places: places, changes: changes).0
    }

    static func placeNames(aliases: [TextTable] = []) throws -> PlaceNames {
        try PlaceNames(gazetteer: gazetteer(), names: names, aliases: aliases)
    }

    static let catalogue = Catalogue([
        Indicator(
            id: "population",
            topic: "context",
            basis: .context,
            names: LocalisedText(english: "Population"),
            unit: "persons",
            kind: .count,
            direction: .neutral
        ),
        Indicator(
            id: "internet_users",
            topic: "inclusion",
            basis: .memorandum,
            names: LocalisedText(english: "Internet users"),
            unit: "%",
            kind: .share,
            direction: .higherIsBetter,
            denominator: "population"
        ),
    ])
}

/// A cell of a source; the record is its row.
func rawValue(
    _ place: String,
    _ period: String,
    _ number: Double?,
    code: String = "",
    country: String = "",
    indicator: String = "population",
    record: Int = 2,
    text: String? = nil,
    interval: StatedInterval? = nil
) -> RawValue {
    RawValue(
        indicator: indicator,
        place: place,
        placeCode: code,
        country: country,
        period: period,
        text: text ?? number.map { Cell.format($0) } ?? "-",
        reading: number.map { .number($0) } ?? .missing,
        interval: interval,
        origin: Origin(file: "source.csv", record: record, line: record, field: 3, column: period)
    )
}

/// Harmonises with the small gazetteer; every cell is numbered as a record of its own.
func harmonised(
    _ values: [RawValue],
    _ options: HarmoniseOptions = HarmoniseOptions(grade: .official),
    aliases: [TextTable] = [],
    weights: WeightLookup? = nil
) throws -> HarmonisedSource {
    let numbered = values.enumerated().map { index, value in
        var origin = value.origin
        origin.record = index + 2
        return RawValue(
            indicator: value.indicator,
            place: value.place,
            placeCode: value.placeCode,
            country: value.country,
            period: value.period,
            group: value.group,
            text: value.text,
            reading: value.reading,
            standardError: value.standardError,
            interval: value.interval,
            origin: origin,
            status: value.status,
            aggregation: value.aggregation
        )
    }
    return try harmonise(
        numbered,
        options: options,
        names: Small.placeNames(aliases: aliases),
        catalogue: Small.catalogue,
        weights: weights
    )
}

extension HarmonisedSource {
    var codes: Set<String> { Set(findings.map(\.code)) }

    func observation(_ place: String, _ year: Int) -> Observation? {
        observations.first { $0.place == place && $0.year == year }
    }
}

extension PlaceMatch {
    /// The place matched, `nil` for any other outcome.
    var code: String? {
        if case .place(let code, _) = self { code } else { nil }
    }
}
