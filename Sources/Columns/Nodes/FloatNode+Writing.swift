public import Bytes

extension FloatNode {
    /// The first byte of a node (Format/Segment.md, 5.2).
    enum Tag: UInt8 {
        case bits = 0x20
        case scaled, splitBits, grouped
    }

    public func write(to writer: inout ByteWriter) {
        switch self {
        case .bits(let node):
            writer.append(Tag.bits.rawValue)
            node.write(to: &writer)
        case .scaled(let scale, let digits, let exceptions):
            writer.append(Tag.scaled.rawValue)
            writer.append(scale.base.rawValue)
            writer.append(UInt8(scale.exponent))
            digits.write(to: &writer)
            exceptions.write(to: &writer)
        case .splitBits(let rightWidth, let entryCount, let entries, let codes, let rightParts, let exceptions):
            writer.append(Tag.splitBits.rawValue)
            writer.append(UInt8(rightWidth))
            writer.append(varint: entryCount)
            entries.write(to: &writer)
            codes.write(to: &writer)
            rightParts.write(to: &writer)
            exceptions.write(to: &writer)
        case .grouped(let source, let child):
            writer.append(Tag.grouped.rawValue)
            writer.append(varint: source)
            child.write(to: &writer)
        }
    }

    /// The number of bytes that ``write(to:)`` appends.
    public var byteCount: Int {
        switch self {
        case .bits(let node): 1 + node.byteCount
        case .scaled(_, let digits, let exceptions): 3 + digits.byteCount + exceptions.byteCount
        case .splitBits(_, let entryCount, let entries, let codes, let rightParts, let exceptions):
            2 + varintByteCount(UInt64(entryCount)) + entries.byteCount + codes.byteCount + rightParts.byteCount
                + exceptions.byteCount
        case .grouped(let source, let child): 1 + varintByteCount(UInt64(source)) + child.byteCount
        }
    }
}

extension FloatExceptions {
    func write(to writer: inout ByteWriter) {
        writer.append(varint: count)
        positions.write(to: &writer)
        values.write(to: &writer)
    }

    var byteCount: Int { varintByteCount(UInt64(count)) + positions.byteCount + values.byteCount }
}
