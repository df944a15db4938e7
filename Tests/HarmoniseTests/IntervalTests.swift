import Harmonise
import Indicators
import Testing

/// A share of Loei in 2019 between limits; `nil` for a marker of missing.
private func limited(
    _ value: Double?,
    _ low: Double?,
    _ high: Double?,
    _ form: IntervalForm = IntervalForm(),
    indicator: String = "internet_users"
) -> RawValue {
    func limit(_ number: Double?, _ field: Int) -> StatedInterval.Limit {
        StatedInterval.Limit(
            text: number.map { Cell.format($0) } ?? "-",
            reading: number.map { .number($0) } ?? .missing,
            field: field,
            column: field == 4 ? "low" : "high"
        )
    }
    let interval = StatedInterval(low: limit(low, 4), high: limit(high, 5), form: form)
    return rawValue("Loei", "2019", value, indicator: indicator, interval: interval)
}

private let usual = HarmoniseOptions(grade: .survey, calendar: .common)

private func errors(_ raw: RawValue, factor: Double = 1) throws -> (error: Double?, codes: Set<String>) {
    var options = usual
    options.unitFactor = factor
    let found = try harmonised([raw], options)
    let observation = try #require(found.observation("TH-42", 2019))
    #expect(observation.value != nil)
    return (observation.standardError, found.codes)
}

@Suite struct `Limits beside a value` {
    @Test func `are 1.96 standard errors away, or as many as their confidence says`() throws {
        // 40 -+ 1.959963984540054 x 2.5, and so on.
        let common = try errors(limited(40, 40 - 4.899909961350135, 40 + 4.899909961350135))
        #expect(try #require(common.error).isNear(2.5))
        #expect(common.codes == [])
        let ninety = try errors(limited(40, 40 - 4.112134067378679, 40 + 4.112134067378679, .init(confidence: 0.9)))
        #expect(try #require(ninety.error).isNear(2.5))
        // MICS and DHS print two standard errors on either side.
        let two = try errors(limited(40, 35, 45, .init(confidence: 0.9545)))
        #expect(abs(try #require(two.error) - 2.5) < 1e-5)
    }

    @Test func `of a share on the logit scale give the error back that they were made of`() throws {
        // Python 3: logit(4 %) -+ 1.96 x 1.3 / (4 x 96 / 100), and back.
        let logit = IntervalForm(scale: .logit)
        let found = try errors(limited(4, 2.1008757875450264, 7.484622050823689, logit))
        #expect(try #require(found.error).isNear(1.3))
        #expect(found.codes == [])
        // As fractions, with the factor that makes percent of them.
        let scaled = try errors(limited(0.04, 0.021008757875450264, 0.07484622050823689, logit), factor: 100)
        #expect(try #require(scaled.error).isNear(1.3))
        #expect(scaled.codes == [])
    }

    @Test func `on the log scale give the error back that they were made of`() throws {
        let log = IntervalForm(confidence: 0.9, scale: .log)
        let found = try errors(limited(250, 192.15154115277966, 325.26410990534947, log, indicator: "population"))
        #expect(try #require(found.error).isNear(40))
        #expect(found.codes == [])
    }

    @Test func `that are equal tell of no error, and a share of 0 has none`() throws {
        #expect(try errors(limited(40, 40, 40)) == (0, []))
        #expect(try errors(limited(0, 0, 0)) == (0, []))
    }

    @Test func `change places where the factor turns the sign`() throws {
        let found = try errors(limited(40, 35, 45, .init(confidence: 0.9545), indicator: "population"), factor: -1)
        #expect(abs(try #require(found.error) - 2.5) < 1e-5)
        #expect(found.codes == [])
        let stated = rawValue("Loei", "2019", 40).with(standardError: 2, interval: nil)
        #expect(try errors(stated, factor: -10).error == 20)
    }

    @Test(
        arguments: [
            (limited(40, nil, 45), "interval-incomplete"), (limited(40, 35, nil), "interval-incomplete"),
            (limited(40, 45, 35), "interval-reversed"), (limited(40, 41, 45), "value-outside-interval"),
            (limited(40, 35, 39), "value-outside-interval"),
            (limited(4, 0, 8, .init(scale: .logit)), "interval-off-scale"),
            (limited(96, 92, 100, .init(scale: .logit)), "interval-off-scale"),
            (limited(4, 2, 8, .init(scale: .logit), indicator: "population"), "interval-off-scale"),
            (limited(4, 0, 8, .init(scale: .log)), "interval-off-scale"),
            (limited(0, -1.7e308, 1.7e308, indicator: "population"), "not-representable"),
        ]
    )
    func `that make no sense leave the value without an error, and are told`(raw: RawValue, code: String) throws {
        #expect(try errors(raw) == (nil, [code]))
    }

    @Test func `that lie unevenly are told, with the scale on which they do not`() throws {
        let found = try harmonised([limited(4, 2.1008757875450264, 7.484622050823689)], usual)
        #expect(found.codes == ["interval-asymmetric"])
        #expect(found.findings[0].hint.contains("interval_scale: logit"))
        // Half the distance all the same.
        let error = try #require(found.observation("TH-42", 2019)?.standardError)
        #expect(error.isNear((7.484622050823689 - 2.1008757875450264) / 2 / 1.959963984540054))
        let nowhere = try harmonised([limited(40, 39.9, 80)], usual)
        #expect(nowhere.codes == ["interval-asymmetric"])
        #expect(!nowhere.findings[0].hint.contains("interval_scale"))
    }

    /// 38.94 in 36.44 to 41.44, printed with one decimal or none.
    @Test func `that were rounded when printed are not told`() throws {
        #expect(try errors(limited(38.9, 36.4, 41.5)).codes == [])
        #expect(try errors(limited(39, 38, 41)).codes == [])
        #expect(try errors(limited(39, 37, 45)).codes == ["interval-asymmetric"])
    }

    @Test func `of a missing value are left with it`() throws {
        let found = try harmonised([limited(nil, 35, 45)], usual)
        #expect(found.observation("TH-42", 2019)?.standardError == nil)
        #expect(found.codes == [])
    }

    @Test func `are told of, one by one, where somebody asks for the error`() throws {
        let raw = limited(40, 35, 45)
        let observation = try #require(try harmonised([raw], usual).observation("TH-42", 2019))
        let found = standardErrorDerivation(of: observation, from: [raw], options: usual)
        #expect(found.rule == "error-of-limits")
        #expect(found.inputs.map(\.role) == ["value", "low", "high"])
        #expect(found.inputs[2].source == .raw(raw.cell(of: try #require(raw.interval).high)))
        #expect(found.parameters == [.init("confidence", "0.95")])
    }
}

extension Double {
    fileprivate func isNear(_ other: Double) -> Bool { abs(self - other) <= 1e-12 * abs(other) }
}
