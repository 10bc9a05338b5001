internal import CZlib

/// Gzip members, one after another. Zero bytes behind a member are padding.
@safe
public final class GzipDecoder: StreamDecoder {
    private let stream: UnsafeMutablePointer<z_stream>
    public private(set) var isBetweenFrames = true

    public init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 16 more than the largest window: gzip and nothing else.
        let code = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(code == Z_OK, "no memory for a gzip decoder")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    public func decode(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> StreamDecoderStep {
        if isBetweenFrames {
            var zeroCount = 0
            while zeroCount < input.count, unsafe input[zeroCount] == 0 { zeroCount += 1 }
            if zeroCount > 0 { return StreamDecoderStep(readByteCount: zeroCount, writtenByteCount: 0) }
            unsafe inflateReset(stream)
            isBetweenFrames = false
        }
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(clamping: input.count)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(clamping: output.count)
        let code = unsafe inflate(stream, Z_NO_FLUSH)
        var step = unsafe StreamDecoderStep(
            readByteCount: min(input.count, Int(UInt32.max)) - Int(stream.pointee.avail_in),
            writtenByteCount: min(output.count, Int(UInt32.max)) - Int(stream.pointee.avail_out))
        switch code {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isBetweenFrames = true
        default:
            let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
            step.fault = "gzip: \(message ?? "error \(code)")"
        }
        return step
    }
}
