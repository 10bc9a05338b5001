public import Bytes

extension FixedNode {
    /// The first byte of a node.
    enum Tag: UInt8 {
        case raw = 0x60
        case sharedDictionary, equal, grouped
    }

    public func write(to writer: inout ByteWriter) {
        switch self {
        case .raw(let bytes):
            writer.append(Tag.raw.rawValue)
            bytes.write(to: &writer)
        case .sharedDictionary(let resource, let codes):
            writer.append(Tag.sharedDictionary.rawValue)
            writer.append(varint: resource)
            codes.write(to: &writer)
        case .equal(let source, let links):
            writer.append(Tag.equal.rawValue)
            writer.append(varint: source)
            links.writeHead(to: &writer)
            links.rest.write(to: &writer)
        case .grouped(let source, let child):
            writer.append(Tag.grouped.rawValue)
            writer.append(varint: source)
            child.write(to: &writer)
        }
    }

    /// Reads a node of `count` ids of `width` bytes.
    public static func parse(
        _ reader: inout ByteReader, count: Int, width: Int, depth: Int
    ) throws(DecodeError) -> FixedNode {
        let start = reader.byteOffset
        guard depth <= Limits.nodeDepth else { throw .limit(at: start, "nodes are nested too deep") }
        guard let tag = Tag(rawValue: try reader.readByte()) else {
            throw .corrupt(at: start, "unknown tag of a fixed node")
        }
        guard count > 0 || tag == .raw else { throw .corrupt(at: start, "a node of no ids must be raw") }
        switch tag {
        case .raw:
            return .raw(try StoredBuffer.parse(&reader, expectedRawByteCount: count * width))
        case .sharedDictionary:
            let resource = try reader.readCount(upTo: Limits.resourceCountPerColumn, "resource")
            return .sharedDictionary(
                resource: resource, codes: try IntegerNode.parse(&reader, count: count, depth: depth + 1))
        case .equal:
            let source = try reader.readCount(upTo: Limits.columnCount, "source column")
            let links = try DerivedLinks<FixedNode>.parse(&reader, count: count, depth: depth) {
                (reader, count, depth) throws(DecodeError) in
                try parse(&reader, count: count, width: width, depth: depth)
            }
            return .equal(source: source, links: links)
        case .grouped:
            let source = try reader.readCount(upTo: Limits.columnCount, "source column")
            return .grouped(
                source: source, child: try parse(&reader, count: count, width: width, depth: depth + 1))
        }
    }
}
