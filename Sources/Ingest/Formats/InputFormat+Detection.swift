import Bytes
import Times

/// Finds out what an input is by looking at its beginning.
extension InputFormat {
    /// The format of an input that begins with `head`; nil when it is none that is known.
    static func detect(_ head: Span<UInt8>, _ time: EventTime) -> InputFormat? {
        var start = head.hasPrefix("\u{FEFF}") ? 3 : 0
        start = JSONScan.afterWhite(head, from: start)
        guard start < head.count else { return .ndjson }
        if let format = detectJSON(head, start) { return format }
        return detectText(head, start, time)
    }

    private static func detectJSON(_ head: Span<UInt8>, _ start: Int) -> InputFormat? {
        switch head[start] {
        case Byte.openBrace: return objectFormat(head, start)
        case Byte.openBracket:
            var element = start
            while head.byte(at: element) == Byte.openBracket { element = JSONScan.afterWhite(head, from: element + 1) }
            switch head.byte(at: element) {
            case Byte.openBrace:
                let format = objectFormat(head, element)
                if format == .ndjson || format == .json { return isZipkin(head, element) ? .zipkin : .json }
                return format
            case Byte.closeBracket: return .json
            default: return nil
            }
        default: return nil
        }
    }

    private static func objectFormat(_ head: Span<UInt8>, _ start: Int) -> InputFormat {
        let keys = JSONKeys(head, start)
        if keys.hasArray("Records", head) { return .cloudtrail }
        for key in OTLPRecords.containers where keys.hasArray(key, head) { return .otlp }
        if let data = keys.value("data", head), head.byte(at: data) == Byte.openBracket {
            let trace = JSONKeys(head, JSONScan.afterWhite(head, from: data + 1))
            if trace.has("traceID", head), trace.has("spans", head) { return .jaeger }
        }
        guard case .end(let end) = JSONScan.endOfValue(head, from: start, isLast: false) else {
            // Cut off by the end of the head: one line so far, or several.
            return head.firstIndex(of: Byte.lineFeed, from: start) == nil ? .ndjson : .json
        }
        if head.firstIndex(of: Byte.lineFeed, in: start..<end) != nil { return .json }
        var next = end
        while next < head.count, Byte.isBlank(head[next]) || head[next] == Byte.carriageReturn { next += 1 }
        return next == head.count || head[next] == Byte.lineFeed ? .ndjson : .json
    }

    private static func isZipkin(_ head: Span<UInt8>, _ start: Int) -> Bool {
        let keys = JSONKeys(head, start)
        let marks: [StaticString] = ["localEndpoint", "remoteEndpoint", "parentId", "duration", "annotations", "kind"]
        return keys.has("traceId", head) && keys.has("id", head) && marks.contains { keys.has($0, head) }
    }
}
