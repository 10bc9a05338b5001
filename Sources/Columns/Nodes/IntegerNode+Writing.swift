public import Bytes

extension IntegerNode {
    /// The first byte of a node (Format/Segment.md, 5.1).
    enum Tag: UInt8 {
        case constant = 0x01
        case sequence, packed, patched, delta, runs, dictionary, planes
        case split, recency, trend, equal, mapped, sharedDictionary, grouped, anchoredDelta
    }

    var tag: Tag {
        switch self {
        case .constant: .constant
        case .sequence: .sequence
        case .packed: .packed
        case .patched: .patched
        case .delta: .delta
        case .runs: .runs
        case .dictionary: .dictionary
        case .planes: .planes
        case .split: .split
        case .recency: .recency
        case .trend: .trend
        case .equal: .equal
        case .mapped: .mapped
        case .sharedDictionary: .sharedDictionary
        case .grouped: .grouped
        case .anchoredDelta: .anchoredDelta
        }
    }

    public func write(to writer: inout ByteWriter) {
        writer.append(tag.rawValue)
        switch self {
        case .constant(let value):
            writer.append(zigzag: value)
        case .sequence(let first, let step):
            writer.append(zigzag: first)
            writer.append(zigzag: step)
        case .packed(let base, let width, let bits):
            writer.append(zigzag: base)
            writer.append(UInt8(width))
            bits.write(to: &writer)
        case .patched(let count, let positions, let values, let child):
            writer.append(varint: count)
            positions.write(to: &writer)
            values.write(to: &writer)
            child.write(to: &writer)
        case .delta(let first, let child):
            writer.append(zigzag: first)
            child.write(to: &writer)
        case .runs(let count, let values, let lengths):
            writer.append(varint: count)
            values.write(to: &writer)
            lengths.write(to: &writer)
        case .dictionary(let count, let entries, let codes):
            writer.append(varint: count)
            entries.write(to: &writer)
            codes.write(to: &writer)
        case .planes(let base, let planes):
            writer.append(zigzag: base)
            writer.append(UInt8(planes.count))
            for plane in planes { plane.write(to: &writer) }
        case .split(let divisor, let quotients, let remainders):
            writer.append(varint: divisor)
            quotients.write(to: &writer)
            remainders.write(to: &writer)
        case .recency(let start, let child):
            writer.append(varint: start)
            child.write(to: &writer)
        case .trend(let step, let child):
            writer.append(zigzag: step)
            child.write(to: &writer)
        case .equal(let source, let offset, let links):
            writer.append(varint: source)
            writer.append(zigzag: offset)
            links.writeHead(to: &writer)
            links.rest.write(to: &writer)
        case .mapped(let source, let resource, let links):
            writer.append(varint: source)
            writer.append(varint: resource)
            links.writeHead(to: &writer)
            links.rest.write(to: &writer)
        case .sharedDictionary(let resource, let codes):
            writer.append(varint: resource)
            codes.write(to: &writer)
        case .grouped(let source, let child):
            writer.append(varint: source)
            child.write(to: &writer)
        case .anchoredDelta(let first, let shift, let anchors, let child):
            writer.append(zigzag: first)
            writer.append(UInt8(shift))
            anchors.write(to: &writer)
            child.write(to: &writer)
        }
    }
}
