import Foundation
import Indicators
import Testing

@testable import Pipeline

/// A pipeline of two countries and one indicator in a folder of its own, small enough to run many times.
struct SmallHouse {
    let folder: TemporaryFolder

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
        try folder.write(
            "Datasets/indicators.yaml",
            """
            indicators:
              - id: internet_users
                topic: inclusion
                basis: memorandum
                names: {en: Internet users, th: ผู้ใช้อินเทอร์เน็ต, lo: ຜູ້ໃຊ້ອິນເຕີເນັດ}
                unit: "%"
                kind: share
                direction: higher
                definition: {en: Share of persons., th: ร้อยละ, lo: ສັດສ່ວນ}

            """
        )
        try use(thailand: 80, laos: 60)
        try describe()
    }

    /// Puts other figures into the source.
    func use(thailand: Double, laos: Double) throws {
        try folder.write("Datasets/users.csv", "country,year,value\nTH,2020,\(thailand)\nLA,2020,\(laos)\n")
    }

    func describe(failBelow: String = "0.5", comment: String = "") throws {
        try folder.write(
            "Pipelines/small.yaml",
            """
            pipeline: small
            gazetteer: {places: ../Datasets/places.csv}
            catalogue: ../Datasets/indicators.yaml
            sources:
              - file: ../Datasets/users.csv
                grade: official
                layout: {form: long, place_code: country, year: year, value: value}
                indicator: internet_users
            compare: {reference: TH, other: LA, metrics: [gaps]}
            checks:
              - {metric: gaps.parity, select: {indicator: internet_users}, fail_if: "< \(failBelow)"}
            publish: {to: ../Output/small, formats: [csv, json]}
            \(comment)

            """
        )
    }

    var order: RunOrder {
        RunOrder(
            pipeline: folder.path + "/Pipelines/small.yaml",
            asOf: CalendarDate(year: 2026, month: 1, day: 1)
        )
    }

    var place: OutputPlace { OutputPlace(folder: folder.path + "/Output/small") }
    var history: HistoryFile { HistoryFile(path: place.history) }

    @discardableResult
    func run(_ change: (inout RunOrder) -> Void = { _ in }) throws -> RunReport {
        var order = order
        change(&order)
        return try runPipeline(order)
    }

    func manifest() throws -> Manifest { try #require(Manifest(at: place)) }

    func runs() throws -> [History.Run] {
        try History(of: order.pipeline).runs(last: 100)
    }

    /// What of the output folder does not agree with its manifest.
    func faults() throws -> [String] {
        let manifest = try manifest()
        var faults: [String] = []
        for output in manifest.outputs {
            let bytes = readSmallFile(place.destination + "/" + output.path)
            if bytes.map(digest(of:)) != output.sha256 || bytes?.count != output.bytes { faults.append(output.path) }
        }
        let listed = Set(manifest.outputs.map(\.path) + ["manifest.json"])
        return faults + folder.names(in: "Output/small").filter { !listed.contains($0) }
    }
}
