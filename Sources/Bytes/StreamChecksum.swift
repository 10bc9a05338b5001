private import CXXHash

/// XXH3-128 of bytes that come piece by piece.
@safe
public final class StreamChecksum {
    public struct Value: Hashable, Sendable {
        public var low: UInt64
        public var high: UInt64

        public init(low: UInt64, high: UInt64) {
            self.low = low
            self.high = high
        }
    }

    private let state: OpaquePointer

    public init() {
        guard let state = unsafe XXH3_createState() else { fatalError("no memory for a checksum") }
        unsafe self.state = state
        unsafe XXH3_128bits_reset(state)
    }

    deinit { unsafe XXH3_freeState(state) }

    public func add(_ bytes: UnsafeRawBufferPointer) {
        unsafe traversion_xxh3_update(state, bytes.baseAddress, bytes.count)
    }

    public func add(_ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe add($0) } }

    /// The checksum of what was added so far; more may follow.
    public var value: Value {
        let hash = unsafe XXH3_128bits_digest(state)
        return Value(low: hash.low64, high: hash.high64)
    }
}
