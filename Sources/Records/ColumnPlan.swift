/// Which sums are added up of whole columns, and how those that a ``RecordPlan`` asks for come of them.
///
/// Measures that look at all records share their sums: a record without a value for one of them is taken away again
/// from that one. A measure with a condition has its own.
struct ColumnPlan: Sendable {
    /// A sum of the weight to a power, times up to two numbers; `second` only where there is a `first`.
    struct Product: Hashable, Sendable {
        /// The domain whose own it is, `nil` where it goes over all records.
        var domain: Int?
        var weightPower: Int
        var first: Int?
        var second: Int?
    }

    private(set) var products: [Product] = []
    /// By term of the plan; `nil` where it counts records, which are counted anyway.
    private(set) var productOfTerm: [Int?] = []
    /// Registers whose product with the weight is needed beside others.
    private(set) var weighted: [Int] = []

    /// `nil` where an instruction has no form for columns.
    init?(_ plan: RecordPlan) {
        guard ColumnRegisters.canRun(plan.program), plan.program.instructions.count <= 1_024 else { return nil }
        for term in plan.terms {
            let numbers = [term.first, term.second].compactMap(\.self).sorted()
            guard term.weightPower > 0 || !numbers.isEmpty else {
                productOfTerm.append(nil)
                continue
            }
            let product = Product(
                domain: plan.domains[term.domain].condition == nil ? nil : term.domain,
                weightPower: term.weightPower,
                first: numbers.first,
                second: numbers.count > 1 ? numbers[1] : nil
            )
            if let known = products.firstIndex(of: product) {
                productOfTerm.append(known)
            } else {
                productOfTerm.append(products.count)
                products.append(product)
            }
            guard term.weightPower == 2 || (term.weightPower == 1 && numbers.count == 2) else { continue }
            for number in term.weightPower == 2 ? numbers : Array(numbers.prefix(1)) where !weighted.contains(number) {
                weighted.append(number)
            }
        }
    }
}
