internal import CSVStream

extension RecordOrder {
    /// Every column that the order names, in the order in which it does: what stands in for a header that cannot be
    /// read here.
    ///
    /// - Throws: ``RecordError`` for an expression that is none.
    package func columnsNamed() throws(RecordError) -> [String] {
        var names = groupBy + [weight, strata, cluster].compactMap(\.self)
        var sources = measures.map { ($0.name, $0.formula) }
        if let filter { sources.append(("where", filter)) }
        for (name, source) in sources {
            do { names += try ExpressionParser.parse(source).columns } catch { throw RecordError(error, of: name) }
        }
        var known: Set<String> = []
        return names.filter { known.insert($0).inserted }
    }
}

extension Expression {
    fileprivate var columns: [String] {
        switch self {
        case .number, .text, .boolean: []
        case .column(let name, _): [name]
        case .unaryMinus(let inner, _), .not(let inner, _): inner.columns
        case .binary(_, let left, let right, _): left.columns + right.columns
        case .oneOf(let left, let items, _): left.columns + items.flatMap(\.columns)
        case .call(_, let arguments, _): arguments.flatMap(\.columns)
        }
    }
}

/// The header of a file, and no more of it.
///
/// - Throws: ``RecordError`` where the file cannot be read, or is empty.
package func readRecordHeader(_ file: RecordFile, delimiter: UInt8 = UInt8(ascii: ",")) throws(RecordError) -> [String]
{
    var header: [String] = []
    try readFieldBatches(
        path: file.path,
        options: CSVOptions(delimiter: delimiter),
        failingAs: { RecordError($0, file: file.name) },
        choosing: { found throws(RecordError) in
            header = found
            return []
        },
        { _ throws(RecordError) in false }
    )
    guard !header.isEmpty else {
        throw RecordError(
            code: "empty-file",
            file: file.name,
            problem: "the file is empty",
            expected: "a header and records"
        )
    }
    return header
}
