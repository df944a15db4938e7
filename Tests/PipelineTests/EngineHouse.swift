import Foundation
import Indicators
import Ingest
import Testing

@testable import Pipeline

/// A pipeline with a source of records, and a program that stands in for `spark-sql`: it prints lines that were put there
/// before, and notes that it was called.
struct EngineHouse {
    let house: SmallHouse
    var folder: TemporaryFolder { house.folder }
    private var program: String { folder.path + "/spark-sql" }

    /// What Spark prints for the records of ``init()``: hexadecimal country and year, records with a value, the limbs
    /// of their sum.
    static let sums = [
        "divide,1,,2,5448,32303230,,,2,0:0:150:0,",
        "divide,1,,1,4C41,32303230,,,1,0:500000000:60:0,",
        "divide,1,,1,4C41,32303231,,,1,0:0:61:0,",
    ]

    init() throws {
        house = try SmallHouse()
        try folder.write(
            "Datasets/persons.csv",
            "country,year,sex,value\nTH,2020,men,80\nLA,2020,men,60.5\nTH,2020,women,70\nLA,2021,men,61\n"
        )
        try describe()
        try answer(Self.sums)
    }

    /// Writes the pipeline file; `more` are lines of `records:`, `judged` more of the check.
    func describe(
        files: String = "../Datasets/persons.csv",
        more: [String] = [],
        failBelow: String = "0.5",
        judged: String = "",
        measure: String = "mean(value)"
    ) throws {
        let more = more.map { "      \($0)\n" }.joined()
        try folder.write(
            "Pipelines/small.yaml",
            """
            pipeline: small
            gazetteer: {places: ../Datasets/places.csv}
            catalogue: ../Datasets/indicators.yaml
            sources:
              - records:
                  files: "\(files)"
                  group_by: {place_code: country, year: year}
                  measures: {internet_users: "\(measure)"}
                  minimum_records: 0
            \(more)    grade: survey
            compare: {reference: TH, other: LA, metrics: [gaps]}
            checks:
              - {metric: gaps.parity, select: {indicator: internet_users}, fail_if: "< \(failBelow)"\(judged)}
            publish: {to: ../Output/small, formats: [csv, json, html]}

            """
        )
    }

    /// Has the program print lines and end with a code, or do something else before.
    func answer(_ lines: [String], code: Int = 0, doing: String = "") throws {
        let path = folder.path
        try folder.write("lines", lines.map { $0 + "\n" }.joined())
        try folder.write(
            "spark-sql",
            """
            #!/bin/sh
            echo "$*" >>'\(path)/calls'
            for script; do :; done
            cp "$script" '\(path)/script.sql'
            pwd >'\(path)/where'
            \(doing)
            echo 'Time taken: 1 s'
            cat '\(path)/lines'
            [ \(code) = 0 ] || echo 'org.apache.spark.SparkException: no such luck' >&2
            exit \(code)

            """
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    }

    var engine: SparkEngine {
        SparkEngine(program: program, master: "local[2]", settings: ["spark.a=b", "spark.c=d e"])
    }

    /// The words of each call of the program.
    var calls: [String] { (folder.text("calls") ?? "").split(separator: "\n").map(String.init) }

    @discardableResult
    func run(_ engine: SparkEngine?, _ change: (inout RunOrder) -> Void = { _ in }) throws -> RunReport {
        try house.run { order in
            order.engine = engine
            change(&order)
        }
    }

    /// What the one problem says that keeps a run from its end.
    func problem(_ engine: SparkEngine?) throws -> Problem {
        do {
            try run(engine)
        } catch RunStop.failed(let failure) {
            return try #require(failure.problems.first)
        }
        throw CocoaError(.featureUnsupported)
    }

    /// The rows of `observations.csv`, the header first.
    func observations() throws -> [[String]] {
        let table = try readTextTable(path: folder.path + "/Output/small/observations.csv", file: "observations.csv")
        return [table.header] + table.rows.map(\.fields)
    }

    /// The bytes of every output but the manifest, in which times stand.
    func outputs() throws -> [String: Data] {
        let place = folder.path + "/Output/small/"
        var outputs: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: place) where name != "manifest.json" {
            outputs[name] = try Data(contentsOf: URL(filePath: place + name))
        }
        return outputs
    }

    /// The lines that explain the value of a country in a year.
    func explained(_ country: String, _ year: Int) throws -> Explanation {
        let address = "observations:indicator=internet_users,place=\(country),year=\(year),group=total:value"
        return try explain(.address(try CellAddress(parsing: address)), house.order)
    }
}
