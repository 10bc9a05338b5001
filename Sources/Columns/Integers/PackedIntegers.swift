internal import Bytes
private import CKernels

/// Fixed-width integers above a base (Format/Segment.md, 5.1.1).
extension IntegerNode {
    /// The bytes of `count` values of `width` bits in the packed layout.
    static func packedByteCount(count: Int, width: Int) -> Int {
        count / 1024 * 128 * width + (count % 1024 * width + 7) / 8
    }

    /// The low `width` bits of each value minus `base`, packed.
    static func packedBits(_ values: [UInt64], base: UInt64, width: Int) -> [UInt8] {
        let byteCount = packedByteCount(count: values.count, width: width)
        return unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { target, initializedCount in
            unsafe traversion_pack(values, values.count, UInt32(width), base, target.baseAddress!)
            initializedCount = byteCount
        }
    }

    /// Takes at least one value; each minus `base` fits `width` bits.
    package static func packed(encoding values: [UInt64], base: UInt64, width: Int) -> IntegerNode {
        .packed(base: base, width: width, bits: StoredBuffer(raw: packedBits(values, base: base, width: width)))
    }

    /// Packs with the narrowest width that fits all values.
    package static func packed(encoding values: [UInt64]) -> IntegerNode {
        let statistics = IntegerStatistics(values)
        return packed(encoding: values, base: statistics.low, width: max(1, statistics.width))
    }

    static func parsePacked(_ reader: inout ByteReader, count: Int) throws(DecodeError) -> IntegerNode {
        let base = try reader.readZigzag()
        let start = reader.byteOffset
        let width = Int(try reader.readByte())
        guard (1...64).contains(width) else { throw .corrupt(at: start, "width is \(width)") }
        let bits = try StoredBuffer.parse(
            &reader, expectedRawByteCount: packedByteCount(count: count, width: width))
        return .packed(base: base, width: width, bits: bits)
    }

    static func decodePacked(
        base: UInt64, width: Int, bits: StoredBuffer, into output: UnsafeMutableBufferPointer<UInt64>,
        in environment: any PageEnvironment
    ) throws(DecodeError) {
        let raw = try packedBytes(bits, count: output.count, width: width, in: environment)
        unsafe raw.withUnsafeBufferPointer { raw in
            unsafe traversion_unpack(raw.baseAddress!, output.count, UInt32(width), base, output.baseAddress!)
        }
    }

    /// The packed bits of `count` values; their length is right, and they are not empty.
    static func packedBytes(
        _ bits: StoredBuffer, count: Int, width: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> ArraySlice<UInt8> {
        let raw = try bits.raw(in: environment)
        guard raw.count == packedByteCount(count: count, width: width), raw.count > 0 else {
            throw .corrupt(at: 0, "packed integers have another length")
        }
        let tailBitCount = count % 1024 * width % 8
        guard tailBitCount == 0 || raw[raw.endIndex - 1] >> UInt8(tailBitCount) == 0 else {
            throw .corrupt(at: 0, "unused bits of packed integers are not 0")
        }
        return raw
    }
}
