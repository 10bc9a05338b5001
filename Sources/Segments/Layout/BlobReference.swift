import Bytes

/// Where a run of bytes stands in the file and what they must hash to (Format/Segment.md, 2.2).
struct BlobReference: Equatable, Sendable {
    static let byteCount = 20
    static let none = BlobReference(offset: 0, length: 0, checksum: 0)

    var offset: UInt64
    var length: UInt32
    var checksum: UInt64

    func write(to writer: inout ByteWriter) {
        writer.append(littleEndian: offset)
        writer.append(littleEndian: length)
        writer.append(littleEndian: checksum)
    }

    init(offset: UInt64, length: UInt32, checksum: UInt64) {
        self.offset = offset
        self.length = length
        self.checksum = checksum
    }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        offset = try reader.read(littleEndian: UInt64.self)
        length = try reader.read(littleEndian: UInt32.self)
        checksum = try reader.read(littleEndian: UInt64.self)
        guard length > 0 || self == .none else { throw reader.corrupt("a reference to nothing that is not 0") }
    }
}
