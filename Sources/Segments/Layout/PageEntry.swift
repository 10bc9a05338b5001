import Bytes
import Columns

/// One entry of a column's page table (Format/Segment.md, 2.8).
struct PageEntry: Equatable, Sendable {
    static let byteCount = 40

    enum Kind: UInt8, Sendable {
        case data = 1
        case dictionary = 2
        case templates = 3
        case symbolTable = 4
        case zstdDictionary = 5
        case shapeTable = 6
        case mapTable = 7
    }

    enum Presence: UInt8, Sendable {
        case everyRow = 0
        case byShape = 1
        case own = 2
    }

    var blob: BlobReference
    var valueCount: Int
    var firstZone: Int
    var zoneCount: Int
    var kind: Kind
    var presence: Presence
    var rawByteCount: UInt32

    var zones: Range<Int> { firstZone..<firstZone + zoneCount }

    func write(to writer: inout ByteWriter) {
        writer.append(littleEndian: blob.offset)
        writer.append(littleEndian: blob.checksum)
        writer.append(littleEndian: blob.length)
        writer.append(littleEndian: UInt32(valueCount))
        writer.append(littleEndian: UInt32(firstZone))
        writer.append(littleEndian: UInt32(zoneCount))
        writer.append(kind.rawValue)
        writer.append(presence.rawValue)
        writer.append(littleEndian: UInt16(0))
        writer.append(littleEndian: rawByteCount)
    }

    init(
        blob: BlobReference, valueCount: Int, firstZone: Int, zoneCount: Int, kind: Kind,
        presence: Presence = .everyRow, rawByteCount: UInt32
    ) {
        self.blob = blob
        self.valueCount = valueCount
        self.firstZone = firstZone
        self.zoneCount = zoneCount
        self.kind = kind
        self.presence = presence
        self.rawByteCount = rawByteCount
    }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        let offset = try reader.read(littleEndian: UInt64.self)
        let checksum = try reader.read(littleEndian: UInt64.self)
        let length = try reader.read(littleEndian: UInt32.self)
        blob = BlobReference(offset: offset, length: length, checksum: checksum)
        valueCount = Int(try reader.read(littleEndian: UInt32.self))
        firstZone = Int(try reader.read(littleEndian: UInt32.self))
        zoneCount = Int(try reader.read(littleEndian: UInt32.self))
        guard let kind = Kind(rawValue: try reader.readByte()) else { throw reader.corrupt("unknown kind of page") }
        guard let presence = Presence(rawValue: try reader.readByte()) else {
            throw reader.corrupt("unknown kind of presence")
        }
        guard try reader.read(littleEndian: UInt16.self) == 0 else { throw reader.corrupt("reserved bytes are not 0") }
        self.kind = kind
        self.presence = presence
        rawByteCount = try reader.read(littleEndian: UInt32.self)
    }

    /// Reads a page table and checks every rule that needs no page.
    static func parseTable(
        _ bytes: ArraySlice<UInt8>, zones: [Zone], at offset: Int
    ) throws(DecodeError) -> [PageEntry] {
        var reader = ByteReader(bytes, baseOffset: offset)
        var pages: [PageEntry] = []
        pages.reserveCapacity(bytes.count / byteCount)
        var nextZone = 0
        while !reader.isAtEnd {
            let page = try PageEntry(parsing: &reader)
            guard page.blob.length <= Limits.storedByteCount else { throw reader.corrupt("page is over 64 MiB") }
            guard page.zoneCount >= 1, page.zoneCount <= Limits.zoneCountPerPage,
                page.firstZone + page.zoneCount <= zones.count
            else { throw reader.corrupt("page lies in zones that the segment does not have, or in over 64") }
            if page.kind == .data {
                let rowCount = zones[page.zones.upperBound - 1].rows.upperBound - zones[page.firstZone].firstRow
                guard page.firstZone >= nextZone else {
                    throw reader.corrupt("data pages overlap or are not ascending")
                }
                guard page.valueCount >= 1, page.valueCount <= rowCount else {
                    throw reader.corrupt("page has \(page.valueCount) values in \(rowCount) rows")
                }
                guard page.presence != .everyRow || page.valueCount == rowCount else {
                    throw reader.corrupt("page says that every row has a value, but holds fewer")
                }
                nextZone = page.zones.upperBound
            }
            pages.append(page)
        }
        return pages
    }
}
