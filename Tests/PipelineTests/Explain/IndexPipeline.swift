@testable import Pipeline

/// A small pipeline with an index for each way of putting one together: every aggregation, every weighting, missing scores,
/// an indicator left out in turn, and replications.
enum IndexPipeline {
    static func write(to folder: TemporaryFolder) throws -> String {
        for (name, text) in files { try folder.write("Data/" + name, text) }
        return try folder.write("Pipelines/indices.yaml", pipeline)
    }

    static let files = [
        "places.csv": #"""
        code,country,level,parent,name_en,name_th,name_lo,region,area_km2
        A,A,country,,Aland,,,,
        A-1,A,province,A,Alpha,,,,100
        A-2,A,province,A,Beta,,,,250
        A-3,A,province,A,Gamma,,,,80
        A-4,A,province,A,Delta,,,,70
        B,B,country,,Bland,,,,
        B-1,B,province,B,Epsilon,,,,300
        B-2,B,province,B,Zeta,,,,12
        """#,
        "catalogue.yaml": #"""
        indicators:
          - {id: persons, topic: context, basis: context, names: {en: P}, unit: persons, kind: count, direction: none}
          - {id: homes, topic: context, basis: context, names: {en: H}, unit: homes, kind: count, direction: none}
          - {id: users, topic: context, basis: context, names: {en: U}, unit: "%", kind: share, direction: higher}
          - {id: poor, topic: context, basis: context, names: {en: O}, unit: "%", kind: share, direction: lower}
          - {id: skills, topic: context, basis: context, names: {en: S}, unit: "%", kind: share, direction: higher}
          - {id: speed, topic: context, basis: context, names: {en: M}, unit: Mbit/s, kind: quantity, direction: higher}
        """#,
        "data.csv": #"""
        code,year,persons,homes,users,poor,skills,speed
        A-1,2019,1000,300,60,12,41,90
        A-2,2019,800,200,48,18,33,55
        A-3,2019,1200,500,52,20,35,61
        A-4,2019,400,100,33,31,22,20
        B-1,2019,900,250,28,35,20,33
        B-2,2019,300,80,12,44,9,11
        A-1,2020,1010,305,64,11,45,98
        A-2,2020,810,204,50,16,36,60
        A-3,2020,1190,505,57,19,,70
        A-4,2020,410,102,37,29,25,24
        B-1,2020,910,260,34,33,24,44
        B-2,2020,305,84,,40,12,15
        """#,
    ]

    private static let pipeline = #"""
        pipeline: indices
        gazetteer: {places: ../Data/places.csv}
        catalogue: ../Data/catalogue.yaml
        sources:
          - file: ../Data/data.csv
            grade: survey
            layout:
              form: indicators-across
              place: code
              year: year
              columns: {persons: persons, homes: homes, users: users, poor: poor, skills: skills, speed: speed}
            calendar: common
        normalise:
          impute: {method: latest, maximum_age: 2, indicators: [skills]}
          scale: {id: main, method: min-max, indicators: [users, poor, skills, speed], limits: whole-panel, to: [1, 100]}
        index:
          - id: whole
            names: {en: Whole}
            name_requires: [users, poor, skills, speed]
            denominator: persons
            scale: main
            minimum_coverage: 0.5
            leave_one_out: true
            tree:
              - {id: access, weight: 2, aggregate: geometric, children: [users, {id: quality, aggregate: harmonic, children: [speed, poor]}]}
              - {indicator: skills, weight: 1}
            robustness:
              replications: 60
              years: [2020]
              uncertain: {normalisation: [declared, {method: z-score, mean: 50}], weights: 0.3, aggregation: [arithmetic, {method: geometric, floor: 1}], aggregation_at: 0, leave_one_out: true}
              sobol: true
          - {id: power, aggregate: {method: power, exponent: 2}, fit_year: 2019, weights: principal-component, tree: [users, poor, skills, speed]}
          - {id: squared, weights: squared-loadings, tree: [users, poor, skills]}
          - {id: even, weights: equal-correlations, tree: [users, poor, speed]}
          - {id: mpi, aggregate: mpi, minimum_coverage: 0.5, tree: [users, poor, skills]}
          - {id: ampi, aggregate: {method: ampi, reference: 50, penalty: raises}, tree: [users, poor, skills]}
          - {id: copeland, aggregate: copeland, minimum_coverage: 0.5, tree: [users, poor, skills]}
          - {id: doubt, aggregate: benefit-of-the-doubt, tree: [users, poor, skills]}
          - {id: counted, weights: population, minimum_coverage: 0.5, tree: [{indicator: users, denominator: persons}, {indicator: speed, denominator: homes}]}
          - id: flat
            tree: [below]
            nodes: [{id: below, children: [users, {indicator: deeper, weight: 3}, {indicator: poor, weight: 1}]}, {id: deeper, children: [speed]}]
            levels: [{aggregate: geometric}, {aggregate: arithmetic, weights: equal}]
        compare: {reference: A, other: B}
        publish: {to: ../Output/indices}
        """#
}
