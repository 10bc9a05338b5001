/// Reads little-endian integers, varints and slices from bytes that may be damaged: every step is checked.
public struct ByteReader {
    public let bytes: ArraySlice<UInt8>
    public private(set) var position: Int
    /// Where `bytes` begins in the terms of the error offsets.
    public let baseOffset: Int

    public init(_ bytes: ArraySlice<UInt8>, baseOffset: Int = 0) {
        self.bytes = bytes
        self.position = bytes.startIndex
        self.baseOffset = baseOffset
    }

    public init(_ bytes: [UInt8], baseOffset: Int = 0) { self.init(bytes[...], baseOffset: baseOffset) }

    public var remainingByteCount: Int { bytes.endIndex - position }
    public var isAtEnd: Bool { position == bytes.endIndex }
    /// The offset to name in an error.
    public var byteOffset: Int { baseOffset + position - bytes.startIndex }

    public func corrupt(_ reason: String) -> DecodeError { .corrupt(at: byteOffset, reason) }

    public mutating func readByte() throws(DecodeError) -> UInt8 {
        guard position < bytes.endIndex else { throw corrupt("ends where a byte must follow") }
        let value = bytes[position]
        position += 1
        return value
    }

    public mutating func readSlice(byteCount: Int) throws(DecodeError) -> ArraySlice<UInt8> {
        guard byteCount >= 0, byteCount <= remainingByteCount else {
            throw corrupt("needs \(byteCount) bytes, \(remainingByteCount) are left")
        }
        defer { position += byteCount }
        return bytes[position..<position + byteCount]
    }

    @inlinable
    public mutating func read<Value: FixedWidthInteger>(
        littleEndian type: Value.Type
    ) throws(DecodeError) -> Value {
        let slice = try readSlice(byteCount: Value.bitWidth / 8)
        var value: Value = 0
        for byte in slice.reversed() { value = (value << 8) | Value(truncatingIfNeeded: byte) }
        return value
    }

    /// Reads a varint in its shortest form; anything longer is damage.
    public mutating func readVarint() throws(DecodeError) -> UInt64 {
        let start = byteOffset
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try readByte()
            if shift == 63, byte > 1 { throw .corrupt(at: start, "varint is over 64 bits") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                if byte == 0, shift > 0 { throw .corrupt(at: start, "varint is not in its shortest form") }
                return value
            }
            shift += 7
        }
    }

    /// Reads a varint that counts something and must not be over `limit`.
    public mutating func readCount(upTo limit: Int, _ what: String) throws(DecodeError) -> Int {
        let start = byteOffset
        let value = try readVarint()
        guard value <= UInt64(limit) else {
            throw .corrupt(at: start, "\(what) is \(value), at most \(limit) is possible")
        }
        return Int(value)
    }

    /// Reads a zigzag varint as a two's complement bit pattern.
    public mutating func readZigzag() throws(DecodeError) -> UInt64 {
        let value = try readVarint()
        return (value >> 1) ^ (0 &- (value & 1))
    }
}
