import Bytes
import Columns

/// The values of rare columns that share a bucket (Format/Segment.md, 7).
struct OverflowPage: Equatable {
    var bucket: Int
    var count: Int
    var ordinals: IntegerNode
    /// Relative to the first row of the page, ascending.
    var rows: IntegerNode
    var texts: StringNode

    init(bucket: Int, count: Int, ordinals: IntegerNode, rows: IntegerNode, texts: StringNode) {
        self.bucket = bucket
        self.count = count
        self.ordinals = ordinals
        self.rows = rows
        self.texts = texts
    }

    init(parsing reader: inout ByteReader, count expected: Int) throws(DecodeError) {
        bucket = try reader.readCount(upTo: Int(UInt16.max), "overflow bucket")
        count = try reader.readCount(upTo: Limits.rowCountPerSegment, "values in an overflow bucket")
        guard count == expected else {
            throw reader.corrupt("overflow bucket has another number of values than its page")
        }
        ordinals = try IntegerNode.parse(&reader, count: count, depth: 0)
        rows = try IntegerNode.parse(&reader, count: count, depth: 0)
        texts = try StringNode.parse(&reader, count: count, depth: 0)
    }

    func write(to writer: inout ByteWriter) {
        writer.append(varint: bucket)
        writer.append(varint: count)
        ordinals.write(to: &writer)
        rows.write(to: &writer)
        texts.write(to: &writer)
    }

    struct Values {
        var ordinals: [UInt64]
        var rows: [UInt64]
        var texts: StringVector
    }

    func decode(rowCount: Int, in scope: PageScope) throws(DecodeError) -> Values {
        let (reader, offset) = (scope.reader, scope.entry.errorOffset)
        let bucketCount = reader.root.overflowBucketCount
        guard bucket < bucketCount else { throw .corrupt(at: offset, "overflow bucket \(bucket) of \(bucketCount)") }
        let plain = PlainPartEnvironment(scope)
        let values = Values(
            ordinals: try ordinals.decode(count: count, rows: .unknown, in: plain),
            rows: try rows.decode(count: count, rows: .unknown, in: plain),
            texts: try texts.decode(count: count, rows: .unknown, in: plain))
        var last: (row: UInt64, ordinal: UInt64)?
        for (row, ordinal) in zip(values.rows, values.ordinals) {
            guard row < UInt64(rowCount), ordinal < UInt64(reader.columnCount),
                ordinal % UInt64(bucketCount) == UInt64(bucket)
            else { throw .corrupt(at: offset, "rows or columns of an overflow bucket are wrong") }
            if let last, (row, ordinal) <= last {
                throw .corrupt(at: offset, "values of an overflow bucket are not ascending")
            }
            last = (row, ordinal)
        }
        return values
    }
}
