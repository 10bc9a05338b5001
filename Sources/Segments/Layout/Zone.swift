import Bytes
import Columns

/// A run of at most 8192 rows, the unit of pruning (Format/Segment.md, 2.4).
public struct Zone: Equatable, Sendable {
    static let byteCount = 24

    public var firstRow: Int
    public var rowCount: Int
    /// Over the time column; `minTimestamp > maxTimestamp` when no row of the zone has one.
    public var minTimestamp: Int64
    public var maxTimestamp: Int64

    public var rows: Range<Int> { firstRow..<firstRow + rowCount }

    func write(to writer: inout ByteWriter) {
        writer.append(littleEndian: UInt32(firstRow))
        writer.append(littleEndian: UInt32(rowCount))
        writer.append(littleEndian: minTimestamp)
        writer.append(littleEndian: maxTimestamp)
    }

    init(firstRow: Int, rowCount: Int, minTimestamp: Int64 = .max, maxTimestamp: Int64 = .min) {
        self.firstRow = firstRow
        self.rowCount = rowCount
        self.minTimestamp = minTimestamp
        self.maxTimestamp = maxTimestamp
    }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        firstRow = Int(try reader.read(littleEndian: UInt32.self))
        rowCount = Int(try reader.read(littleEndian: UInt32.self))
        minTimestamp = try reader.read(littleEndian: Int64.self)
        maxTimestamp = try reader.read(littleEndian: Int64.self)
    }

    /// Reads a zone table and checks that its zones are dense.
    static func parseTable(
        _ bytes: ArraySlice<UInt8>, zoneCount: Int, rowCount: Int, at offset: Int
    ) throws(DecodeError) -> [Zone] {
        guard bytes.count == zoneCount * byteCount else { throw .corrupt(at: offset, "zone table has a wrong length") }
        var reader = ByteReader(bytes, baseOffset: offset)
        var zones: [Zone] = []
        zones.reserveCapacity(zoneCount)
        var nextRow = 0
        for _ in 0..<zoneCount {
            let zone = try Zone(parsing: &reader)
            guard zone.firstRow == nextRow, (1...8192).contains(zone.rowCount) else {
                throw reader.corrupt("zones are not dense, or one is empty or over 8192 rows")
            }
            nextRow += zone.rowCount
            zones.append(zone)
        }
        guard nextRow == rowCount else { throw reader.corrupt("zones hold \(nextRow) rows, the segment \(rowCount)") }
        return zones
    }
}
