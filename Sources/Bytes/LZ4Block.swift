private import CLZ4

/// LZ4 blocks without a frame: the codec of pages that are read again and again.
///
/// A compressor keeps no state between calls, so every thread may use it.
public enum LZ4Block {
    /// Compresses `raw`, or gives nil when the block would be longer than `byteLimit` bytes.
    public static func compress(_ raw: ArraySlice<UInt8>, byteLimit: Int) -> [UInt8]? {
        let limit = min(byteLimit, Int(LZ4_compressBound(Int32(raw.count))))
        guard !raw.isEmpty, limit > 0 else { return nil }
        let block = unsafe [UInt8](unsafeUninitializedCapacity: limit) { target, initializedCount in
            let written = unsafe raw.withUnsafeBytes { source in
                unsafe target.withMemoryRebound(to: CChar.self) { target in
                    unsafe LZ4_compress_default(
                        source.bindMemory(to: CChar.self).baseAddress, target.baseAddress,
                        Int32(source.count), Int32(limit))
                }
            }
            initializedCount = Int(max(0, written))
        }
        return block.isEmpty ? nil : block
    }

    /// Decompresses a block that must give exactly `rawByteCount` bytes.
    public static func decompress(_ block: ArraySlice<UInt8>, rawByteCount: Int) throws(DecodeError) -> [UInt8] {
        guard block.count <= Int32.max, rawByteCount >= 0, rawByteCount <= Int32.max else {
            throw .limit(at: 0, "LZ4 block is too long")
        }
        var written: Int32 = 0
        let raw = unsafe [UInt8](unsafeUninitializedCapacity: max(1, rawByteCount)) { target, initializedCount in
            written = unsafe block.withUnsafeBytes { source in
                unsafe target.withMemoryRebound(to: CChar.self) { target in
                    unsafe LZ4_decompress_safe(
                        source.bindMemory(to: CChar.self).baseAddress, target.baseAddress,
                        Int32(source.count), Int32(rawByteCount))
                }
            }
            initializedCount = Int(max(0, written))
        }
        guard written == rawByteCount else {
            throw .corrupt(at: 0, "LZ4 block does not give \(rawByteCount) bytes")
        }
        return raw
    }
}
