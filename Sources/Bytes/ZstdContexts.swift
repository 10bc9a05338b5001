internal import CZstd

/// A compression context. Unchecked: the pool hands it to one thread at a time.
@safe final class ZstdCompressionContext: @unchecked Sendable {
    private let context = unsafe ZSTD_createCCtx()

    deinit { unsafe ZSTD_freeCCtx(context) }

    func compress(
        _ raw: ArraySlice<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>, effort: ZstdFrame.Effort,
        dictionary: ZstdDictionary.Digested?
    ) -> Int {
        unsafe ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters)
        switch effort {
        case .level(let level):
            unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        case .literals:
            unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1)
            unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_strategy, Int32(ZSTD_fast.rawValue))
            unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_minMatch, 7)
            unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_hashLog, 6)
        }
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0)
        if let dictionary { unsafe ZSTD_CCtx_refCDict(context, dictionary.pointer) }
        return unsafe raw.withUnsafeBytes {
            unsafe ZSTD_compress2(context, target.baseAddress, target.count, $0.baseAddress, $0.count)
        }
    }
}

/// A decompression context. Unchecked: the pool hands it to one thread at a time.
@safe final class ZstdDecompressionContext: @unchecked Sendable {
    private let context = unsafe ZSTD_createDCtx()

    deinit { unsafe ZSTD_freeDCtx(context) }

    func decompress(
        _ frame: ArraySlice<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>, dictionary: ZstdDictionary?
    ) -> Int {
        unsafe frame.withUnsafeBytes { source in
            guard let dictionary else {
                return unsafe ZSTD_decompressDCtx(
                    context, target.baseAddress, target.count, source.baseAddress, source.count)
            }
            return unsafe ZSTD_decompress_usingDDict(
                context, target.baseAddress, target.count, source.baseAddress, source.count,
                dictionary.decompressionDictionary)
        }
    }
}
