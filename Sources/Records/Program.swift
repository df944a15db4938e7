/// Expressions over the columns of a file, typed and brought into the order in which they are worked out.
///
/// Instruction i writes register i and reads registers before it. Equal parts of different expressions are one
/// instruction. There is nothing to allocate while it runs.
struct Program: Sendable {
    enum Instruction: Hashable, Sendable {
        /// The field of a column asked for, as a number.
        case number(column: Int)
        case constant(Decimal)
        case boolean(Bool)
        /// Whether nothing stands in the column.
        case isMissing(column: Int)
        /// Whether the column holds this text, an index into ``Program/texts``.
        case holds(column: Int, text: Int)
        case holdsSame(column: Int, other: Int)
        case plus(Int, Int)
        case minus(Int, Int)
        case times(Int, Int)
        case over(Int, Int)
        case negated(Int)
        case absolute(Int)
        case smaller(Int, Int)
        case larger(Int, Int)
        case less(Int, Int)
        case equal(Int, Int)
        case and(Int, Int)
        case or(Int, Int)
        case not(Int)
        case choice(condition: Int, then: Int, otherwise: Int)
    }

    private(set) var instructions: [Instruction] = []
    private(set) var texts: [[UInt8]] = []
    /// The columns of the file that are asked for, in the order in which instructions count them.
    private(set) var columns: [Int] = []
    private var registers: [Instruction: Int] = [:]

    /// The register of an instruction, added where there is none like it.
    mutating func register(_ instruction: Instruction) -> Int {
        if let known = registers[instruction] { return known }
        instructions.append(instruction)
        registers[instruction] = instructions.count - 1
        return instructions.count - 1
    }

    /// The index among the columns asked for of the file's column.
    mutating func ask(for column: Int) -> Int {
        if let known = columns.firstIndex(of: column) { return known }
        columns.append(column)
        return columns.count - 1
    }

    mutating func text(_ text: String) -> Int {
        let bytes = Array(text.utf8)
        if let known = texts.firstIndex(of: bytes) { return known }
        texts.append(bytes)
        return texts.count - 1
    }
}
