/// An order held against the header of a file: which columns are read, what is worked out of each record, and which
/// sums are kept of each group.
package struct RecordPlan: Sendable {
    /// The records that a measure looks at: its condition holds, its value and divisor are there.
    struct Domain: Hashable, Sendable {
        var condition: Int?
        var value: Int?
        var divisor: Int?
    }

    /// A sum over the records of a domain: of the weight to a power, times up to two numbers.
    struct Term: Hashable, Sendable {
        var domain: Int
        var weightPower: Int
        var first: Int?
        var second: Int?
    }

    /// The values of a domain of which quantiles are asked for.
    struct Distributed: Hashable, Sendable {
        var domain: Int
        var value: Int
    }

    /// Where the sums of a measure are.
    struct MeasureSums: Sendable {
        var domain: Int
        /// The weighted sum of the value, or of ones.
        var numerator: Int?
        /// The weighted sum of the divisor, or of ones.
        var denominator: Int?
        /// Of the weights.
        var weights: Int?
        /// Of squares and products of value and divisor, weighted once: how much the values vary.
        var spread: Products?
        /// The same with squared weights: the variance where each record is its own cluster.
        var variance: Products?
        /// Among the extremes, or among the distributions.
        var position: Int?
    }

    struct Products: Sendable {
        var valueValue: Int
        var valueDivisor: Int?
        var divisorDivisor: Int?
    }

    package let order: RecordOrder
    package let header: [String]
    /// The columns of the file to ask the reader for, counted from 0.
    package var columns: [Int] { program.columns }

    private(set) var program = Program()
    /// The instructions of the filter, and those of everything else, which run only where the filter lets pass.
    let filterRange: Range<Int>
    let valueRange: Range<Int>
    let filter: Int?
    let weight: Int?
    /// Among the columns asked for, as are the next.
    let keys: [Int]
    let strata: Int?
    let cluster: Int?
    let measures: [Measure]
    private(set) var domains: [Domain] = []
    private(set) var terms: [Term] = []
    private(set) var sums: [MeasureSums] = []
    private(set) var extremeCount = 0
    private(set) var distributions: [Distributed] = []
    var distributionCount: Int { distributions.count }

    /// - Throws: ``RecordError`` where a column is not in the header, or an expression does not fit.
    package init(_ order: RecordOrder, header: [String]) throws(RecordError) {
        self.order = order
        self.header = header
        guard !order.measures.isEmpty else {
            throw RecordError(
                code: "no-measure",
                problem: "there is nothing to work out",
                expected: "at least one measure"
            )
        }
        guard Set(order.measures.map(\.name)).count == order.measures.count else {
            throw RecordError(
                code: "duplicate-measure",
                problem: "two measures have one name",
                expected: "names of their own"
            )
        }
        guard Set(order.groupBy).count == order.groupBy.count else {
            throw RecordError(
                code: "duplicate-key",
                problem: "a column is named twice to group by",
                expected: "each column once"
            )
        }
        var program = Program()
        func column(_ name: String, _ role: String) throws(RecordError) -> Int {
            try Self.reading(role) { () throws(ExpressionError) in
                try Compiler(source: name, header: header).column(name, 0..<name.count, in: &program)
            }
        }
        filter = try order.filter.map { source throws(RecordError) in
            try Self.reading("where") { () throws(ExpressionError) in
                try Compiler(source: source, header: header)
                    .condition(ExpressionParser.parse(source), in: &program)
            }
        }
        filterRange = 0..<program.instructions.count
        weight = try order.weight.map { name throws(RecordError) in
            program.register(.number(column: try column(name, "weight")))
        }
        measures = try order.measures.map { named throws(RecordError) in
            try Self.reading(named.name) { () throws(ExpressionError) in
                try Measure(named, header: header, in: &program)
            }
        }
        valueRange = filterRange.upperBound..<program.instructions.count
        keys = try order.groupBy.map { name throws(RecordError) in try column(name, "group_by") }
        strata = try order.strata.map { name throws(RecordError) in try column(name, "strata") }
        cluster = try order.cluster.map { name throws(RecordError) in try column(name, "cluster") }
        for name in order.totalsOver ?? [] where !order.groupBy.contains(name) {
            throw RecordError(
                code: "unknown-key",
                problem: "totals over `\(name)`, by which nothing is grouped",
                expected: "one of " + order.groupBy.joined(separator: ", ")
            )
        }
        self.program = program
        for measure in measures { sums.append(sums(of: measure)) }
    }

    private static func reading<Result>(
        _ name: String,
        _ body: () throws(ExpressionError) -> Result
    ) throws(RecordError) -> Result {
        do { return try body() } catch { throw RecordError(error, of: name) }
    }

    private mutating func domain(_ domain: Domain) -> Int {
        if let known = domains.firstIndex(of: domain) { return known }
        domains.append(domain)
        return domains.count - 1
    }

    private mutating func term(_ term: Term) -> Int {
        var term = term
        if weight == nil { term.weightPower = 0 }
        if let known = terms.firstIndex(of: term) { return known }
        terms.append(term)
        return terms.count - 1
    }

    private mutating func sums(of measure: Measure) -> MeasureSums {
        let domain = domain(Domain(condition: measure.condition, value: measure.value, divisor: measure.divisor))
        var sums = MeasureSums(domain: domain)
        switch measure.kind {
        case .count: return sums
        case .smallest, .largest:
            sums.position = extremeCount
            extremeCount += 1
            return sums
        case .quantile:
            guard let value = measure.value else { return sums }
            // Quantiles of the same values are read from the same weights.
            let distributed = Distributed(domain: domain, value: value)
            if let known = distributions.firstIndex(of: distributed) {
                sums.position = known
            } else {
                sums.position = distributionCount
                distributions.append(distributed)
            }
            return sums
        case .weightedCount, .sum:
            sums.numerator = term(Term(domain: domain, weightPower: 1, first: measure.value))
        case .mean, .share, .ratio:
            sums.numerator = term(Term(domain: domain, weightPower: 1, first: measure.value))
            sums.denominator = term(Term(domain: domain, weightPower: 1, first: measure.divisor))
        }
        guard order.hasDesign else { return sums }
        sums.weights = term(Term(domain: domain, weightPower: 1))
        // The spread of a total is about the mean, whose divisor counts the weights.
        let hasDivisor = measure.kind != .weightedCount
        func products(_ power: Int) -> Products {
            Products(
                valueValue: term(Term(domain: domain, weightPower: power, first: measure.value, second: measure.value)),
                valueDivisor: hasDivisor
                    ? term(Term(domain: domain, weightPower: power, first: measure.value, second: measure.divisor))
                    : nil,
                divisorDivisor: hasDivisor
                    ? term(Term(domain: domain, weightPower: power, first: measure.divisor, second: measure.divisor))
                    : nil
            )
        }
        if measure.kind != .weightedCount { sums.spread = products(1) }
        if cluster == nil { sums.variance = products(2) }
        return sums
    }
}
