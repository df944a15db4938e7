import Indicators

extension IndexTree {
    /// More levels than this are refused.
    static let depthLimit = 64

    /// What makes the tree unusable with a panel; each stops the run. Empty for a sound tree.
    func faults(in panel: ScorePanel) -> [Finding] {
        let shape = shapeFaults(in: panel)
        return shape + nodes.enumerated().flatMap { faults(of: $1, at: $0) }
    }

    private func shapeFaults(in panel: ScorePanel) -> [Finding] {
        guard let first = nodes.first else {
            return [.index("index-empty", found: "no node", expected: "at least the index itself")]
        }
        var faults: [Finding] = []
        var definitions: [String: IndexNode] = [:]
        for node in nodes where definitions.updateValue(node, forKey: node.id) != nil {
            faults.append(
                .index("index-duplicate", line: node.line, found: "two nodes called \(node.id)", expected: "one")
            )
        }
        for node in nodes where panel.index(ofIndicator: node.id) != nil {
            faults.append(
                .index(
                    "index-duplicate",
                    line: node.line,
                    found: "a node and an indicator called \(node.id)",
                    expected: "two names"
                )
            )
        }
        guard faults.isEmpty else { return faults }
        var walk = TreeWalk(definitions: definitions)
        walk.visit(first, depth: 0)
        faults += walk.faults
        for node in nodes {
            for child in node.children
            where definitions[child.id] == nil && panel.index(ofIndicator: child.id) == nil {
                let hint = nearest(to: child.id, among: panel.indicators + nodes.map(\.id))
                faults.append(
                    .index(
                        "index-unknown-indicator",
                        line: child.line,
                        found: "\(child.id) under \(node.id)",
                        expected: "an indicator with scores, or a node",
                        hint: hint.map { "did you mean \($0)?" } ?? "normalise it, or take it out of the tree"
                    )
                )
            }
        }
        return faults + orphans(besides: walk.visited, definitions: definitions)
    }

    /// The nodes that the index does not reach: those in a circle of their own, and those below no node.
    private func orphans(besides visited: Set<String>, definitions: [String: IndexNode]) -> [Finding] {
        var faults: [Finding] = []
        var known = visited
        let below = Set(nodes.flatMap(\.children).map(\.id))
        for node in nodes where !known.contains(node.id) && !below.contains(node.id) {
            faults.append(
                .index(
                    "index-orphan",
                    line: node.line,
                    found: "\(node.id), which is no child of any node",
                    expected: "a node above it; only the first node, \(nodes[0].id), is the index itself"
                )
            )
            var walk = TreeWalk(definitions: definitions, visited: known)
            walk.visit(node, depth: 0)
            faults += walk.faults
            known = walk.visited
        }
        for node in nodes where !known.contains(node.id) {
            var walk = TreeWalk(definitions: definitions, visited: known)
            walk.visit(node, depth: 0)
            faults += walk.faults
            known = walk.visited
        }
        return faults
    }

    private func faults(of node: IndexNode, at position: Int) -> [Finding] {
        var faults: [Finding] = []
        func refuse(_ code: String, _ found: String, _ expected: String, _ hint: String = "") {
            faults.append(.index(code, line: node.line, found: "\(node.id): \(found)", expected: expected, hint: hint))
        }
        if node.children.isEmpty { refuse("index-childless", "no children", "at least one") }
        for child in node.children {
            if let weight = child.weight, !(0...1e100).contains(weight) || (weight > 0 && weight < 1e-100) {
                refuse("index-bad-weight", "weight \(weight) of \(child.id)", "0, or a number from 1e-100 to 1e100")
            }
        }
        // What holds for many nodes is judged once.
        for methods in [node.methods] + (position == 0 ? [standard] + levels : []) {
            if let coverage = methods.minimumCoverage, !(0...1).contains(coverage) {
                refuse("index-bad-coverage", "minimum coverage \(coverage)", "a share from 0 to 1")
            }
            if let fault = methods.aggregation?.fault(childCount: nil) {
                refuse("index-bad-aggregation", fault.found, fault.expected)
            }
        }
        return faults + methodFaults(of: node)
    }

    /// What the methods that hold for a node make impossible with its children.
    private func methodFaults(of node: IndexNode) -> [Finding] {
        var faults: [Finding] = []
        func refuse(_ code: String, _ found: String, _ expected: String) {
            faults.append(.index(code, line: node.line, found: "\(node.id): \(found)", expected: expected))
        }
        let methods = methods(of: node, level: level(of: node))
        if node.methods.aggregation?.fault(childCount: nil) == nil,
            let fault = methods.aggregation.fault(childCount: node.children.count)
        {
            refuse("index-bad-aggregation", fault.found, fault.expected)
        }
        if case .benefitOfTheDoubt = methods.aggregation, case .failure(let missing) = LinearSolver.found {
            faults.append(.index(solverMissing: missing, line: node.line, node: node.id))
        }
        switch methods.weighting {
        case .given:
            for child in node.children where child.weight == nil {
                refuse("index-weight-absent", "no weight of \(child.id)", "one for each child")
            }
            if !node.children.isEmpty, node.children.allSatisfy({ $0.weight == 0 }) {
                refuse("index-zero-weights", "weights that add up to 0", "at least one above 0")
            }
        case .population:
            for child in node.children where child.denominator == nil {
                refuse("index-weight-absent", "no denominator of \(child.id)", "one for each child")
            }
            if !methods.aggregation.takesWeightsByPlace {
                refuse(
                    "index-bad-aggregation",
                    "\(methods.aggregation.text) of children weighted by population",
                    "a mean, since the weights differ by place"
                )
            }
        case .equalCorrelations:
            if !methods.aggregation.isMean {
                refuse(
                    "index-bad-aggregation",
                    "\(methods.aggregation.text) with weights that equalise correlations",
                    "an arithmetic, geometric, harmonic or power mean"
                )
            }
        case .equal, .principalComponent, .squaredLoadings: break
        }
        return faults
    }

    /// The distance of a node from the top; that at which the search was given up where it goes in circles.
    private func level(of node: IndexNode) -> Int {
        var level = 0
        var id = node.id
        while let parent = nodes.first(where: { $0.children.contains { $0.id == id } }), level < Self.depthLimit {
            id = parent.id
            level += 1
        }
        return level
    }
}

/// Goes through a tree from above, and finds circles and what is met twice.
private struct TreeWalk {
    let definitions: [String: IndexNode]
    /// What was met: nodes and indicators.
    var visited: Set<String> = []
    private(set) var faults: [Finding] = []
    private var path: [String] = []

    init(definitions: [String: IndexNode], visited: Set<String> = []) {
        self.definitions = definitions
        self.visited = visited
    }

    mutating func visit(_ node: IndexNode, depth: Int) {
        visited.insert(node.id)
        guard depth < IndexTree.depthLimit else {
            faults.append(
                .index(
                    "index-too-deep",
                    line: node.line,
                    found: "\(node.id) on level \(depth)",
                    expected: "at most \(IndexTree.depthLimit) levels"
                )
            )
            return
        }
        path.append(node.id)
        defer { path.removeLast() }
        for child in node.children {
            if let start = path.firstIndex(of: child.id) {
                let circle = (path[start...] + [child.id]).joined(separator: " > ")
                faults.append(
                    .index(
                        "index-cycle",
                        line: child.line,
                        found: circle,
                        expected: "a tree, in which no node is below itself"
                    )
                )
            } else if !visited.insert(child.id).inserted {
                faults.append(
                    .index(
                        "index-duplicate",
                        line: child.line,
                        found: "\(child.id) under \(node.id) and elsewhere",
                        expected: "one place in the tree for each node and indicator"
                    )
                )
            } else if let below = definitions[child.id] {
                visit(below, depth: depth + 1)
            }
        }
    }
}

extension Aggregation {
    /// What is wrong with the parameters for a node with so many children (`nil` to leave that out of account), `nil` where
    /// nothing is.
    func fault(childCount: Int?) -> (found: String, expected: String)? {
        switch self {
        case .geometric(let floor?) where !(floor > 0 && floor.isFinite),
            .harmonic(let floor?) where !(floor > 0 && floor.isFinite):
            return ("floor \(floor)", "a number above 0")
        case .power(let exponent) where exponent == 0 || !exponent.isFinite:
            return ("a power mean with exponent \(exponent)", "a number other than 0, of which the limit is geometric")
        case .mazziottaPareto(let method):
            if case .adjusted(.value(let reference)) = method.scale, !reference.isFinite {
                return ("reference \(reference)", "a number")
            }
            return nil
        case .benefitOfTheDoubt(let method): return method.fault(childCount: childCount)
        case .arithmetic, .geometric, .harmonic, .power, .copeland: return nil
        }
    }

    /// Whether the score of a place depends on its own children only, and smoothly on their weights.
    var isMean: Bool {
        switch self {
        case .arithmetic, .geometric, .harmonic, .power: true
        case .mazziottaPareto, .copeland, .benefitOfTheDoubt: false
        }
    }

    /// Whether each place may have weights of its own.
    var takesWeightsByPlace: Bool {
        switch self {
        case .arithmetic, .geometric, .harmonic, .power, .mazziottaPareto: true
        case .copeland, .benefitOfTheDoubt: false
        }
    }
}

extension BenefitOfTheDoubt {
    fileprivate func fault(childCount: Int?) -> (found: String, expected: String)? {
        if let minimumShare, !(0...1).contains(minimumShare) {
            return ("a least share of \(minimumShare)", "a share from 0 to 1")
        }
        if let maximumShare, !(maximumShare > 0 && maximumShare <= 1) {
            return ("a greatest share of \(maximumShare)", "a share above 0, up to 1")
        }
        guard let childCount, childCount > 0 else { return nil }
        if let minimumShare, minimumShare * Double(childCount) > 1 + 1e-12 {
            return ("a least share of \(minimumShare) for each of \(childCount)", "shares that fit into 1")
        }
        if let maximumShare, maximumShare * Double(childCount) < 1 - 1e-12 {
            return ("a greatest share of \(maximumShare) for each of \(childCount)", "shares that fill 1")
        }
        return nil
    }
}

extension Finding {
    /// What is wrong with an index; stops the run. The file is put in by `compose`.
    static func index(_ code: String, line: Int = 0, found: String, expected: String, hint: String = "") -> Finding {
        Finding(code: code, severity: .error, line: line, found: found, expected: expected, hint: hint)
    }

    /// A method needs the solver, and the machine has none.
    static func index(solverMissing missing: LinearSolver.Missing, line: Int, node: String) -> Finding {
        .index(
            "index-solver-missing",
            line: line,
            found: "\(node): benefit of the doubt, and no solver for it (\(missing.reason))",
            expected: "the library of COIN-OR's CLP",
            hint: "install it (Debian's package is coinor-libclp1), or choose another aggregation"
        )
    }
}

/// The word that shares the longest beginning with `word`, if that is at least half of it.
private func nearest(to word: String, among words: [String]) -> String? {
    let ranked = words.map { (length: zip($0, word).prefix { $0 == $1 }.count, word: $0) }
    guard let best = ranked.max(by: { ($0.length, $1.word) < ($1.length, $0.word) }) else { return nil }
    return best.length * 2 >= word.count ? best.word : nil
}
