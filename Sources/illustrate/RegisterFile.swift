import Indicators

/// The register of joint activities: the rows that a public document tells of, as they stand in `activities.csv`, and made-up ones
/// that show what a register looks like when it is kept.
///
/// - Parameters:
///   - seed: The same seed gives the same bytes.
///   - folder: `Datasets`, whose `activities.csv` is read. Its rows of another grade than `illustrative` are kept as they are.
/// - Returns: `activities.csv`: two runs of every course that the announcement names, and the other forms of cooperation, by
///   their dates; every fourth date as Thai and Lao offices write it, day first, Buddhist Era.
/// - Throws: ``IllustrateError`` where the file is missing or lacks a column.
package func illustrativeRegister(seed: UInt64, from folder: String) throws(IllustrateError) -> IllustrativeFile {
    let name = "activities.csv"
    let register = try Setting.read(name, of: folder)
    let grade = try register.position(of: "grade", in: name)
    if let short = register.rows.first(where: { $0.count != register.header.count }) {
        throw .unusable(
            file: name,
            found: short.joined(separator: ","),
            expected: "\(register.header.count) fields in each record"
        )
    }
    let published = register.rows.filter { $0[grade] != Grade.illustrative.rawValue }
    var made: [(date: CalendarDate, row: [String: String])] = []
    for course in Activity.Course.allCases {
        for run in 1...2 { made.append(course.run(run, seed)) }
    }
    made += JointActivity.all.map { $0.drawn(seed) }
    made.sort { ($0.date, $0.row["title"] ?? "") < ($1.date, $1.row["title"] ?? "") }
    let rows = made.enumerated().map { number, activity in
        let date = number.isMultiple(of: 4) ? activity.date.buddhist : activity.date.description
        return register.header.map { $0 == "date" ? date : activity.row[$0] ?? "" }
    }
    return IllustrativeFile(name: name, text: CSVText(header: register.header, rows: published + rows).text)
}

/// An activity of the illustration, but for what is drawn: its day and who took part.
private struct JointActivity {
    var form: Activity.Form
    var topic: String
    var title: String
    var host: String
    /// Whether the register says how many took part.
    var isCounted = true

    func drawn(_ seed: UInt64) -> (date: CalendarDate, row: [String: String]) {
        var random = SplitMix64(seed: seed, for: "activity \(title)")
        let date = random.day(in: 2018...2024)
        var row = [
            "form": form.rawValue, "topic": topic, "title": title, "host": host, "grade": Grade.illustrative.rawValue,
            "source": Self.source,
        ]
        if isCounted {
            let isWorkshop = form == .workshop
            row["participants_TH"] = String(random.whole(in: 3...15))
            row["participants_LA"] = String(random.whole(in: isWorkshop ? 10...45 : 5...16))
        }
        return (date, row)
    }

    static let source = "Made up to show what a register looks like"

    static let all = [
        JointActivity(
            form: .informationExchange,
            topic: "telecom",
            title: "Exchange of coverage figures",
            host: "LA-VT",
            isCounted: false
        ),
        JointActivity(form: .meeting, topic: "telecom", title: "Meeting on frequencies at the border", host: "TH-43"),
        JointActivity(form: .visit, topic: "post", title: "Visit to a sorting centre", host: "TH-10"),
        JointActivity(form: .workshop, topic: "post", title: "Workshop on parcels across the border", host: "LA-VT"),
        JointActivity(
            form: .expertExchange,
            topic: "e-government",
            title: "Experts on digital service points",
            host: "LA-VT"
        ),
        JointActivity(
            form: .exhibition,
            topic: "industry",
            title: "Digital industry fair",
            host: "TH-10",
            isCounted: false
        ),
        JointActivity(
            form: .consultation,
            topic: "broadband",
            title: "Consultation on broadband for villages",
            host: "TH-43"
        ),
        JointActivity(form: .jointProject, topic: "broadband", title: "Broadband to border villages", host: "LA-SV"),
        JointActivity(form: .workshop, topic: "innovation", title: "Workshop on cloud services", host: "TH-50"),
        JointActivity(
            form: .workshop,
            topic: "literacy",
            title: "Workshop for teachers of digital skills",
            host: "LA-LP"
        ),
        JointActivity(form: .visit, topic: "inclusion", title: "Visit to villages with new coverage", host: "LA-CH"),
        JointActivity(form: .workshop, topic: "e-commerce", title: "Selling online for small firms", host: "LA-VT"),
        JointActivity(
            form: .expertExchange,
            topic: "research",
            title: "Researchers on sensors for the Mekong",
            host: "TH-40"
        ),
        JointActivity(
            form: .exhibition,
            topic: "enterprise",
            title: "Enterprises meet across the border",
            host: "TH-41",
            isCounted: false
        ),
        JointActivity(
            form: .consultation,
            topic: "connectivity",
            title: "Consultation on cross-border links",
            host: "LA-VT"
        ),
        JointActivity(
            form: .startupFacilitation,
            topic: "startups",
            title: "Startups of tourism and logistics",
            host: "TH-50"
        ),
        JointActivity(form: .workshop, topic: "security", title: "Response to incidents", host: "LA-VT"),
        JointActivity(
            form: .jointProject,
            topic: "education",
            title: "Internet for schools on the Mekong",
            host: "LA-KH"
        ),
        JointActivity(form: .visit, topic: "community-centres", title: "Study of community ICT centres", host: "TH-40"),
        JointActivity(
            form: .jointProject,
            topic: "community-centres",
            title: "A centre for two villages",
            host: "LA-BK",
            isCounted: false
        ),
    ]
}

extension Activity.Course {
    /// The first or the second time that the course is held, in one of four Thai provinces: of those who come from the Lao PDR all
    /// but two finish it.
    fileprivate func run(_ number: Int, _ seed: UInt64) -> (date: CalendarDate, row: [String: String]) {
        var random = SplitMix64(seed: seed, for: "course \(rawValue) \(number)")
        let date = random.day(in: number == 1 ? 2017...2020 : 2021...2024)
        let officials = random.whole(in: 16...32)
        let row = [
            "form": Activity.Form.training.rawValue, "topic": "training",
            "title": "Course for Lao officials, " + rawValue.split(separator: "-").joined(separator: " "),
            "host": ["TH-10", "TH-40", "TH-43", "TH-50"][random.whole(in: 0...3)], "course": rawValue,
            "participants_TH": String(random.whole(in: 2...4)), "participants_LA": String(officials),
            "trained": String(officials - 2), "grade": Grade.illustrative.rawValue, "source": JointActivity.source,
        ]
        return (date, row)
    }
}

extension SplitMix64 {
    /// Uniform over the numbers of a range.
    fileprivate mutating func whole(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(unit() * Double(range.count))
    }

    /// A day of those years that every month has.
    fileprivate mutating func day(in years: ClosedRange<Int>) -> CalendarDate {
        let (year, month, day) = (whole(in: years), whole(in: 1...12), whole(in: 1...28))
        guard let date = CalendarDate(year: year, month: month, day: day) else {
            preconditionFailure("every month has 28 days")
        }
        return date
    }
}

extension CalendarDate {
    /// Day first, Buddhist Era: `7/2/2561`.
    fileprivate var buddhist: String { "\(day)/\(month)/\(year + 543)" }
}
