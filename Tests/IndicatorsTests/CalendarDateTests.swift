import Indicators
import Testing

@Suite struct `A calendar date` {
    @Test(arguments: ["2011-03-23", "2013-12-31", "0001-01-01", "9999-12-31", "2016-02-29", "2000-02-29"])
    func `is written as it was read`(text: String) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.description == text)
    }

    @Test(arguments: [
        "", "2011", "2011-03", "2011-3-23", "11-03-23", "2011-03-23 ", " 2011-03-23", "2011-03-23T00:00", "2011/03/23",
        "-011-03-23", "+011-03-23", "2011-03--3", "2011-03-2x", "๒๐๑๑-๐๓-๒๓", "２０１１-０３-２３", "2011-03-23-", "2011−03−23",
    ])
    func `is nothing but year, month and day in ASCII digits`(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test(arguments: [
        (2015, 2, 29), (1900, 2, 29), (2100, 2, 29), (2011, 4, 31), (2011, 6, 31), (2011, 9, 31), (2011, 11, 31),
        (2011, 1, 0), (2011, 1, 32), (2011, 0, 1), (2011, 13, 1), (0, 1, 1), (10_000, 1, 1), (.min, .max, .min),
    ])
    func `exists in the calendar`(year: Int, month: Int, day: Int) {
        #expect(CalendarDate(year: year, month: month, day: day) == nil)
    }

    /// 400 Gregorian years have 146,097 days: the calendar repeats after that.
    @Test func `has as many days in 400 years as the calendar`() {
        var days = 0
        for year in 2001...2400 {
            for month in 1...12 {
                for day in 1...31 where CalendarDate(year: year, month: month, day: day) != nil { days += 1 }
            }
        }
        #expect(days == 146_097)
    }

    @Test func `comes in order of time, which is the order of the text`() throws {
        let texts = ["1994-12-31", "2006-01-13", "2006-02-01", "2011-03-23", "2013-12-31"]
        let dates = try texts.map { try #require(CalendarDate($0)) }
        #expect(dates.shuffled().sorted() == dates)
        #expect(texts.sorted() == texts)
    }
}
