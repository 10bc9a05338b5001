public import Bytes

/// A run of bytes inside a page, compressed or not (Format/Segment.md, 3.1).
public struct StoredBuffer: Equatable, Sendable {
    public enum Codec: UInt8, Sendable {
        case none = 0
        case lz4 = 1
        case zstd = 2
        case zstdWithDictionary = 3
    }

    public var codec: Codec
    public var rawByteCount: Int
    /// The Zstd dictionary's resource, used with `zstdWithDictionary` only.
    public var resource: Int
    public var stored: ArraySlice<UInt8>

    public init(codec: Codec, rawByteCount: Int, resource: Int = 0, stored: ArraySlice<UInt8>) {
        self.codec = codec
        self.rawByteCount = rawByteCount
        self.resource = resource
        self.stored = stored
    }

    public init(raw: [UInt8]) { self.init(codec: .none, rawByteCount: raw.count, stored: raw[...]) }

    public func write(to writer: inout ByteWriter) {
        writer.append(codec.rawValue)
        writer.append(varint: rawByteCount)
        if codec == .zstdWithDictionary { writer.append(varint: resource) }
        if codec != .none { writer.append(varint: stored.count) }
        writer.append(contentsOf: stored)
    }

    /// Reads a buffer whose raw length the caller knows, so that a wrong one is found before anything is decompressed.
    public static func parse(
        _ reader: inout ByteReader, expectedRawByteCount: Int
    ) throws(DecodeError) -> StoredBuffer {
        let start = reader.byteOffset
        let buffer = try parse(&reader, upTo: Limits.storedByteCount)
        guard buffer.rawByteCount == expectedRawByteCount else {
            throw .corrupt(
                at: start, "buffer has raw length \(buffer.rawByteCount), must have \(expectedRawByteCount)")
        }
        return buffer
    }

    /// Reads a buffer that tells its own raw length, at most `limit`.
    public static func parse(_ reader: inout ByteReader, upTo limit: Int) throws(DecodeError) -> StoredBuffer {
        let start = reader.byteOffset
        guard let codec = Codec(rawValue: try reader.readByte()) else {
            throw .corrupt(at: start, "unknown buffer codec")
        }
        let rawByteCount = try reader.readCount(upTo: limit, "raw length of a buffer")
        let resource = codec == .zstdWithDictionary ? try reader.readCount(upTo: 1 << 20, "resource") : 0
        var storedByteCount = rawByteCount
        if codec != .none {
            guard rawByteCount > 0 else { throw .corrupt(at: start, "empty buffer is compressed") }
            storedByteCount = try reader.readCount(upTo: rawByteCount - 1, "stored length of a buffer")
        }
        return StoredBuffer(
            codec: codec, rawByteCount: rawByteCount, resource: resource,
            stored: try reader.readSlice(byteCount: storedByteCount))
    }
}
