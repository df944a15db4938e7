/// One indicator of the topics without public provincial figures: its national paths and how it spreads.
///
/// Where `Datasets` has a national figure the path goes through it, and the comment says which; all else is made up.
struct Measure {
    enum Form {
        /// Percent, closing up towards 0 and 100.
        case share(spread: Double)
        /// A number for each so many: the national level, larger where development is by `spread`, smaller where it is not;
        /// negative where the better developed have less of it.
        case rate(spread: Double)
        /// Things of a country, handed out by people and luck: whole.
        case count
        /// Things that stand at the landings of cross-border links alone, none elsewhere.
        case landing(isWhole: Bool)
    }

    var indicator: String
    var form: Form
    /// By country, by year. Before the first year of a path there is no figure where `startsLate`.
    var paths: [String: Path]
    var startsLate: Set<String> = []

    /// The topics, each with its measures in the order of the columns.
    static func topics(_ setting: Setting) -> [(topic: String, measures: [Measure])] {
        [
            ("post", post), ("telecom", telecom), ("e-government", government), ("industry", industry),
            ("broadband", broadband), ("innovation", innovation), ("literacy", literacy),
            ("inclusion", inclusion(setting)), ("e-commerce", commerce), ("research", research), ("training", training),
            ("enterprise", enterprise), ("connectivity", connectivity), ("startups", startups), ("security", security),
            ("education", education), ("community-centres", centres),
        ]
    }

    private static func share(
        _ indicator: String,
        _ thai: [Int: Double],
        _ lao: [Int: Double],
        spread: Double = 30
    ) -> Measure {
        Measure(indicator: indicator, form: .share(spread: spread), paths: ["TH": Path(thai), "LA": Path(lao)])
    }

    private static func rate(
        _ indicator: String,
        _ thai: [Int: Double],
        _ lao: [Int: Double],
        spread: Double = 0.8
    ) -> Measure {
        Measure(indicator: indicator, form: .rate(spread: spread), paths: ["TH": Path(thai), "LA": Path(lao)])
    }

    private static func count(_ indicator: String, _ thai: [Int: Double], _ lao: [Int: Double]) -> Measure {
        Measure(indicator: indicator, form: .count, paths: ["TH": Path(thai), "LA": Path(lao)])
    }

    private static let post = [
        rate("post_offices_per_100k", [2015: 7.2, 2024: 6.8], [2015: 1.9, 2024: 2.6], spread: -0.4),
        share("villages_with_post", [2015: 92, 2024: 97], [2015: 38, 2024: 61]),
        rate("parcels_per_person", [2015: 2.1, 2019: 4.6, 2024: 9.5], [2015: 0.1, 2024: 0.9]),
    ]

    /// 3G and 4G go through the figures of 2022 in `itu-idi-2024.csv`, subscriptions through
    /// `mobile-subscriptions-national.csv` of 2015 to 2020, rounded.
    private static let telecom = [
        share("mobile_3g_population_coverage", [2015: 97, 2022: 98.8], [2015: 70, 2022: 85], spread: 40),
        share("mobile_4g_population_coverage", [2015: 65, 2022: 98.1], [2015: 8, 2022: 52], spread: 40),
        Measure(
            indicator: "mobile_5g_population_coverage",
            form: .share(spread: 60),
            paths: ["TH": Path([2020: 22, 2022: 78, 2024: 90]), "LA": Path([2023: 4, 2024: 9])],
            startsLate: ["TH", "LA"]
        ),
        rate(
            "mobile_per_100",
            [2015: 149.8, 2016: 173.5, 2017: 175.6, 2018: 180.2, 2019: 186.2, 2020: 166.6],
            [2015: 55.3, 2016: 57.8, 2017: 53.4, 2018: 51.9, 2019: 60.8, 2020: 56.4],
            spread: 0.5
        ),
    ]
    private static let government = [
        share("e_government_users", [2015: 12, 2019: 19, 2024: 38], [2015: 3, 2024: 14], spread: 34),
        rate("digital_service_points_per_100k", [2015: 1.5, 2024: 8], [2015: 0.3, 2024: 2.2], spread: -0.2),
    ]
    private static let industry = [
        rate("ict_firms_per_10k", [2015: 3.1, 2024: 5.2], [2015: 0.4, 2024: 1.1], spread: 1.5),
        share("ict_employment_share", [2015: 1.4, 2024: 2.1], [2015: 0.6, 2024: 1], spread: 20),
    ]

    /// Households and mobile broadband go through the figures of `itu-idi-2024.csv`, fixed broadband through
    /// `fixed-broadband-national.csv` of 2015 to 2020, rounded.
    private static let broadband = [
        rate(
            "fixed_broadband_per_100",
            [2015: 9.1, 2016: 10.5, 2017: 11.9, 2018: 13.2, 2019: 14.5, 2020: 16.4],
            [2015: 0.2, 2016: 0.4, 2018: 0.6, 2019: 1.1, 2020: 1.8],
            spread: 1.2
        ),
        share("internet_households", [2015: 52, 2022: 90.4], [2015: 30, 2022: 72], spread: 44),
        rate("active_mobile_broadband_per_100", [2015: 75, 2022: 121.8], [2015: 14, 2021: 56.4], spread: 0.5),
        rate("download_speed", [2015: 12, 2019: 75, 2024: 230], [2015: 6, 2024: 48], spread: 0.4),
    ]
    private static let innovation = [
        rate("m2m_per_100", [2015: 0.5, 2024: 3.5], [2015: 0.1, 2024: 0.4], spread: 1.2),
        share("enterprises_using_cloud", [2015: 14, 2024: 41], [2015: 4, 2024: 15], spread: 40),
    ]

    /// The Lao path goes through the 84.7 % of 2015 (`literacy-laos-sdg.csv`).
    private static let literacy = [
        share("adult_literacy", [2015: 93, 2024: 95], [2015: 84.7, 2024: 88], spread: 34)
    ]

    /// Internet users are `internet-users-national.csv`; owners go through the 73.1 % of `mobile-ownership-laos-sdg.csv`
    /// and the figures of `itu-idi-2024.csv`; Lao electricity through the 93.1 % who are not deprived of it in
    /// `mpi-deprivations.csv`.
    private static func inclusion(_ setting: Setting) -> [Measure] {
        [
            share(
                "internet_users",
                setting.internetUsers["TH"] ?? [:],
                setting.internetUsers["LA"] ?? [:],
                spread: 44
            ),
            share("mobile_phone_owners", [2015: 79, 2022: 88.3], [2017: 73.1, 2022: 82.7], spread: 40),
            share("computer_households", [2015: 29, 2024: 24], [2015: 11, 2024: 16], spread: 34),
            share("electricity_access", [2015: 99.6, 2024: 99.9], [2015: 89, 2017: 93.1, 2024: 97], spread: 60),
        ]
    }
    private static let commerce = [
        share("online_buyers", [2015: 9, 2019: 18, 2024: 45], [2015: 2, 2024: 13], spread: 40),
        share("enterprises_selling_online", [2015: 11, 2024: 33], [2015: 2, 2024: 10], spread: 36),
    ]
    private static let research = [
        count("ict_research_projects", [2015: 620, 2024: 1450], [2015: 6, 2024: 35]),
        rate("ict_researchers_per_million", [2015: 55, 2024: 140], [2015: 3, 2024: 9], spread: 1.5),
    ]
    private static let training = [
        rate("persons_trained_per_1000", [2015: 4, 2024: 16], [2015: 1, 2024: 6], spread: -0.3),
        Measure(
            indicator: "lao_officials_trained",
            form: .count,
            paths: ["LA": Path([2015: 40, 2019: 120, 2021: 30, 2024: 160])]
        ),
    ]
    private static let enterprise = [
        share("enterprises_with_website", [2015: 24, 2024: 38], [2015: 8, 2024: 17], spread: 36),
        share("enterprises_using_internet", [2015: 58, 2024: 81], [2015: 33, 2024: 62], spread: 36),
        count("digital_firms_registered", [2015: 2400, 2024: 6800], [2015: 25, 2024: 180]),
    ]
    private static let connectivity = [
        Measure(
            indicator: "cross_border_links",
            form: .landing(isWhole: true),
            paths: ["TH": Path([2015: 1.2, 2024: 2.6]), "LA": Path([2015: 1.2, 2024: 2.6])]
        ),
        Measure(
            indicator: "cross_border_capacity",
            form: .landing(isWhole: false),
            paths: ["TH": Path([2015: 12, 2024: 240]), "LA": Path([2015: 12, 2024: 240])]
        ),
    ]
    private static let startups = [
        rate("startups_per_100k", [2015: 0.4, 2024: 1.9], [2015: 0.1, 2024: 0.5], spread: 1.5),
        count("startup_platform_businesses", [2015: 300, 2024: 1900], [2015: 8, 2024: 120]),
    ]
    private static let security = [
        share("incidents_handled", [2015: 62, 2024: 84], [2015: 31, 2024: 55], spread: 24),
        rate("security_staff_per_100k", [2015: 2, 2024: 9], [2015: 0.3, 2024: 2]),
    ]
    private static let education = [
        share("schools_with_internet", [2015: 91, 2024: 99], [2015: 22, 2024: 51], spread: 40),
        rate("pupils_per_computer", [2015: 16, 2024: 8], [2015: 62, 2024: 34], spread: -0.5),
    ]
    private static let centres = [
        rate("computers_per_centre", [2015: 15, 2024: 18], [2015: 6, 2024: 9], spread: 0.4)
    ]
}
