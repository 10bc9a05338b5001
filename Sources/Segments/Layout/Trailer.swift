import Bytes

/// The last 64 bytes of a segment (Format/Segment.md, 2.1).
struct Trailer: Equatable, Sendable {
    static let byteCount = 64
    static let magic: [UInt8] = Array("TRVSEG1\n".utf8)
    static let readVersion: UInt16 = 1
    static let writeVersion: UInt16 = 1
    /// The feature bits of grouped nodes and of differences with anchors, and all that this reader knows.
    static let groupedNodes: UInt32 = 1
    static let anchoredDeltas: UInt32 = 2
    static let knownFeatures = groupedNodes | anchoredDeltas

    var root: BlobReference
    var fileByteCount: UInt64
    var incompatibleFeatures: UInt32 = 0
    var compatibleFeatures: UInt32 = 0
    var readVersion = Trailer.readVersion
    var writeVersion = Trailer.writeVersion

    /// The 16 bytes with which every segment begins.
    static var header: [UInt8] {
        var writer = ByteWriter()
        writer.append(contentsOf: magic)
        writer.append(littleEndian: readVersion)
        writer.append(littleEndian: writeVersion)
        writer.append(littleEndian: UInt32(0))
        return writer.bytes
    }

    func encoded() -> [UInt8] {
        var writer = ByteWriter(reservedByteCount: Self.byteCount)
        writer.append(littleEndian: root.offset)
        writer.append(littleEndian: root.length)
        writer.append(littleEndian: UInt32(0))
        writer.append(littleEndian: root.checksum)
        writer.append(littleEndian: fileByteCount)
        writer.append(littleEndian: incompatibleFeatures)
        writer.append(littleEndian: compatibleFeatures)
        writer.append(littleEndian: readVersion)
        writer.append(littleEndian: writeVersion)
        writer.append(littleEndian: UInt32(0))
        writer.append(littleEndian: checksum(writer.bytes))
        writer.append(contentsOf: Self.magic)
        return writer.bytes
    }
}

extension Trailer {
    /// Compares the header, which is in no checksum, with what the trailer says.
    func check(header: ArraySlice<UInt8>) throws(DecodeError) {
        var expected = ByteWriter()
        expected.append(contentsOf: Self.magic)
        expected.append(littleEndian: readVersion)
        expected.append(littleEndian: writeVersion)
        expected.append(littleEndian: UInt32(0))
        guard header.elementsEqual(expected.bytes) else {
            throw .corrupt(at: 0, "the header is not that of a segment, or of another version than the trailer")
        }
    }

    /// Reads the trailer of a file of `fileByteCount` bytes; `bytes` are its last 64.
    init(parsing bytes: ArraySlice<UInt8>, fileByteCount actual: UInt64) throws(DecodeError) {
        let base = Int(actual) - Self.byteCount
        guard bytes.count == Self.byteCount, bytes.suffix(8).elementsEqual(Self.magic) else {
            throw .corrupt(at: max(0, base + 56), "does not end as a segment does: cut off, or not a segment")
        }
        var reader = ByteReader(bytes, baseOffset: base)
        let rootOffset = try reader.read(littleEndian: UInt64.self)
        let rootLength = try reader.read(littleEndian: UInt32.self)
        let firstZero = try reader.read(littleEndian: UInt32.self)
        let rootChecksum = try reader.read(littleEndian: UInt64.self)
        root = BlobReference(offset: rootOffset, length: rootLength, checksum: rootChecksum)
        fileByteCount = try reader.read(littleEndian: UInt64.self)
        incompatibleFeatures = try reader.read(littleEndian: UInt32.self)
        compatibleFeatures = try reader.read(littleEndian: UInt32.self)
        readVersion = try reader.read(littleEndian: UInt16.self)
        writeVersion = try reader.read(littleEndian: UInt16.self)
        let secondZero = try reader.read(littleEndian: UInt32.self)
        let stored = try reader.read(littleEndian: UInt64.self)
        guard stored == checksum(bytes.prefix(48)) else { throw .corrupt(at: base + 48, "trailer checksum is wrong") }
        guard readVersion <= Self.readVersion else {
            throw DecodeError(.unsupported, at: base + 40, "needs a reader of format version \(readVersion)")
        }
        guard readVersion > 0, writeVersion > 0 else { throw .corrupt(at: base + 40, "format version 0") }
        let unknown = incompatibleFeatures & ~Self.knownFeatures
        guard unknown == 0 else {
            throw DecodeError(.unsupported, at: base + 32, "uses features \(unknown) of a later format")
        }
        guard firstZero == 0, secondZero == 0 else {
            throw .corrupt(at: base, "reserved bytes of the trailer are not 0")
        }
        guard fileByteCount == actual else {
            throw .corrupt(at: base + 24, "file has \(actual) bytes, was written with \(fileByteCount)")
        }
        let (rootEnd, overflow) = rootOffset.addingReportingOverflow(UInt64(rootLength))
        guard rootOffset >= UInt64(Self.header.count), !overflow, rootEnd == UInt64(base) else {
            throw .corrupt(at: base, "the root does not stand right before the trailer")
        }
    }
}
