import Bytes

/// OTLP in JSON: one export request for each line, or one for the whole file. A record is what one resource sent.
struct OTLPRecords: JSONRecords {
    static var containers: [StaticString] { ["resourceLogs", "resourceSpans", "resourceMetrics"] }
    private var tree = JSONTree()

    /// What the events of a scope have in common.
    struct Context {
        var service: JSONTree.Index?
        var host: JSONTree.Index?
        var resource: JSONTree.Index?
        var scope: JSONTree.Index?
        var record: Range<Int>
    }

    init() {}

    mutating func append(
        _ input: Span<UInt8>, _ record: Range<Int>, container: Int, to lines: inout JSONLines
    ) -> LineError.Reason? {
        guard tree.read(input, record) else { return .otherFormat }
        let root = JSONTree.root
        let attributes = tree.member("attributes", of: tree.member("resource", of: root, input), input)
        var context = Context(resource: attributes, record: record)
        context.service = attribute("service.name", attributes, input)
        context.host = attribute("host.name", attributes, input)
        let scopes = tree.member(
            container == 0 ? "scopeLogs" : container == 1 ? "scopeSpans" : "scopeMetrics", of: root, input)
        tree.forEachElement(of: scopes) { scope in
            context.scope = tree.member("scope", of: scope, input)
            switch container {
            case 0:
                tree.forEachElement(of: tree.member("logRecords", of: scope, input)) {
                    appendLog($0, context, input, &lines)
                }
            case 1:
                tree.forEachElement(of: tree.member("spans", of: scope, input)) {
                    appendSpan($0, context, input, &lines)
                }
            default:
                tree.forEachElement(of: tree.member("metrics", of: scope, input)) {
                    appendMetric($0, context, input, &lines)
                }
            }
        }
        return nil
    }

    /// The string of an attribute.
    private func attribute(_ name: StaticString, _ list: JSONTree.Index?, _ input: Span<UInt8>) -> JSONTree.Index? {
        var found: JSONTree.Index?
        tree.forEachElement(of: list) { element in
            guard let key = tree.member("key", of: element, input), input.equals(name, in: tree.content(key)) else {
                return
            }
            found = tree.member("stringValue", of: tree.member("value", of: element, input), input)
        }
        return found
    }

    private func begin(
        _ type: StaticString, _ time: JSONTree.Index?, _ context: Context, _ input: Span<UInt8>,
        _ lines: inout JSONLines
    ) {
        lines.beginLine()
        lines.timestamp("timestamp", tree, time, unit: 1, input)
        lines.member("eventType", string: type)
        lines.member("service", tree, context.service, input)
        lines.member("host", tree, context.host, input)
    }

    private func end(_ context: Context, _ input: Span<UInt8>, _ lines: inout JSONLines) {
        lines.otlpAttributes("resource", tree, context.resource, input)
        if let scope = context.scope, tree.isObject(scope) {
            lines.key("scope")
            lines.beginObject()
            tree.forEachMember(of: scope) { key, value in
                if input.equals("attributes", in: tree.content(key)) {
                    lines.otlpAttributes("attributes", tree, value, input)
                } else {
                    lines.member(tree, key: key, input)
                }
            }
            lines.endObject()
        }
        lines.endLine(context.record)
    }

    private static let severities: [StaticString] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]

    private func appendLog(
        _ log: JSONTree.Index, _ context: Context, _ input: Span<UInt8>, _ lines: inout JSONLines
    ) {
        let observed = tree.member("observedTimeUnixNano", of: log, input)
        var time = tree.member("timeUnixNano", of: log, input)
        if tree.integer(time, input) ?? 0 == 0 { time = observed }
        begin("log", time, context, input, &lines)
        lines.id("traceId", tree, tree.member("traceId", of: log, input), input)
        lines.id("spanId", tree, tree.member("spanId", of: log, input), input)
        let number = tree.integer(tree.member("severityNumber", of: log, input), input)
        if let text = tree.member("severityText", of: log, input), !tree.content(text).isEmpty {
            lines.member("severity", tree, text, input)
        } else if let number, (1...24).contains(number) {
            lines.member("severity", string: Self.severities[Int(number - 1) / 4])
        }
        if let body = tree.member("body", of: log, input) {
            if let text = tree.member("stringValue", of: body, input) {
                lines.member("message", tree, text, input)
            } else {
                lines.key("body")
                lines.otlpValue(tree, body, input)
            }
        }
        lines.otlpAttributes("attributes", tree, tree.member("attributes", of: log, input), input)
        lines.timestamp("observedTimestamp", tree, observed, unit: 1, input)
        appendOthers(
            of: log,
            [
                "timeUnixNano", "observedTimeUnixNano", "traceId", "spanId", "severityText", "body", "attributes",
            ], input, &lines)
        end(context, input, &lines)
    }

    private func appendSpan(
        _ span: JSONTree.Index, _ context: Context, _ input: Span<UInt8>, _ lines: inout JSONLines
    ) {
        let start = tree.member("startTimeUnixNano", of: span, input)
        let endTime = tree.member("endTimeUnixNano", of: span, input)
        begin("span", start, context, input, &lines)
        lines.id("traceId", tree, tree.member("traceId", of: span, input), input)
        lines.id("spanId", tree, tree.member("spanId", of: span, input), input)
        lines.id("parentSpanId", tree, tree.member("parentSpanId", of: span, input), input)
        if let first = tree.integer(start, input), let last = tree.integer(endTime, input) {
            let (duration, overflows) = last.subtractingReportingOverflow(first)
            if !overflows, last != 0 { lines.member("duration", integer: duration) }
        }
        let status = tree.member("status", of: span, input)
        if let code = tree.member("code", of: status, input) {
            if isCode(code, 2, "STATUS_CODE_ERROR", input) { lines.member("status", string: "ERROR") }
            if isCode(code, 1, "STATUS_CODE_OK", input) { lines.member("status", string: "OK") }
        }
        lines.member("statusMessage", tree, tree.member("message", of: status, input), input)
        lines.member("name", tree, tree.member("name", of: span, input), input)
        appendKind(tree.member("kind", of: span, input), input, &lines)
        lines.otlpAttributes("attributes", tree, tree.member("attributes", of: span, input), input)
        appendList("events", tree.member("events", of: span, input), input, &lines)
        appendList("links", tree.member("links", of: span, input), input, &lines)
        appendOthers(
            of: span,
            [
                "traceId", "spanId", "parentSpanId", "startTimeUnixNano", "endTimeUnixNano", "status", "name", "kind",
                "attributes", "events", "links",
            ], input, &lines)
        end(context, input, &lines)
    }

    private static let kinds: [(name: StaticString, kind: StaticString)] = [
        ("SPAN_KIND_UNSPECIFIED", ""), ("SPAN_KIND_INTERNAL", "internal"), ("SPAN_KIND_SERVER", "server"),
        ("SPAN_KIND_CLIENT", "client"), ("SPAN_KIND_PRODUCER", "producer"), ("SPAN_KIND_CONSUMER", "consumer"),
    ]

    private func appendKind(_ kind: JSONTree.Index?, _ input: Span<UInt8>, _ lines: inout JSONLines) {
        guard let kind else { return }
        for (number, known) in Self.kinds.enumerated() where isCode(kind, Int64(number), known.name, input) {
            if number > 0 { lines.member("kind", string: known.kind) }
            return
        }
        lines.member("kind", tree, kind, input)
    }

    /// Enumerations stand there as numbers or as names.
    private func isCode(_ index: JSONTree.Index, _ number: Int64, _ name: StaticString, _ input: Span<UInt8>) -> Bool {
        tree.integer(index, input) == number || input.equals(name, in: tree.content(index))
    }

    /// The events or links of a span.
    private func appendList(
        _ name: StaticString, _ list: JSONTree.Index?, _ input: Span<UInt8>, _ lines: inout JSONLines
    ) {
        guard let list, tree.isArray(list), tree.first(in: list) < tree.end(of: list) else { return }
        lines.key(name)
        lines.raw("[")
        var isFirst = true
        tree.forEachElement(of: list) { element in
            if !isFirst { lines.raw(",") }
            isFirst = false
            lines.beginObject()
            lines.timestamp("timestamp", tree, tree.member("timeUnixNano", of: element, input), unit: 1, input)
            lines.id("traceId", tree, tree.member("traceId", of: element, input), input)
            lines.id("spanId", tree, tree.member("spanId", of: element, input), input)
            appendOthers(of: element, ["timeUnixNano", "traceId", "spanId", "attributes"], input, &lines)
            lines.otlpAttributes("attributes", tree, tree.member("attributes", of: element, input), input)
            lines.endObject()
        }
        lines.raw("]")
    }

    private static let metricKinds: [(key: StaticString, type: StaticString)] = [
        ("gauge", "gauge"), ("sum", "sum"), ("histogram", "histogram"),
        ("exponentialHistogram", "exponentialHistogram"), ("summary", "summary"),
    ]

    private func appendMetric(
        _ metric: JSONTree.Index, _ context: Context, _ input: Span<UInt8>, _ lines: inout JSONLines
    ) {
        for (key, type) in Self.metricKinds {
            guard let data = tree.member(key, of: metric, input) else { continue }
            tree.forEachElement(of: tree.member("dataPoints", of: data, input)) { point in
                begin("metric", tree.member("timeUnixNano", of: point, input), context, input, &lines)
                lines.key("metric")
                lines.beginObject()
                lines.member("name", tree, tree.member("name", of: metric, input), input)
                lines.member("type", string: type)
                lines.member("unit", tree, tree.member("unit", of: metric, input), input)
                lines.member("description", tree, tree.member("description", of: metric, input), input)
                appendOthers(of: data, ["dataPoints"], input, &lines)
                lines.endObject()
                let value = tree.member("asDouble", of: point, input) ?? tree.member("asInt", of: point, input)
                lines.integer("value", tree, value, input)
                for name in ["count", "sum", "min", "max"] as [StaticString] {
                    lines.integer(name, tree, tree.member(name, of: point, input), input)
                }
                lines.timestamp(
                    "startTimestamp", tree, tree.member("startTimeUnixNano", of: point, input), unit: 1, input)
                appendOthers(
                    of: point,
                    [
                        "timeUnixNano", "startTimeUnixNano", "asDouble", "asInt", "count", "sum", "min", "max",
                        "attributes",
                    ], input, &lines)
                lines.otlpAttributes("attributes", tree, tree.member("attributes", of: point, input), input)
                end(context, input, &lines)
            }
        }
    }

    /// Members that have no place of their own, under their own keys.
    private func appendOthers(
        of object: JSONTree.Index, _ known: [StaticString], _ input: Span<UInt8>, _ lines: inout JSONLines
    ) {
        lines.others(of: object, in: tree, except: known, input)
    }
}

extension JSONLines {
    /// The members of an object that have none of some keys.
    mutating func others(
        of object: JSONTree.Index, in tree: JSONTree, except known: [StaticString], _ input: Span<UInt8>
    ) {
        tree.forEachMember(of: object) { key, _ in
            let name = tree.content(key)
            guard !known.contains(where: { input.equals($0, in: name) }) else { return }
            member(tree, key: key, input)
        }
    }
}
