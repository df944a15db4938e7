private import CZlib
private import CZstd

/// How much compressed text is read at once.
private let compressedBlockSize = 64 << 10

/// gzip, of one member or of several one behind the other, as `gzip` and `bgzip` write them.
@safe final class GzipStream: ByteStream {
    static let magic: [UInt8] = [0x1F, 0x8B]

    private let input: PlainStream
    private let buffer: UnsafeMutableRawBufferPointer
    private let state: UnsafeMutablePointer<z_stream>
    private var total = 0
    /// Whether a member has come to its end and no byte of the next has been seen.
    private var isBetweenMembers = false
    /// Whether zlib may hold text for which there was no room.
    private var mayHoldMore = false

    init(_ input: PlainStream) {
        self.input = input
        unsafe buffer = .allocate(byteCount: compressedBlockSize, alignment: 16)
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: z_stream())
        let status = unsafe czlib_begin_gzip(state)
        precondition(status == Z_OK, "zlib cannot be set up")
    }

    deinit {
        unsafe inflateEnd(state)
        unsafe state.deallocate()
        unsafe buffer.deallocate()
    }

    func read(into output: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        unsafe state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe state.pointee.avail_out = UInt32(output.count)
        while unsafe Int(state.pointee.avail_out) == output.count {
            if unsafe state.pointee.avail_in == 0, !mayHoldMore {
                let count = try unsafe input.read(into: buffer)
                unsafe state.pointee.next_in = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
                unsafe state.pointee.avail_in = UInt32(count)
                if count == 0 {
                    if isBetweenMembers { return 0 }
                    throw .cutOff(format: "gzip", after: total)
                }
            }
            if isBetweenMembers {
                unsafe inflateReset(state)
                isBetweenMembers = false
            }
            switch unsafe inflate(state, Z_NO_FLUSH) {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: isBetweenMembers = true
            default: throw .corrupt(format: "gzip", reason: reason, after: total)
            }
            mayHoldMore = unsafe state.pointee.avail_out == 0 && !isBetweenMembers
        }
        let count = unsafe output.count - Int(state.pointee.avail_out)
        total += count
        return count
    }

    private var reason: String {
        guard let message = unsafe state.pointee.msg else { return "something else" }
        return unsafe String(cString: message)
    }
}

/// Zstandard, of one frame or of several. A frame's window adds to memory, at most 32 MiB.
@safe final class ZstdStream: ByteStream {
    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    private static let windowLimit: Int32 = 25

    private let input: PlainStream
    private let buffer: UnsafeMutableRawBufferPointer
    private let context: OpaquePointer
    private var waiting = unsafe ZSTD_inBuffer()
    private var total = 0
    private var isBetweenFrames = true
    /// Whether Zstandard may hold text for which there was no room.
    private var mayHoldMore = false

    init(_ input: PlainStream) {
        self.input = input
        unsafe buffer = .allocate(byteCount: compressedBlockSize, alignment: 16)
        guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("Zstandard cannot be set up") }
        unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZstdStream.windowLimit)
        unsafe self.context = context
        unsafe waiting.src = UnsafeRawPointer(buffer.baseAddress)
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
        unsafe buffer.deallocate()
    }

    func read(into output: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        var made = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        while unsafe made.pos == 0 {
            if unsafe waiting.pos == waiting.size, !mayHoldMore {
                let count = try unsafe input.read(into: buffer)
                unsafe waiting.size = count
                unsafe waiting.pos = 0
                if count == 0 {
                    if isBetweenFrames { return 0 }
                    throw .cutOff(format: "Zstandard", after: total)
                }
            }
            let hint = unsafe ZSTD_decompressStream(context, &made, &waiting)
            guard ZSTD_isError(hint) == 0 else {
                let reason = unsafe ZSTD_getErrorName(hint).map { unsafe String(cString: $0) } ?? "something else"
                throw .corrupt(format: "Zstandard", reason: reason, after: total)
            }
            isBetweenFrames = hint == 0
            mayHoldMore = unsafe made.pos == made.size && !isBetweenFrames
        }
        total += unsafe made.pos
        return unsafe made.pos
    }
}
