/// `TABLE.column`.
package struct Metric: Hashable, Sendable {
    package var table: String
    package var column: String

    /// `nil` where there is not exactly one dot between two words.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !parts[1].contains("\"") else { return nil }
        table = String(parts[0])
        column = String(parts[1])
    }
}

/// The primary key of a row, as addresses spell it.
struct RowKey {
    let text: String
    let parts: [(column: String, value: String)]

    init(_ text: String) {
        self.text = text
        var parts: [(column: String, value: String)] = []
        var word = ""
        var column: String?
        var isEscaped = false
        func end() {
            parts.append((column ?? "", word))
            word = ""
            column = nil
        }
        for scalar in text.unicodeScalars {
            if isEscaped {
                word.unicodeScalars.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "=" && column == nil {
                column = word
                word = ""
            } else if scalar == "," {
                end()
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        end()
        self.parts = parts
    }
}

/// Which rows of a table are asked for.
struct RowSelection {
    /// By key column, the values admitted.
    private let admitted: [String: [String]]
    private let latest: Set<String>

    init(_ select: [String: [String]]) {
        admitted = select.filter { $0.value != ["latest"] }
        latest = Set(select.filter { $0.value == ["latest"] }.keys)
    }

    /// The key columns that a selector means, as in checks: `year` means either year where a row compares two.
    private static func columns(_ name: String, in key: RowKey) -> [Int] {
        let exact = key.parts.indices.filter { key.parts[$0].column == name }
        guard exact.isEmpty, name == "year" else { return exact }
        return key.parts.indices.filter { ["year_reference", "year_other"].contains(key.parts[$0].column) }
    }

    func admits(_ key: RowKey) -> Bool {
        for (name, values) in admitted {
            let columns = Self.columns(name, in: key)
            guard columns.contains(where: { values.contains(key.parts[$0].value) }) else { return false }
        }
        return latest.allSatisfy { !Self.columns($0, in: key).isEmpty }
    }

    /// What the rows of one series have in common.
    func grouping(_ key: RowKey) -> String {
        guard !latest.isEmpty else { return key.text }
        let open = Set(latest.flatMap { Self.columns($0, in: key) })
        return key.parts.indices.map { index in
            key.parts[index].column + "=" + (open.contains(index) ? "latest" : key.parts[index].value)
        }
        .joined(separator: ",")
    }

    /// Orders the rows of one series: the greatest is the latest.
    func rank(_ key: RowKey) -> [Double] {
        latest.sorted().map { name in
            Self.columns(name, in: key).map { Double(key.parts[$0].value) ?? -.infinity }.max() ?? -.infinity
        }
    }
}
