internal import CScan
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
    private let progress: ((ReadingTotal) -> Void)?
    private let queue = RangeQueue()
    private let chain: RangeChain
    private let states: UnsafeMutablePointer<State>
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let workers: Int
    /// Whose states are there.
    private var finished: [Int] = []
    private var failure: Stop?
    /// Known to whoever reads the last block.
    private var total = ReadingTotal()

    private struct Stop {
        var ticket: Int
        var reason: Interrupted<Failure>
    }

    /// What a worker reads into: room for what the block before hands on, and the block.
    @safe private struct Block {
        let ticket: Int
        let space: UnsafeMutableRawBufferPointer
        var count = 0
        var survey = cscan_survey()
        var isEnd = false
    }

    init(
        _ reader: borrowing RecordReader,
        columns: [Int],
        workers: Int,
        progress: ((ReadingTotal) -> Void)?
    ) {
        source = reader.source
        options = reader.options
        plan = reader.plan
        self.columns = columns
        self.workers = workers
        width = reader.header.count
        start = reader.start
        self.progress = progress
        source.putBack(reader.ahead)
        chain = RangeChain(
            offset: start,
            records: 1,
            lines: reader.headerLines,
            capacity: plan.carryLimit
        )
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
        let space = UnsafeMutableRawBufferPointer.allocate(
            byteCount: plan.carryLimit + plan.blockSize + FieldBatch.padding,
            alignment: 64
        )
        defer { unsafe space.deallocate() }
        while let ticket = queue.take() {
            do throws(Interrupted<Failure>) {
                try unsafe work(
                    on: Block(ticket: ticket, space: space),
                    &reader,
                    state,
                    isCaller: index == workers - 1,
                    consume
                )
            } catch {
                stop(Stop(ticket: ticket, reason: error))
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
        _ gather: (consuming State) -> Void
    ) throws(Failure) -> ReadingTotal {
        if let failure {
            switch failure.reason {
            case .csv(let error): throw wrap(error)
            case .body(let error): throw error
            }
        }
        do throws(CSVError) { try source.refuseChange() } catch { throw wrap(error) }
        while let index = finished.popLast() { gather(unsafe (states + index).move()) }
        return total
    }
}

extension RangeCrew where State: ~Copyable {
    private func work(
        on taken: Block,
        _ reader: inout RangeReader,
        _ state: UnsafeMutablePointer<State>,
        isCaller: Bool,
        _ consume: Consume
    ) throws(Interrupted<Failure>) {
        var block = taken
        if source.isSeekable { try fill(&block) }
        guard queue.awaitTurn(block.ticket) else { return }
        if !source.isSeekable { try fill(&block) }
        if block.isEnd { queue.end(at: block.ticket) }
        chain.end += block.count
        if isCaller {
            progress?(ReadingTotal(records: chain.records, lines: chain.lines, bytes: chain.end))
        }
        reader.begin(records: chain.records, lines: chain.lines)

        // What the block before handed on stands right in front of what was read.
        let carried = chain.carriedCount
        let total = carried + block.count
        let space = unsafe block.space.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard let first = unsafe space.map({ unsafe $0 + plan.carryLimit - carried }) else { return }
        unsafe first.update(from: chain.carried, count: carried)
        let bytes = unsafe UnsafeBufferPointer(start: first, count: total)
        let body = { (batch: borrowing FieldBatch) throws(Interrupted<Failure>) in
            do throws(Failure) { try unsafe consume(&state.pointee, batch) } catch { throw .body(error) }
        }
        let endsInQuotes = chain.isInQuotes != !block.survey.quotes.isMultiple(of: 2)
        let boundary = unsafe lastBreak(bytes, from: carried, endsInQuotes: endsInQuotes) ?? 0
        if unsafe isDoubtful(block, bytes, tail: total - boundary) {
            try unsafe readInTurn(bytes, block, &reader, body)
            queue.endTurn(block.ticket)
        } else {
            let entered = chain.offset
            if !block.isEnd { unsafe handOn(bytes, boundary, block, endsInQuotes) }
            queue.endTurn(block.ticket)
            let whole = unsafe UnsafeBufferPointer(rebasing: bytes[..<boundary])
            try unsafe reader.read(whole, offset: entered, failingAs: { .csv($0) }, body)
            if block.isEnd {
                let rest = unsafe UnsafeBufferPointer(rebasing: bytes[boundary...])
                let offset = entered + boundary
                try unsafe reader.readCarefully(rest, offset: offset, isEnd: true, failingAs: { .csv($0) }, body)
            }
        }
        if block.isEnd {
            self.total = ReadingTotal(records: reader.records, lines: reader.lines, bytes: chain.end)
        }
    }

    /// Whether only libcsv can tell where the records of the block end, or how many there are.
    private func isDoubtful(_ block: Block, _ bytes: UnsafeBufferPointer<UInt8>, tail: Int) -> Bool {
        if chain.careful != nil || options.isLenient || block.survey.has_lone_return != 0 { return true }
        if !block.isEnd, tail > plan.carryLimit { return true }
        let carried = chain.carriedCount
        guard carried > 0, block.count > 0 else { return false }
        return unsafe bytes[carried - 1] == carriageReturn && bytes[carried] != lineFeed
    }

    /// Tells the next block where it begins, and what stands before.
    private func handOn(_ bytes: UnsafeBufferPointer<UInt8>, _ boundary: Int, _ block: Block, _ endsInQuotes: Bool) {
        guard let base = bytes.baseAddress else { return }
        let carried = chain.carriedCount
        let ends = block.survey.records
        var records = Int(chain.isInQuotes ? ends.1 : ends.0)
        // The survey did not know what stood before the block.
        if carried <= 1, block.count > 0, !chain.isInQuotes, unsafe isBlankLine(bytes) { records -= 1 }
        let tail = bytes.count - boundary
        let feeds = unsafe countOf(lineFeed, base + boundary, tail, plan.form)
        chain.records += records
        chain.lines += chain.carriedFeeds + Int(block.survey.feeds) - feeds
        chain.offset += boundary
        unsafe chain.carry(base + boundary, count: tail, feeds: feeds, isInQuotes: endsInQuotes)
    }

    /// Whether the first line, which begins with the bytes, is blank.
    private func isBlankLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if unsafe bytes[0] == lineFeed { return true }
        return unsafe bytes.count > 1 && bytes[0] == carriageReturn && bytes[1] == lineFeed
    }

    private func fill(_ block: inout Block) throws(Interrupted<Failure>) {
        let space = unsafe UnsafeMutableRawBufferPointer(
            rebasing: block.space[plan.carryLimit..<plan.carryLimit + plan.blockSize]
        )
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
            block.survey = unsafe survey(of: base, block.count, quote: options.quote, plan.form)
        }
    }

    /// Lets libcsv read the block while no other has its turn; the next block goes on fast where a record surely ends.
    private func readInTurn(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ block: Block,
        _ reader: inout RangeReader,
        _ body: (borrowing FieldBatch) throws(Interrupted<Failure>) -> Void
    ) throws(Interrupted<Failure>) {
        let careful =
            chain.careful
            ?? CarefulReading(
                options: options,
                offset: chain.offset,
                records: chain.records,
                lines: chain.lines
            )
        chain.careful = careful
        chain.carryNothing()
        let cut = unsafe lastFeed(bytes)
        let whole = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<cut])
        let rest = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[cut...])
        try reader.read(
            unsafe whole.bytes,
            with: &careful.parser,
            failingAs: { .csv($0) },
            body
        )
        let mayGoOnFast = !options.isLenient && !block.isEnd && cut > 0 && careful.parser.isBetweenRecords
        let ahead = unsafe bytes.baseAddress.map {
            unsafe survey(of: $0 + cut, rest.count, quote: options.quote, plan.form)
        }
        if mayGoOnFast, rest.count <= plan.carryLimit, let ahead, ahead.has_lone_return == 0,
            let base = bytes.baseAddress
        {
            unsafe chain.carry(
                base + cut,
                count: rest.count,
                feeds: Int(ahead.feeds),
                isInQuotes: !ahead.quotes.isMultiple(of: 2)
            )
            chain.offset = careful.parser.nextRecordOffset
            chain.careful = nil
        } else {
            try reader.read(
                unsafe rest.bytes,
                with: &careful.parser,
                failingAs: { .csv($0) },
                body
            )
            chain.offset = careful.parser.nextRecordOffset
            if block.isEnd {
                try reader.finish(&careful.parser, failingAs: { .csv($0) }, body)
            }
        }
        (chain.records, chain.lines) = careful.parser.passed
        reader.begin(records: chain.records, lines: chain.lines)
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
