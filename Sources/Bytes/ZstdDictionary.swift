internal import CZstd
private import Synchronization

/// A Zstd dictionary in the form in which contexts use it.
///
/// Unchecked: libzstd only reads digested dictionaries, and the table of them is behind a lock.
@safe public final class ZstdDictionary: @unchecked Sendable {
    public let bytes: [UInt8]
    let decompressionDictionary: OpaquePointer?
    private let digestedByLevel = Mutex<[Int32: Digested]>([:])

    public init(bytes: [UInt8]) {
        self.bytes = bytes
        unsafe decompressionDictionary = unsafe bytes.withUnsafeBytes {
            unsafe ZSTD_createDDict($0.baseAddress, $0.count)
        }
    }

    deinit { unsafe ZSTD_freeDDict(decompressionDictionary) }

    /// Trains a dictionary of at most `byteLimit` bytes on strings laid end to end; nil when they have too little in
    /// common or are too few.
    public static func trained(samples: [UInt8], byteCounts: [Int], byteLimit: Int) -> ZstdDictionary? {
        guard !byteCounts.isEmpty, byteCounts.reduce(0, +) <= samples.count else { return nil }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteLimit) { target, initializedCount in
            let written = unsafe ZDICT_trainFromBuffer(
                target.baseAddress, byteLimit, samples, byteCounts, UInt32(byteCounts.count))
            initializedCount = ZDICT_isError(written) == 0 ? written : 0
        }
        return bytes.isEmpty ? nil : ZstdDictionary(bytes: bytes)
    }

    func compressionDictionary(level: Int32) -> Digested {
        digestedByLevel.withLock { table in
            if let known = table[level] { return known }
            let digested = Digested(bytes, level: level)
            table[level] = digested
            return digested
        }
    }

    /// A dictionary digested for one level. Unchecked: never changes.
    @safe final class Digested: @unchecked Sendable {
        let pointer: OpaquePointer?

        init(_ bytes: [UInt8], level: Int32) {
            unsafe pointer = unsafe bytes.withUnsafeBytes { unsafe ZSTD_createCDict($0.baseAddress, $0.count, level) }
        }

        deinit { unsafe ZSTD_freeCDict(pointer) }
    }
}
