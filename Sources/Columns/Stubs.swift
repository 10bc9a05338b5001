// Stand-ins until StringNode and TemplateSet land: whoever brings the real ones deletes this file.
public import Bytes
/// Stand-ins.
extension StringNode {
    public static func encoding(_ v: StringVector, profile: EncodingProfile) -> StringNode {
        var lengths: [UInt64] = []; for i in 0..<v.count { lengths.append(UInt64(v.range(i).count)) }
        return .plain(lengths: IntegerNode.encoding(lengths, profile: profile), bytes: StoredBuffer.storing(v.bytes, profile: profile))
    }
    public func write(to w: inout ByteWriter) {
        switch self {
        case .plain(let l, let b): w.append(0x41 as UInt8); l.write(to: &w); b.write(to: &w)
        case .sharedDictionary(let r, let c): w.append(0x42 as UInt8); w.append(varint: r); c.write(to: &w)
        default: fatalError()
        }
    }
    public static func parse(_ r: inout ByteReader, count: Int, depth: Int) throws(DecodeError) -> StringNode {
        let t = try r.readByte()
        if t == 0x42 { let x = try r.readCount(upTo: 1<<20, "r"); return .sharedDictionary(resource: x, codes: try IntegerNode.parse(&r, count: count, depth: 1)) }
        let l = try IntegerNode.parse(&r, count: count, depth: 1)
        let n = try l.decode(count: count, rows: .unknown, in: NoEnvironment()).reduce(0, +)
        return .plain(lengths: l, bytes: try StoredBuffer.parse(&r, expectedRawByteCount: Int(n)))
    }
    public func decode(count: Int, rows: RowMap, in e: any PageEnvironment) throws(DecodeError) -> StringVector {
        guard case .plain(let l, let b) = self else { fatalError() }
        var s = StringVector(); s.bytes = Array(try b.raw(in: e)); var x: UInt32 = 0
        for v in try l.decode(count: count, rows: .unknown, in: e) { x += UInt32(v); s.ends.append(x) }
        return s
    }
}
extension TemplateSet { public static func parse(_ r: inout ByteReader, in e: any PageEnvironment) throws(DecodeError) -> TemplateSet { fatalError() } }
