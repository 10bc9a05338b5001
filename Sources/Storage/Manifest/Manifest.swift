import Bytes
import Columns

/// One manifest file: what a commit changed, or everything (Format/Store.md, 3).
struct Manifest: Equatable, Sendable {
    static let magic: [UInt8] = Array("TRVMANI\n".utf8)
    /// The newest version that this reader knows.
    static let readVersion: UInt16 = 3
    static let writeVersion: UInt16 = 3
    static let headerByteCount = 40
    static let checksumByteCount = 8

    var number: UInt64
    /// Made upon the manifest before it, or upon nothing.
    var isWhole: Bool
    var time: Int64
    var records: [ManifestRecord]

    func encoded() -> [UInt8] {
        var payload = ByteWriter()
        payload.append(varint: records.count)
        for record in records { record.write(to: &payload) }
        var writer = ByteWriter(reservedByteCount: Self.headerByteCount + payload.byteCount)
        writer.append(contentsOf: Self.magic)
        // As low as it can be, so that older readers go on with a store that has nothing new.
        writer.append(littleEndian: records.reduce(1) { max($0, $1.readVersion) })
        writer.append(littleEndian: Self.writeVersion)
        writer.append(littleEndian: UInt32(0))
        writer.append(littleEndian: number)
        writer.append(littleEndian: isWhole ? 0 : number - 1)
        writer.append(littleEndian: time)
        StoredBuffer.storing(payload.bytes, profile: .tier(.warm)).write(to: &writer)
        writer.append(littleEndian: checksum(writer.bytes))
        return writer.bytes
    }
}

extension Manifest {
    /// Reads the manifest that stands in the file of this number.
    init(parsing bytes: [UInt8], number: UInt64) throws(DecodeError) {
        guard bytes.count >= Self.headerByteCount + Self.checksumByteCount, bytes.starts(with: Self.magic) else {
            throw .corrupt(at: 0, "does not begin as a manifest does: cut off, or not a manifest")
        }
        let body = bytes.dropLast(Self.checksumByteCount)
        var tail = ByteReader(bytes.suffix(Self.checksumByteCount), baseOffset: body.count)
        var reader = ByteReader(body.dropFirst(Self.magic.count), baseOffset: Self.magic.count)
        let readVersion = try reader.read(littleEndian: UInt16.self)
        _ = try reader.read(littleEndian: UInt16.self)
        let features = try reader.read(littleEndian: UInt32.self)
        guard try tail.read(littleEndian: UInt64.self) == checksum(body) else {
            throw .corrupt(at: body.count, "checksum of the manifest is wrong")
        }
        guard readVersion <= Self.readVersion, features == 0 else {
            throw DecodeError(.unsupported, at: 8, "manifest of version \(readVersion) with features \(features)")
        }
        self.number = try reader.read(littleEndian: UInt64.self)
        guard self.number == number, number > 0 else {
            throw .corrupt(at: 16, "manifest \(self.number) stands in the file of manifest \(number)")
        }
        let base = try reader.read(littleEndian: UInt64.self)
        guard base == 0 || base == number - 1 else { throw .corrupt(at: 24, "made upon manifest \(base)") }
        isWhole = base == 0
        time = try reader.read(littleEndian: Int64.self)
        let buffer = try StoredBuffer.parse(&reader, upTo: Limits.storedByteCount)
        guard buffer.codec != .zstdWithDictionary else { throw .corrupt(at: 40, "records need a dictionary") }
        guard reader.isAtEnd else { throw reader.corrupt("bytes follow the records") }
        var payload = ByteReader(try buffer.raw(in: NoEnvironment()))
        let count = try payload.readCount(upTo: payload.remainingByteCount, "number of records")
        records = []
        for _ in 0..<count { records.append(try ManifestRecord(parsing: &payload)) }
        guard payload.isAtEnd else { throw payload.corrupt("bytes follow the last record") }
    }
}
