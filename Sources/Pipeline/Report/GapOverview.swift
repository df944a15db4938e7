internal import Compare
package import Indicators

/// The gaps of a run in short: for each indicator and group its latest comparison of the widest reach, the widest gap
/// first, with the worst verdict on it.
package struct GapOverview: Sendable {
    package struct Row: Sendable {
        package var indicator: String
        /// What people call it, in the first language of the pipeline's outputs; the id where it has no name.
        package var name: String
        package var group: String
        package var unit: String
        package var years: (reference: Int, other: Int)
        package var values: (reference: Double?, other: Double?)
        /// Positive where the other country is worse off; `nil` for an indicator without a direction.
        package var gap: Double?
        package var parity: Double?
        package var grade: String
        /// The worst verdict of a check that selected this indicator and group, `nil` where none did.
        package var verdict: Verdict?

        package init(
            indicator: String,
            name: String,
            group: String,
            unit: String,
            years: (reference: Int, other: Int),
            values: (reference: Double?, other: Double?),
            gap: Double?,
            parity: Double?,
            grade: String,
            verdict: Verdict?
        ) {
            self.indicator = indicator
            self.name = name
            self.group = group
            self.unit = unit
            self.years = years
            self.values = values
            self.gap = gap
            self.parity = parity
            self.grade = grade
            self.verdict = verdict
        }
    }

    /// The codes of the two countries.
    package var reference: String
    package var other: String
    package var rows: [Row]

    package init(reference: String, other: String, rows: [Row]) {
        self.reference = reference
        self.other = other
        self.rows = rows
    }
}

extension GapOverview {
    /// - Parameters:
    ///   - gaps: `gaps.csv`.
    ///   - checks: `checks.csv`, `nil` where there are no checks.
    ///   - description: The pipeline, for its names, its countries and its language.
    init(_ gaps: Table, checks: Table?, _ description: PipelineDescription) {
        reference = description.compare.reference
        other = description.compare.other
        let verdicts = Self.verdicts(in: checks)
        var chosen: [[String]: (row: Int, rank: [Int])] = [:]
        for row in 0..<gaps.rowCount {
            let key = [gaps[row, "indicator"].text, gaps[row, "group"].text]
            let rank = Self.rank(of: row, in: gaps)
            if let rival = chosen[key], !rank.lexicographicallyPrecedes(rival.rank) { continue }
            chosen[key] = (row, rank)
        }
        rows = chosen.map { key, choice in
            let row = choice.row
            let name = description.catalogue[key[0]]?.names[description.publication.language] ?? ""
            return Row(
                indicator: key[0],
                name: name.isEmpty ? key[0] : name,
                group: key[1],
                unit: gaps[row, "unit"].text,
                years: (Int(gaps[row, "year_reference"].text) ?? 0, Int(gaps[row, "year_other"].text) ?? 0),
                values: (gaps[row, "value_reference"].numeric, gaps[row, "value_other"].numeric),
                gap: gaps[row, "absolute_gap"].numeric,
                parity: gaps[row, "parity"].numeric,
                grade: gaps[row, "grade"].text,
                verdict: verdicts[key] ?? verdicts[[key[0], ""]]
            )
        }
        .sorted { one, two in
            let (left, right) = (one.parity ?? 2, two.parity ?? 2)
            return left != right ? left < right : (one.indicator, one.group) < (two.indicator, two.group)
        }
    }

    /// National figures before means, weighted means before simple ones, provinces before other levels, later years
    /// before earlier ones.
    private static func rank(of row: Int, in gaps: Table) -> [Int] {
        let level = gaps[row, "level"].text
        let weighting = gaps[row, "weighting"].text
        return [
            level == "country" ? 0 : 1, weighting == "simple" ? 1 : 0, level == "province" ? 0 : 1,
            -(Int(gaps[row, "year_other"].text) ?? 0), -(Int(gaps[row, "year_reference"].text) ?? 0),
        ]
    }

    /// The worst verdict by indicator and group, or by indicator where the selection names no group.
    private static func verdicts(in checks: Table?) -> [[String]: Verdict] {
        guard let checks else { return [:] }
        var worst: [[String]: Verdict] = [:]
        for row in 0..<checks.rowCount {
            guard checks[row, "metric"].text.hasPrefix("gaps."),
                let verdict = Verdict(rawValue: checks[row, "verdict"].text)
            else { continue }
            var selected = ["", ""]
            for part in checks[row, "selection"].text.split(separator: ",") {
                if part.hasPrefix("indicator=") { selected[0] = String(part.dropFirst(10)) }
                if part.hasPrefix("group=") { selected[1] = String(part.dropFirst(6)) }
            }
            worst[selected] = max(verdict, worst[selected] ?? verdict)
        }
        return worst
    }
}
