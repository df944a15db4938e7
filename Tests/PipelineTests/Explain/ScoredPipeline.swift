@testable import Pipeline

/// A small pipeline whose values are imputed in every way, treated in every way and brought to every scale.
enum ScoredPipeline {
    static func write(to folder: TemporaryFolder) throws -> String {
        try folder.write("Data/places.csv", places)
        try folder.write("Data/catalogue.yaml", catalogue)
        for (name, rows) in values { try folder.write("Data/\(name).csv", "Province,2016,2017,2018,2019\n" + rows) }
        return try folder.write("Pipelines/scored.yaml", pipeline)
    }

    private static let places = #"""
        code,country,level,parent,name_en,name_th,name_lo,region,area_km2
        A,A,country,,Aland,,,,
        A-N,A,region,A,North,,,,
        A-1,A,province,A-N,Alpha,,,,100
        A-2,A,province,A-N,Beta,,,,250
        A-3,A,province,A-N,Gamma,,,,80
        A-4,A,province,A,Delta,,,South,70
        A-5,A,province,A,Eta,,,South,60
        B,B,country,,Bland,,,,
        B-1,B,province,B,Epsilon,,,,300
        B-2,B,province,B,Zeta,,,,12
        """#

    private static let catalogue =
        "indicators:\n"
        + [
            "grouped", "middle", "latest", "constant", "linear", "row_a", "row_c", "wild", "wilder", "fenced", "tails",
        ].map(entry("higher")).joined() + ["row_b", "lower"].map(entry("lower")).joined()

    private static func entry(_ direction: String) -> (String) -> String {
        { id in
            "  - {id: \(id), topic: context, basis: context, names: {en: \(id)}, unit: km, kind: quantity, direction: \(direction)}\n"
        }
    }

    private static let values = [
        "grouped": "Alpha,1,2,3,4\nBeta,5,6,7,9\nGamma,,8,,\nDelta,3,3,,3\nEta,,,4,\nEpsilon,4,,,5\nZeta,,,,\n",
        "middle": "Alpha,1,2,3,4\nBeta,5,6,7,9\nGamma,,8,,\nDelta,3,3,,3\nEta,,,4,\nEpsilon,4,,,5\nZeta,,2,,\n",
        "latest": "Alpha,1,,,4\nBeta,,6,,\nGamma,2,8,3,1\nEpsilon,4,,,\nZeta,,9,,\n",
        "constant": "Alpha,,2,,\nBeta,,6,,7\nGamma,2,8,3,1\nZeta,,9,,\n",
        "linear": "Alpha,1,,,4\nBeta,,6,,8\nGamma,2,8,3,1\nEpsilon,,4,,\n",
        "row_a": "Alpha,1,2,3,4\nBeta,5,,7,9\nGamma,9,8,,\nDelta,3,3,3,3\nEpsilon,,5,4,5\n",
        "row_b": "Alpha,10,20,30,40\nBeta,50,60,70,90\nGamma,,80,75,\nDelta,33,,30,30\nEpsilon,44,,,5\n",
        "row_c": "Alpha,4,3,2,1\nBeta,7,6,7,6\nGamma,9,8,8,1\nDelta,1,3,,\nEpsilon,,1,4,5\n",
        "wild": "Alpha,1,2,3,4\nBeta,5,6,7,9\nGamma,4,8,5,500\nDelta,3,3,,3\nEta,,,4,\nEpsilon,4,,,900\n",
        "wilder": "Alpha,1,1,2,2\nBeta,2,1,1,3\nGamma,500,2,3,3000\nDelta,1,1,,2\nEta,,,1,\nEpsilon,70000,2,1,900000\n",
        "fenced": "Alpha,1,2,3,4\nBeta,5,6,7,9\nGamma,-90,8,5,50\nDelta,3,3,,3\n",
        "tails": "Alpha,1,2,3,4\nBeta,5,6,7,9\nGamma,-90,8,5,50\nDelta,3,3,,3\n",
        "lower": "Alpha,1,2,3,4\nBeta,5,6,7,9\nGamma,3,8,5,50\nDelta,3,3,,3\nEpsilon,2,2,2,2\n",
    ]

    private static let pipeline =
        #"""
        pipeline: scored
        gazetteer: {places: ../Data/places.csv}
        catalogue: ../Data/catalogue.yaml
        sources:

        """#
        + values.keys.sorted().map {
            "  - {file: ../Data/\($0).csv, grade: \($0 == "row_b" ? "secondary" : "official"), layout: {form: years-across, place: Province},"
                + " indicator: \($0), missing: [\"\"]}\n"
        }.joined() + #"""
            normalise:
              coverage: {place: 0.3, group: 0.1, by: country, indicators: [wild, fenced, tails]}
              impute:
                - {method: none}
                - {method: group-mean, indicators: [grouped], by: region, else: [country, level]}
                - {method: group-median, indicators: [middle], by: {left: [A-1, A-2, A-3], right: [A-4, A-5, B-1, B-2]}}
                - {method: latest, indicators: [latest], maximum_age: 2}
                - {method: constant, indicators: constant}
                - {method: linear, indicators: [linear], maximum_gap: 3}
                - {method: row-mean, indicators: [row_a, row_b, row_c], limits: whole-panel}
                - {method: group-mean, indicators: [wild], by: country}
              outliers:
                - {method: shape, limits: whole-panel}
                - {method: shape, indicators: [wilder], limits: whole-panel, most: 1, then: log}
                - {method: fences, indicators: [fenced], limits: whole-panel}
                - {method: percentiles, indicators: [tails], limits: each-year, tail: 0.2}
                - {method: none, indicators: [lower]}
              scale:
                - id: main
                  method: min-max
                  limits: whole-panel
                  to: [0, 100]
                  own:
                    lower: {method: fraction-of-maximum}
                    fenced: {method: z-score, limits: each-year}
                - {method: distance-to-reference, limits: each-year, reference: A-1, cap: true}
                - {method: distance-to-reference, indicators: [lower, wild], limits: 2019, reference: A-2}
                - {method: distance-to-target, limits: whole-panel, targets: {lower: 2, row_b: 20, wild: 5}, cap: true}
                - {method: fixed-limits, indicators: [lower, wild], limits: whole-panel, between: {lower: {low: 0, high: 10}, wild: {low: 1, high: 6}}}
                - {method: adjusted, limits: whole-panel}
                - {method: adjusted, indicators: [lower], limits: each-year, references: {lower: 4}}
                - {method: borda, limits: each-year, ties: average}
                - {method: distance-to-maximum, limits: whole-panel, within: country}
            compare: {reference: A, other: B}
            publish: {to: ../Output/scored}
            """#
}
