/// What to make of record-level files: the words of `divide records` and of a `records:` source.
package struct RecordOrder: Hashable, Sendable {
    /// What becomes of a record that cannot be used.
    package enum IllFormed: String, Hashable, Sendable, CaseIterable {
        /// The run ends with its place.
        case refuse
        /// It is counted, and written to the reject file where one is asked for.
        case count
    }

    /// What a stratum with a single cluster adds to a variance, of which it tells nothing.
    package enum LoneCluster: String, Hashable, Sendable, CaseIterable {
        /// No standard error is given for what reaches into such a stratum.
        case refuse
        /// Nothing: the cluster was certain to be chosen.
        case certainty
        /// The square of its distance from the mean of all clusters.
        case centre
    }

    package struct NamedMeasure: Hashable, Sendable {
        package var name: String
        /// `mean(income, age >= 15)`.
        package var formula: String

        package init(name: String, formula: String) {
            self.name = name
            self.formula = formula
        }
    }

    /// Headers of the columns by which records are grouped.
    package var groupBy: [String]
    package var measures: [NamedMeasure]
    /// The header of the column of sampling weights, `nil` where each record counts as one.
    package var weight: String?
    package var strata: String?
    package var cluster: String?
    /// Records for which this does not hold are filtered out; they keep their clusters in the design.
    package var filter: String?
    package var missing: [String]
    /// Cells of fewer records are suppressed, those of fewer than twice as many flagged. 0 for no limit.
    package var minimumRecords: Int
    /// The keys over which someone may know a total; `nil` for all of them.
    package var totalsOver: [String]?
    package var illFormed: IllFormed
    package var loneCluster: LoneCluster
    /// The confidence of intervals, a share below 1.
    package var confidence: Double
    /// The most cells (groups, and where a design is given groups by clusters) that are kept.
    package var cellLimit: Int
    /// How many distinct values of a group a quantile is exact for, and how many of all cells together.
    package var distinctLimit: Int
    package var distinctTotalLimit: Int

    package init(
        groupBy: [String],
        measures: [NamedMeasure],
        weight: String? = nil,
        strata: String? = nil,
        cluster: String? = nil,
        filter: String? = nil,
        missing: [String] = [],
        minimumRecords: Int = 25,
        totalsOver: [String]? = nil,
        illFormed: IllFormed = .refuse,
        loneCluster: LoneCluster = .refuse,
        confidence: Double = 0.95,
        cellLimit: Int = 1_000_000,
        distinctLimit: Int = 10_000,
        distinctTotalLimit: Int = 500_000
    ) {
        self.groupBy = groupBy
        self.measures = measures
        self.weight = weight
        self.strata = strata
        self.cluster = cluster
        self.filter = filter
        self.missing = missing
        self.minimumRecords = minimumRecords
        self.totalsOver = totalsOver
        self.illFormed = illFormed
        self.loneCluster = loneCluster
        self.confidence = confidence
        self.cellLimit = cellLimit
        self.distinctLimit = distinctLimit
        self.distinctTotalLimit = distinctTotalLimit
    }

    /// Whether standard errors are worked out: where the records are a sample with weights, or a design is named.
    package var hasDesign: Bool { weight != nil || strata != nil || cluster != nil }
}

/// Why record-level files cannot be worked on.
package struct RecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Stable, in words joined by hyphens.
    package var code: String
    /// Empty where no file is to blame.
    package var file: String
    /// Counted from 1 over all records of the file, the header too; 0 where unknown.
    package var record: Int
    /// The line and column of the file where they are known, else 0.
    package var line: Int
    package var column: Int
    package var problem: String
    package var expected: String
    package var found: String
    package var hint: String
    /// Lines below the message: an expression, and what points into it.
    package var pointer: String

    package init(
        code: String,
        file: String = "",
        record: Int = 0,
        line: Int = 0,
        column: Int = 0,
        problem: String,
        expected: String = "",
        found: String = "",
        hint: String = "",
        pointer: String = ""
    ) {
        self.code = code
        self.file = file
        self.record = record
        self.line = line
        self.column = column
        self.problem = problem
        self.expected = expected
        self.found = found
        self.hint = hint
        self.pointer = pointer
    }

    init(_ error: ExpressionError, of name: String) {
        self.init(
            code: "expression",
            problem: "\(name), character \(error.place.lowerBound + 1): \(error.problem)",
            expected: error.expected,
            hint: error.hint,
            pointer: error.pointer
        )
    }

    package var description: String {
        var text = file
        if line > 0 {
            text += ":\(line)" + (column > 0 ? ":\(column)" : "")
        } else if record > 0 {
            text += ", record \(record)"
        }
        text += (text.isEmpty ? "" : ": ") + problem
        if !expected.isEmpty { text += "; expected \(expected)" }
        if !found.isEmpty { text += "; found \(found)" }
        if !hint.isEmpty { text += "; \(hint)" }
        return text + (pointer.isEmpty ? "" : "\n" + pointer)
    }
}
