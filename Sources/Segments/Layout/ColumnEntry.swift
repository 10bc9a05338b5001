import Bytes
import Columns

/// One entry of the directory (Format/Segment.md, 2.6).
struct ColumnEntry: Equatable, Sendable {
    static let byteCount = 80
    static let countPerBlock = 51
    static let overflowFlag: UInt8 = 1

    var pathHash: UInt64
    var pathOffset: Int
    var pathByteCount: Int
    var ordinal: Int
    var type: ColumnType
    var hasOverflow: Bool
    var valueCount: UInt64
    var pageTableOffset: UInt64
    var pageTableChecksum: UInt64
    var pageCount: Int
    var statistics: BlobReference
    var rawByteCount: UInt64

    var pageTable: BlobReference {
        BlobReference(
            offset: pageTableOffset, length: UInt32(pageCount * PageEntry.byteCount), checksum: pageTableChecksum)
    }

    func write(to writer: inout ByteWriter) {
        writer.append(littleEndian: pathHash)
        writer.append(littleEndian: UInt32(pathOffset))
        writer.append(littleEndian: UInt32(pathByteCount))
        writer.append(littleEndian: UInt32(ordinal))
        writer.append(type.rawValue)
        writer.append(hasOverflow ? Self.overflowFlag : 0)
        writer.append(littleEndian: UInt16(0))
        writer.append(littleEndian: valueCount)
        writer.append(littleEndian: pageTableOffset)
        writer.append(littleEndian: pageTableChecksum)
        writer.append(littleEndian: UInt32(pageCount))
        writer.append(littleEndian: statistics.length)
        writer.append(littleEndian: statistics.offset)
        writer.append(littleEndian: statistics.checksum)
        writer.append(littleEndian: rawByteCount)
    }
}

extension ColumnEntry {
    init(parsing reader: inout ByteReader, columnCount: Int) throws(DecodeError) {
        pathHash = try reader.read(littleEndian: UInt64.self)
        pathOffset = Int(try reader.read(littleEndian: UInt32.self))
        pathByteCount = Int(try reader.read(littleEndian: UInt32.self))
        ordinal = Int(try reader.read(littleEndian: UInt32.self))
        guard let type = ColumnType(rawValue: try reader.readByte()) else {
            throw DecodeError(.unsupported, at: reader.byteOffset - 1, "unknown column type")
        }
        let flags = try reader.readByte()
        let zero = try reader.read(littleEndian: UInt16.self)
        guard flags <= 1, zero == 0 else { throw reader.corrupt("unknown flags of a column") }
        guard ordinal < columnCount else { throw reader.corrupt("ordinal \(ordinal) of \(columnCount) columns") }
        self.type = type
        hasOverflow = flags & Self.overflowFlag != 0
        valueCount = try reader.read(littleEndian: UInt64.self)
        pageTableOffset = try reader.read(littleEndian: UInt64.self)
        pageTableChecksum = try reader.read(littleEndian: UInt64.self)
        pageCount = Int(try reader.read(littleEndian: UInt32.self))
        guard pageCount <= Limits.storedByteCount / PageEntry.byteCount else {
            throw reader.corrupt("page table is over 64 MiB")
        }
        let statisticsLength = try reader.read(littleEndian: UInt32.self)
        let statisticsOffset = try reader.read(littleEndian: UInt64.self)
        let statisticsChecksum = try reader.read(littleEndian: UInt64.self)
        statistics = BlobReference(offset: statisticsOffset, length: statisticsLength, checksum: statisticsChecksum)
        rawByteCount = try reader.read(littleEndian: UInt64.self)
    }
}
