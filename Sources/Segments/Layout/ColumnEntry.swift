import Bytes
import Columns

/// One entry of the directory (Format/Segment.md, 2.6).
struct ColumnEntry: Equatable, Sendable {
    static let byteCount = 64
    static let countPerBlock = 51
    static let overflowFlag: UInt8 = 1
    static let inlineFlag: UInt8 = 2

    var pathHash: UInt64
    var pathOffset: Int
    var pathByteCount: Int
    var ordinal: Int
    var type: ColumnType
    var hasOverflow: Bool
    /// The metadata stands in the tail of the entry's block, not in the file.
    var isInline: Bool
    var valueCount: UInt64
    var rawByteCount: UInt64
    var metadata: BlobReference

    func write(to writer: inout ByteWriter) {
        writer.append(littleEndian: pathHash)
        writer.append(littleEndian: UInt32(pathOffset))
        writer.append(littleEndian: UInt32(pathByteCount))
        writer.append(littleEndian: UInt32(ordinal))
        writer.append(type.rawValue)
        writer.append((hasOverflow ? Self.overflowFlag : 0) | (isInline ? Self.inlineFlag : 0))
        writer.append(littleEndian: UInt16(0))
        writer.append(littleEndian: valueCount)
        writer.append(littleEndian: rawByteCount)
        writer.append(littleEndian: metadata.offset)
        writer.append(littleEndian: metadata.length)
        writer.append(littleEndian: UInt32(0))
        writer.append(littleEndian: metadata.checksum)
    }
}

extension ColumnEntry {
    init(parsing reader: inout ByteReader, columnCount: Int) throws(DecodeError) {
        pathHash = try reader.read(littleEndian: UInt64.self)
        pathOffset = Int(try reader.read(littleEndian: UInt32.self))
        pathByteCount = Int(try reader.read(littleEndian: UInt32.self))
        ordinal = Int(try reader.read(littleEndian: UInt32.self))
        guard let type = ColumnType(rawValue: try reader.readByte()) else {
            throw DecodeError(.corrupt, at: reader.byteOffset - 1, "unknown column type")
        }
        let flags = try reader.readByte()
        let firstZero = try reader.read(littleEndian: UInt16.self)
        guard flags <= 3, firstZero == 0 else { throw reader.corrupt("unknown flags of a column") }
        guard ordinal < columnCount else { throw reader.corrupt("ordinal \(ordinal) of \(columnCount) columns") }
        let isPlaced =
            type.systemOrdinal == ordinal || type.systemOrdinal == nil && ordinal > ColumnCatalog.sequenceOrdinal
        guard isPlaced else {
            throw reader.corrupt("a column of type \(type) with ordinal \(ordinal)")
        }
        self.type = type
        hasOverflow = flags & Self.overflowFlag != 0
        isInline = flags & Self.inlineFlag != 0
        valueCount = try reader.read(littleEndian: UInt64.self)
        rawByteCount = try reader.read(littleEndian: UInt64.self)
        let offset = try reader.read(littleEndian: UInt64.self)
        let length = try reader.read(littleEndian: UInt32.self)
        let secondZero = try reader.read(littleEndian: UInt32.self)
        metadata = BlobReference(
            offset: offset, length: length, checksum: try reader.read(littleEndian: UInt64.self))
        guard secondZero == 0, !isInline || metadata.checksum == 0 else {
            throw reader.corrupt("reserved bytes of a column are not 0")
        }
        guard isInline || metadata.length > 0 || metadata == .none else {
            throw reader.corrupt("a reference to nothing that is not 0")
        }
    }
}

extension ColumnType {
    /// The ordinal of the column of which every segment has one; nil for other types.
    fileprivate var systemOrdinal: Int? {
        switch self {
        case .shape: ColumnCatalog.shapeOrdinal
        case .storedAt: ColumnCatalog.storedAtOrdinal
        case .sequence: ColumnCatalog.sequenceOrdinal
        default: nil
        }
    }
}
