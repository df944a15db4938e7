@testable import Pipeline

/// A small pipeline that takes every way a value can go: aliases, calendars, factors, quarters, duplicates, places that
/// are split, all denominators, all scales, weights from parts and from another year.
enum MixedPipeline {
    static func write(to folder: TemporaryFolder) throws -> String {
        for (name, text) in files { try folder.write("Data/" + name, text) }
        return try folder.write("Pipelines/mixed.yaml", pipeline)
    }

    private static let files = [
        "places.csv": #"""
        code,country,level,parent,name_en,name_th,name_lo,region,area_km2,neighbours
        A,A,country,,Aland,,,,,
        A-N,A,region,A,North,,,,,
        A-S,A,region,A,South,,,,,
        A-1,A,province,A-N,Alpha,,,,100,B-1
        A-2,A,province,A-N,Beta,,,,250.5,B-1 B-2
        A-3,A,province,A-S,Gamma,,,,80,
        A-4,A,province,A-S,Delta,,,,,
        B,B,country,,Bland,,,,,
        B-1,B,province,B,Epsilon,,,,300,A-1 A-2
        B-2,B,province,B,Zeta,,,,12,A-2
        B-3,B,province,B,"Eta, ""the small""",,,,9,
        """#,
        "changes.csv": #"""
        date,kind,place,code,predecessors,successors,note
        2019-01-01,split,A-2,A-2,A-1,,Beta from Alpha
        """#,
        "aliases.csv": "name,code,language,valid_from,valid_to,note\nAlfa,A-1,,,,a slip of the pen\n",
        "catalogue.yaml": #"""
        indicators:
          - {id: population, topic: context, basis: context, names: {en: P}, unit: persons, kind: count, direction: none}
          - id: users
            topic: inclusion
            basis: memorandum
            names: {en: Users}
            unit: "%"
            kind: share
            direction: higher
            denominator: population
          - {id: poor, topic: context, basis: context, names: {en: Poor}, unit: "%", kind: share, direction: lower, denominator: population}
          - {id: centres, topic: community-centres, basis: discussed, names: {en: C}, unit: centres, kind: quantity, direction: higher}
          - {id: density, topic: context, basis: context, names: {en: D}, unit: per km2, kind: rate, direction: higher}
          - {id: users_by_group, topic: inclusion, basis: memorandum, names: {en: U}, unit: "%", kind: share, direction: higher}
          - {id: offline, topic: inclusion, basis: memorandum, names: {en: O}, unit: "%", kind: share, direction: lower, denominator: population}
          - {id: visits, topic: inclusion, basis: memorandum, names: {en: V}, unit: per 100, kind: rate, direction: higher}
          - {id: urban, topic: context, basis: context, names: {en: U}, unit: "%", kind: share, direction: none}
          - {id: part, topic: context, basis: context, names: {en: S}, unit: "%", kind: share, direction: higher}
          - {id: part_of_region, topic: context, basis: context, names: {en: S}, unit: "%", kind: share, direction: higher}
          - {id: centres_per_person, topic: context, basis: context, names: {en: S}, unit: per 1000, kind: rate, direction: higher, denominator: population}
        """#,
        "users.csv": #"""
        Province,Year,Value,Error
        Alfa,2561,0.5,0.02
        ALPHA,2562,0.29,0.01
        Beta,2562,0.61*,0.03
        Gamma,2561,"0,4",0.02
        Gamma,2562,-,
        Delta,2562,0.35,0.025
        Epsilon,2562,0.2,0.015
        Zeta,2562,0.1,0.01
        "Eta, ""the small""",2562,0.1,0.02
        """#,
        "users-limits.csv":
            "Province,Year,Value,From,To\nAlpha,2017,27,24,30\nZeta,2017,9,7,11\nEpsilon,2017,18,16,20.5\nGamma,2017,33,30,36\n"
            + "\"Eta, \"\"the small\"\"\",2017,11,9.5,12\n",
        "users-mirror.csv":
            "Province,Year,Value\nAlpha,2019,29.4\nGamma,2019,41\nZeta,2019,10\nDelta,2020,36\nZeta,2020,12\n",
        "by-group.csv": #"""
        Place,Year,Group,Value,SE,Urban
        Aland,2019,women,40,1.5,
        Aland,2019,men,50,2,
        Aland,2019,urban,60,,40
        Aland,2019,rural,30,,
        Bland,2019,women,12,1,
        Bland,2019,men,10,0.5,
        Bland,2019,urban,20,,25
        Bland,2019,rural,5,,
        Alpha,2019,women,0,0,
        Alpha,2019,men,20,1,
        Beta,2019,women,20,1,
        Beta,2019,men,0,1,
        Aland,2019,total,,,40
        Bland,2019,total,,,25
        """#,
        "poor.csv": #"""
        Province,2018-Q1,2018-Q2,2018-Q3,2018-Q4,2019-Q1,2019-Q2,2019-Q3,2019-Q4
        North,10,11,12,13,9,,8,7
        South,20,21,22,23,19,18,17,16
        Aland,15,16,17,18,14,13,12,11
        Epsilon,30,31,32,33,29,28,27,26
        Zeta,40,41,42,43,39,38,37,36
        """#,
        "centres.csv": #"""
        Province,2018,2019
        Alpha,7,4
        Beta,3,3
        Gamma,1,1
        Delta,2,2
        Epsilon,5,5
        Zeta,0,0
        "Eta, ""the small""",1,2
        """#,
        "targets.csv": #"""
        place,indicator,year,target,base_year,document
        Zeta,users,2030,80,,A plan
        Delta,users,2030,40,2019,A plan
        A-1,poor,2025,5,,"A plan, ""the second"""
        """#,
        "activities.csv": #"""
        date,form,topic,title,host,participants_A,participants_B,course,trained,source
        2018-03-01,visit,inclusion,A visit,Alpha,4,10,,,A report
        1/5/2561,training,inclusion,A course,Epsilon,,20,spreadsheet,18,A report
        2017-05-01,meeting,,A meeting,,,,,,A report
        2017-13-01,meeting,,No day,,,,,,A report
        """#,
        "limits.csv": #"""
        Province,Year,Offline,From,To,Visits,Least,Most
        Alpha,2019,0.2,0.16,0.25,40,30,53
        Beta,2019,0.31,0.28,0.34,25,20,31
        Gamma,2019,0.5,0.45,0.55,10,8,
        Delta,2019,0.4,0.5,0.3,12,9,16
        Epsilon,2019,0.7,0.65,0.75,5,4,6.25
        Zeta,2019,0.8,0.9,0.95,6,0,9
        "Eta, ""the small""",2019,0.6,0.55,0.65,7,6,8.2
        """#,
        "population.csv": #"""
        Province,2017,2018
        Aland,4000,4100
        Alpha,2000,2100
        Gamma,900,910
        Delta,1100,1090
        Epsilon,500,510
        Zeta,300,310
        "Eta, ""the small""",40,41
        """#,
    ]

    private static let pipeline = #"""
        pipeline: mixed
        gazetteer: {places: ../Data/places.csv, changes: ../Data/changes.csv}
        catalogue: ../Data/catalogue.yaml
        aliases: ../Data/aliases.csv
        sources:
          - file: ../Data/users.csv
            grade: survey
            layout: {form: long, place: Province, year: Year, value: Value, standard_error: Error}
            indicator: users
            decimal: point
            missing: ["-", ""]
            footnotes: ["*"]
            calendar: buddhist
            factor: 100
          - {file: ../Data/users-mirror.csv, grade: secondary, layout: {form: long, place: Province, year: Year, value: Value}, indicator: users}
          - file: ../Data/poor.csv
            grade: official
            layout: {form: years-across, place: Province}
            indicator: poor
            sub_annual: mean
            levels: [country, region, province]
          - {file: ../Data/centres.csv, grade: illustrative, layout: {form: years-across, place: Province}, indicator: centres}
          - file: ../Data/population.csv
            grade: official
            layout: {form: years-across, place: Province}
            indicator: population
            levels: [country, province]
          - file: ../Data/by-group.csv
            grade: survey
            levels: [country, province]
            layout:
              form: indicators-across
              place: Place
              year: Year
              group: Group
              columns: {Value: {indicator: users_by_group, standard_error: SE}, Urban: urban}
          - file: ../Data/limits.csv
            grade: survey
            layout:
              form: indicators-across
              place: Province
              year: Year
              columns: {Visits: {indicator: visits, low: Least, high: Most, confidence: 0.95, interval_scale: log}}
          - file: ../Data/limits.csv
            grade: survey
            indicator: offline
            factor: 100
            layout: {form: long, place: Province, year: Year, value: Offline, low: From, high: To, interval_scale: logit}
          - file: ../Data/users-limits.csv
            grade: survey
            indicator: users
            layout: {form: long, place: Province, year: Year, value: Value, low: From, high: To}
        normalise:
          denominator:
            - {id: density, of: centres, by: area, per: 10}
            - {id: part, of: centres, share_of: country}
            - {id: part_of_region, of: centres, share_of: region}
            - {id: centres_per_person, of: centres, by: population, per: 1000, years: nearest, within: 3}
          scale:
            - {method: min-max, indicators: [users], limits: each-year}
            - {method: z-score, indicators: [users, density], limits: whole-panel, within: country, mean: 100, deviation: 10}
            - {method: rank, indicators: [users], limits: whole-panel, ties: average, from: best}
            - {method: percentile-rank, indicators: [users], limits: each-year}
            - {method: min-max, indicators: [users], limits: 2019, to: [1, 7]}
            - {method: goalposts, indicators: [users, poor], limits: whole-panel, goalposts: {users: {low: 15, high: 50}, poor: {low: 0, high: 35}}}
            - {method: goalposts, indicators: [centres], limits: whole-panel, to: [0, 100], goalposts: {centres: {low: 0, high: 10, form: ln(x+1), clip: false}}}
        compare:
          reference: A
          other: B
          match_years: {within: 2}
          weight_years: {within: 3}
          metrics: [gaps, gap-contributions, gap-composition, inequality, parity, concentration, association, time-distance, convergence, neighbours, peers, targets, activities, topics, trends]
          inequality: {entropy: [2, -1, 0.5], atkinson: [0.5, 1, 2]}
          association: [{of: [users, density], with: [poor, centres]}]
          concentration: [{of: [users, centres_per_person], by: [centres, density]}]
          composition: [{indicator: users_by_group, groups: [urban, rural], percent: urban}]
          convergence: {scales: [log, logit, levels]}
          peers: {indicators: [population], count: 2}
        targets: ../Data/targets.csv
        activities: ../Data/activities.csv
        checks:
          - {metric: gaps.parity, select: {indicator: users}, warn_if: "< 0.9", fail_if: "< 0.2", owner: someone, message: "{value} is little"}
          - {metric: normalised.score, select: {indicator: users, year: latest, method: min-max 0 to 1}, warn_if: "< 0.1"}
        publish: {to: ../Output/mixed}
        """#
}
