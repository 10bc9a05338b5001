import Bytes
import Columns

/// What a reader must know of the whole segment before anything else (Format/Segment.md, 2.3).
struct Root: Equatable, Sendable {
    struct DirectoryBlock: Equatable, Sendable {
        var firstPathHash: UInt64
        var blob: BlobReference
    }

    struct Filter: Equatable, Sendable {
        var kind: UInt32
        var blob: BlobReference
    }

    static let noTimeColumn = UInt32.max

    var rowCount: Int
    var zoneCount: Int
    var columnCount: Int
    var minTimestamp: Int64 = 0
    var maxTimestamp: Int64 = 0
    var minStoredAt: Int64 = 0
    var maxStoredAt: Int64 = 0
    var minSequence: UInt64 = 0
    var maxSequence: UInt64 = 0
    var tier: EncodingProfile.Tier
    var hasTimestamps = false
    var overflowBucketCount: Int = 0
    var timeColumn: UInt32 = Root.noTimeColumn
    var zoneTable: BlobReference
    var pathHeap: BlobReference
    var ordinalIndex: BlobReference
    var directoryBlocks: [DirectoryBlock]
    var filters: [Filter]
    var writer: String

    func encoded() -> [UInt8] {
        var bytes = ByteWriter()
        bytes.append(littleEndian: UInt64(rowCount))
        bytes.append(littleEndian: UInt32(zoneCount))
        bytes.append(littleEndian: UInt32(columnCount))
        bytes.append(littleEndian: minTimestamp)
        bytes.append(littleEndian: maxTimestamp)
        bytes.append(littleEndian: minStoredAt)
        bytes.append(littleEndian: maxStoredAt)
        bytes.append(littleEndian: minSequence)
        bytes.append(littleEndian: maxSequence)
        bytes.append(tier.rawValue)
        bytes.append(hasTimestamps ? 1 : 0)
        bytes.append(littleEndian: UInt16(overflowBucketCount))
        bytes.append(littleEndian: timeColumn)
        zoneTable.write(to: &bytes)
        pathHeap.write(to: &bytes)
        ordinalIndex.write(to: &bytes)
        bytes.append(littleEndian: UInt32(directoryBlocks.count))
        bytes.append(littleEndian: UInt32(filters.count))
        bytes.append(littleEndian: UInt32(writer.utf8.count))
        for block in directoryBlocks {
            bytes.append(littleEndian: block.firstPathHash)
            block.blob.write(to: &bytes)
        }
        for filter in filters {
            bytes.append(littleEndian: filter.kind)
            bytes.append(littleEndian: UInt32(0))
            filter.blob.write(to: &bytes)
        }
        bytes.append(contentsOf: writer.utf8)
        return bytes.bytes
    }
}

extension Root {
    init(parsing bytes: ArraySlice<UInt8>, at offset: Int) throws(DecodeError) {
        var reader = ByteReader(bytes, baseOffset: offset)
        let rows = try reader.read(littleEndian: UInt64.self)
        guard rows <= UInt64(Limits.rowCountPerSegment) else { throw .limit(at: offset, "over 2^31 - 1 rows") }
        rowCount = Int(rows)
        zoneCount = Int(try reader.read(littleEndian: UInt32.self))
        columnCount = Int(try reader.read(littleEndian: UInt32.self))
        guard zoneCount <= rowCount, zoneCount <= Limits.storedByteCount / Zone.byteCount else {
            throw .corrupt(at: offset + 8, "\(zoneCount) zones for \(rowCount) rows")
        }
        guard columnCount <= Limits.columnCount else { throw .limit(at: offset + 12, "over 2^20 columns") }
        guard columnCount >= 3 else { throw .corrupt(at: offset + 12, "no system columns") }
        minTimestamp = try reader.read(littleEndian: Int64.self)
        maxTimestamp = try reader.read(littleEndian: Int64.self)
        minStoredAt = try reader.read(littleEndian: Int64.self)
        maxStoredAt = try reader.read(littleEndian: Int64.self)
        minSequence = try reader.read(littleEndian: UInt64.self)
        maxSequence = try reader.read(littleEndian: UInt64.self)
        guard let tier = EncodingProfile.Tier(rawValue: try reader.readByte()) else {
            throw reader.corrupt("unknown tier")
        }
        self.tier = tier
        let flags = try reader.readByte()
        guard flags <= 1 else { throw reader.corrupt("unknown flags of the root") }
        hasTimestamps = flags == 1
        overflowBucketCount = Int(try reader.read(littleEndian: UInt16.self))
        timeColumn = try reader.read(littleEndian: UInt32.self)
        guard hasTimestamps == (timeColumn != Self.noTimeColumn), !hasTimestamps || timeColumn < UInt32(columnCount),
            hasTimestamps || minTimestamp == 0 && maxTimestamp == 0
        else { throw .corrupt(at: offset + 64, "timestamps without a time column, or the other way round") }
        zoneTable = try BlobReference(parsing: &reader)
        pathHeap = try BlobReference(parsing: &reader)
        ordinalIndex = try BlobReference(parsing: &reader)
        let blockCount = Int(try reader.read(littleEndian: UInt32.self))
        let filterCount = Int(try reader.read(littleEndian: UInt32.self))
        let writerByteCount = Int(try reader.read(littleEndian: UInt32.self))
        let perBlock = ColumnEntry.countPerBlock
        guard blockCount == (columnCount + perBlock - 1) / perBlock else {
            throw .corrupt(at: offset + 132, "\(blockCount) directory blocks for \(columnCount) columns")
        }
        guard reader.remainingByteCount == blockCount * 28 + filterCount * 28 + writerByteCount else {
            throw reader.corrupt("root has a wrong length")
        }
        directoryBlocks = []
        for _ in 0..<blockCount {
            directoryBlocks.append(
                DirectoryBlock(
                    firstPathHash: try reader.read(littleEndian: UInt64.self),
                    blob: try BlobReference(parsing: &reader)))
        }
        guard zip(directoryBlocks, directoryBlocks.dropFirst()).allSatisfy({ $0.firstPathHash <= $1.firstPathHash })
        else { throw .corrupt(at: offset + 144, "directory blocks are not ascending") }
        filters = []
        for _ in 0..<filterCount {
            let kind = try reader.read(littleEndian: UInt32.self)
            guard try reader.read(littleEndian: UInt32.self) == 0 else {
                throw reader.corrupt("reserved bytes of a filter are not 0")
            }
            guard filters.last.map({ $0.kind < kind }) ?? true else {
                throw reader.corrupt("id filters are not ascending by kind")
            }
            filters.append(Filter(kind: kind, blob: try BlobReference(parsing: &reader)))
        }
        let text = try reader.readSlice(byteCount: writerByteCount)
        guard let writer = String(validating: text, as: UTF8.self) else { throw reader.corrupt("writer is not UTF-8") }
        self.writer = writer
    }
}
