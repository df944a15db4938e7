import Indicators
import Normalise
import Testing

/// One vector and what COINr 1.1.14 makes of it: `skew`, `kurt`, `winsorise`, `log_CT`, `log_CT_orig`, `log_CT_plus`, `boxcox`;
/// exported with 15 digits. Becker et al. (2022), COINr, JOSS 7(78) 4567.
struct OutlierCase: Sendable, CustomTestStringConvertible {
    var name: String
    var values: [Double?]
    var skewness: Double
    var kurtosis: Double
    var winsorised: [Double?]
    var count: Int
    var logUpper: [Double?]
    var logOfOnePlus: [Double?]
    var log: [Double?]
    var boxCoxHalf: [Double?]

    var testDescription: String { name }
}

private let cases = [
    OutlierCase(
        name: "doc",
        values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100],
        skewness: 3.0632410342395,
        kurtosis: 9.74139083456914,
        winsorised: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 30],
        count: 1,
        logUpper: [
            -0.0100503358535015, 0.688134638736401, 1.0952733874026, 1.38379123090177, 1.60743590976343,
            1.79009141212736, 1.94448055624572, 2.07819075977818, 2.19611284848353, 2.30158459266046, 3.40086399276092,
            4.60507018098776,
        ],
        logOfOnePlus: [
            0, 0.693147180559945, 1.09861228866811, 1.38629436111989, 1.6094379124341, 1.79175946922805,
            1.94591014905531, 2.07944154167984, 2.19722457733622, 2.30258509299405, 3.40119738166216, 4.60517018598809,
        ],
        log: [
            -0.0100503358535015, 0.688134638736401, 1.0952733874026, 1.38379123090177, 1.60743590976343,
            1.79009141212736, 1.94448055624572, 2.07819075977818, 2.19611284848353, 2.30158459266046, 3.40086399276092,
            4.60507018098776,
        ],
        boxCoxHalf: [
            0, 0.82842712474619, 1.46410161513775, 2, 2.47213595499958, 2.89897948556636, 3.29150262212918,
            3.65685424949238, 4, 4.32455532033676, 8.95445115010332, 18,
        ]
    ),
    OutlierCase(
        name: "low",
        values: [-200, -50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        skewness: -3.32976154636609,
        kurtosis: 11.4546424482479,
        winsorised: [-50, -50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        count: 1,
        logUpper: [
            0.751416088683921, 5.02466968306006, 5.31379693739642, 5.31870805619577, 5.32359517373231, 5.32845852346002,
            5.33329833544328, 5.3381148364221, 5.34290824987591, 5.34767879608576, 5.35242669219507, 5.35715215226893,
            5.36185538735202, 5.36653660552518,
        ],
        logOfOnePlus: [
            0, 5.01727983681492, 5.30826769740121, 5.31320597904179, 5.31811999384422, 5.32300997913841,
            5.32787616878958, 5.33271879326537, 5.33753807970132, 5.34233425196481, 5.34710753071747, 5.35185813347607,
            5.35658627467201, 5.36129216570943,
        ],
        log: [
            -5.36653660552518, -4.16075632774135, -2.57413778351594, -2.49485698064117, -2.40874528882244,
            -2.31451366385932, -2.21046980408624, -2.09433015417359, -1.96290772542388, -1.81156209652423,
            -1.63315443905142, -1.41585316336144, -1.13783300182139, -0.751416088683922,
        ],
        boxCoxHalf: [
            0, 22.576411454889, 26.4253408071038, 26.49561369755, 26.5657137141714, 26.6356421265527, 26.7054001888146,
            26.7749891398763, 26.8444102037119, 26.9136645896019, 26.9827534923789, 27.0516780926679, 27.1204395571221,
            27.1890390386528,
        ]
    ),
    OutlierCase(
        name: "tied",
        values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 100, 100],
        skewness: 1.43503750035238,
        kurtosis: 0.0735108785884687,
        winsorised: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 100, 100],
        count: 0,
        logUpper: [
            -0.0100503358535015, 0.688134638736401, 1.0952733874026, 1.38379123090177, 1.60743590976343,
            1.79009141212736, 1.94448055624572, 2.07819075977818, 2.19611284848353, 2.30158459266046, 4.60507018098776,
            4.60507018098776, 4.60507018098776,
        ],
        logOfOnePlus: [
            0, 0.693147180559945, 1.09861228866811, 1.38629436111989, 1.6094379124341, 1.79175946922805,
            1.94591014905531, 2.07944154167984, 2.19722457733622, 2.30258509299405, 4.60517018598809, 4.60517018598809,
            4.60517018598809,
        ],
        log: [
            -0.0100503358535015, 0.688134638736401, 1.0952733874026, 1.38379123090177, 1.60743590976343,
            1.79009141212736, 1.94448055624572, 2.07819075977818, 2.19611284848353, 2.30158459266046, 4.60507018098776,
            4.60507018098776, 4.60507018098776,
        ],
        boxCoxHalf: [
            0, 0.82842712474619, 1.46410161513775, 2, 2.47213595499958, 2.89897948556636, 3.29150262212918,
            3.65685424949238, 4, 4.32455532033676, 18, 18, 18,
        ]
    ),
    OutlierCase(
        name: "withNA",
        values: [3, 4, nil, 5, 6, 7, 8, 9, 250, nil, 900],
        skewness: 2.64505206065599,
        kurtosis: 7.13699765267537,
        winsorised: [3, 4, nil, 5, 6, 7, 8, 9, 250, nil, 250],
        count: 1,
        logUpper: [
            2.1938856760707, 2.29958058397375, nil, 2.39516427428714, 2.48240351956988, 2.56263899832835,
            2.63691217326887, 2.70604819843154, 5.54506025011257, nil, 6.80900619291196,
        ],
        logOfOnePlus: [
            0, 0.693147180559945, nil, 1.09861228866811, 1.38629436111989, 1.6094379124341, 1.79175946922805,
            1.94591014905531, 5.51342874616498, nil, 6.8001700683022,
        ],
        log: [
            2.1938856760707, 2.29958058397375, nil, 2.39516427428714, 2.48240351956988, 2.56263899832835,
            2.63691217326887, 2.70604819843154, 5.54506025011257, nil, 6.80900619291196,
        ],
        boxCoxHalf: [
            0, 0.82842712474619, nil, 1.46410161513775, 2, 2.47213595499958, 2.89897948556636, 3.29150262212918,
            29.4960314960472, nil, 57.9332962550868,
        ]
    ),
    OutlierCase(
        name: "heavy",
        values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 500, 800, 1200, 4000, 9000, 20000],
        skewness: 3.6463708190873,
        kurtosis: 13.9946672439075,
        winsorised: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 500, 800, 1200, 4000, 4000, 4000],
        count: 2,
        logUpper: [
            5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298,
            5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298,
            5.298267365298, 5.298267365298, 5.298267365298, 5.30325515557766, 5.3082181912253, 6.54963643597983,
            6.90674476858844, 7.2435058266771, 8.34259929916195, 9.12684897440188, 9.91338788213925,
        ],
        logOfOnePlus: [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.693147180559945, 1.09861228866811, 6.21460809842219,
            6.68461172766793, 7.09007683577609, 8.29404964010203, 9.10497985631836, 9.90348755253613,
        ],
        log: [
            5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298,
            5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298, 5.298267365298,
            5.298267365298, 5.298267365298, 5.298267365298, 5.30325515557766, 5.3082181912253, 6.54963643597983,
            6.90674476858844, 7.2435058266771, 8.34259929916195, 9.12684897440188, 9.91338788213925,
        ],
        boxCoxHalf: [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.82842712474619, 1.46410161513775, 42.7213595499958,
            54.5685424949238, 67.2820323027551, 124.491106406735, 187.736659610103, 280.842712474619,
        ]
    ),
]

private func dense(_ values: [Double?]) -> [Double] { values.map { $0 ?? .nan } }
private func optional(_ values: [Double]) -> [Double?] { values.map { $0.isNaN ? nil : $0 } }

/// A rule that no sample passes, so that the transform is always taken.
private func transforming(_ transform: OutlierRule.Transform) -> OutlierRule.Method {
    .shape(skewness: 1e-9, kurtosis: -100, most: 0, fallback: transform)
}

@Suite struct `Outliers against COINr` {
    @Test(arguments: cases)
    func `skewness and kurtosis`(sample: OutlierCase) throws {
        let shape = try #require(SampleShape(of: dense(sample.values)))
        expectClose([shape.skewness, shape.kurtosis], [sample.skewness, sample.kurtosis])
    }

    @Test(arguments: cases)
    func `winsorising`(sample: OutlierCase) {
        let treated = treatOutliers(of: dense(sample.values), by: .shape())
        #expect(optional(treated.values) == sample.winsorised)
        #expect(treated.count == sample.count)
        #expect(treated.problem == nil)
    }

    @Test(arguments: cases)
    func `transforms`(sample: OutlierCase) {
        let values = dense(sample.values)
        expectClose(optional(treatOutliers(of: values, by: transforming(.logUpper)).values), sample.logUpper)
        expectClose(optional(treatOutliers(of: values, by: transforming(.logOfOnePlus)).values), sample.logOfOnePlus)
        expectClose(optional(treatOutliers(of: values, by: transforming(.log)).values), sample.log)
        expectClose(
            optional(treatOutliers(of: values, by: transforming(.boxCox(lambda: 0))).values),
            sample.logOfOnePlus
        )
        expectClose(
            optional(treatOutliers(of: values, by: transforming(.boxCox(lambda: 0.5))).values),
            sample.boxCoxHalf
        )
    }
}

@Suite struct `Outliers at their edges` {
    @Test(arguments: [[], [.nan], [1, 1000], [7, 7, 7, 7]] as [[Double]])
    func `too few values, or equal ones, are left alone`(values: [Double]) {
        for method in [OutlierRule.Method.shape(), .percentiles(tail: 0.1), .fences()] {
            let treated = treatOutliers(of: values, by: method)
            #expect(optional(treated.values) == optional(values))
            #expect(treated.count == 0)
        }
    }

    @Test func `values that are tied at the end move together`() {
        // Skewness 2.03, kurtosis 2.2 with both at 1000; the limits are set below.
        let values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000, 1000.0]
        let treated = treatOutliers(of: values, by: .shape(skewness: 1, kurtosis: 1, most: 1))
        #expect(treated.values == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10])
        // Both count, so that the last step goes beyond the most allowed rather than treat equals unequally.
        #expect(treated.count == 2)
    }

    @Test func `where winsorising is not enough the transform is of the values as they were`() throws {
        let values = (1...20).map { 1000.0 / Double($0 * $0) }
        let treated = treatOutliers(of: values, by: .shape(most: 1, fallback: .log))
        #expect(treated.count == 0)
        #expect(try #require(treated.transform).hasPrefix("ln(x - min + 0.01 range), min 2.5"))
        // The order of the values stays.
        #expect(zip(treated.values, treated.values.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test func `a transform that is not enough is kept, and named`() {
        var values = [Double](repeating: 0, count: 40)
        values[0] = 1e6
        values[1] = 1
        let treated = treatOutliers(of: values, by: .shape(most: 1, fallback: .log))
        #expect(treated.transform != nil)
        #expect(treated.problem == "outliers-remain")
    }

    @Test func `winsorising without a transform says that outliers remain`() {
        let values = (1...20).map { 1000.0 / Double($0 * $0) }
        #expect(treatOutliers(of: values, by: .shape(most: 1)).problem == "outliers-remain")
    }

    /// numpy 2.4.6: `np.quantile([1, 2, 3, 4, 100], [0.1, 0.9])` gives 1.4 and 61.6.
    @Test func `quantiles of type 7`() {
        let treated = treatOutliers(of: [100, 1, .nan, 2, 3, 4], by: .percentiles(tail: 0.1))
        expectClose(optional(treated.values), [61.6, 1.4, nil, 2, 3, 4])
        #expect(treated.count == 2)
    }

    /// Quartiles of the same five values: 2 and 4, so that the fences stand at -1 and 7.
    @Test func `fences of interquartile ranges`() {
        let treated = treatOutliers(of: [100, 1, 2, 3, 4], by: .fences())
        #expect(treated.values == [7, 1, 2, 3, 4])
        #expect(treated.high == 7)
        #expect(treated.low == nil)
    }

    @Test func `a range beyond all doubles has a shape`() throws {
        let values = [-1.7e308, 1, 2, 1.6e308, 1.7e308]
        let shape = try #require(SampleShape(of: values))
        #expect(shape.skewness.isFinite && shape.skewness != 0)
        // A log of it is beyond all doubles: the winsorised values stay, and a finding says why.
        let treated = treatOutliers(of: values, by: transforming(.log))
        #expect(treated.problem == "transform-not-representable")
        #expect(treated.values == values)
    }

    @Test func `the order of the values changes no bit of their shape`() throws {
        let values = (0..<200).map { Double(($0 * 7919) % 211) / 13 }
        let shape = try #require(SampleShape(of: values))
        #expect(SampleShape(of: values.reversed()) == shape)
    }
}

@Suite struct `Outlier rules` {
    private let observations = (0..<12).map { index in
        // Twelve years of one place: the panel is one sample.
        observed("users", "TH-41", 2000 + index, index == 11 ? 100 : Double(index + 1))
    }

    private func treated(_ rules: [OutlierRule], _ scale: ScaleRule? = nil) -> Normalised {
        normalise(
            observations,
            catalogue: catalogue,
            gazetteer: gazetteer,
            options: NormaliseOptions(
                outliers: rules,
                scales: [scale ?? ScaleRule(method: .minMax(), years: .wholePanel)]
            )
        )
    }

    @Test func `what is winsorised is written down with old and new`() throws {
        let result = treated([OutlierRule(method: .shape(), years: .wholePanel)])
        let table = result.treatments
        try #require(table.rowCount == 1)
        #expect(
            ["place", "year", "treatment", "old", "new", "donors"].map { table[0, $0].text } == [
                "TH-41", "2011", "winsorised", "100", "11", "",
            ]
        )
        #expect(table[0, "rule"].text == "skewness 2 and kurtosis 3.5, at most 5; pooled; whole panel; high 11")
        #expect(result.cells("value", method: "min-max 0 to 1")["TH-41 2011"] == "11")
        #expect(result.cells("treatment", method: "min-max 0 to 1")["TH-41 2011"] == "winsorised")
        // The comparison sees the value as it was observed.
        #expect(result.observations.last?.value == 100)
    }

    /// COINr ignores the treatment of a single indicator without a word (bluefoxr/COINr#53).
    @Test func `a rule for one indicator beats the one for all`() {
        let general = OutlierRule(method: .shape(), years: .wholePanel)
        let none = OutlierRule(indicators: .only(["users"]), method: .none, years: .wholePanel)
        for rules in [[general, none], [none, general]] {
            #expect(treated(rules).treatments.rowCount == 0)
        }
        let fences = OutlierRule(indicators: .only(["users"]), method: .fences(), years: .wholePanel)
        #expect(treated([general, fences]).treatments[0, "new"].numeric == 17.5)
    }

    @Test func `two rules for one indicator stop the run`() {
        let rule = OutlierRule(indicators: .only(["users"]), method: .shape(), years: .wholePanel)
        let result = treated([rule, rule])
        #expect(result.codes == ["rule-repeated"])
        #expect(result.findings.allSatisfy { $0.severity == .error })
    }

    @Test(arguments: [
        OutlierRule.Method.shape(skewness: 0), .shape(most: -1), .shape(fallback: .boxCox(lambda: .infinity)),
        .percentiles(tail: 0.5), .percentiles(tail: 0), .fences(multiple: -1),
    ])
    func `a rule that makes no sense stops the run`(method: OutlierRule.Method) {
        #expect(treated([OutlierRule(method: method, years: .wholePanel)]).codes == ["bad-outlier-rule"])
    }

    @Test func `an outlier rule knows no base year`() {
        #expect(treated([OutlierRule(method: .shape(), years: .base(2001))]).codes == ["bad-outlier-rule"])
    }

    @Test func `goalposts are not held against a logarithm`() {
        let rule = OutlierRule(
            method: .shape(skewness: 1e-9, kurtosis: -100, most: 0, fallback: .logOfOnePlus),
            years: .wholePanel
        )
        let posts = Goalposts(.range(low: 0, high: 100))
        let result = treated([rule], ScaleRule(method: .goalposts(["users": posts]), years: .wholePanel))
        #expect(Set(result.codes) == ["limits-on-other-scale", "outliers-remain"])
        #expect(Set(result.cells("score", method: "goalposts 0 to 1").values) == [""])
        #expect(result.cells("unit", method: "goalposts 0 to 1")["TH-41 2011"] == "transformed %")
    }
}
