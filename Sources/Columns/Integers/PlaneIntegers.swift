internal import Bytes
private import CKernels

/// The bytes of equal weight of all values together, each such plane compressed by itself.
extension IntegerNode {
    /// The bytes of equal weight of each value minus `base`, lowest first.
    static func bytePlanes(_ values: [UInt64], base: UInt64, count: Int) -> [[UInt8]] {
        var all = [UInt8](repeating: 0, count: values.count * count)
        unsafe all.withUnsafeMutableBufferPointer { all in
            let addresses: [UnsafeMutablePointer<UInt8>?] = unsafe (0..<count).map {
                unsafe all.baseAddress! + $0 * values.count
            }
            unsafe traversion_split_planes(values, values.count, base, addresses, UInt32(count))
        }
        return (0..<count).map { Array(all[$0 * values.count..<($0 + 1) * values.count]) }
    }

    /// Byte planes above the low end of the values' range.
    package static func planes(encoding values: [UInt64], profile: EncodingProfile) -> IntegerNode {
        let statistics = IntegerStatistics(values)
        let count = max(1, (statistics.width + 7) / 8)
        let planes = bytePlanes(values, base: statistics.low, count: count)
        return .planes(base: statistics.low, planes: planes.map { .storing(numbers: $0, profile: profile) })
    }

    static func parsePlanes(_ reader: inout ByteReader, count: Int) throws(DecodeError) -> IntegerNode {
        let base = try reader.readZigzag()
        let start = reader.byteOffset
        let planeCount = Int(try reader.readByte())
        guard (1...8).contains(planeCount) else { throw .corrupt(at: start, "\(planeCount) byte planes") }
        var planes: [StoredBuffer] = []
        for _ in 0..<planeCount {
            planes.append(try StoredBuffer.parse(&reader, expectedRawByteCount: count))
        }
        return .planes(base: base, planes: planes)
    }

    static func decodePlanes(
        base: UInt64, planes: [StoredBuffer], into output: UnsafeMutableBufferPointer<UInt64>,
        in environment: any PageEnvironment
    ) throws(DecodeError) {
        var raws: [ArraySlice<UInt8>] = []
        for plane in planes {
            let raw = try plane.raw(in: environment)
            guard raw.count == output.count else { throw .corrupt(at: 0, "byte plane has another length") }
            raws.append(raw)
        }
        var addresses: [UnsafePointer<UInt8>?] = unsafe []
        unsafe withAddresses(of: raws[...], into: &addresses) { addresses in
            unsafe traversion_merge_planes(
                addresses, UInt32(addresses.count), output.count, base, output.baseAddress!)
        }
    }

    /// Calls `body` while the addresses of all slices hold.
    private static func withAddresses(
        of slices: ArraySlice<ArraySlice<UInt8>>, into addresses: inout [UnsafePointer<UInt8>?],
        _ body: ([UnsafePointer<UInt8>?]) -> Void
    ) {
        guard let first = slices.first else { return unsafe body(addresses) }
        unsafe first.withUnsafeBufferPointer { buffer in
            unsafe addresses.append(buffer.baseAddress)
            unsafe withAddresses(of: slices.dropFirst(), into: &addresses, body)
        }
    }
}
