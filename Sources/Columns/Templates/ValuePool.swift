/// Copies of texts that are mostly short.
enum ShortCopy {
    /// As many bytes may be read from the source and written to the output, however short the text is.
    static let byteCount = 32

    @inline(__always)
    static func copy(_ source: UnsafePointer<UInt8>, _ count: Int, to output: UnsafeMutablePointer<UInt8>) {
        let from = unsafe UnsafeRawPointer(source)
        let to = UnsafeMutableRawPointer(output)
        if count > byteCount { return unsafe to.copyMemory(from: from, byteCount: count) }
        unsafe to.storeBytes(of: from.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
        if count > 16 {
            unsafe to.storeBytes(
                of: from.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self), toByteOffset: 16,
                as: SIMD16<UInt8>.self)
        }
    }
}

/// The values of all streams end to end, and how far each stream has been read.
struct ValuePool {
    private var bytes: [UInt8] = []
    /// Value i is `bytes[bounds[i] ..< bounds[i + 1]]`, the streams one after another.
    private var bounds: [UInt32] = [0]
    private var nextValues: [Int] = []

    init(_ streams: [StringVector]) {
        bytes.reserveCapacity(streams.reduce(ShortCopy.byteCount) { $0 + $1.bytes.count })
        bounds.reserveCapacity(streams.reduce(1) { $0 + $1.count })
        for stream in streams {
            nextValues.append(bounds.count - 1)
            let base = UInt32(truncatingIfNeeded: bytes.count)
            bytes.append(contentsOf: stream.bytes)
            for end in stream.ends { bounds.append(base &+ end) }
        }
        bytes.append(contentsOf: repeatElement(0, count: ShortCopy.byteCount))
    }

    /// Takes values out, one after another from each stream; nobody may ask for more than there are.
    @safe struct Reader {
        fileprivate let bytes: UnsafePointer<UInt8>
        fileprivate let bounds: UnsafePointer<UInt32>
        fileprivate let nextValues: UnsafeMutablePointer<Int>

        /// Copies the next value of a stream and returns its byte count. Up to 32 bytes are written.
        @inline(__always)
        func next(_ stream: Int, to output: UnsafeMutablePointer<UInt8>) -> Int {
            let value = unsafe nextValues[stream]
            unsafe nextValues[stream] = value &+ 1
            let start = unsafe Int(bounds[value])
            let count = unsafe Int(bounds[value &+ 1]) &- start
            unsafe ShortCopy.copy(bytes + start, count, to: output)
            return count
        }
    }

    mutating func withReader(_ body: (Reader) -> Void) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe bounds.withUnsafeBufferPointer { bounds in
                unsafe nextValues.withUnsafeMutableBufferPointer { nextValues in
                    // Without streams there is no memory for their places, and nothing asks for them.
                    let places = unsafe nextValues.baseAddress ?? UnsafeMutablePointer(bitPattern: 8)!
                    unsafe body(
                        Reader(bytes: bytes.baseAddress!, bounds: bounds.baseAddress!, nextValues: places))
                }
            }
        }
    }
}
