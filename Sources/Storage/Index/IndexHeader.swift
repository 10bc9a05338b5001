import Bytes
import Segments

/// What an index file begins with (Format/Index.md, 2).
struct IndexHeader {
    static let magic: [UInt8] = Array("TRVINDX\n".utf8)
    static let version: UInt16 = 1

    var storeId: UInt64
    var entry: IndexEntry
    /// Of the segments, in their order.
    var rootChecksums: [UInt64]

    func encoded() -> [UInt8] {
        var writer = ByteWriter(reservedByteCount: entry.headerByteCount)
        writer.append(contentsOf: Self.magic)
        writer.append(littleEndian: Self.version)
        writer.append(littleEndian: Self.version)
        writer.append(littleEndian: UInt32(0))
        writer.append(littleEndian: storeId)
        writer.append(littleEndian: entry.id.writer)
        writer.append(littleEndian: entry.id.number)
        writer.append(littleEndian: Int64(entry.window.index))
        writer.append(littleEndian: UInt64(entry.rowCount))
        for kind in IdFilterKind.allCases {
            writer.append(littleEndian: UInt32(entry[kind].count))
            writer.append(littleEndian: UInt32(entry[kind].byteCount))
        }
        writer.append(littleEndian: UInt32(entry.segments.count))
        writer.append(contentsOf: repeatElement(0, count: IndexEntry.fixedHeaderByteCount - writer.byteCount))
        for (segment, rootChecksum) in zip(entry.segments, rootChecksums) {
            writer.append(littleEndian: segment.writer)
            writer.append(littleEndian: segment.number)
            writer.append(littleEndian: rootChecksum)
        }
        writer.append(littleEndian: checksum(writer.bytes))
        return writer.bytes
    }

    /// The checksum at its end.
    var identity: UInt64 { checksum(encoded().dropLast(8)) }
}
