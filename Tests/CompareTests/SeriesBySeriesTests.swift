import Indicators
import Testing

@testable import Compare

private let values =
    [2010, 2013, 2016, 2019].flatMap { year in
        let step = Double(year - 2009)
        return observed("internet_users", year, ["TH-10": 40 + step, "TH-50": 20 + 2 * step, "TH-90": 9 + 3 * step])
            + observed("internet_users", year, ["LA-LP": 5 + step, "LA-VT": 12 + step])
            + observed("internet_users", year, ["LA": 7 + step, "TH": 30 + step])
            + observed("mpi", year, ["TH-N": 0.1, "TH-S": 0.2 / step, "LA-LP": 0.4, "LA-VT": 0.3 / step])
            + observed("centres", year, ["TH-10": 3 * step, "LA-VT": step])
            + observed("income", year, ["TH-10": 400, "TH-50": 300, "LA-VT": 100 * step])
            + observed("population", year, ["TH-10": 6e6, "TH-50": 2e6, "TH-90": 1e6, "LA-LP": 3e5, "LA-VT": 6e5])
    }

@Suite struct `Metrics of one series after the other` {
    private let frame = ComparedPanel(
        values,
        catalogue: catalogue,
        gazetteer: gazetteer,
        options: CompareOptions(matchYearsWithin: 3, metrics: CompareOptions.Metric.bySeries)
    )

    private func rows(_ outcome: ComparisonOutcome?) -> [[[Cell]]] {
        (outcome?.tables ?? []).map { table in
            let sorted = table.table.sortedByKey()
            return (0..<sorted.rowCount).map(sorted.row)
        }
    }

    /// Many values are compared series by series, few all at once.
    @Test(arguments: CompareOptions.Metric.bySeries.sorted { $0.rawValue < $1.rawValue })
    func `come to the same as all at once`(metric: CompareOptions.Metric) throws {
        var frame = frame
        frame.keepsRows = true
        let whole = try #require(frame.outcome(ofSeries: frame.panel.series.indices, [metric])[metric])
        var apart = try #require(frame.outcome(ofSeries: 0..<0, [metric])[metric])
        for position in frame.panel.series.indices {
            apart.append(try #require(frame.outcome(ofSeries: position..<position + 1, [metric])[metric]))
        }
        #expect(rows(whole).contains { !$0.isEmpty })
        #expect(rows(whole) == rows(apart))
        #expect(whole.tables.map { $0.rows.map(\.cells) } == apart.tables.map { $0.rows.map(\.cells) })
        #expect(metric == .gaps || whole.tables.allSatisfy { $0.rows.count == $0.table.rowCount })
        let findings = [whole, apart].map {
            ComparedPanel.joined($0.findings).inCanonicalOrder
        }
        #expect(findings[0] == findings[1])
    }

    @Test func `of several together are what each is alone`() {
        let together = frame.outcome(ofSeries: frame.panel.series.indices, CompareOptions.Metric.bySeries)
        for metric in CompareOptions.Metric.bySeries {
            let alone = frame.outcome(ofSeries: frame.panel.series.indices, [metric])
            #expect(rows(together[metric]) == rows(alone[metric]))
        }
    }

    /// 240 series of 45 years: more values than one thread is given.
    @Test func `on several threads come to the same as each alone, with the rows behind their cells`() throws {
        let many = (0..<240).flatMap { number in
            (1980..<2025).map { year in
                observed("internet_users", year, ["TH-10": Double(number + year - 1979)], group: "part \(number)")
            }.joined()
        }
        let options = CompareOptions(metrics: [.trends])
        let lineage = ComparisonLineage(many, catalogue: catalogue, gazetteer: gazetteer, options: options)
        let table = try #require(lineage.compare().tables.first)
        var frame = ComparedPanel(many, catalogue: catalogue, gazetteer: gazetteer, options: options)
        #expect(frame.isWorthThreads && frame.isSmall && frame.partsOfSeries.count > 1)
        frame.keepsRows = true
        let alone = frame.outcome(ofSeries: frame.panel.series.indices, [.trends])
        #expect(table.rowCount == 240)
        #expect(rows(alone[.trends]) == [(0..<table.rowCount).map(table.row)])
        #expect(lineage.derivation(row: 239, column: table.schema.columns[0].id, of: table) != nil)
    }

    @Test func `kept for what is asked later, are what the comparison returns`() throws {
        let lineage = ComparisonLineage(
            values,
            catalogue: catalogue,
            gazetteer: gazetteer,
            options: CompareOptions(matchYearsWithin: 3, metrics: CompareOptions.Metric.bySeries)
        )
        let again = ComparisonLineage(
            values,
            catalogue: catalogue,
            gazetteer: gazetteer,
            options: CompareOptions(matchYearsWithin: 3, metrics: CompareOptions.Metric.bySeries)
        )
        let compared = lineage.compare()
        let others = compared.tables.filter { $0.schema.name != "gaps" && $0.rowCount > 0 }
        #expect(!others.isEmpty)
        for table in others {
            for column in table.schema.columns {
                let known = lineage.derivation(row: 0, column: column.id, of: table)
                #expect(known != nil, "\(table.schema.name), \(column.id)")
                #expect(known == again.derivation(row: 0, column: column.id, of: table))
            }
        }
    }
}
