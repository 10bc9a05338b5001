internal import CZstd

/// Zstd frames, one after another, with windows of any size; skippable frames are passed over.
@safe
public final class ZstdDecoder: StreamDecoder {
    private let context: OpaquePointer
    public private(set) var isBetweenFrames = true

    public init() {
        guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("no memory for a Zstd decoder") }
        unsafe self.context = context
        unsafe ZSTD_DCtx_setParameter(
            context, ZSTD_d_windowLogMax, ZSTD_dParam_getBounds(ZSTD_d_windowLogMax).upperBound)
    }

    deinit { unsafe ZSTD_freeDCtx(context) }

    public func decode(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> StreamDecoderStep {
        var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let code = unsafe ZSTD_decompressStream(context, &target, &source)
        var step = unsafe StreamDecoderStep(readByteCount: source.pos, writtenByteCount: target.pos)
        if ZSTD_isError(code) != 0 {
            step.fault = unsafe "zstd: \(String(cString: ZSTD_getErrorName(code)))"
        } else {
            isBetweenFrames = code == 0
        }
        return step
    }
}
