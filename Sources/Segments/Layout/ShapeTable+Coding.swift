import Bytes
import Columns

extension ShapeTable {
    /// Reads a shape table (Format/Segment.md, 4.2).
    init(parsing reader: inout ByteReader, columnCount: Int, in environment: any PageEnvironment) throws(DecodeError) {
        let start = reader.byteOffset
        let shapeCount = try reader.readCount(
            upTo: Limits.decodedByteCountPerPage / 8, "number of shapes")
        let lengths = try IntegerNode.parse(&reader, count: shapeCount, depth: 0)
            .decode(count: shapeCount, rows: .unknown, in: environment)
        ends = []
        ends.reserveCapacity(shapeCount)
        var total: UInt64 = 0
        for length in lengths {
            guard length <= UInt64(columnCount), total + length <= UInt64(Limits.decodedByteCountPerPage / 8) else {
                throw .corrupt(at: start, "shape of \(length) columns")
            }
            total += length
            ends.append(UInt32(total))
        }
        let steps = try IntegerNode.parse(&reader, count: Int(total), depth: 0)
            .decode(count: Int(total), rows: .unknown, in: environment)
        ordinals = []
        ordinals.reserveCapacity(steps.count)
        var next = 0
        for length in lengths {
            var ordinal: UInt64 = 0
            for place in 0..<Int(length) {
                let step = steps[next]
                next += 1
                guard step < UInt64(columnCount), place == 0 || step > 0 else {
                    throw .corrupt(at: start, "columns of a shape are not ascending")
                }
                ordinal = place == 0 ? step : ordinal + step
                guard ordinal < UInt64(columnCount), ordinal > UInt64(ColumnCatalog.sequenceOrdinal) else {
                    throw .corrupt(at: start, "shape names a column that is none of values")
                }
                ordinals.append(UInt32(ordinal))
            }
        }
    }

    func write(to writer: inout ByteWriter, profile: EncodingProfile) {
        var lengths: [UInt64] = []
        var steps: [UInt64] = []
        for shape in 0..<count {
            let list = self[shape]
            lengths.append(UInt64(list.count))
            var last: UInt32 = 0
            for ordinal in list {
                steps.append(UInt64(ordinal - last))
                last = ordinal
            }
        }
        writer.append(varint: count)
        IntegerNode.encoding(lengths, profile: profile).write(to: &writer)
        IntegerNode.encoding(steps, profile: profile).write(to: &writer)
    }
}
