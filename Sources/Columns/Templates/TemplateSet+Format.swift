public import Bytes

/// Templates as a resource (Format/Segment.md, 4.3).
extension TemplateSet {
    public func write(to writer: inout ByteWriter, profile: EncodingProfile) {
        writer.append(varint: slotCounts.count)
        writer.append(varint: streamCount)
        IntegerNode.encoding(slotCounts.map { UInt64($0) }, profile: profile).write(to: &writer)
        IntegerNode.encoding(slotStreams.map { UInt64($0) }, profile: profile).write(to: &writer)
        StringNode.encoding(literals, profile: profile).write(to: &writer)
    }

    /// Reads a whole resource.
    public static func parse(
        _ reader: inout ByteReader, in environment: any PageEnvironment
    ) throws(DecodeError) -> TemplateSet {
        let start = reader.byteOffset
        let templateCount = try reader.readCount(upTo: Limits.storedByteCount, "number of templates")
        let streamCount = try reader.readCount(upTo: Limits.storedByteCount, "number of streams")
        let slotCounts = try IntegerNode.parse(&reader, count: templateCount, depth: 0)
            .decode(count: templateCount, rows: .unknown, in: environment)
        var slotCount = 0
        for count in slotCounts {
            guard count <= UInt64(Limits.storedByteCount - slotCount) else {
                throw .limit(at: start, "templates have too many slots")
            }
            slotCount += Int(count)
        }
        guard streamCount <= slotCount else {
            throw .corrupt(at: start, "\(streamCount) streams for \(slotCount) slots")
        }
        let streamStart = reader.byteOffset
        let slotStreams = try IntegerNode.parse(&reader, count: slotCount, depth: 0)
            .decode(count: slotCount, rows: .unknown, in: environment)
        guard slotStreams.allSatisfy({ $0 < UInt64(streamCount) }) else {
            throw .corrupt(at: streamStart, "a slot's stream is not below \(streamCount)")
        }
        let literalCount = slotCount + templateCount
        let literals = try StringNode.parse(&reader, count: literalCount, depth: 0)
            .decode(count: literalCount, rows: .unknown, in: environment)
        return TemplateSet(
            slotCounts: slotCounts.map { UInt32($0) }, slotStreams: slotStreams.map { UInt32($0) },
            streamCount: streamCount, literals: literals)
    }
}
