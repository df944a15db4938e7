internal import CSVStream

/// What a program works out of a stretch of records, a column of whole numbers an instruction.
///
/// The values of a column have one unit: they stand for `value / 10^scale`. A value is 0 where there is none. The same
/// numbers come out as of ``Registers``, record by record, but where a number is doubtful: then ``Registers`` has to
/// look at the record.
@safe struct ColumnRegisters: ~Copyable, @unchecked Sendable {
    /// What stands in a place of a column.
    enum State {
        static let missing: UInt8 = 0
        static let present: UInt8 = 1
        /// It takes ``Registers`` to tell.
        static let doubtful: UInt8 = 2
    }

    /// A column as a whole.
    struct Shape {
        var scale = 0
        /// No value is 2 to this or more, nor less than its negative.
        var bits = 0
        /// Whether all values are present: then the states are not written.
        var isWhole = true
        /// No value is doubtful.
        var isSure = true
    }

    /// How many records a stretch has at most.
    static let capacity = 512
    /// No value takes more bits, so that none runs over.
    static let bitLimit = 62

    let program: Program
    /// The first places of each of ``Program/texts``, and how many bytes it has.
    let texts: [(word: UInt64, count: Int)]
    let markers: [[UInt8]]
    private let valueSpace: UnsafeMutablePointer<Int64>
    private let stateSpace: UnsafeMutablePointer<UInt8>
    let left: UnsafeMutablePointer<UInt32>
    let gatheredSpace: UnsafeMutablePointer<FieldBatch.Bounds>
    let powers: UnsafeMutablePointer<Int64>
    var shapes: [Shape]
    /// By column asked for: the most decimals that were met, and the most that are taken in.
    var scales: [Int]
    var scaleLimits: [Int]
    /// By column asked for: for how many stretches reading many numbers at once is not tried.
    var pauses: [Int]

    /// - Parameters:
    ///   - program: Of instructions that have a form for columns: see ``canRun(_:)``.
    ///   - markers: Texts that stand for a missing value, none of them empty.
    ///   - spare: How many columns to have beside those of the program.
    init(_ program: Program, markers: [[UInt8]], spare: Int) {
        self.program = program
        self.markers = markers
        texts = program.texts.map { text in
            (text.count > 8 ? 0 : text.reduce(0 as UInt64) { $0 >> 8 | UInt64($1) << 56 }, text.count)
        }
        let count = program.instructions.count + spare
        unsafe valueSpace = .allocate(capacity: max(1, count) * Self.capacity)
        unsafe stateSpace = .allocate(capacity: max(1, count) * Self.capacity)
        unsafe left = .allocate(capacity: Self.capacity)
        unsafe gatheredSpace = .allocate(capacity: Self.capacity)
        unsafe powers = .allocate(capacity: 19)
        shapes = .init(repeating: Shape(), count: count)
        scales = .init(repeating: 0, count: program.columns.count)
        scaleLimits = .init(repeating: NumberWords.scaleLimit, count: program.columns.count)
        pauses = .init(repeating: 0, count: program.columns.count)
        var power: Int64 = 1
        for exponent in 0..<19 {
            unsafe powers[exponent] = power
            if exponent < 18 { power *= 10 }
        }
        for index in program.instructions.indices { fillConstant(index) }
    }

    deinit {
        unsafe valueSpace.deallocate()
        unsafe stateSpace.deallocate()
        unsafe left.deallocate()
        unsafe gatheredSpace.deallocate()
        unsafe powers.deallocate()
    }

    /// Whether each instruction has a form for columns.
    static func canRun(_ program: Program) -> Bool {
        program.instructions.allSatisfy { instruction in
            switch instruction {
            case .over, .holdsSame: false
            case .constant(let number): Int64(exactly: number.mantissa).map { $0.magnitude >> 62 == 0 } ?? false
            default: true
            }
        }
    }

    func values(_ register: Int) -> UnsafeMutablePointer<Int64> { unsafe valueSpace + register * Self.capacity }
    func states(_ register: Int) -> UnsafeMutablePointer<UInt8> { unsafe stateSpace + register * Self.capacity }

    @inline(always)
    func state(_ register: Int, _ index: Int) -> UInt8 {
        unsafe shapes[register].isWhole ? State.present : states(register)[index]
    }

    /// Whether a condition holds.
    @inline(always)
    func isTrue(_ register: Int, _ index: Int) -> Bool {
        unsafe state(register, index) == State.present && values(register)[index] != 0
    }

    private func fillConstant(_ register: Int) {
        switch program.instructions[register] {
        case .constant(let number):
            unsafe values(register).update(repeating: Int64(number.mantissa), count: Self.capacity)
        case .boolean(let value): unsafe values(register).update(repeating: value ? 1 : 0, count: Self.capacity)
        default: break
        }
    }

    /// Works out the instructions of a range for records of a batch.
    ///
    /// - Parameters:
    ///   - range: In the order of the program; what it reads has been worked out.
    ///   - batch: Where the fields lie.
    ///   - rows: The records, by their number in the batch.
    ///   - count: How many.
    /// - Returns: Whether all values fit; else nothing of the range counts.
    mutating func run(
        _ range: Range<Int>,
        on batch: borrowing FieldBatch,
        rows: UnsafePointer<UInt32>,
        count: Int
    ) -> Bool {
        for register in range {
            guard unsafe run(register, on: batch, rows, count) else { return false }
        }
        return true
    }

    private mutating func run(
        _ register: Int,
        on batch: borrowing FieldBatch,
        _ rows: UnsafePointer<UInt32>,
        _ count: Int
    ) -> Bool {
        switch program.instructions[register] {
        case .number(let column): unsafe readNumbers(register, column, batch, rows, count)
        case .constant(let number):
            let bits = Int64.bitWidth - Int64(number.mantissa).magnitude.leadingZeroBitCount
            shapes[register] = Shape(scale: number.scale, bits: bits)
        case .boolean: shapes[register] = Shape(bits: 1)
        case .isMissing(let column):
            shapes[register] = Shape(bits: 1)
            for index in 0..<count {
                let isMissing = unsafe isMissing(batch.field(column, Int(rows[index])), batch)
                unsafe values(register)[index] = isMissing ? 1 : 0
            }
        case .holds(let column, let text): unsafe compareTexts(register, column, text, batch, rows, count)
        case .plus(let left, let right): return add(register, left, right, count, sign: 1)
        case .minus(let left, let right): return add(register, left, right, count, sign: -1)
        case .times(let left, let right): return multiply(register, left, right, count)
        case .negated(let inner): map(register, inner, count) { -$0 }
        case .absolute(let inner): map(register, inner, count) { abs($0) }
        case .smaller(let left, let right): return choose(register, left, right, count) { min($0, $1) }
        case .larger(let left, let right): return choose(register, left, right, count) { max($0, $1) }
        case .less(let left, let right): return compare(register, left, right, count) { $0 < $1 }
        case .equal(let left, let right): return compare(register, left, right, count) { $0 == $1 }
        case .and(let left, let right): connect(register, left, right, count, deciding: false)
        case .or(let left, let right): connect(register, left, right, count, deciding: true)
        case .not(let inner): map(register, inner, count) { $0 == 0 ? 1 : 0 }
        case .choice(let condition, let then, let otherwise):
            return branch(register, condition, then, otherwise, count)
        case .over, .holdsSame: preconditionFailure("an instruction without a form for columns")
        }
        return true
    }

    /// Moves what stands at some positions, which ascend, to the front of each register of a range.
    mutating func keep(_ positions: UnsafePointer<UInt32>, count: Int, in range: Range<Int>) {
        for register in range {
            switch program.instructions[register] {
            case .constant, .boolean: continue
            default: break
            }
            let (values, states) = unsafe (values(register), states(register))
            for index in 0..<count { unsafe values[index] = values[Int(positions[index])] }
            guard !shapes[register].isWhole else { continue }
            for index in 0..<count { unsafe states[index] = states[Int(positions[index])] }
        }
    }
}

extension ColumnRegisters {
    /// What stands in a place, where something does.
    func number(_ register: Int, _ index: Int) -> Decimal {
        unsafe Decimal(unchecked: Int128(values(register)[index]), scale: shapes[register].scale)
    }
}
