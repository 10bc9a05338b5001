internal import Bytes

/// Messages from their templates and the values in the streams (Format/Segment.md, node 0x4F).
extension StringNode {
    static func decodeTemplate(
        resource: Int, codes: IntegerNode, streams: [Stream], count: Int, rows: RowMap,
        in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let set = try environment.templates(resource)
        let codes = try codes.decode(count: count, rows: rows, in: environment)
        let renderer = try TemplateRenderer(set: set, codes: codes)
        guard streams.count == set.streamCount else {
            throw .corrupt(at: 0, "\(streams.count) streams for templates with \(set.streamCount)")
        }
        let valueCounts = renderer.valueCounts()
        var values: [StringVector] = []
        for (number, stream) in streams.enumerated() {
            guard stream.count == valueCounts[number] else {
                throw .corrupt(at: 0, "stream has \(stream.count) values, its slots need \(valueCounts[number])")
            }
            var valueRows = RowMap.unknown
            switch stream.node {
            case .equal, .grouped: valueRows = renderer.rows(ofStream: number, messages: rows)
            default: break
            }
            values.append(try stream.node.decode(count: stream.count, rows: valueRows, in: environment))
        }
        return try renderer.render(values, in: environment)
    }
}
