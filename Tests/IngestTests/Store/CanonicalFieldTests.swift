import Columns
import Files
import Storage
import Testing
import Times

@testable import Ingest

struct CanonicalFieldTests {
    /// What is found in an event: the canonical fields that it has under other names, and its time.
    static func canonical(_ event: String, _ mapping: FieldMapping = .automatic) throws -> (Int64?, [String: String]) {
        let store = try Rig.store(MemoryFileSystem(), .day)
        _ = try Rig.ingest(event, into: store) { $0.mapping = mapping }
        let snapshot = try store.snapshot()
        guard let entry = snapshot.state.orderedSegments.first else { return (nil, [:]) }
        let reader = try snapshot.open(entry)
        var found: [String: String] = [:]
        for column in try reader.rows(in: 0..<1).columns where StorePath.original(column.key.path) == nil {
            guard let name = column.key.path.keys.first?.dropFirst(), name != "timestamp" else { continue }
            let texts = try #require(column.values.texts(type: column.key.type))
            found[String(name)] = String(decoding: texts[0], as: UTF8.self)
        }
        return (entry.times.lowerBound, found)
    }

    @Test(arguments: [
        // Ours needs nothing.
        (#"{"timestamp":"2024-01-15T00:00:01Z","service":"a","host":"b","message":"c"}"#, [:]),
        // ECS, nested and with dots.
        (
            #"{"@timestamp":"2024-01-15T00:00:01Z","service":{"name":"pay"},"host":{"name":"h"},"trace":{"id":"t"}}"#,
            ["service": "pay", "host": "h", "traceId": "t"]
        ),
        (
            #"{"@timestamp":"2024-01-15T00:00:01Z","log.level":"warn","service.name":"pay"}"#,
            ["service": "pay", "severity": "warn"]
        ),
        // Bunyan and pino.
        (
            #"{"name":"app","hostname":"h","pid":1,"level":50,"msg":"no","time":1705276801000,"v":0}"#,
            ["service": "app", "host": "h", "severity": "ERROR", "message": "no"]
        ),
        // CloudTrail.
        (
            #"{"eventTime":"2024-01-15T00:00:01Z","eventSource":"s3.amazonaws.com","eventName":"Get","eventID":"x"}"#,
            ["service": "s3.amazonaws.com", "eventType": "Get", "eventId": "x"]
        ),
        // Zeek.
        (#"{"ts":1705276801.0,"_path":"dns"}"#, ["eventType": "dns"]),
        // OpenTelemetry as the collector writes it.
        (
            #"{"timeUnixNano":"1705276801000000000","severityText":"INFO","body":"b","resource":{"service.name":"x"}}"#,
            ["severity": "INFO", "message": "b", "service": "x"]
        ),
        // CloudEvents: `id` and `type` mean something only there.
        (
            #"{"specversion":"1.0","id":"7","type":"t","source":"/s","time":"2024-01-15T00:00:01Z"}"#,
            ["eventId": "7", "eventType": "t", "service": "/s"]
        ),
        (#"{"id":"7","type":"t","time":"2024-01-15T00:00:01Z"}"#, [:]),
        // Docker.
        (#"{"log":"hello\n","stream":"stdout","time":"2024-01-15T00:00:01.000000000Z"}"#, ["message": "hello\n"]),
    ])
    func `the common conventions are known`(_ event: String, _ expected: [String: String]) throws {
        let (time, fields) = try Self.canonical(event)
        #expect(time == 1_705_276_801_000_000_000)
        #expect(fields == expected)
    }

    @Test func `a mapping of one's own comes before what is known`() throws {
        var mapping = FieldMapping.automatic
        #expect(mapping.take("timestamp=when.at,service=app.name") == nil)
        let event = #"{"time":1,"when":{"at":1705276801},"service":"no","app":{"name":"yes"}}"#
        let (time, fields) = try Self.canonical(event, mapping)
        #expect(time == 1_705_276_801_000_000_000)
        #expect(fields == ["service": "yes"])
    }

    @Test func `mistakes in a mapping are told`() {
        var mapping = FieldMapping.automatic
        #expect(mapping.take("timestamp")?.contains("FIELD=PATH") == true)
        #expect(mapping.take("tmestamp=a")?.contains("the fields are timestamp, eventId") == true)
    }

    @Test(arguments: [
        (Int64(0), Int64(0)), (1_705_276_801, 1_705_276_801_000_000_000), (-5, -5_000_000_000),
        (1_705_276_801_123, 1_705_276_801_123_000_000), (1_705_276_801_123_456, 1_705_276_801_123_456_000),
        (1_705_276_801_123_456_789, 1_705_276_801_123_456_789), (.min, .min),
    ])
    func `the size of a count tells its unit`(_ count: Int64, _ expected: Int64) {
        #expect(EventTime.read(count) == expected)
    }

    @Test(arguments: [
        (1_521_911_720.600725, Int64(1_521_911_720_600_725_000)), (1_705_276_801_123.5, 1_705_276_801_123_500_000),
        (-0.25, -250_000_000), (0, 0),
    ])
    func `fractions are taken to the microsecond`(_ count: Double, _ expected: Int64) {
        #expect(EventTime.read(count) == expected)
        #expect(EventTime.read(Double.infinity) == nil && EventTime.read(1e300) == nil)
    }
}
