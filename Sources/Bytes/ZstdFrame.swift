internal import CZstd

/// One Zstd frame for one buffer. Contexts are kept and used again; every thread may call these functions.
public enum ZstdFrame {
    private static let compressors = ContextPool { ZstdCompressionContext() }
    private static let decompressors = ContextPool { ZstdDecompressionContext() }

    /// How a frame is made.
    public enum Effort: Sendable {
        case level(Int32)
        /// Hardly looks for repeats: fast, and smaller than the middle levels on numbers, which repeat by chance only.
        case literals
    }

    /// Compresses `raw`, or gives nil when the frame would be longer than `byteLimit` bytes.
    public static func compress(
        _ raw: ArraySlice<UInt8>, level: Int32, dictionary: ZstdDictionary? = nil, byteLimit: Int
    ) -> [UInt8]? {
        compress(raw, effort: .level(level), dictionary: dictionary, byteLimit: byteLimit)
    }

    public static func compress(
        _ raw: ArraySlice<UInt8>, effort: Effort, dictionary: ZstdDictionary? = nil, byteLimit: Int
    ) -> [UInt8]? {
        let limit = min(byteLimit, ZSTD_compressBound(raw.count))
        guard limit > 0 else { return nil }
        var digested: ZstdDictionary.Digested?
        if let dictionary, case .level(let level) = effort { digested = dictionary.compressionDictionary(level: level) }
        let frame = unsafe [UInt8](unsafeUninitializedCapacity: limit) { target, initializedCount in
            let written = compressors.withContext { context in
                unsafe context.compress(raw, into: target, effort: effort, dictionary: digested)
            }
            initializedCount = ZSTD_isError(written) == 0 ? written : 0
        }
        return frame.isEmpty ? nil : frame
    }

    /// Decompresses exactly one frame that must give exactly `rawByteCount` bytes.
    public static func decompress(
        _ frame: ArraySlice<UInt8>, rawByteCount: Int, dictionary: ZstdDictionary? = nil
    ) throws(DecodeError) -> [UInt8] {
        guard frame.count > 0, rawByteCount >= 0,
            unsafe frame.withUnsafeBytes({ unsafe ZSTD_findFrameCompressedSize($0.baseAddress, $0.count) })
                == frame.count
        else { throw .corrupt(at: 0, "not one Zstd frame") }
        var written = 0
        let raw = unsafe [UInt8](unsafeUninitializedCapacity: max(1, rawByteCount)) { target, initializedCount in
            let exact = unsafe UnsafeMutableBufferPointer(rebasing: target[..<rawByteCount])
            written = decompressors.withContext { context in
                unsafe context.decompress(frame, into: exact, dictionary: dictionary)
            }
            initializedCount = ZSTD_isError(written) == 0 ? written : 0
        }
        guard written == rawByteCount else {
            throw .corrupt(at: 0, "Zstd frame does not give \(rawByteCount) bytes")
        }
        return raw
    }
}
