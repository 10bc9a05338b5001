import Bytes

/// How a manifest tells of a keyframe (Format/Store.md, 3.2).
extension KeyframeEntry {
    private static let foldedFlag: UInt8 = 1
    private static let sinceFlag: UInt8 = 2

    func write(to writer: inout ByteWriter) {
        writer.append((isFolded ? Self.foldedFlag : 0) | (since == nil ? 0 : Self.sinceFlag))
        if let since { writer.append(zigzag: UInt64(bitPattern: since)) }
        writer.append(zigzag: UInt64(bitPattern: until))
        writer.append(varint: manifest)
        writer.append(zigzag: UInt64(bitPattern: knownAt))
        writer.append(littleEndian: mapping)
        segment.write(to: &writer)
    }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        let flags = try reader.readByte()
        guard flags <= Self.foldedFlag | Self.sinceFlag else { throw reader.corrupt("flags of a keyframe") }
        isFolded = flags & Self.foldedFlag != 0
        since = flags & Self.sinceFlag != 0 ? Int64(bitPattern: try reader.readZigzag()) : nil
        until = Int64(bitPattern: try reader.readZigzag())
        guard since ?? .min <= until else { throw reader.corrupt("a keyframe ends before it begins") }
        manifest = try reader.readVarint()
        knownAt = Int64(bitPattern: try reader.readZigzag())
        mapping = try reader.read(littleEndian: UInt64.self)
        segment = try SegmentEntry(parsing: &reader, kind: .keyframe)
    }
}
