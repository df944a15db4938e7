import FoundationEssentials

/// The folder `Datasets` of this package, read as it stands.
enum DatasetsFolder {
    static let package = {
        var path = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        path.removeLast(3)
        return path.joined(separator: "/")
    }()

    static let path = package + "/Datasets"

    static func text(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path + "/" + file)), as: UTF8.self)
    }

    static func table(_ file: String) throws -> Table {
        Table(try text(file))
    }

    /// The names of the files directly in `folder` that end with `ending`, sorted.
    static func files(in folder: String = "", ending: String) throws -> [String] {
        let prefix = folder.isEmpty ? "" : folder + "/"
        return try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)
            .filter { $0.hasSuffix(ending) }
            .map { prefix + $0 }
            .sorted()
    }

    /// The CSVs that hold figures, without the gazetteer, the targets and the register.
    static let dataFiles = {
        let all = (try? files(ending: ".csv") + files(in: "illustrative", ending: ".csv")) ?? []
        let others = ["provinces.csv", "province-names.csv", "province-changes.csv", "targets.csv", "activities.csv"]
        return all.filter { !others.contains($0) }
    }()
}

/// A CSV by its records: fields split at commas, quotes allowed, no line breaks inside a field.
struct Table {
    var header: [String]
    var rows: [[String]]

    init(_ text: String) {
        var records = text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.fields($0) }
        if records.last == [""] { records.removeLast() }
        header = records.isEmpty ? [] : records.removeFirst()
        rows = records
    }

    /// The values of one column, in order.
    func column(_ name: String) -> [String] {
        guard let position = header.firstIndex(of: name) else { return [] }
        return rows.map { $0[position] }
    }

    /// The records as dictionaries by header.
    var records: [[String: String]] {
        rows.map { Dictionary(zip(header, $0)) { first, _ in first } }
    }

    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}

/// The scripts whose letters occur in `text`.
func scripts(in text: String) -> Set<String> {
    var scripts: Set<String> = []
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x0E00...0x0E7F: scripts.insert("Thai")
        case 0x0E80...0x0EFF: scripts.insert("Lao")
        case 0xFFFD: scripts.insert("replacement character")
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: scripts.insert("Latin")
        default: break
        }
    }
    return scripts
}
