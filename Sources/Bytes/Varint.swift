/// The bytes that `value` takes as a varint.
public func varintByteCount(_ value: UInt64) -> Int { max(1, (70 - value.leadingZeroBitCount) / 7) }

/// The bytes that a two's complement bit pattern takes as a zigzag varint.
public func zigzagByteCount(_ bitPattern: UInt64) -> Int {
    let value = Int64(bitPattern: bitPattern)
    return varintByteCount(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
}
