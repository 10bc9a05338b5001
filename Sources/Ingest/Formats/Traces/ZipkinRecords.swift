/// Spans of Zipkin's second version, in an array, or in an array for each trace.
struct ZipkinRecords: JSONRecords {
    static var containers: [StaticString] { [] }
    private var tree = JSONTree()

    init() {}

    mutating func append(
        _ input: Span<UInt8>, _ record: Range<Int>, container: Int, to lines: inout JSONLines
    ) -> LineError.Reason? {
        guard tree.read(input, record) else { return .otherFormat }
        let span = JSONTree.root
        let endpoint = tree.member("localEndpoint", of: span, input)
        let tags = tree.member("tags", of: span, input)
        lines.beginLine()
        lines.timestamp("timestamp", tree, tree.member("timestamp", of: span, input), unit: 1000, input)
        lines.member("eventType", string: "span")
        lines.member("service", tree, tree.member("serviceName", of: endpoint, input), input)
        lines.id("traceId", tree, tree.member("traceId", of: span, input), input)
        lines.id("spanId", tree, tree.member("id", of: span, input), input)
        lines.id("parentSpanId", tree, tree.member("parentId", of: span, input), input)
        lines.integer("duration", tree, tree.member("duration", of: span, input), times: 1000, input)
        if tree.member("error", of: tags, input) != nil { lines.member("status", string: "ERROR") }
        lines.member("name", tree, tree.member("name", of: span, input), input)
        lines.member("kind", tree, tree.member("kind", of: span, input), input)
        lines.member("attributes", tree, tags, input)
        appendAnnotations(tree.member("annotations", of: span, input), input, &lines)
        lines.others(
            of: span, in: tree,
            except: [
                "timestamp", "traceId", "id", "parentId", "duration", "name", "kind", "tags", "annotations",
            ], input)
        lines.endLine(record)
        return nil
    }

    private func appendAnnotations(_ list: JSONTree.Index?, _ input: Span<UInt8>, _ lines: inout JSONLines) {
        guard let list, tree.isArray(list), tree.first(in: list) < tree.end(of: list) else { return }
        lines.key("events")
        lines.raw("[")
        var isFirst = true
        tree.forEachElement(of: list) { annotation in
            if !isFirst { lines.raw(",") }
            isFirst = false
            lines.beginObject()
            lines.timestamp("timestamp", tree, tree.member("timestamp", of: annotation, input), unit: 1000, input)
            lines.member("name", tree, tree.member("value", of: annotation, input), input)
            lines.endObject()
        }
        lines.raw("]")
    }
}
