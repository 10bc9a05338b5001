import Bytes
import Columns
import Segments

/// How a manifest tells of an index (Format/Store.md, 3.2).
extension IndexEntry {
    func write(to writer: inout ByteWriter) {
        id.write(to: &writer)
        writer.append(zigzag: UInt64(bitPattern: Int64(window.index)))
        writer.append(varint: rowCount)
        writer.append(varint: segments.count)
        for segment in segments { segment.write(to: &writer) }
        for kind in IdFilterKind.allCases {
            writer.append(varint: self[kind].count)
            writer.append(varint: self[kind].byteCount)
        }
        writer.append(littleEndian: identity)
    }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        id = try IndexId(parsing: &reader)
        guard let index = Int32(exactly: Int64(bitPattern: try reader.readZigzag())) else {
            throw reader.corrupt("window out of range")
        }
        window = TimeWindow(index: index)
        rowCount = try reader.readCount(upTo: .max, "number of rows")
        segments = []
        for _ in 0..<(try reader.readCount(upTo: Self.segmentLimit, "number of segments")) {
            segments.append(try SegmentId(parsing: &reader))
        }
        (events, traces, spans) = (.none, .none, .none)
        identity = 0
        for kind in IdFilterKind.allCases {
            self[kind] = Shards(
                count: try reader.readCount(upTo: Self.shardLimit, "number of shards"),
                byteCount: try reader.readCount(upTo: Limits.storedByteCount, "length of a shard"))
            guard self[kind].isPossible else { throw reader.corrupt("impossible shards of an index") }
        }
        identity = try reader.read(littleEndian: UInt64.self)
    }
}

extension IndexEntry.Shards {
    /// None at all, or a power of two of them that hold at least a shard's head.
    var isPossible: Bool {
        count == 0 ? byteCount == 0 : count.nonzeroBitCount == 1 && byteCount >= IndexShard.headByteCount
    }
}
