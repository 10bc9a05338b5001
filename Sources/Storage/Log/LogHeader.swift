import Bytes

/// How a log file begins (Format/Store.md, 4.1).
public struct LogHeader: Equatable, Sendable {
    static let magic: [UInt8] = Array("TRVLOG1\n".utf8)
    static let readVersion: UInt16 = 1
    static let writeVersion: UInt16 = 1
    /// Without the mapping and the checksum.
    static let fixedByteCount = 44
    static let checksumByteCount = 8
    public static let mappingByteLimit = 1 << 16

    public var id: LogId
    public var storeId: UInt64
    /// When the file was begun: times without a year are never long after it.
    public var time: Int64
    /// Where events have their canonical fields, before the usual places: `timestamp=@t,service=app`.
    public var mapping: String

    public init(id: LogId, storeId: UInt64, time: Int64, mapping: String) {
        self.id = id
        self.storeId = storeId
        self.time = time
        self.mapping = mapping
    }

    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.append(contentsOf: Self.magic)
        writer.append(littleEndian: Self.readVersion)
        writer.append(littleEndian: Self.writeVersion)
        writer.append(littleEndian: UInt32(0))
        writer.append(littleEndian: storeId)
        writer.append(littleEndian: id.writer)
        writer.append(littleEndian: id.number)
        writer.append(littleEndian: time)
        writer.append(littleEndian: UInt32(mapping.utf8.count))
        writer.append(contentsOf: mapping.utf8)
        writer.append(littleEndian: checksum(writer.bytes))
        return writer.bytes
    }

    /// The bytes of a whole header whose fixed part is given.
    static func byteCount(_ fixed: [UInt8]) throws(DecodeError) -> Int {
        var reader = ByteReader(fixed.suffix(4), baseOffset: fixedByteCount - 4)
        let mapping = try reader.read(littleEndian: UInt32.self)
        guard mapping <= mappingByteLimit else { throw reader.corrupt("mapping of \(mapping) bytes") }
        return fixedByteCount + Int(mapping) + checksumByteCount
    }

    init(parsing bytes: [UInt8]) throws(DecodeError) {
        guard bytes.count >= Self.fixedByteCount + Self.checksumByteCount, bytes.starts(with: Self.magic) else {
            throw .corrupt(at: 0, "does not begin as a log does")
        }
        let body = bytes.dropLast(Self.checksumByteCount)
        var tail = ByteReader(bytes.suffix(Self.checksumByteCount), baseOffset: body.count)
        guard try tail.read(littleEndian: UInt64.self) == checksum(body) else {
            throw .corrupt(at: body.count, "checksum of the log's header is wrong")
        }
        var reader = ByteReader(body.dropFirst(Self.magic.count), baseOffset: Self.magic.count)
        let readVersion = try reader.read(littleEndian: UInt16.self)
        _ = try reader.read(littleEndian: UInt16.self)
        let features = try reader.read(littleEndian: UInt32.self)
        guard readVersion <= Self.readVersion, features == 0 else {
            throw DecodeError(.unsupported, at: 8, "log of version \(readVersion) with features \(features)")
        }
        storeId = try reader.read(littleEndian: UInt64.self)
        let writer = try reader.read(littleEndian: UInt32.self)
        id = LogId(writer: writer, number: try reader.read(littleEndian: UInt32.self))
        time = try reader.read(littleEndian: Int64.self)
        _ = try reader.read(littleEndian: UInt32.self)
        mapping = String(decoding: try reader.readSlice(byteCount: reader.remainingByteCount), as: UTF8.self)
    }
}
