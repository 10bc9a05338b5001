internal import Bytes
private import CKernels

/// The bytes of equal weight of all values together, each such plane compressed by itself.
extension IntegerNode {
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
