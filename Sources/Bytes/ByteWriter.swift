/// Appends little-endian integers, varints and bytes to a growing array.
public struct ByteWriter {
    @usableFromInline var written: [UInt8]

    public init(reservedByteCount: Int = 0) {
        written = []
        written.reserveCapacity(reservedByteCount)
    }

    public var bytes: [UInt8] { written }

    public var byteCount: Int { written.count }

    public mutating func append(_ value: UInt8) { written.append(value) }

    @inlinable
    public mutating func append(contentsOf other: some Sequence<UInt8>) { written.append(contentsOf: other) }

    /// Appends the value's bytes, lowest first.
    @inlinable
    public mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
        var rest = value
        for _ in 0..<(Value.bitWidth / 8) {
            written.append(UInt8(truncatingIfNeeded: rest))
            rest = rest >> 8
        }
    }

    public mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            written.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        written.append(UInt8(truncatingIfNeeded: rest))
    }

    public mutating func append(varint value: Int) { append(varint: UInt64(value)) }

    /// Appends a two's complement bit pattern so that small magnitudes of either sign are short.
    public mutating func append(zigzag bitPattern: UInt64) {
        let value = Int64(bitPattern: bitPattern)
        append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }
}
