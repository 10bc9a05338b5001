internal import Bytes

/// Instants in text.
extension StringNode {
    static func decodeTimestampText(
        _ nanoseconds: [UInt64], forms: [UInt64], affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        var renderer = TimestampRenderer()
        let evenByteCount = renderer.byteCount(ofAll: forms)
        return try unsafe affix.rendering(
            count: nanoseconds.count, in: environment,
            byteCount: { (index) throws(DecodeError) in
                if let evenByteCount { return evenByteCount }
                guard let byteCount = renderer.byteCount(nanoseconds[index], form: forms[index]) else {
                    throw .corrupt(at: 0, "a timestamp of no form or year")
                }
                return byteCount
            },
            render: { (index, output) throws(DecodeError) in
                guard let byteCount = unsafe renderer.render(nanoseconds[index], form: forms[index], at: output) else {
                    throw .corrupt(at: 0, "a timestamp that its form cannot show")
                }
                return byteCount
            })
    }
}
