import Indicators
import Testing
import Validate

@Suite struct `Ranges by kind` {
    @Test(arguments: [0, 0.01, 50, 99.99, 100])
    func `keeps a share between 0 and 100`(_ value: Double) throws {
        let result = try validated([observation("internet_users", "TH-10", 2017, value)])
        #expect(result.observations.map(\.value) == [value])
        #expect(result.findings.isEmpty)
    }

    @Test(arguments: [(-0.1, ""), (100.01, "is it per mille?"), (140, "is it per mille?"), (1001, "")])
    func `refuses a share outside, and says where it stands`(_ value: Double, _ hint: String) throws {
        let result = try validated([observation("internet_users", "TH-10", 2017, value, record: 12)])
        #expect(result.observations.isEmpty)
        #expect(result.refused == ["a.csv": 1])
        let finding = try #require(result.findings.first { $0.code == "share-out-of-range" })
        #expect((finding.file, finding.record, finding.column) == ("a.csv", 12, "2017"))
        #expect(finding.severity == .warning)
        #expect(finding.found == "TH-10, internet_users, 2017: \(Cell.format(value))")
        #expect(finding.hint == hint)
    }

    @Test func `refuses a negative count and flags a broken one`() throws {
        let result = try validated([
            observation("population", "TH-10", 2017, -1), observation("population", "TH-11", 2017, 10.5),
            observation("population", "TH-12", 2017, 0),
        ])
        #expect(result.observations.map(\.place) == ["TH-11", "TH-12"])
        #expect(result.codes == ["count-not-whole", "negative-value"])
    }

    @Test func `suspects a rate that holds counts, and refuses what cannot be one`() throws {
        let result = try validated([
            observation("mobile", "TH-10", 2017, 175), observation("mobile", "TH-11", 2017, 1000),
            observation("mobile", "TH-12", 2017, 1001), observation("mobile", "TH-13", 2017, 3_012_345),
            observation("post_offices", "TH-10", 2017, 1001), observation("mobile", "TH-14", 2017, -1),
        ])
        #expect(result.observations.filter { $0.indicator == "mobile" }.map(\.value) == [175, 1000, 1001])
        #expect(result.codes == ["negative-value", "rate-holds-counts", "rate-holds-counts"])
        #expect(result.refused == ["a.csv": 2])
    }

    @Test func `flags negative money and lets an index be negative`() throws {
        let result = try validated([
            observation("income", "TH-10", 2017, -5), observation("balance", "TH-10", 2017, -5),
        ])
        #expect(result.observations.count == 2)
        #expect(result.codes == ["negative-value"])
    }

    @Test func `refuses what the pipeline says is out of range`() throws {
        let options = ValidateOptions(rules: ["income": IndicatorRule(minimum: 1000, maximum: 100_000)])
        let result = try validated(
            [
                observation("income", "TH-10", 2017, 999), observation("income", "TH-11", 2017, 1000),
                observation("income", "TH-12", 2017, 100_001),
            ],
            options
        )
        #expect(result.observations.map(\.place) == ["TH-11"])
        #expect(result.codes == ["value-out-of-range", "value-out-of-range"])
        #expect(result.findings.allSatisfy { $0.expected.contains("at least 1000 and at most 100000") })
    }

    @Test func `flags a year to come`() throws {
        let result = try validated([
            observation("income", "TH-10", 2027, 1), observation("income", "TH-10", 2026, 1),
        ])
        #expect(result.codes == ["year-in-future"])
        #expect(result.observations.count == 2)
    }

    @Test func `keeps a missing value missing`() throws {
        let result = try validated([observation("internet_users", "TH-10", 2017, nil)])
        #expect(result.observations.map(\.value) == [nil])
        #expect(result.findings.isEmpty)
    }
}

@Suite struct `Shares in another unit` {
    private func shares(_ values: [Double]) throws -> ValidatedObservations {
        try validated(values.enumerated().map { observation("internet_users", "TH-\($0 + 10)", 2017, $1) })
    }

    @Test(arguments: [[0.4512, 0.123, 0.871, 0.5, 0.3768, 0.9011], [0.41, 0.39, 0.52, 0.37, 0.4, 0.08]])
    func `suspects a column of fractions`(_ values: [Double]) throws {
        let result = try shares(values)
        #expect(result.codes == ["share-as-fraction"])
        #expect(result.findings.first?.hint == "if so, declare factor: 100 for the source")
        #expect(result.observations.count == 6)
    }

    @Test(arguments: [
        // Small shares of real tables: few decimals, a greater one among them, few values.
        [0.55, 0.4, 0.25, 0.07, 0.02, 0.31],
        [0.2494, 0.8364, 0.8772, 0.1896, 0.5473, 4.4888],
        [0.451, 0.123],
        [0, 0, 0, 0, 0, 1],
        [1, 1, 1, 1, 1],
    ])
    func `leaves small shares alone`(_ values: [Double]) throws {
        #expect(try !shares(values).codes.contains("share-as-fraction"))
    }

    @Test func `suspects a column per mille, once`() throws {
        let result = try shares([451, 123, 871, 50, 377])
        #expect(result.codes.filter { $0 == "share-as-per-mille" }.count == 1)
        #expect(result.codes.filter { $0 == "share-out-of-range" }.count == 4)
        #expect(result.observations.map(\.value) == [50])
    }
}
