internal import CLZ4

/// LZ4 frames, one after another; skippable frames are passed over.
@safe
public final class LZ4Decoder: StreamDecoder {
    private let context: OpaquePointer
    public private(set) var isBetweenFrames = true

    public init() {
        var context: OpaquePointer?
        let code = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        guard LZ4F_isError(code) == 0, let context = unsafe context else {
            preconditionFailure("no memory for an LZ4 decoder")
        }
        unsafe self.context = context
    }

    deinit { unsafe LZ4F_freeDecompressionContext(context) }

    public func decode(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> StreamDecoderStep {
        var readByteCount = input.count
        var writtenByteCount = output.count
        let code = unsafe LZ4F_decompress(
            context, output.baseAddress, &writtenByteCount, input.baseAddress, &readByteCount, nil)
        if LZ4F_isError(code) != 0 {
            // The counts are not set then.
            let name = unsafe String(cString: LZ4F_getErrorName(code))
            return StreamDecoderStep(readByteCount: 0, writtenByteCount: 0, fault: "lz4: \(name)")
        }
        isBetweenFrames = code == 0
        return StreamDecoderStep(readByteCount: readByteCount, writtenByteCount: writtenByteCount)
    }
}
