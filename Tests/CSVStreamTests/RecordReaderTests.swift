import CSVStream
import Testing

/// Bytes among which the troublesome ones are many; `isTame` leaves most of the trouble out, so that many records are
/// read before it comes.
private func hostileBytes(using numbers: inout SeededNumbers, isTame: Bool, count: Int) -> [UInt8] {
    let plain: [[UInt8]] = [
        [44], [44], [44], [10], [10], [97], [98, 99], [49, 46, 53], [0xE0, 0xB8, 0x81], [34, 97, 34, 44],
        [34, 34, 44], [44, 34, 97, 44, 10, 98, 34, 10], [10, 34, 34, 34, 34, 10], [13, 10],
        [10, 34, 97, 34, 34, 98, 34, 13, 10], [10, 10], [13, 10, 13, 10], [45, 55],
    ]
    let trouble: [[UInt8]] = [
        [34], [34, 97], [97, 34], [13], [0], [0xFF], [0xE0], [0xB8], [0xEF, 0xBB, 0xBF], [0xF0, 0x9F],
        [0xED, 0xA0, 0x80],
        [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80], [44, 34, 13, 34, 44], [34, 44, 34],
    ]
    var bytes: [UInt8] = Bool.random(using: &numbers) ? Array("a,b,c\n".utf8) : []
    let every = isTame ? 200 : 6
    for _ in 0..<count {
        let pieces = Int.random(in: 0..<every, using: &numbers) == 0 ? trouble : plain
        bytes += pieces.randomElement(using: &numbers) ?? []
    }
    return bytes
}

private func randomOptions(using numbers: inout SeededNumbers) -> CSVOptions {
    CSVOptions(
        isLenient: Int.random(in: 0..<4, using: &numbers) == 0,
        recordByteLimit: Int.random(in: 0..<4, using: &numbers) == 0
            ? Int.random(in: 1...60, using: &numbers) : 1 << 20,
        columnLimit: Int.random(in: 0..<4, using: &numbers) == 0 ? Int.random(in: 1...8, using: &numbers) : 1000,
        checksUTF8: Int.random(in: 0..<4, using: &numbers) != 0
    )
}

private func randomPlan(using numbers: inout SeededNumbers) -> ReadingPlan {
    ReadingPlan(
        threads: [1, 2, 3, 8].randomElement(using: &numbers),
        blockSize: Int.random(in: 1...(Bool.random(using: &numbers) ? 20 : 700), using: &numbers),
        carryLimit: Int.random(in: 0...200, using: &numbers),
        fieldCapacity: [64, 512, 4096].randomElement(using: &numbers) ?? 64,
        form: ScanForm.available.randomElement(using: &numbers) ?? .portable
    )
}

private func expectSame(
    _ found: RecordOutcome,
    _ expected: RecordOutcome,
    _ about: @autoclosure () -> String
) {
    #expect(found.error == expected.error, "\(about())")
    if expected.error == nil {
        #expect(found.header == expected.header, "\(about())")
        #expect(found.rows == expected.rows, "\(about())")
        #expect(found.records == expected.records, "\(about())")
    } else {
        // Records behind the error may have been read, on another thread.
        #expect(Array(found.rows.prefix(expected.rows.count)) == expected.rows, "\(about())")
    }
}

@Suite struct `The reader of record-level files` {
    @Test(arguments: 1...60)
    func `gives what libcsv gives on the same bytes, whatever blocks, threads and forms`(seed: Int) throws {
        var numbers = SeededNumbers(seed: seed)
        let file = try TemporaryFile()
        for round in 0..<30 {
            let size = Int.random(in: 0...(round.isMultiple(of: 4) ? 900 : 60), using: &numbers)
            let bytes = hostileBytes(using: &numbers, isTame: round.isMultiple(of: 2), count: size)
            let options = randomOptions(using: &numbers)
            let plan = randomPlan(using: &numbers)
            let columns = [2, 0, 5, 1].filter { _ in Int.random(in: 0..<4, using: &numbers) > 0 }
            let expected = expectedRecords(bytes, options: options, columns: columns)
            try file.write(bytes)
            let found = readRecords(path: file.path, options: options, plan: plan, columns: columns)
            expectSame(found, expected, "\(bytes) \(options) \(plan) \(columns)")
            let piped = try readPiped(bytes, options: options, plan: plan, columns: columns)
            expectSame(piped, expected, "piped \(bytes) \(options) \(plan) \(columns)")
        }
    }

    @Test(arguments: 1...8)
    func `reads well-formed files of many blocks alike`(seed: Int) throws {
        var numbers = SeededNumbers(seed: seed)
        var bytes = Array("id,province,\"weight\",note\r\n".utf8)
        for record in 0..<20_000 {
            let note = ["AIS", "\"say \"\"hi\"\"\"", "\"two\nlines, a comma\"", "หนองคาย", ""].randomElement(
                using: &numbers
            )
            bytes += Array("\(record),TH-\(10 + record % 77),\(record % 1000).2500,\(note ?? "")\n".utf8)
        }
        let file = try TemporaryFile(bytes)
        let expected = expectedRecords(bytes, options: CSVOptions(), columns: [1, 2, 3])
        #expect(expected.rows.count == 20_000)
        for form in ScanForm.available {
            let plan = ReadingPlan(threads: [1, 2, 3, 8][seed % 4], blockSize: 1 << (8 + seed), form: form)
            expectSame(readRecords(path: file.path, plan: plan, columns: [1, 2, 3]), expected, "\(plan)")
        }
    }

    @Test func `finds doubled quotes in records of many widths`() throws {
        // So many columns and so short records that a look ends in several batches.
        var numbers = SeededNumbers(seed: 7)
        var text = (0..<30).map { "c\($0)" }.joined(separator: ",") + "\n"
        for record in 0..<9_000 {
            let width = record.isMultiple(of: 700) ? 35 : Int.random(in: 1...4, using: &numbers)
            let fields = (0..<width).map { column in
                ["\(record)", "\"\"", "\"\"\"\"", "\"a \"\"b\"\" c\"", "\",\n\"\"\"", ""].randomElement(
                    using: &numbers
                ) ?? "\(column)"
            }
            text += fields.joined(separator: ",") + ["\n", "\n\n", "\r\n"][record / 3_000]
        }
        let columns = [29, 3, 0, 1] + Array(4..<29)
        let file = try TemporaryFile(Array(text.utf8))
        let expected = expectedRecords(Array(text.utf8), options: CSVOptions(), columns: columns)
        #expect(expected.error == nil && expected.rows.count > 8_000)
        for form in ScanForm.available {
            let found = readRecords(path: file.path, plan: ReadingPlan(form: form), columns: columns)
            expectSame(found, expected, "\(form)")
        }
    }

    @Test func `counts lines as libcsv does, for the places of errors`() throws {
        var text = "a,b\n"
        for record in 0..<2_000 { text += record.isMultiple(of: 3) ? "\"x\ny\",\(record)\n\n" : "z,\(record)\r\n" }
        let good = text
        text += "1,x\"y\n" + good
        let file = try TemporaryFile(Array(text.utf8))
        let expected = read(text)
        #expect(expected.error?.code == "stray-quote")
        for threads in [1, 2, 3, 8] {
            let found = readRecords(path: file.path, plan: ReadingPlan(threads: threads, blockSize: 700))
            #expect(found.error == expected.error)
        }
    }
}

@Suite struct `A record-level file` {
    @Test(arguments: [1, 2, 3, 8])
    func `that is empty, or has a header and no more, has no records`(threads: Int) throws {
        let plan = ReadingPlan(threads: threads)
        let empty = try TemporaryFile()
        #expect(readRecords(path: empty.path, plan: plan).header.isEmpty)
        let blank = try TemporaryFile(Array("\n\r\n\n".utf8))
        #expect(readRecords(path: blank.path, plan: plan).header.isEmpty)
        for text in ["a,b", "a,b\n", "\u{FEFF}a,b\r\n\r\n"] {
            let file = try TemporaryFile(Array(text.utf8))
            let outcome = readRecords(path: file.path, plan: plan)
            #expect(outcome.header == ["a", "b"] && outcome.rows.isEmpty && outcome.error == nil)
        }
    }

    @Test(arguments: [1, 2, 8])
    func `without a line break ends at the limit of a record`(threads: Int) throws {
        let file = try TemporaryFile(Array("a,b\n".utf8) + [UInt8](repeating: 120, count: 3 << 20))
        let outcome = readRecords(
            path: file.path,
            options: CSVOptions(recordByteLimit: 1 << 20),
            plan: ReadingPlan(threads: threads)
        )
        #expect(outcome.error == .recordTooLong(at: place(2, 2, 1, 4), limit: 1 << 20))
        let header = try TemporaryFile([UInt8](repeating: 120, count: 3 << 20))
        let long = readRecords(path: header.path, options: CSVOptions(recordByteLimit: 1 << 20))
        #expect(long.error == .recordTooLong(at: place(1, 1, 1, 0), limit: 1 << 20))
    }

    @Test func `with ragged records tells how many fields each has`() throws {
        let file = try TemporaryFile(Array("a,b,c\n1,2,3\n4\n5,6,7,8\n9,10,\n".utf8))
        let rows = readRecords(path: file.path, columns: [2, 0]).rows
        #expect(rows.map(\.fieldCount) == [3, 1, 4, 3])
        #expect(rows.map { $0.fields.map(\.text) } == [["3", "1"], ["", "4"], ["7", "5"], ["", "9"]])
        #expect(rows.map(\.fields[0].isMissing) == [false, true, false, true])
        #expect(rows.map(\.record) == [2, 3, 4, 5])
    }

    @Test func `with more columns than are found at once goes to libcsv`() throws {
        let wide = (0..<5_000).map(String.init).joined(separator: ",")
        let file = try TemporaryFile(Array("\(wide)\n\(wide)\n\(wide)\n".utf8))
        let plan = ReadingPlan(threads: 2, fieldCapacity: 64)
        let rows = readRecords(path: file.path, plan: plan, columns: [4_999, 0]).rows
        #expect(rows.map { $0.fields.map(\.text) } == [["4999", "0"], ["4999", "0"]])
    }

    @Test func `stops at the first failure of whoever takes its records, and tells where it stands`() throws {
        struct Refused: Error, Equatable { var record: Int }
        let file = try TemporaryFile(
            Array("a\n".utf8) + Array(String(repeating: "1\n", count: 9_999).utf8) + Array("x\n".utf8)
        )
        let reader = try RecordReader(path: file.path, plan: ReadingPlan(threads: 3, blockSize: 100))
        #expect(throws: Refused(record: 10_001)) {
            _ = try reader.read(
                columns: [0],
                failingAs: { _ in Refused(record: -1) },
                makeState: { 0 },
                consume: { (state: inout Int, batch: borrowing FieldBatch) throws(Refused) in
                    for index in 0..<batch.count {
                        let start = unsafe Int(batch.bounds[index].start)
                        if unsafe batch.bytes[start] == 120 { throw Refused(record: batch.firstRecord + index) }
                    }
                },
                gather: { _ in }
            )
        }
    }

    @Test func `is refused where it is none or not there`() {
        #expect(readRecords(path: "/tmp").error == .notAFile(kind: "a directory"))
        #expect(readRecords(path: "/tmp/none-such.csv").error == .noSuchFile)
        #expect(readRecords(path: "/dev/null").error == .notAFile(kind: "a device"))
    }

    @Test(arguments: ["grows", "shrinks", "is written anew"])
    func `that changes while it is read is refused`(how: String) throws {
        let text = Array("a\n".utf8) + Array(String(repeating: "1\n", count: 5_000).utf8)
        let file = try TemporaryFile(text)
        let reader = try RecordReader(path: file.path, plan: ReadingPlan(threads: 1, blockSize: 1_000))
        switch how {
        case "grows": try file.write(Array("2\n".utf8), mode: "a")
        case "shrinks": try file.write(Array(text.prefix(5_000)))
        default: try file.write(Array("b\n".utf8) + text.dropFirst(2))
        }
        #expect {
            _ = try reader.read(
                columns: [0],
                failingAs: { $0 },
                makeState: { 0 },
                consume: { (_: inout Int, _: borrowing FieldBatch) throws(CSVError) in },
                gather: { _ in }
            )
        } throws: { ($0 as? CSVError)?.code == "file-changed" }
    }
}
