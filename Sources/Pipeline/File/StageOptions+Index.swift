internal import Compose
internal import Indicators

/// The section that speaks of indices.
extension StageOptions {
    /// - Parameter catalogue: Whose ids no index may take.
    /// - Returns: In the order of the file.
    mutating func indices(_ catalogue: Catalogue) -> [IndexDescription] {
        var indices: [IndexDescription] = []
        for entry in content["index"]?.items ?? [] {
            let description = index(entry)
            for indicator in description.indicators where catalogue.contains(indicator.id) {
                refuse(entry["id"], "an index called as an indicator is", expected: "an id that the catalogue lacks")
            }
            for node in description.tree.nodes.dropFirst() where catalogue.contains(node.id) {
                problems.append(
                    Problem(
                        file: file,
                        place: TextPlace(line: node.line, column: 1),
                        problem: "a node called as an indicator is",
                        expected: "an id that the catalogue lacks",
                        found: node.id
                    )
                )
            }
            if indices.contains(where: { $0.id == description.id }) {
                refuse(entry["id"], "two indices of one id", expected: "an id for each", found: description.id)
                continue
            }
            refuseUnknownScales(entry, level: description.level)
            indices.append(description)
        }
        return indices
    }

    private mutating func index(_ entry: Located) -> IndexDescription {
        let id = entry["id"]?.text ?? ""
        var nodes: [IndexNode] = []
        let children = (entry["tree"]?.items ?? []).compactMap { child($0, into: &nodes) }
        for node in entry["nodes"]?.items ?? [] {
            let below = (node["children"]?.items ?? []).compactMap { child($0, into: &nodes) }
            guard node["id"]?.text != nil else {
                refuse(node, "a node without an id", expected: "id: a word by which the tree names it")
                continue
            }
            nodes.append(self.node(node, children: below))
        }
        var root = IndexNode(id: id, names: entry["names"]?.localised ?? LocalisedText(), children: children)
        root.line = entry.place.line
        let tree = IndexTree(
            nodes: [root] + nodes,
            levels: (entry["levels"]?.items ?? []).map { methods($0) },
            standard: methods(entry),
            nameRequires: entry["name_requires"]?.texts ?? [],
            file: file
        )
        let robustness = entry["robustness"].map { self.robustness($0) }
        return IndexDescription(
            id: id,
            names: root.names,
            topic: entry["topic"]?.text ?? "context",
            definition: entry["definition"]?.localised ?? LocalisedText(),
            denominator: entry["denominator"]?.text,
            level: entry["level"]?.text.map(PlaceLevel.init(rawValue:)) ?? .province,
            scales: entry["scale"]?.texts ?? [],
            tree: tree,
            options: ComposeOptions(
                fitYear: entry["fit_year"]?.integer,
                leaveOneOut: entry["leave_one_out"]?.boolean ?? false,
                robustness: robustness?.options
            ),
            factors: robustness?.factors ?? [],
            file: file,
            place: entry.place
        )
    }

    /// A child, with the nodes at and below it added to `nodes`; `nil` where it is neither indicator nor node.
    private mutating func child(_ item: Located, into nodes: inout [IndexNode]) -> IndexChild? {
        let line = item.place.line
        if let id = item.text { return IndexChild(id, line: line) }
        let weight = item["weight"]?.number
        let denominator = item["denominator"]?.text
        switch (item["indicator"]?.text, item["id"]?.text) {
        case (let indicator?, nil):
            for key in ["names", "aggregate", "weights", "minimum_coverage", "children"] {
                guard let stray = item[key] else { continue }
                refuse(stray, "\(key) of an indicator", expected: "id instead of indicator, for a node of children")
            }
            return IndexChild(indicator, weight: weight, denominator: denominator, line: line)
        case (nil, let id?):
            guard let below = item["children"] else {
                refuse(item, "a node without children", expected: "children, or indicator instead of id", found: id)
                return nil
            }
            let children = below.items.compactMap { child($0, into: &nodes) }
            nodes.append(node(item, children: children))
            return IndexChild(id, weight: weight, denominator: denominator, line: line)
        default:
            refuse(item, "a child that is none or two", expected: "either indicator, or id with children")
            return nil
        }
    }

    private mutating func node(_ item: Located, children: [IndexChild]) -> IndexNode {
        IndexNode(
            id: item["id"]?.text ?? "",
            names: item["names"]?.localised ?? LocalisedText(),
            children: children,
            methods: methods(item),
            line: item.place.line
        )
    }

    private mutating func methods(_ item: Located) -> IndexLevel {
        IndexLevel(
            aggregation: item["aggregate"].map { aggregation($0) },
            weighting: item["weights"]?.text.flatMap(Weighting.init),
            minimumCoverage: item["minimum_coverage"]?.number
        )
    }

    func aggregation(_ located: Located) -> Aggregation {
        let lowers = located["penalty"]?.text != "raises"
        let floor = located["floor"]?.number
        switch located.text ?? located["method"]?.text ?? "" {
        case "geometric": return .geometric(floor: floor)
        case "harmonic": return .harmonic(floor: floor)
        case "power": return .power(located["exponent"]?.number ?? 1)
        case "mpi":
            let isPopulation = located["standardise"]?.text == "population"
            let scale: MazziottaPareto.Scale = isPopulation ? .standardisedByPopulation : .standardisedBySample
            return .mazziottaPareto(MazziottaPareto(scale: scale, penaltyLowers: lowers))
        case "ampi":
            let reference = located["reference"]?.number.map(MazziottaPareto.Reference.value) ?? .mean
            return .mazziottaPareto(MazziottaPareto(scale: .adjusted(reference), penaltyLowers: lowers))
        case "mazziotta-pareto":
            return .mazziottaPareto(MazziottaPareto(scale: .asGiven, penaltyLowers: lowers))
        case "copeland": return .copeland
        case "benefit-of-the-doubt":
            return .benefitOfTheDoubt(
                BenefitOfTheDoubt(
                    minimumShare: located["minimum_share"]?.number,
                    maximumShare: located["maximum_share"]?.number
                )
            )
        default: return .arithmetic
        }
    }

    /// Scales that the index names and `normalise:` does not have, or has for places of another level.
    private mutating func refuseUnknownScales(_ entry: Located, level: PlaceLevel) {
        let rules = content["normalise"]?["scale"]?.items ?? []
        let ids = rules.compactMap { $0["id"]?.text }
        for wanted in entry["scale"]?.items ?? [] {
            guard let id = wanted.text else { continue }
            guard let rule = rules.first(where: { $0["id"]?.text == id }) else {
                problems.append(
                    Problem(
                        file: file,
                        place: wanted.place,
                        problem: "no such scale",
                        expected: ids.isEmpty
                            ? "the id of a scale under normalise, where none has one" : ids.joined(separator: ", "),
                        found: Printable.quoted(id),
                        hint: Indicators.hint(for: id, among: ids)
                    )
                )
                continue
            }
            let own = rule["level"]?.text ?? PlaceLevel.province.rawValue
            guard own != level.rawValue else { continue }
            refuse(wanted, "a scale of other places", expected: "level: \(level.rawValue)", found: "level: \(own)")
        }
    }
}

extension Located {
    /// Every word of an entry of `index:` that should be an indicator's id.
    var indicatorsOfIndex: [Located?] {
        var nodes: Set<String> = []
        var children = self["tree"]?.items ?? []
        for node in self["nodes"]?.items ?? [] {
            if let id = node["id"]?.text { nodes.insert(id) }
            children += node["children"]?.items ?? []
        }
        var words: [Located?] = [self["denominator"]] + (self["name_requires"]?.items ?? [])
        while let child = children.popLast() {
            children += child["children"]?.items ?? []
            words.append(child["denominator"])
            let word = child.text == nil ? child["indicator"] : child
            if let text = word?.text, !nodes.contains(text) { words.append(word) }
        }
        return words.sorted {
            ($0?.place.line ?? 0, $0?.place.column ?? 0) < ($1?.place.line ?? 0, $1?.place.column ?? 0)
        }
    }
}
