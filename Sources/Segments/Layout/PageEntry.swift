import Bytes
import Columns

/// One entry of a column's page table (Format/Segment.md, 2.8).
struct PageEntry: Equatable, Sendable {
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

    /// Where the page's bytes stand.
    enum Place: Equatable, Sendable {
        case stored(BlobReference)
        /// In the metadata itself, at a byte of the file (of the directory block when that is inline too).
        case inline(ArraySlice<UInt8>, at: Int)
    }

    static let inlineFlag: UInt8 = 1 << 6

    var place: Place
    var valueCount: Int
    var firstZone: Int
    var zoneCount: Int
    var kind: Kind
    var presence: Presence = .everyRow
    /// Informative, so anything may stand there.
    var rawByteCount: UInt64

    var zones: Range<Int> { firstZone..<firstZone + zoneCount }

    var length: Int {
        switch place {
        case .stored(let blob): Int(blob.length)
        case .inline(let bytes, _): bytes.count
        }
    }

    /// The byte of the file to name when the page is damaged.
    var errorOffset: Int {
        switch place {
        case .stored(let blob): SegmentReader.clamped(blob.offset)
        case .inline(_, let offset): offset
        }
    }

    /// Writes the entry; `end` is where the last stored page ended.
    func write(to writer: inout ByteWriter, after end: inout UInt64) {
        var descriptor = kind.rawValue | presence.rawValue << 4
        if case .inline = place { descriptor |= Self.inlineFlag }
        writer.append(descriptor)
        for value in [valueCount, firstZone, zoneCount] { writer.append(varint: value) }
        writer.append(varint: rawByteCount)
        writer.append(varint: length)
        if case .stored(let blob) = place {
            writer.append(zigzag: blob.offset &- end)
            writer.append(littleEndian: blob.checksum)
            end = blob.offset + UInt64(blob.length)
        }
    }

    /// Reads an entry; an inline page's bytes are filled in later. `end` is where the last stored page ended, at most
    /// the greatest `Int64`.
    init(parsing reader: inout ByteReader, after end: inout UInt64) throws(DecodeError) {
        let start = reader.byteOffset
        let descriptor = try reader.readByte()
        let isInline = descriptor & Self.inlineFlag != 0
        guard let kind = Kind(rawValue: descriptor & 15), let presence = Presence(rawValue: descriptor >> 4 & 3),
            descriptor < 0x80, kind == .data || presence == .everyRow
        else { throw .corrupt(at: start, "unknown kind of page or presence") }
        self.kind = kind
        self.presence = presence
        valueCount = try reader.readCount(upTo: Limits.rowCountPerSegment, "values of a page")
        firstZone = try reader.readCount(upTo: Limits.rowCountPerSegment, "first zone of a page")
        zoneCount = try reader.readCount(upTo: Limits.rowCountPerSegment, "zones of a page")
        rawByteCount = try reader.readVarint()
        let length = try reader.readCount(upTo: Limits.storedByteCount, "length of a page")
        guard length > 0 else { throw reader.corrupt("a page of no bytes") }
        if isInline {
            place = .inline(ArraySlice(repeating: 0, count: 0), at: length)
        } else {
            let distance = Int64(bitPattern: try reader.readZigzag())
            let (offset, overflows) = Int64(end).addingReportingOverflow(distance)
            guard !overflows, offset >= 0, offset <= Int64.max - Int64(length) else {
                throw .corrupt(at: start, "page lies before or behind every file")
            }
            place = .stored(
                BlobReference(
                    offset: UInt64(offset), length: UInt32(length),
                    checksum: try reader.read(littleEndian: UInt64.self)))
            end = UInt64(offset) + UInt64(length)
        }
    }

    init(
        place: Place, valueCount: Int, firstZone: Int, zoneCount: Int, kind: Kind, presence: Presence = .everyRow,
        rawByteCount: Int
    ) {
        self.place = place
        self.valueCount = valueCount
        self.firstZone = firstZone
        self.zoneCount = zoneCount
        self.kind = kind
        self.presence = presence
        self.rawByteCount = UInt64(rawByteCount)
    }
}
