import Columns
public import Storage

/// Under which paths sources have the canonical fields, the best first.
public struct FieldMapping: Sendable {
    /// A path that may hold a field.
    struct Candidate: Hashable, Sendable {
        var path: ColumnPath
        /// The event must have this path too: names like `id` mean the field only in some conventions.
        var companion: ColumnPath?
    }

    private(set) var candidates: [CanonicalField: [Candidate]] = [:]

    /// The names that the common conventions use: ours, OpenTelemetry, ECS, CloudTrail, Zeek, GCP, Docker and
    /// Kubernetes, Bunyan and pino, Serilog, CloudEvents.
    public static let automatic = FieldMapping()

    private init() {
        for field in CanonicalField.allCases {
            candidates[field] = [Candidate(path: field.path)] + Self.conventions(field).flatMap { Self.parse($0) }
        }
    }

    /// Takes a field from a path before all others. Dots separate keys; the path with the dots as part of one key is
    /// looked for as well.
    public mutating func take(_ field: CanonicalField, from dottedPath: String) {
        candidates[field] = Self.parse(dottedPath) + (candidates[field] ?? [])
    }

    /// What `--map` says: `timestamp=@timestamp,service=app.name`. Gives what is wrong with it.
    public mutating func take(_ text: String) -> String? {
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[1].isEmpty else { return "'\(part)' is not FIELD=PATH" }
            guard let field = CanonicalField(rawValue: String(sides[0])) else {
                let names = CanonicalField.allCases.map(\.rawValue).joined(separator: ", ")
                return "there is no field '\(sides[0])'; the fields are \(names)"
            }
            take(field, from: String(sides[1]))
        }
        return nil
    }

    /// `a.b` is `{"a":{"b":…}}` or `{"a.b":…}`; `a?b` is `a` of events that have `b`.
    private static func parse(_ text: String) -> [Candidate] {
        let sides = text.split(separator: "?", maxSplits: 1).map(String.init)
        let companion = sides.count == 2 ? ColumnPath(keys: [sides[1]]) : nil
        let keys = sides[0].split(separator: ".").map(String.init)
        let flat = Candidate(path: ColumnPath(keys: [sides[0]]), companion: companion)
        guard keys.count > 1 else { return [flat] }
        var found = [Candidate(path: ColumnPath(keys: keys), companion: companion), flat]
        // OpenTelemetry's attributes keep their dots below `resource` and `attributes`.
        for depth in 1..<keys.count
        where ["resource", "attributes"].contains(keys[depth - 1]) && depth < keys.count - 1 {
            let path = ColumnPath(keys: Array(keys[..<depth]) + [keys[depth...].joined(separator: ".")])
            found.append(Candidate(path: path, companion: companion))
        }
        return found
    }

    private static func conventions(_ field: CanonicalField) -> [String] {
        switch field {
        case .timestamp:
            [
                "@timestamp", "time", "ts", "eventTime", "event_time", "Timestamp", "@t", "datetime", "_time",
                "timeUnixNano", "startTimeUnixNano", "observedTimeUnixNano", "event.created", "TimeCreated",
                "receiveTimestamp", "date", "_write_ts",
            ]
        case .eventId: ["event_id", "eventID", "event.id", "insertId", "id?specversion", "uid?conn_state"]
        case .eventType: ["event_type", "eventName", "event.action", "event.category", "type?specversion", "_path"]
        case .service:
            [
                "service.name", "resource.attributes.service.name", "resource.service.name", "service_name",
                "kubernetes.labels.app", "kubernetes.container_name", "app", "application", "appname",
                "eventSource", "source?specversion", "name?hostname",
            ]
        case .host:
            [
                "host.name", "host.hostname", "hostname", "resource.attributes.host.name", "resource.host.name",
                "kubernetes.pod_name", "Hostname", "Computer", "_HOSTNAME", "agent.hostname",
            ]
        case .traceId:
            ["trace_id", "traceID", "trace.id", "TraceId", "dd.trace_id", "logging.googleapis.com/trace", "traceid"]
        case .spanId:
            ["span_id", "spanID", "span.id", "SpanId", "dd.span_id", "logging.googleapis.com/spanId", "spanid"]
        case .parentSpanId: ["parent_span_id", "parentSpanID", "parent.id", "parentId", "ParentSpanId"]
        case .duration: ["event.duration", "durationNano", "duration_ns", "duration_ms", "elapsed"]
        case .status: ["status_code", "statusCode", "http.response.status_code", "http.status_code", "errorCode"]
        case .severity:
            ["level", "log.level", "severityText", "severity_text", "log_level", "loglevel", "lvl", "@l", "Level"]
        case .message: ["msg", "body", "log", "text", "textPayload", "@m", "@mt", "Message", "event.original"]
        case .causedBy: ["caused_by", "causationId", "causation_id"]
        }
    }
}
