internal import Bytes
private import CKernels

extension IntegerNode {
    /// Single values of packed integers (Format/Segment.md, 5.1.1), of which there are `count`.
    static func packedValues(
        at places: [UInt32], base: UInt64, width: Int, bits raw: ArraySlice<UInt8>, count: Int
    ) -> [UInt64] {
        precondition(raw.count == packedByteCount(count: count, width: width), "bytes of another length")
        return unsafe [UInt64](unsafeUninitializedCapacity: places.count) { values, valueCount in
            guard let start = values.baseAddress else { return }
            let areInside = unsafe raw.withUnsafeBufferPointer {
                unsafe traversion_unpack_at(
                    $0.baseAddress!, $0.count, count, UInt32(width), base, places, places.count, start)
            }
            precondition(areInside, "a place behind the last value")
            valueCount = places.count
        }
    }

    /// The run in which each of some places lies, of `count` that runs of these lengths have.
    static func runs(at places: [UInt32], lengths: [UInt64], count: Int) throws(DecodeError) -> [UInt32] {
        let blockCount = (lengths.count + Int(TRAVERSION_RUN_BLOCK) - 1) / Int(TRAVERSION_RUN_BLOCK)
        var blockEnds = [UInt64](repeating: 0, count: blockCount)
        var runs = [UInt32](repeating: 0, count: places.count)
        guard
            unsafe traversion_runs_at(
                lengths, lengths.count, count, places, places.count, &blockEnds, &runs)
        else { throw .corrupt(at: 0, "lengths of runs do not add up to \(count) values") }
        return runs
    }
}
