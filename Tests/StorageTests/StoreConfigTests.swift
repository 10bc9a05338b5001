import Bytes
import Columns
import Storage
import Testing

struct StoreConfigTests {
    static func read(_ text: String) throws(ConfigError) -> StoreConfig { try StoreConfig(Array(text.utf8)) }

    @Test func `the template says the defaults`() throws {
        #expect(try Self.read(StoreConfig.template) == StoreConfig())
        #expect(try Self.read("{}") == StoreConfig())
    }

    @Test func `settings are read, with comments and commas behind the last`() throws {
        let config = try Self.read(
            """
            { // a
              "tiers": {"warmAfter": "36h", "coldAfter": "2w",}, /* b
              */ "coldDirectory": "/m\\u0061t",
              "retention": {"default": "90d", "services": {"x y": "7d"}, "eventTypes": {"metric": "30m"}, "forgetBy": ["user.id"]},
              "fields": {"timestamp": "when.at"}, "units": {"state.cpu": "percent", "heap": "MiB"},
            }
            """)
        #expect(config.tiers == TierPolicy(warmAfter: 129_600_000_000_000, coldAfter: 1_209_600_000_000_000))
        #expect(config.coldDirectory == "/mat")
        #expect(config.retention.age == 7_776_000_000_000_000)
        #expect(config.retention.serviceAges == ["x y": 604_800_000_000_000])
        #expect(config.retention.forgetFields == ["user.id"])
        #expect(config.retention.eventTypeAges == ["metric": 1_800_000_000_000])
        #expect(config.fields.map { "\($0.field)=\($0.path)" } == ["timestamp=when.at"])
        #expect(
            config.units == [
                ColumnPath(keys: ["state", "cpu"]): .percent, ColumnPath(keys: ["heap"]): .bytes(1 << 20),
            ])
    }

    @Test(arguments: [
        ("", 1, "the file ends"), ("{\n\"tirs\": {}}", 2, "unknown setting 'tirs'"), ("{\"a\" 1}", 1, "expected ':'"),
        ("{\n\n\"tiers\": {\"warmAfter\": 5}}", 3, "must be a text"), ("{} x", 1, "something follows"),
        ("{\"tiers\": {\"warmAfter\": \"5y\"}}", 1, "such as 90m"), ("/* \n", 1, "not closed"),
        ("{\"coldDirectory\": \"a\n\"}", 1, "not closed on its line"), ("{\"tiers\": []}", 1, "must be an object"),
        ("{\"tiers\": {\"warmAfter\": \"9d\"}}", 1, "longer than coldAfter"), ("{\"a\":1,\"a\":1}", 1, "there twice"),
        ("{\"fields\": {\"a\": yes}}", 1, "'yes' is no value"), ("[[[[", 1, "the file ends"),
        ("{\"units\": {\n\"a\": \"px\"}}", 2, "there is no unit 'px'"),
    ])
    func `mistakes are told with their line`(_ text: String, _ line: Int, _ reason: String) {
        let error = #expect(throws: ConfigError.self) { try Self.read(text) }
        #expect(error?.line == line)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test(arguments: UInt64(0)..<300)
    func `any bytes are settings or an error`(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bytes = Array(StoreConfig.template.utf8)
        for _ in 0...random.next() % 6 {
            bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
        }
        _ = try? StoreConfig(Array(bytes.prefix(Int(random.next() % UInt64(bytes.count + 1)))))
        _ = try? StoreConfig([UInt8](repeating: UInt8(ascii: "["), count: 100_000))
    }

    @Test(arguments: [
        ("durationMs", "ms"), ("size_bytes", "B"), ("heapMB", "MB"), ("elapsed_s", "s"), ("wait-ms", "ms"),
        ("cpuPercent", "percent"), ("ms", nil), ("items", nil), ("latencyP95", nil), ("GPUs", nil), ("", nil),
    ])
    func `the last word of a name tells what it counts`(_ key: String, _ unit: String?) {
        #expect(FieldUnit(endOf: key)?.name == unit)
    }
}
