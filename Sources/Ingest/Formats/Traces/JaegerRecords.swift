import Bytes

/// Traces as Jaeger's interface saves them: spans that name their process, and the processes behind them.
struct JaegerRecords: JSONRecords {
    static var containers: [StaticString] { ["data"] }
    private var tree = JSONTree()

    init() {}

    mutating func append(
        _ input: Span<UInt8>, _ record: Range<Int>, container: Int, to lines: inout JSONLines
    ) -> LineError.Reason? {
        guard tree.read(input, record), let spans = tree.member("spans", of: JSONTree.root, input) else {
            return .otherFormat
        }
        var processes: [[UInt8]: JSONTree.Index] = [:]
        tree.forEachMember(of: tree.member("processes", of: JSONTree.root, input)) { key, value in
            processes[input.array(tree.content(key))] = value
        }
        tree.forEachElement(of: spans) { span in
            var process = tree.member("process", of: span, input)
            if let id = tree.member("processID", of: span, input) {
                process = processes[input.array(tree.content(id))] ?? process
            }
            append(span, process, record, input, &lines)
        }
        return nil
    }

    private func append(
        _ span: JSONTree.Index, _ process: JSONTree.Index?, _ record: Range<Int>, _ input: Span<UInt8>,
        _ lines: inout JSONLines
    ) {
        let tags = tree.member("tags", of: span, input)
        let processTags = tree.member("tags", of: process, input)
        lines.beginLine()
        lines.timestamp("timestamp", tree, tree.member("startTime", of: span, input), unit: 1000, input)
        lines.member("eventType", string: "span")
        lines.member("service", tree, tree.member("serviceName", of: process, input), input)
        lines.member("host", tree, tag("hostname", processTags, input), input)
        lines.id("traceId", tree, tree.member("traceID", of: span, input), input)
        lines.id("spanId", tree, tree.member("spanID", of: span, input), input)
        lines.id("parentSpanId", tree, parent(of: span, input), input)
        lines.integer("duration", tree, tree.member("duration", of: span, input), times: 1000, input)
        if let error = tag("error", tags, input), input.equals("true", in: tree.content(error)) {
            lines.member("status", string: "ERROR")
        }
        lines.member("name", tree, tree.member("operationName", of: span, input), input)
        lines.member("kind", tree, tag("span.kind", tags, input), input)
        append(tags: "attributes", tags, input, &lines)
        append(tags: "resource", processTags, input, &lines)
        appendLogs(tree.member("logs", of: span, input), input, &lines)
        lines.others(
            of: span, in: tree,
            except: [
                "startTime", "traceID", "spanID", "parentSpanID", "duration", "operationName", "tags", "logs",
                "processID", "process",
            ], input)
        lines.endLine(record)
    }

    private func tag(_ name: StaticString, _ tags: JSONTree.Index?, _ input: Span<UInt8>) -> JSONTree.Index? {
        var found: JSONTree.Index?
        tree.forEachElement(of: tags) { tag in
            guard let key = tree.member("key", of: tag, input), input.equals(name, in: tree.content(key)) else {
                return
            }
            found = tree.member("value", of: tag, input)
        }
        return found
    }

    /// The first span of the same trace that this one is a child of or follows.
    private func parent(of span: JSONTree.Index, _ input: Span<UInt8>) -> JSONTree.Index? {
        var found: (index: JSONTree.Index, isChild: Bool)?
        tree.forEachElement(of: tree.member("references", of: span, input)) { reference in
            guard let id = tree.member("spanID", of: reference, input),
                let type = tree.member("refType", of: reference, input)
            else { return }
            let isChild = input.equals("CHILD_OF", in: tree.content(type))
            if found == nil || isChild && found?.isChild == false { found = (id, isChild) }
        }
        return found?.index ?? tree.member("parentSpanID", of: span, input)
    }

    private func append(
        tags name: StaticString, _ tags: JSONTree.Index?, _ input: Span<UInt8>, _ lines: inout JSONLines
    ) {
        guard let tags, tree.isArray(tags), tree.first(in: tags) < tree.end(of: tags) else { return }
        lines.key(name)
        appendObject(tags, input, &lines)
    }

    private func appendObject(_ tags: JSONTree.Index, _ input: Span<UInt8>, _ lines: inout JSONLines) {
        lines.beginObject()
        tree.forEachElement(of: tags) { tag in
            guard let key = tree.member("key", of: tag, input), tree.isString(key),
                let value = tree.member("value", of: tag, input)
            else { return }
            lines.separate()
            lines.value(tree, key, input)
            lines.raw(":")
            lines.value(tree, value, input)
        }
        lines.endObject()
    }

    private func appendLogs(_ logs: JSONTree.Index?, _ input: Span<UInt8>, _ lines: inout JSONLines) {
        guard let logs, tree.isArray(logs), tree.first(in: logs) < tree.end(of: logs) else { return }
        lines.key("events")
        lines.raw("[")
        var isFirst = true
        tree.forEachElement(of: logs) { log in
            if !isFirst { lines.raw(",") }
            isFirst = false
            lines.beginObject()
            lines.timestamp("timestamp", tree, tree.member("timestamp", of: log, input), unit: 1000, input)
            append(tags: "attributes", tree.member("fields", of: log, input), input, &lines)
            lines.endObject()
        }
        lines.raw("]")
    }
}
