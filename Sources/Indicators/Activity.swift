/// Something that the two countries did together: one row of a register of activities.
public struct Activity: Hashable, Sendable {
    /// The forms of cooperation that the announcement of 2018 lists, and the two kinds of events that it tells of.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        case informationExchange = "information-exchange"
        case visit, consultation
        case expertExchange = "expert-exchange"
        case jointProject = "joint-project"
        case startupFacilitation = "startup-facilitation"
        case exhibition, training, workshop, meeting, agreement
    }

    /// The courses for Lao officials that the announcement names.
    public enum Course: String, Hashable, Sendable, CaseIterable {
        case advancedInternet = "advanced-internet-and-web-application"
        case basicIT = "basic-it-and-www"
        case internationalComputer = "international-computer"
        case operatingSystem = "operating-system"
        case wordProcessing = "word-processing"
        case spreadsheet, presentation
        case webSiteBuilding = "web-site-building"
        case socialMedia = "social-media"
    }

    /// What a topic is called in results where an activity is of no topic more than of others.
    public static let generalTopic = "general"

    public var date: CalendarDate
    public var form: Form
    /// A topic of the catalogue, or ``generalTopic``.
    public var topic: String
    public var title: String
    /// The code of the place that hosted it; `nil` where it was in neither country, or nobody says where.
    public var host: String?
    /// The country of `host`.
    public var hostCountry: String?
    /// Persons who took part, by country; absent where the register does not say.
    public var participants: [String: Int]
    public var course: Course?
    /// Persons who finished the course.
    public var trained: Int?
    /// The public document that says so.
    public var source: String
    public var grade: Grade
    /// Where it stands.
    public var origin: Origin

    public init(
        date: CalendarDate,
        form: Form,
        topic: String = Activity.generalTopic,
        title: String,
        host: String? = nil,
        hostCountry: String? = nil,
        participants: [String: Int] = [:],
        course: Course? = nil,
        trained: Int? = nil,
        source: String,
        grade: Grade,
        origin: Origin
    ) {
        self.date = date
        self.form = form
        self.topic = topic
        self.title = title
        self.host = host
        self.hostCountry = hostCountry
        self.participants = participants
        self.course = course
        self.trained = trained
        self.source = source
        self.grade = grade
        self.origin = origin
    }
}
