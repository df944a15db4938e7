import Foundation
import Indicators
import Testing

@testable import Pipeline

/// A pipeline in which income of 2020 is divided by the population of the nearest year: data and method multiply.
final class IncomeHouse {
    let folder: TemporaryFolder
    private var income = 10.0
    private var populations = [2018: 100.0]
    private var per = 1000
    /// Whether Laos has a population.
    var isWhole = true
    /// Whether a missing denominator stops a run.
    var isStrict = false

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            "Datasets/places.csv",
            """
            code,country,level,parent,name_en,name_th,name_lo
            TH,TH,country,,Thailand,ไทย,ໄທ
            LA,LA,country,,Lao PDR,ลาว,ລາວ

            """
        )
        let names = "names: {en: A, th: ก, lo: ກ}, definition: {en: A, th: ก, lo: ກ}"
        try folder.write(
            "Datasets/indicators.yaml",
            """
            indicators:
              - {id: income, topic: context, basis: context, unit: kip, kind: quantity, direction: higher, \(names)}
              - {id: population, topic: context, basis: context, unit: persons, kind: count, direction: none, \(names)}
              - {id: income_per_head, topic: context, basis: context, unit: kip, kind: rate, direction: higher, \(names)}

            """
        )
        try use()
    }

    /// Puts other figures for Thailand into the sources, and another method into the pipeline file; Laos stays.
    func use(
        income: Double? = nil,
        populations: [Int: Double]? = nil,
        per: Int? = nil,
        reversed: Bool = false
    ) throws {
        self.income = income ?? self.income
        self.populations = populations ?? self.populations
        self.per = per ?? self.per
        try folder.write("Datasets/income.csv", "country,year,value\nTH,2020,\(self.income)\nLA,2020,4\n")
        let rows = self.populations.sorted { $0.key < $1.key }.flatMap { year, persons in
            ["TH,\(year),\(Int(persons))\n"] + (isWhole ? ["LA,\(year),100\n"] : [])
        }
        try folder.write(
            "Datasets/population.csv",
            "country,year,value\n" + (reversed ? rows.reversed() : rows).joined()
        )
        try folder.write("Pipelines/small.yaml", pipeline)
    }

    /// Adds an indicator to the catalogue, and a source of it.
    func addFirms() throws {
        let catalogue = try String(contentsOfFile: path("Datasets/indicators.yaml"), encoding: .utf8)
        let names = "names: {en: A, th: ก, lo: ກ}, definition: {en: A, th: ก, lo: ກ}"
        let firms =
            "  - {id: firms, topic: context, basis: context, unit: firms, kind: count, direction: higher, \(names)}\n"
        try folder.write("Datasets/indicators.yaml", catalogue + firms)
        try folder.write("Datasets/firms.csv", "country,year,value\nTH,2020,10\nLA,2020,5\n")
        let source = """
            sources:
              - file: ../Datasets/firms.csv
                grade: official
                layout: {form: long, place_code: country, year: year, value: value}
                indicator: firms
            """
        try folder.write("Pipelines/small.yaml", pipeline.replacing("sources:", with: source))
    }

    private var pipeline: String {
        """
        pipeline: small
        gazetteer: {places: ../Datasets/places.csv}
        catalogue: ../Datasets/indicators.yaml
        sources:
          - file: ../Datasets/income.csv
            grade: official
            layout: {form: long, place_code: country, year: year, value: value}
            indicator: income
          - file: ../Datasets/population.csv
            grade: official
            layout: {form: long, place_code: country, year: year, value: value}
            indicator: population
        validate: {severity: {denominator-missing: \(isStrict ? "error" : "warning")}}
        normalise:
          denominator:
            - {id: income_per_head, of: income, by: population, per: \(per), years: nearest, within: 3}
        compare: {reference: TH, other: LA, metrics: [gaps]}
        checks:
          - {metric: gaps.parity, select: {indicator: \(isWhole ? "income_per_head" : "income")}, fail_if: "< 0.2"}
        publish: {to: ../Output/small, formats: [csv, json]}

        """
    }

    var place: OutputPlace { OutputPlace(folder: folder.path + "/Output/small") }
    func path(_ name: String) -> String { folder.path + "/" + name }

    func run(keep: Int? = nil) throws {
        var order = RunOrder(pipeline: path("Pipelines/small.yaml"), asOf: CalendarDate(year: 2026, month: 1, day: 1))
        order.keep = keep
        _ = try runPipeline(order)
    }

    func difference(_ old: String, _ new: String, confinement: String? = nil) throws -> RunDifference {
        try Pipeline.difference(
            DiffOrder(old: old, new: new, pipeline: path("Pipelines/small.yaml"), confinement: confinement)
        )
    }

    func copyOutput(to name: String) throws {
        try FileManager.default.copyItem(atPath: place.destination, toPath: path(name))
    }
}
