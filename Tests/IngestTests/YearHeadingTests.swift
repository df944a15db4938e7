import Testing

@testable import Ingest

@Suite struct `Years in headers` {
    @Test(arguments: [
        "2561", "2018", "๒๕๖๑", "໒໐໑໘", "2561 (2018)", "2018 (2561)", "พ.ศ. 2561", "พ.ศ.2561", "ปี 2558", "ปี พ.ศ. 2561",
        "ค.ศ. 2018", "ປີ 2018", "ພ.ສ. 2561", "ຄ.ສ. 2018", "2019 [YR2019]", "FY2018", "B.E. 2561", "2018 CE",
        "Q1/2561", "2561 Q3", "2018-03", "2017-18", "2561/62", "2555 - 2558", "ไตรมาส 1/2561", "ปีงบประมาณ 2561",
    ])
    func `are years and parts of years and nothing else`(_ text: String) {
        #expect(isYear(text))
    }

    @Test(arguments: [
        "", "จังหวัด", "ที่", "2,558", "25.61", "2561.5", "1234", "3000", "25611", "256", "รายได้ ปี 2558", "ร้อยละ",
        "30,000 บาท", "Population 2018", "2018 persons", "ชาย (คน)", "Q1", "03", "99-2018",
    ])
    func `are not taken from what may mean something else`(_ text: String) {
        #expect(!isYear(text))
    }
}
