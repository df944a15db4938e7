import Glibc

/// The workers on one input, what each gathers, and where the first of their failures stands.
@safe final class RangeCrew<State: ~Copyable, Failure: Error>: @unchecked Sendable {
    typealias Consume = @Sendable (inout State, borrowing FieldBatch) throws(Failure) -> Void

    private let source: RecordSource
    private let options: CSVOptions
    private let plan: ReadingPlan
    private let columns: [Int]
    private let width: Int
    private let start: Int
    private let headerLines: Int
    private let progress: (@Sendable (Int) -> Void)?
    private let queue = RangeQueue()
    private let chain: RangeChain
    private let ledger = RangeLedger()
    private let states: UnsafeMutablePointer<State>
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    /// Whose states are there.
    private var finished: [Int] = []
    private var failure: Stop?

    private struct Stop {
        var ticket: Int
        /// The block from whose beginning the place counts.
        var origin: Int
        var reason: Interrupted<Failure>
    }

    /// What a worker reads into: room for what the block before hands on, and the block.
    @safe private struct Block {
        let ticket: Int
        let space: UnsafeMutableRawBufferPointer
        var count = 0
        var quotes = 0
        var isEnd = false
    }

    init(
        _ reader: borrowing RecordReader,
        columns: [Int],
        workers: Int,
        progress: (@Sendable (Int) -> Void)?
    ) {
        source = reader.source
        options = reader.options
        plan = reader.plan
        self.columns = columns
        width = reader.header.count
        start = reader.start
        headerLines = reader.headerLines
        self.progress = progress
        source.putBack(reader.ahead)
        chain = RangeChain(offset: start, capacity: plan.carryLimit)
        unsafe states = .allocate(capacity: workers)
        unsafe lock = .allocate(capacity: 1)
        unsafe lock.initialize(to: pthread_mutex_t())
        let made = unsafe pthread_mutex_init(lock, nil)
        precondition(made == 0, "no lock can be made")
    }

    deinit {
        for index in finished { unsafe (states + index).deinitialize(count: 1) }
        unsafe states.deallocate()
        unsafe pthread_mutex_destroy(lock)
        unsafe lock.deallocate()
    }

    /// Works on blocks as long as there are any.
    func work(_ index: Int, _ makeState: () -> State, _ consume: Consume) {
        let state = unsafe states + index
        unsafe state.initialize(to: makeState())
        var reader = RangeReader(
            options: options,
            columns: columns,
            width: width,
            form: plan.form,
            capacity: plan.fieldCapacity
        )
        let space = UnsafeMutableRawBufferPointer.allocate(byteCount: plan.carryLimit + plan.blockSize, alignment: 64)
        defer { unsafe space.deallocate() }
        while let ticket = queue.take() {
            var origin = ticket
            do throws(Interrupted<Failure>) {
                try unsafe work(on: Block(ticket: ticket, space: space), &origin, &reader, state, consume)
            } catch {
                stop(Stop(ticket: ticket, origin: origin, reason: error))
            }
        }
        unsafe pthread_mutex_lock(lock)
        finished.append(index)
        unsafe pthread_mutex_unlock(lock)
    }

    private func stop(_ stop: Stop) {
        queue.end(at: stop.ticket)
        unsafe pthread_mutex_lock(lock)
        if stop.ticket < failure?.ticket ?? .max { failure = stop }
        unsafe pthread_mutex_unlock(lock)
    }

    /// What came of it, once all workers have returned.
    func outcome(
        _ wrap: (CSVError) -> Failure,
        _ placing: (Failure, Int) -> Failure,
        _ gather: (consuming State) -> Void
    ) throws(Failure) -> ReadingTotal {
        let entries = ledger.allEntries()
        if let failure {
            let before = ReadingTotal(Array(entries.prefix(failure.origin)), headerLines: headerLines, end: 0)
            switch failure.reason {
            case .csv(let error): throw wrap(error.shifted(records: before.records, lines: before.lines))
            case .body(let error): throw placing(error, before.records)
            }
        }
        do throws(CSVError) { try source.refuseChange() } catch { throw wrap(error) }
        while let index = finished.popLast() { gather(unsafe (states + index).move()) }
        return ReadingTotal(entries, headerLines: headerLines, end: chain.end)
    }
}

extension RangeCrew where State: ~Copyable {
    private func work(
        on taken: Block,
        _ origin: inout Int,
        _ reader: inout RangeReader,
        _ state: UnsafeMutablePointer<State>,
        _ consume: Consume
    ) throws(Interrupted<Failure>) {
        var block = taken
        if source.isSeekable { try fill(&block) }
        guard queue.awaitTurn(block.ticket) else { return }
        if !source.isSeekable { try fill(&block) }
        if block.isEnd { queue.end(at: block.ticket) }
        chain.end += block.count
        progress?(chain.end)
        reader.begin()

        // What the block before handed on stands right in front of what was read.
        let carried = chain.carriedCount
        let total = carried + block.count
        let first = unsafe block.space.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard let first = unsafe first.map({ unsafe $0 + plan.carryLimit - carried }) else { return }
        unsafe first.update(from: chain.carried, count: carried)
        let bytes = unsafe UnsafeBufferPointer(start: first, count: total)
        let entered = chain.offset
        let body = { (batch: borrowing FieldBatch) throws(Interrupted<Failure>) in
            do throws(Failure) { try unsafe consume(&state.pointee, batch) } catch { throw .body(error) }
        }
        let endsInQuotes = chain.isInQuotes != !block.quotes.isMultiple(of: 2)
        let boundary = unsafe lastBreak(bytes, from: carried, endsInQuotes: endsInQuotes)
        let tail = total - (boundary ?? 0)
        let isCareful = chain.careful != nil || options.isLenient || !block.isEnd && tail > plan.carryLimit
        if isCareful {
            try unsafe readInTurn(bytes, block, &origin, &reader, body)
            queue.endTurn(block.ticket)
        } else {
            if !block.isEnd {
                let whole = boundary ?? 0
                unsafe chain.carry(first + whole, count: tail, isInQuotes: endsInQuotes)
                chain.offset += whole
            }
            queue.endTurn(block.ticket)
            let whole = unsafe UnsafeBufferPointer(rebasing: bytes[..<(boundary ?? 0)])
            try unsafe reader.read(whole, offset: entered, failingAs: { .csv($0) }, body)
            if block.isEnd {
                let rest = unsafe UnsafeBufferPointer(rebasing: bytes[(boundary ?? 0)...])
                let offset = entered + (boundary ?? 0)
                try unsafe reader.readCarefully(rest, offset: offset, isEnd: true, failingAs: { .csv($0) }, body)
            }
        }
        ledger.enter(.init(offset: entered, records: reader.records, lines: reader.lines), for: block.ticket)
    }

    private func fill(_ block: inout Block) throws(Interrupted<Failure>) {
        let space = unsafe UnsafeMutableRawBufferPointer(rebasing: block.space[plan.carryLimit...])
        do throws(CSVError) {
            if source.isSeekable {
                block.count = try unsafe source.read(into: space, at: start + block.ticket * plan.blockSize)
                block.isEnd = block.count < plan.blockSize
            } else {
                (block.count, block.isEnd) = try unsafe source.readNext(into: space)
            }
        } catch {
            throw .csv(error)
        }
        if let base = unsafe space.baseAddress?.assumingMemoryBound(to: UInt8.self) {
            block.quotes = unsafe countOf(options.quote, base, block.count, plan.form)
        }
    }

    /// Lets libcsv read the block while no other has its turn; the next block goes on fast where a record surely ends.
    private func readInTurn(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ block: Block,
        _ origin: inout Int,
        _ reader: inout RangeReader,
        _ body: (borrowing FieldBatch) throws(Interrupted<Failure>) -> Void
    ) throws(Interrupted<Failure>) {
        let careful =
            chain.careful ?? CarefulReading(options: options, offset: chain.offset, origin: block.ticket)
        chain.careful = careful
        chain.carryNothing()
        origin = careful.origin
        let before = careful.parser.passed
        let cut = unsafe lastFeed(bytes)
        let whole = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<cut])
        let rest = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[cut...])
        try reader.read(
            unsafe whole.bytes,
            with: &careful.parser,
            base: before.records,
            failingAs: { .csv($0) },
            body
        )
        let mayGoOnFast = !options.isLenient && !block.isEnd && cut > 0 && careful.parser.isBetweenRecords
        if mayGoOnFast, rest.count <= plan.carryLimit, let base = bytes.baseAddress {
            let quotes = unsafe countOf(options.quote, base + cut, rest.count, plan.form)
            unsafe chain.carry(base + cut, count: rest.count, isInQuotes: !quotes.isMultiple(of: 2))
            chain.offset = careful.parser.nextRecordOffset
            chain.careful = nil
        } else {
            try reader.read(
                unsafe rest.bytes,
                with: &careful.parser,
                base: before.records,
                failingAs: { .csv($0) },
                body
            )
            chain.offset = careful.parser.nextRecordOffset
            if block.isEnd {
                try reader.finish(&careful.parser, base: before.records, failingAs: { .csv($0) }, body)
            }
        }
        let after = careful.parser.passed
        reader.count(records: after.records - before.records, lines: after.lines - before.lines)
    }

    /// Behind the last line feed outside quotes that stands at `start` or later.
    private func lastBreak(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, endsInQuotes: Bool) -> Int? {
        var isInside = endsInQuotes
        for index in stride(from: bytes.count - 1, through: start, by: -1) {
            let byte = unsafe bytes[index]
            if byte == options.quote { isInside.toggle() }
            if byte == lineFeed, !isInside { return index + 1 }
        }
        return nil
    }

    /// Behind the last line feed, 0 where there is none.
    private func lastFeed(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        for index in stride(from: bytes.count - 1, through: 0, by: -1) where unsafe bytes[index] == lineFeed {
            return index + 1
        }
        return 0
    }
}
