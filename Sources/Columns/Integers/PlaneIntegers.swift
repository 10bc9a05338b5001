internal import Bytes

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
        unsafe output.initialize(repeating: base)
        for (weight, plane) in planes.enumerated() {
            let raw = try plane.raw(in: environment)
            guard raw.count == output.count else { throw .corrupt(at: 0, "byte plane has another length") }
            unsafe raw.withUnsafeBufferPointer { raw in
                for index in output.indices {
                    unsafe output[index] &+= UInt64(raw[index]) << UInt64(8 * weight)
                }
            }
        }
    }
}
