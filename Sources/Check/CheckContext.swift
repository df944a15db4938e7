package import Indicators

/// What checks know besides the tables: the places, and how things stood before. Check reads no file; whoever calls it
/// has read them.
package struct CheckContext: Sendable {
    /// By which `country`, `region`, `province` and `level` select in tables keyed by `place`.
    package var gazetteer: Gazetteer?
    /// What to compare with, by the ``CheckRule/baseline`` of the rules; a rule whose baseline is not here is skipped.
    package var baselines: [String: Baseline]
    /// How the checks of the run before ended.
    package var earlier: EarlierVerdicts

    package init(
        gazetteer: Gazetteer? = nil,
        baselines: [String: Baseline] = [:],
        earlier: EarlierVerdicts = EarlierVerdicts()
    ) {
        self.gazetteer = gazetteer
        self.baselines = baselines
        self.earlier = earlier
    }
}

/// Numbers of an earlier run, or of a file that someone agreed to, to compare with.
package struct Baseline: Sendable {
    /// In messages: `the previous run`, `baseline.csv`.
    package var name: String
    /// By metric, `TABLE.column`.
    private var cells: [String: [Entry]] = [:]

    struct Entry {
        /// The primary key, by column.
        var key: [String: String]
        var value: Double?
    }

    package init(name: String) {
        self.name = name
    }

    /// Adds the cell of a metric with this primary key; `nil` where nothing stands in it.
    package mutating func add(metric: String, key: [String: String], value: Double?) {
        cells[metric, default: []].append(Entry(key: key, value: value))
    }

    /// Adds the cell of a metric by its key as ``CellAddress/rowText`` spells it; text that is no key is left out.
    package mutating func add(metric: String, selection: String, value: Double?) {
        guard let key = parseKey(selection) else { return }
        add(metric: metric, key: key, value: value)
    }

    /// Makes the cells of a metric ready to be looked up.
    func lookup(metric: String, latest: Set<String>) -> BaselineLookup {
        BaselineLookup(cells[metric] ?? [], latest: latest)
    }
}

/// The cells of one metric in a baseline. A rule that takes the latest year compares it with the same year of the
/// baseline, or where that has none with its latest, so that a new year is compared with the one before.
struct BaselineLookup {
    private var exact: [[String: String]: Double?] = [:]
    private var last: [[String: String]: (years: [Double], value: Double?)] = [:]
    private let latest: Set<String>

    init(_ entries: [Baseline.Entry], latest: Set<String>) {
        self.latest = latest
        for entry in entries {
            exact[entry.key] = .some(entry.value)
            guard !latest.isEmpty else { continue }
            let years = entry.key.filter { latest.contains($0.key) }.sorted { $0.key < $1.key }
                .map { Double($0.value) ?? -.infinity }
            let rest = entry.key.filter { !latest.contains($0.key) }
            if let rival = last[rest], !rival.years.lexicographicallyPrecedes(years) { continue }
            last[rest] = (years, entry.value)
        }
    }

    /// The value to compare with, `nil` where there is none.
    func value(of key: [String: String]) -> Double? {
        if let value = exact[key] { return value }
        guard !latest.isEmpty else { return nil }
        return last[key.filter { !latest.contains($0.key) }]?.value
    }
}

/// For how many runs in a row each check has been in its bands, as the last `checks.csv` has it.
package struct EarlierVerdicts: Sendable {
    /// Runs in a row, the last one included.
    struct Streak {
        var warnRuns: Int
        var failRuns: Int
    }

    private var entries: [(check: String, key: [String: String], bands: [String], streak: Streak)] = []

    package init() {}

    /// Adds a row of `checks.csv`.
    package mutating func add(
        check: String,
        selection: String,
        warnIf: String,
        failIf: String,
        warnRuns: Int,
        failRuns: Int
    ) {
        let streak = Streak(warnRuns: warnRuns, failRuns: failRuns)
        entries.append((check, parseKey(selection) ?? ["": selection], [warnIf, failIf], streak))
    }

    /// The streaks of the cells of a rule; another band begins a new streak.
    func streaks(of rule: CheckRule, latest: Set<String>) -> [[String: String]: Streak] {
        let bands = [rule.warnIf?.text ?? "", rule.failIf?.text ?? ""]
        let own = entries.filter { $0.check == rule.id && $0.bands == bands }
        return Dictionary(own.map { ($0.key.filter { !latest.contains($0.key) }, $0.streak) }) { first, _ in first }
    }
}

/// Reads a primary key as ``CellAddress/rowText`` spells it; `nil` where it is none.
func parseKey(_ text: String) -> [String: String]? {
    var key: [String: String] = [:]
    var name: String?
    var word = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
        if isEscaped {
            word.unicodeScalars.append(scalar)
            isEscaped = false
        } else if scalar == "\\" {
            isEscaped = true
        } else if scalar == "=", name == nil {
            name = word
            word = ""
        } else if scalar == "," {
            guard let column = name else { return nil }
            key[column] = word
            name = nil
            word = ""
        } else {
            word.unicodeScalars.append(scalar)
        }
    }
    guard let column = name, !isEscaped else { return nil }
    key[column] = word
    return key
}
