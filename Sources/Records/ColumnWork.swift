internal import CSVStream

/// What a ``RecordAggregation`` works with that takes in records by columns: a stretch of them, and the sums so far.
@safe struct ColumnWork: ~Copyable, @unchecked Sendable {
    /// The one or two columns whose values are multiplied with each other and added up.
    @safe struct Factors {
        var first: UnsafePointer<Int64>
        var second: UnsafePointer<Int64>?
        /// No product is 2 to this or more, nor less than its negative.
        var bits: Int

        @inline(always)
        subscript(index: Int) -> Int128 {
            let value = unsafe Int128(first[index])
            guard let second = unsafe second else { return value }
            return unsafe value &* Int128(second[index])
        }
    }

    let plan: ColumnPlan
    var registers: ColumnRegisters
    var sums: CellSums
    /// By product, what its sums count in, negative before there are any.
    var scales: [Int]
    var extremeScales: [Int]
    var factors: [Factors] = []
    /// How many records the sums hold.
    var taken = 0

    let keyCaches: [KeyCache]
    let groupGrids: [PairGrid]
    let strataCache = KeyCache()
    let clusterCache = KeyCache()
    let clusterGrid = PairGrid()
    let cellGrid = PairGrid()

    /// The records in hand, by their number in the batch.
    let rows: UnsafeMutablePointer<UInt32>
    var rowCount = 0
    /// Those filtered out.
    let filtered: UnsafeMutablePointer<UInt32>
    var filteredCount = 0
    /// Those that have to be looked at one by one.
    var doubtful: [Int] = []
    /// Positions among the records in hand.
    let positions: UnsafeMutablePointer<UInt32>
    let keys: UnsafeMutablePointer<UInt32>
    let units: UnsafeMutablePointer<UInt32>
    let cells: UnsafeMutablePointer<UInt32>

    /// Products of fewer bits can be added up as often as ``takenLimit`` says.
    static let productBitLimit = 94
    static let takenLimit = 1 << 31

    /// `nil` where the plan has no form for columns.
    init?(_ plan: RecordPlan) {
        guard let columns = ColumnPlan(plan) else { return nil }
        self.plan = columns
        let markers = plan.order.missing.filter { !$0.isEmpty }.map { Array($0.utf8) }
        registers = ColumnRegisters(plan.program, markers: markers, spare: columns.weighted.count)
        sums = CellSums(width: columns.products.count, extremeWidth: plan.extremeCount)
        scales = .init(repeating: -1, count: columns.products.count)
        extremeScales = .init(repeating: -1, count: plan.extremeCount)
        keyCaches = plan.keys.map { _ in KeyCache() }
        groupGrids = plan.keys.map { _ in PairGrid() }
        let capacity = ColumnRegisters.capacity
        unsafe rows = .allocate(capacity: capacity)
        unsafe filtered = .allocate(capacity: capacity)
        unsafe positions = .allocate(capacity: capacity)
        unsafe keys = .allocate(capacity: capacity)
        unsafe units = .allocate(capacity: capacity)
        unsafe cells = .allocate(capacity: capacity)
        unsafe units.initialize(repeating: 0, count: capacity)
    }

    deinit {
        unsafe rows.deallocate()
        unsafe filtered.deallocate()
        unsafe positions.deallocate()
        unsafe keys.deallocate()
        unsafe units.deallocate()
        unsafe cells.deallocate()
    }

    /// Only the records at some positions, which ascend, stay in hand.
    mutating func keep(_ count: Int, in range: Range<Int>) {
        for index in 0..<count { unsafe rows[index] = rows[Int(positions[index])] }
        unsafe registers.keep(positions, count: count, in: range)
        rowCount = count
    }

    /// Lists the positions of the records in hand that a domain looks at.
    func list(_ domain: RecordPlan.Domain) -> Int {
        var count = 0
        for index in 0..<rowCount where isPresent(domain, index) {
            unsafe positions[count] = UInt32(truncatingIfNeeded: index)
            count &+= 1
        }
        return count
    }

    @inline(always)
    func isPresent(_ domain: RecordPlan.Domain, _ index: Int) -> Bool {
        if let condition = domain.condition, !registers.isTrue(condition, index) { return false }
        if let value = domain.value, registers.state(value, index) != ColumnRegisters.State.present { return false }
        if let divisor = domain.divisor, registers.state(divisor, index) != ColumnRegisters.State.present {
            return false
        }
        return true
    }

    /// Whether each record in hand has what a domain without a condition needs.
    func isWhole(_ domain: RecordPlan.Domain) -> Bool {
        [domain.value, domain.divisor].allSatisfy { $0.map { registers.shapes[$0].isWhole } ?? true }
    }

    /// Adds up one sum over all records in hand, by their cells.
    mutating func addAll(_ factors: Factors, to sum: Int) {
        let (width, cells, first) = unsafe (sums.width, UnsafePointer(cells), factors.first)
        if sums.makeRoom(in: sum, for: rowCount, bits: factors.bits) {
            let row = unsafe sums.parts + sum
            if let second = unsafe factors.second {
                for index in 0..<rowCount {
                    unsafe row[Int(cells[index]) &* width] &+= first[index] &* second[index]
                }
            } else {
                for index in 0..<rowCount { unsafe row[Int(cells[index]) &* width] &+= first[index] }
            }
            return
        }
        let row = unsafe sums.sums + sum
        if let second = unsafe factors.second {
            for index in 0..<rowCount {
                let product = unsafe Int128(first[index]) &* Int128(second[index])
                unsafe row[Int(cells[index]) &* width] &+= product
            }
        } else {
            for index in 0..<rowCount { unsafe row[Int(cells[index]) &* width] &+= Int128(first[index]) }
        }
    }

    /// Adds up one sum over the records at the first so many positions.
    func addListed(_ count: Int, _ factors: Factors, to sum: Int) {
        let (width, cells) = unsafe (sums.width, UnsafePointer(cells))
        let row = unsafe sums.sums + sum
        for index in 0..<count {
            let position = unsafe Int(positions[index])
            unsafe row[Int(cells[position]) &* width] &+= factors[position]
        }
    }

    func keepExtremes(_ count: Int, _ register: Int, at position: Int, least: Bool) {
        let (width, values) = unsafe (sums.extremeWidth, UnsafePointer(registers.values(register)))
        for index in 0..<count {
            let place = unsafe Int(positions[index])
            let extreme = unsafe sums.extremes + (Int(cells[place]) &* width &+ position)
            let (known, value) = unsafe (extreme.pointee, values[place])
            if known == CellSums.noExtreme || (least ? value < known : value > known) {
                unsafe extreme.pointee = value
            }
        }
    }
}

/// What the sums are made of.
extension ColumnWork {
    /// Works out the columns whose products are added up.
    ///
    /// - Returns: Whether all of them leave room; else nothing may be added up of this stretch.
    mutating func prepare(weight: Int?) -> Bool {
        for (index, register) in plan.weighted.enumerated() {
            guard let weight, registers.multiply(weightedRegister(index), weight, register, rowCount) else {
                return false
            }
        }
        factors.removeAll(keepingCapacity: true)
        for product in plan.products {
            let (first, second) = registers(of: product, weight)
            guard let first else { return false }
            let bits = registers.shapes[first].bits + (second.map { registers.shapes[$0].bits } ?? 0)
            guard bits <= Self.productBitLimit else { return false }
            factors.append(
                unsafe Factors(
                    first: UnsafePointer(registers.values(first)),
                    second: second.map { unsafe UnsafePointer(registers.values($0)) },
                    bits: bits
                )
            )
        }
        return true
    }

    /// What a product's sums count in.
    func scale(of product: ColumnPlan.Product, _ weight: Int?) -> Int {
        let (first, second) = registers(of: product, weight)
        return (first.map { registers.shapes[$0].scale } ?? 0) + (second.map { registers.shapes[$0].scale } ?? 0)
    }

    private func weightedRegister(_ index: Int) -> Int { registers.program.instructions.count + index }

    /// The register of a number times the weight, `nil` where it is not worked out.
    private func weighted(_ register: Int) -> Int? {
        plan.weighted.firstIndex(of: register).map { weightedRegister($0) }
    }

    /// The registers whose product it is.
    private func registers(of product: ColumnPlan.Product, _ weight: Int?) -> (Int?, Int?) {
        switch (product.weightPower, product.first, product.second) {
        case (0, let first, let second): (first, second)
        case (1, nil, _): (weight, nil)
        case (1, let first?, nil): weighted(first).map { ($0, nil) } ?? (weight, first)
        case (1, let first?, let second?): (weighted(first), second)
        case (_, nil, _): (weight, weight)
        case (_, let first?, nil): (weighted(first), weight)
        case (_, let first?, let second?): (weighted(first), weighted(second))
        }
    }
}
