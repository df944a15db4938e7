import Indicators
import Testing

@testable import Harmonise

@Suite struct `Reading periods` {
    @Test(arguments: [
        "2018", "2561", "๒๕๖๑", "໒໐໑໘", "２０１８", " 2561 ", "2561.0", "พ.ศ. 2561", "พ.ศ.๒๕๖๑", "ปี พ.ศ. 2561",
        "ปีพ.ศ. 2561",
        "ปี 2561", "ค.ศ. 2018", "ຄ.ສ. 2018", "ພ.ສ. 2561", "ປີ 2018", "B.E. 2561", "2561 BE", "AD 2018", "2561 (2018)",
        "2018 (2561)", "2561/2018", "พ.ศ. 2561 (ค.ศ. 2018)",
    ])
    func `reads a year of either era`(_ text: String) {
        guard case .year(let year, let part, _) = PeriodReading(text, calendar: .automatic) else {
            Issue.record("\(text) is \(PeriodReading(text, calendar: .automatic))")
            return
        }
        #expect(year == 2018)
        #expect(part == nil)
    }

    @Test(arguments: [
        ("Q2/2561", YearPart.quarter(2)), ("2561Q2", .quarter(2)), ("2018-Q2", .quarter(2)), ("Q2 2018", .quarter(2)),
        ("ไตรมาส 2/2561", .quarter(2)), ("ไตรมาสที่ 2/2561", .quarter(2)), ("ไตรมาสที่ ๒ พ.ศ. ๒๕๖๑", .quarter(2)),
        ("H1 2018", .half(1)), ("2018-03", .month(3)), ("03/2561", .month(3)), ("2018/03", .month(3)),
        ("10/2561", .month(10)), ("ม.ค. 2561", .month(1)), ("มกราคม 2561", .month(1)), ("Jan 2018", .month(1)),
        ("ມັງກອນ 2018", .month(1)), ("2018-12-31", .day(month: 12, day: 31)), ("31/12/2561", .day(month: 12, day: 31)),
        ("2018-01-01 00:00:00+00:00", .day(month: 1, day: 1)), ("2018-01-01T00:00:00Z", .day(month: 1, day: 1)),
    ])
    func `reads a part of a year`(_ text: String, _ expected: YearPart) {
        guard case .year(let year, let part, _) = PeriodReading(text, calendar: .automatic) else {
            Issue.record("\(text) is \(PeriodReading(text, calendar: .automatic))")
            return
        }
        #expect(year == 2018)
        #expect(part == expected)
    }

    @Test(arguments: [
        "", "-", "61", "2018-2020", "2560/2561", "2/2561", "Q5/2561", "2018-13", "2018-00-10", "about 2018", "2018?",
        "12018", "2018 2019", "1e3", "ปี",
    ])
    func `does not guess at what is unclear`(_ text: String) {
        guard case .unclear = PeriodReading(text, calendar: .automatic) else {
            Issue.record("\(text) is \(PeriodReading(text, calendar: .automatic))")
            return
        }
    }

    @Test(arguments: [1799, 2151, 2399, 2701, 0, 9999])
    func `finds years that no calendar has`(_ number: Int) {
        let padded = String(repeating: "0", count: 4 - String(number).count) + String(number)
        guard case .outOfRange = PeriodReading(padded, calendar: .automatic) else {
            Issue.record("\(number) was read")
            return
        }
    }

    @Test(arguments: [
        ("2561 (2017)", YearCalendar.automatic), ("พ.ศ. 2561", .common), ("ค.ศ. 2018", .buddhist),
    ])
    func `finds contradictions`(_ text: String, _ calendar: YearCalendar) {
        guard case .contradictory = PeriodReading(text, calendar: calendar) else {
            Issue.record("\(text) is \(PeriodReading(text, calendar: calendar))")
            return
        }
    }

    @Test func `holds a source to the calendar that it declares`() {
        #expect(PeriodReading("2561", calendar: .buddhist) == .year(2018, part: nil, era: .buddhist))
        #expect(PeriodReading("2018", calendar: .common) == .year(2018, part: nil, era: .common))
        guard case .outOfRange = PeriodReading("2018", calendar: .buddhist),
            case .outOfRange = PeriodReading("2561", calendar: .common),
            case .outOfRange = PeriodReading("พ.ศ. 2018", calendar: .automatic)
        else {
            Issue.record("a year of the other calendar was read")
            return
        }
    }
}
