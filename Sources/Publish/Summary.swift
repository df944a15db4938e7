package import Indicators

/// In which form a run's results are published.
package enum Format: String, Hashable, Sendable, CaseIterable {
    /// A file for each table.
    case csv
    /// The summary, with its schema.
    case json
    /// The workbook.
    case xlsx
    /// The report page.
    case html
}

/// A run on one page, for machines: what ran on what, what was found, and how it ended. Published as `summary.json`.
package struct Summary: Sendable {
    /// What became of one input.
    package struct Input: Hashable, Sendable {
        /// Relative to the pipeline's folder.
        package var file: String
        package var grade: Grade
        package var tally: Tally
        /// `nil` where the file has no metadata.
        package var metadata: Metadata?

        package init(file: String, grade: Grade, tally: Tally, metadata: Metadata? = nil) {
            self.file = file
            self.grade = grade
            self.tally = tally
            self.metadata = metadata
        }
    }

    /// Where an input comes from, in the words of its metadata; empty where they say nothing.
    package struct Metadata: Hashable, Sendable {
        package var title: String
        package var publisher: String
        package var table: String
        package var years: String
        package var licence: String
        /// The address where the publisher shows it: an URL, or words.
        package var source: String
        package var retrievedFrom: String

        package init(
            title: String,
            publisher: String = "",
            table: String = "",
            years: String = "",
            licence: String = "",
            source: String = "",
            retrievedFrom: String = ""
        ) {
            self.title = title
            self.publisher = publisher
            self.table = table
            self.years = years
            self.licence = licence
            self.source = source
            self.retrievedFrom = retrievedFrom
        }
    }

    /// What one stage handed on, by name: `("harmonise", ["observations": 4021])`.
    package struct Stage: Hashable, Sendable {
        package var name: String
        package var counts: [String: Int]

        package init(name: String, counts: [String: Int]) {
            self.name = name
            self.counts = counts
        }
    }

    package var pipeline: String
    package var title: LocalisedText
    package var asOf: CalendarDate
    /// The years asked for, `nil` for all.
    package var period: ClosedRange<Int>?
    package var inputs: [Input]
    /// In the order in which they ran.
    package var stages: [Stage]
    package var findings: [Finding]
    /// The tables that are published, each under a name of its own. The gaps and the counts of the checks are read
    /// from those called `gaps` and `checks`.
    package var tables: [Table]
    /// The worst of the checks, `nil` where there are none.
    package var verdict: Verdict?
    /// The forms that the pipeline asked for.
    package var formats: Set<Format>

    package init(
        pipeline: String,
        title: LocalisedText,
        asOf: CalendarDate,
        period: ClosedRange<Int>? = nil,
        inputs: [Input],
        stages: [Stage],
        findings: [Finding],
        tables: [Table],
        verdict: Verdict? = nil,
        formats: Set<Format> = [.csv, .json]
    ) {
        self.pipeline = pipeline
        self.title = title
        self.asOf = asOf
        self.period = period
        self.inputs = inputs
        self.stages = stages
        self.findings = findings
        self.tables = tables
        self.verdict = verdict
        self.formats = formats
    }
}

extension Summary {
    /// The worst grade of the inputs, which everything computed from all of them bears; `nil` without inputs.
    package var grade: Grade? {
        Grade.worst(of: inputs.map(\.grade))
    }

    /// Whether anything was made up to show the method: values, or rows of the registers of targets and activities.
    package var isIllustrative: Bool {
        inputs.contains { $0.grade == .illustrative }
            || tables.contains { table in
                guard ["targets", "activities"].contains(table.schema.name),
                    let grade = table.schema.index(of: "grade")
                else { return false }
                return (0..<table.rowCount).contains { table[$0, grade].text == Grade.illustrative.rawValue }
            }
    }

    /// What became of the values of all inputs together.
    package var tally: Tally {
        inputs.map(\.tally).reduce(Tally(), +)
    }
}
