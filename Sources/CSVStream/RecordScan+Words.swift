internal import CScan

private let low7: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
private let top: UInt64 = 0x8080_8080_8080_8080
private let ones: UInt64 = 0x0101_0101_0101_0101

/// The top bit of each byte that is zero.
private func zeroBytes(_ word: UInt64) -> UInt64 {
    ~(((word & low7) &+ low7) | word | low7)
}

/// What stands before the byte in hand.
private struct WordState {
    var isInside = false
    var lastEnd: Int
    var lastClosing = -2
    var lastReturn = -2
    var count = 0
    var breakCount = 0
    var escapeCount = 0
    var met: UInt32 = 0

    mutating func meet(_ kind: Int) { met |= UInt32(kind) }
}

/// The portable form: eight bytes are asked at once whether any of them matters.
extension RecordScan {
    mutating func findByWords(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> cscan_found {
        var state = WordState(lastEnd: start - 1)
        let marks = [delimiter, quote, lineFeed, carriageReturn].map { ones &* UInt64($0) }
        let (first, second, third, fourth) = (marks[0], marks[1], marks[2], marks[3])
        var at = start
        var any: UInt64 = 0
        // In steps of 64, as the other forms.
        while at < end, state.count + 64 <= positionCapacity, state.breakCount + 64 <= breakCapacity,
            state.escapeCount + 64 <= breakCapacity
        {
            let stop = min(end, at + 64)
            while at + 8 <= stop {
                let word = unsafe UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self).littleEndian
                any |= word
                var hits = zeroBytes(word ^ first) | zeroBytes(word ^ second) | zeroBytes(word ^ third)
                hits |= zeroBytes(word ^ fourth) | zeroBytes(word)
                while hits != 0 {
                    unsafe take(bytes, at + hits.trailingZeroBitCount / 8, &state)
                    hits &= hits - 1
                }
                at += 8
            }
            while at < stop {
                any |= unsafe UInt64(bytes[at])
                unsafe take(bytes, at, &state)
                at += 1
            }
        }
        if any & top != 0 { state.meet(CSCAN_HIGH) }
        return cscan_found(
            positions: UInt32(state.count),
            breaks: UInt32(state.breakCount),
            escapes: UInt32(state.escapeCount),
            looked_at: UInt32(at),
            met: state.met
        )
    }

    @inline(always)
    private func take(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ state: inout WordState) {
        let byte = unsafe bytes[at]
        let isEnd = byte == delimiter || byte == lineFeed
        guard isEnd || byte == quote || byte == carriageReturn || byte == 0 else { return }
        if state.lastReturn >= 0, byte != lineFeed || state.lastReturn != at - 1 {
            state.meet(CSCAN_DOUBTFUL)
        }
        state.lastReturn = -2
        if state.lastClosing >= 0, state.lastClosing != at - 1 { state.meet(CSCAN_DOUBTFUL) }
        if byte == quote {
            takeQuote(at, &state)
            return
        }
        state.lastClosing = -2
        if byte == carriageReturn {
            state.lastReturn = at
            state.meet(CSCAN_RETURN)
        } else if byte == 0 {
            state.meet(CSCAN_DOUBTFUL)
        } else if state.isInside {
            if byte == lineFeed { state.meet(CSCAN_QUOTED_FEED) }
        } else {
            if byte == lineFeed {
                unsafe breaks[state.breakCount] = UInt32(state.count)
                state.breakCount += 1
            }
            state.count += 1
            unsafe positions[state.count] = UInt32(at)
            state.lastEnd = at
        }
    }

    @inline(always)
    private func takeQuote(_ at: Int, _ state: inout WordState) {
        state.meet(CSCAN_QUOTE)
        if state.isInside {
            state.lastClosing = at
        } else if state.lastClosing == at - 1 {
            state.meet(CSCAN_ESCAPE)
            let field = UInt32(state.count)
            if unsafe state.escapeCount == 0 || escapes[state.escapeCount - 1] != field {
                unsafe escapes[state.escapeCount] = field
                state.escapeCount += 1
            }
            state.lastClosing = -2
        } else {
            if state.lastEnd != at - 1 { state.meet(CSCAN_DOUBTFUL) }
            state.lastClosing = -2
        }
        state.isInside.toggle()
    }
}
