/// What the bytes of an input are.
public enum InputFormat: String, CaseIterable, Sendable {
    /// JSON objects, one on each line.
    case ndjson
    /// JSON objects one after another, or in arrays, however they are laid out.
    case json
    /// JSON objects in an array under the key `Records`.
    case cloudtrail
    /// Comma-separated values with a header line; semicolons and bars are recognised, too.
    case csv
    /// Tab-separated values with a header line.
    case tsv
    /// Lines of `key=value`.
    case logfmt
    /// Syslog lines: RFC 5424 or RFC 3164.
    case syslog
    /// Access logs of web servers: common or combined.
    case access
    /// Log files of Kubernetes containers.
    case cri
    /// Log lines with a time at or near their beginning.
    case text
    /// OTLP in JSON: logs, spans or metrics, a request on each line or one in all.
    case otlp
    /// Traces in JSON as Jaeger saves them.
    case jaeger
    /// Spans in JSON as Zipkin has them since its second version.
    case zipkin
    /// Zeek's logs with tabs; those in JSON are `ndjson`.
    case zeek
}

extension InputFormat {
    /// The names of all formats, for people.
    public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
