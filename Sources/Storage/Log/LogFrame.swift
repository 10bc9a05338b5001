import Bytes
public import Columns

/// What one sync of a log made durable: some batches of events (Format/Store.md, 4.2).
///
/// A frame is written only after the one before it is durable. So an intact frame proves that all before it were, and
/// a place that cannot be read is damage when an intact frame follows, and else the end of a write that a crash cut.
public struct LogFrame: Equatable, Sendable {
    static let marker: [UInt8] = Array("TRVF".utf8)
    /// Marker, checksum and length.
    static let headerByteCount = 16
    /// Length of a payload.
    static let payloadByteLimit = 64 << 20
    /// Raw bytes of all batches.
    static let rawByteLimit = 256 << 20

    public var storedAt: Int64
    /// Of the first event; the others have those that follow.
    public var firstSequence: UInt64
    public var eventCount: Int
    /// JSON lines, each an event or empty.
    public var batches: [StoredBuffer]

    public init(storedAt: Int64, firstSequence: UInt64, eventCount: Int, batches: [StoredBuffer]) {
        self.storedAt = storedAt
        self.firstSequence = firstSequence
        self.eventCount = eventCount
        self.batches = batches
    }

    /// What makes a frame valid in one place of one file only.
    static func seed(_ id: LogId, storeId: UInt64, byteOffset: Int) -> UInt64 {
        var writer = ByteWriter()
        writer.append(littleEndian: storeId)
        writer.append(littleEndian: id.writer)
        writer.append(littleEndian: id.number)
        writer.append(littleEndian: UInt64(byteOffset))
        return checksum(writer.bytes)
    }

    func encoded(seed: UInt64) -> [UInt8] {
        var body = ByteWriter(reservedByteCount: batches.reduce(64) { $0 + $1.byteCount })
        body.append(littleEndian: UInt32(0))
        body.append(littleEndian: storedAt)
        body.append(littleEndian: firstSequence)
        body.append(varint: eventCount)
        body.append(varint: batches.count)
        for batch in batches { batch.write(to: &body) }
        var bytes = body.bytes
        precondition(bytes.count - 4 <= Self.payloadByteLimit, "a frame is too long")
        let length = UInt32(bytes.count - 4)
        for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        var writer = ByteWriter(reservedByteCount: bytes.count + 12)
        writer.append(contentsOf: Self.marker)
        writer.append(littleEndian: checksum(bytes, seed: seed))
        writer.append(contentsOf: bytes)
        return writer.bytes
    }

    /// Length of the payload behind a frame's first bytes; nil when these are none.
    static func payloadByteCount(_ header: ArraySlice<UInt8>) -> Int? {
        guard header.count >= headerByteCount, header.starts(with: marker) else { return nil }
        var length = 0
        for index in 0..<4 { length |= Int(header[header.startIndex + 12 + index]) << (8 * index) }
        return length <= payloadByteLimit ? length : nil
    }

    /// Whether these bytes are a frame that was written whole into its place.
    static func isIntact(_ bytes: ArraySlice<UInt8>, seed: UInt64) -> Bool {
        var reader = ByteReader(bytes.dropFirst(marker.count).prefix(8))
        guard let stored = try? reader.read(littleEndian: UInt64.self) else { return false }
        return stored == checksum(bytes.dropFirst(12), seed: seed)
    }

    /// Reads an intact frame that stands at `byteOffset`.
    init(parsing bytes: ArraySlice<UInt8>, at byteOffset: Int) throws(DecodeError) {
        var reader = ByteReader(
            bytes.dropFirst(Self.headerByteCount), baseOffset: byteOffset + Self.headerByteCount)
        storedAt = try reader.read(littleEndian: Int64.self)
        firstSequence = try reader.read(littleEndian: UInt64.self)
        eventCount = try reader.readCount(upTo: Self.rawByteLimit, "number of events")
        guard !firstSequence.addingReportingOverflow(UInt64(eventCount)).overflow else {
            throw reader.corrupt("sequences beyond the last one")
        }
        let count = try reader.readCount(upTo: reader.remainingByteCount, "number of batches")
        batches = []
        var room = Self.rawByteLimit
        for _ in 0..<count {
            let batch = try StoredBuffer.parse(&reader, upTo: min(room, Limits.storedByteCount))
            guard batch.codec == .none || batch.codec == .lz4 else { throw reader.corrupt("codec of a batch") }
            room -= batch.rawByteCount
            batches.append(batch)
        }
        guard reader.isAtEnd else { throw reader.corrupt("bytes follow the last batch") }
    }

}
