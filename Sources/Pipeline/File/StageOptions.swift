internal import Indicators
internal import Ingest
internal import Validate

/// Turns the sections of a pipeline file that speak to one stage each into what the stage is told.
struct StageOptions {
    let content: Located
    let file: String
    var problems: [Problem] = []

    init(content: Located, file: String) {
        self.content = content
        self.file = file
    }

    func validate(_ sources: [PipelineDescription.SourceDescription]) -> ValidateOptions {
        let section = content["validate"]
        let rules = (section?["rules"]?.entries ?? []).map { key, _, rule in
            let rule = IndicatorRule(
                minimum: rule["minimum"]?.number,
                maximum: rule["maximum"]?.number,
                jumpFactor: rule["jump_factor"]?.number
            )
            return (key, rule)
        }
        let priorities = sources.flatMap { source in source.files.map { ($0, source.priority) } }
        let usual = ValidateOptions()
        return ValidateOptions(
            jumpFactor: section?["jump_factor"]?.number ?? usual.jumpFactor,
            rules: Dictionary(rules) { first, _ in first },
            priorities: Dictionary(priorities) { max($0, $1) },
            expectations: sources.map(\.expectation)
        )
    }

    /// Another severity by code; `nil` leaves the finding out.
    func severities() -> [String: Finding.Severity?] {
        let entries = content["validate"]?["severity"]?.entries ?? []
        return Dictionary(entries.map { ($0.key, Finding.Severity(rawValue: $0.value.text ?? "")) }) { first, _ in first
        }
    }

    mutating func refuse(_ located: Located?, _ problem: String, expected: String, found: String = "") {
        problems.append(
            Problem(file: file, place: located?.place, problem: problem, expected: expected, found: found)
        )
    }
}
