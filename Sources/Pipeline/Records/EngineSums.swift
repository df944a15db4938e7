internal import Records

/// Records that an engine adds up: what it is told, and what its sums come to.
struct EngineSums {
    /// As messages and outputs name them all.
    var name: String
    private let statements: RecordSQL
    private let header: [String]

    /// - Parameters:
    ///   - files: Absolute paths, and addresses. The header is that of the first that lies here; addresses are taken to have
    ///     the columns that are named.
    ///   - order: What to work out.
    ///   - delimiter: What stands between fields.
    ///   - isSplittable: Whether no field holds a line break.
    /// - Throws: ``RecordError`` where a file cannot be read or the order does not fit it, or asks for what the engine cannot do.
    init(
        _ files: [RecordFile],
        order: RecordOrder,
        delimiter: UInt8,
        isSplittable: Bool
    ) throws(RecordError) {
        let header: [String]
        if let file = files.first(where: { !Paths.isAddress($0.path) }) {
            header = try readRecordHeader(file, delimiter: delimiter)
        } else {
            header = try order.columnsNamed()
        }
        self.header = header
        let plan = try RecordPlan(order, header: header)
        let inputs = files.map { Paths.isAddress($0.path) ? $0.path : "file://" + $0.path }
        name = files.count == 1 ? files[0].name : "\(files.count) inputs"
        statements = try RecordSQL(plan, inputs: inputs, delimiter: delimiter, isSplittable: isSplittable)
    }

    /// The statements that the engine is given.
    var sql: String { statements.text }

    /// What the lines of the engine come to: one account of all files, and cells without a first record.
    ///
    /// - Throws: ``RecordError`` where a line is none of the plan's, or tells of records that are to be refused.
    func reading(of lines: [String]) throws(RecordError) -> RecordReading {
        var reading = EngineReading(of: statements)
        for line in lines { try reading.take(line) }
        let (result, account) = try reading.finish()
        return RecordReading(
            result: result,
            files: [RecordReading.FileAccount(file: name, account: account)],
            header: header
        )
    }
}
