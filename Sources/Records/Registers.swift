internal import CSVStream

/// What a program has worked out of one record, a register an instruction.
struct Registers {
    /// What a register holds.
    enum State: UInt8 {
        case missing
        /// A number, or a condition that holds where it is not zero.
        case present
        /// The field is no number, or of too many digits.
        case unreadable
        /// A number came out of more digits than we keep, or was divided by zero.
        case outOfRange
        case dividedByZero
    }

    struct Register {
        var number = Decimal(0)
        var state = State.missing

        var isFaulty: Bool { state.rawValue > State.present.rawValue }
        var isTrue: Bool { state == .present && number.mantissa != 0 }
        var isFalse: Bool { state == .present && number.mantissa == 0 }
    }

    private let program: Program
    /// Texts that stand for a missing value.
    private let markers: [[UInt8]]
    private var registers: [Register]

    init(_ program: Program, markers: [String]) {
        self.program = program
        self.markers = markers.filter { !$0.isEmpty }.map { Array($0.utf8) }
        registers = .init(repeating: Register(), count: program.instructions.count)
    }

    subscript(index: Int) -> Register { registers[index] }

    /// Works out the instructions of a range for one record of a batch.
    @inline(always)
    mutating func run(_ range: Range<Int>, on batch: borrowing FieldBatch, record: Int) {
        for index in range { registers[index] = result(of: program.instructions[index], batch, record) }
    }

    /// The first column asked for whose field is at fault, `nil` where the fault came of calculating.
    func faultyColumn(among range: Range<Int>) -> Int? {
        for index in range where registers[index].state == .unreadable {
            if case .number(let column) = program.instructions[index] { return column }
        }
        return nil
    }

    @inline(always)
    private func result(of instruction: Program.Instruction, _ batch: borrowing FieldBatch, _ record: Int) -> Register {
        switch instruction {
        case .number(let column): return field(column, batch, record)
        case .constant(let number): return Register(number: number, state: .present)
        case .boolean(let value): return Self.condition(value)
        case .isMissing(let column): return Self.condition(isMissing(batch.field(column, record), batch))
        case .holds(let column, let text):
            let bounds = batch.field(column, record)
            if isMissing(bounds, batch) { return Register() }
            return Self.condition(
                unsafe program.texts[text].withUnsafeBufferPointer { unsafe batch.holds($0, at: bounds) }
            )
        case .holdsSame(let column, let other):
            let (first, second) = (batch.field(column, record), batch.field(other, record))
            if isMissing(first, batch) || isMissing(second, batch) { return Register() }
            let bytes = batch.bytes(at: second)
            return Self.condition(unsafe bytes.withUnsafeBufferPointer { unsafe batch.holds($0, at: first) })
        case .plus(let left, let right): return calculating(left, right, Decimal.plus)
        case .minus(let left, let right): return calculating(left, right) { Decimal.plus($0, $1.negated) }
        case .times(let left, let right): return calculating(left, right, Decimal.times)
        case .over(let left, let right):
            let result = calculating(left, right, Decimal.quotient)
            guard result.state == .outOfRange, registers[right].number.mantissa == 0 else { return result }
            return Register(state: .dividedByZero)
        case .negated(let inner):
            var register = registers[inner]
            register.number = register.number.negated
            return register
        case .absolute(let inner):
            var register = registers[inner]
            register.number = register.number.absolute
            return register
        case .smaller(let left, let right): return calculating(left, right) { Decimal.isLess($1, $0) ? $1 : $0 }
        case .larger(let left, let right): return calculating(left, right) { Decimal.isLess($0, $1) ? $1 : $0 }
        case .less(let left, let right): return comparing(left, right, Decimal.isLess)
        case .equal(let left, let right): return comparing(left, right, Decimal.isEqual)
        default: return connective(instruction)
        }
    }

    private static func condition(_ value: Bool) -> Register {
        Register(number: Decimal(value ? 1 : 0), state: .present)
    }

    /// Three-valued, as in SQL: what is false whatever a missing or faulty side would be is false.
    private func connective(_ instruction: Program.Instruction) -> Register {
        switch instruction {
        case .and(let left, let right):
            let (first, second) = (registers[left], registers[right])
            if first.isFalse || second.isFalse { return Self.condition(false) }
            return Self.worse(first, second)
        case .or(let left, let right):
            let (first, second) = (registers[left], registers[right])
            if first.isTrue || second.isTrue { return Self.condition(true) }
            return Self.worse(first, second)
        case .not(let inner):
            let register = registers[inner]
            return register.state == .present ? Self.condition(register.isFalse) : register
        case .choice(let condition, let then, let otherwise):
            let register = registers[condition]
            guard register.state == .present else { return register }
            return registers[register.isTrue ? then : otherwise]
        default: return Register()
        }
    }

    private static func worse(_ first: Register, _ second: Register) -> Register {
        if first.isFaulty { return first }
        if second.isFaulty { return second }
        return first.state == .missing ? first : second
    }

    @inline(always)
    private func calculating(_ left: Int, _ right: Int, _ operation: (Decimal, Decimal) -> Decimal?) -> Register {
        let (first, second) = (registers[left], registers[right])
        guard first.state == .present, second.state == .present else { return Self.worse(first, second) }
        guard let number = operation(first.number, second.number) else { return Register(state: .outOfRange) }
        return Register(number: number, state: .present)
    }

    @inline(always)
    private func comparing(_ left: Int, _ right: Int, _ comparison: (Decimal, Decimal) -> Bool) -> Register {
        let (first, second) = (registers[left], registers[right])
        guard first.state == .present, second.state == .present else { return Self.worse(first, second) }
        return Self.condition(comparison(first.number, second.number))
    }

    private func isMissing(_ bounds: FieldBatch.Bounds, _ batch: borrowing FieldBatch) -> Bool {
        if bounds.length == 0 { return true }
        for marker in markers where unsafe marker.withUnsafeBufferPointer({ unsafe batch.holds($0, at: bounds) }) {
            return true
        }
        return false
    }

    @inline(always)
    private func field(_ column: Int, _ batch: borrowing FieldBatch, _ record: Int) -> Register {
        let bounds = batch.field(column, record)
        if !markers.isEmpty, isMissing(bounds, batch) { return Register() }
        if let (mantissa, scale) = unsafe NumberBytes.short(batch.bytes + Int(bounds.start), count: bounds.length) {
            return Register(number: Decimal(unchecked: Int128(mantissa), scale: scale), state: .present)
        }
        if bounds.length == 0 { return Register() }
        switch unsafe batch.bytes(at: bounds).withUnsafeBufferPointer({ unsafe NumberBytes.read($0) }) {
        case .number(let number): return Register(number: number, state: .present)
        case .missing: return Register()
        case .unreadable, .tooLong: return Register(state: .unreadable)
        }
    }
}

extension FieldBatch {
    /// The bounds of a field: column as asked for, record of the batch, both counted from 0.
    @inline(always)
    borrowing func field(_ column: Int, _ record: Int) -> Bounds {
        unsafe bounds[column * stride + record]
    }

    /// Whether a field's text, quotes inside it single, is exactly these bytes.
    @inline(always)
    borrowing func holds(_ text: UnsafeBufferPointer<UInt8>, at field: Bounds) -> Bool {
        if field.isEscaped { return unsafe bytes(at: field).elementsEqual(text) }
        guard field.length == text.count else { return false }
        let start = unsafe bytes + Int(field.start)
        for index in 0..<text.count where unsafe start[index] != text[index] { return false }
        return true
    }

    /// A copy of a field's text, quotes inside it single.
    borrowing func bytes(at field: Bounds) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(field.length)
        let start = unsafe bytes + Int(field.start)
        var index = 0
        while index < field.length {
            copy.append(unsafe start[index])
            // The byte behind a quote inside an escaped field is its double.
            if field.isEscaped, unsafe start[index] == UInt8(ascii: "\"") { index += 1 }
            index += 1
        }
        return copy
    }
}
