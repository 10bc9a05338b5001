/// What the numbers of a field count.
public enum FieldUnit: Hashable, Sendable {
    /// So many nanoseconds each.
    case duration(nanoseconds: Int64)
    /// So many bytes each.
    case bytes(Int64)
    /// 80 is 80%.
    case percent
    /// 0.8 is 80%.
    case fraction

    private static let second: Int64 = 1_000_000_000

    private static let names: [(name: String, unit: FieldUnit)] = [
        ("percent", .percent), ("fraction", .fraction),
        ("ns", .duration(nanoseconds: 1)), ("us", .duration(nanoseconds: 1000)),
        ("ms", .duration(nanoseconds: 1_000_000)), ("s", .duration(nanoseconds: second)),
        ("min", .duration(nanoseconds: 60 * second)), ("h", .duration(nanoseconds: 3600 * second)),
        ("d", .duration(nanoseconds: 86_400 * second)),
        ("B", .bytes(1)), ("kB", .bytes(1000)), ("MB", .bytes(1_000_000)), ("GB", .bytes(1_000_000_000)),
        ("TB", .bytes(1_000_000_000_000)),
        ("KiB", .bytes(1 << 10)), ("MiB", .bytes(1 << 20)), ("GiB", .bytes(1 << 30)), ("TiB", .bytes(1 << 40)),
    ]

    /// The unit with a name, as the settings have it.
    public init?(_ name: String) {
        guard let found = Self.names.first(where: { $0.name == name }) else { return nil }
        self = found.unit
    }

    public var name: String { Self.names.first { $0.unit == self }?.name ?? "" }

    init(_ value: ConfigValue, of field: String) throws(ConfigError) {
        let name = try value.text("the unit of \(field)")
        guard let unit = FieldUnit(name) else {
            throw ConfigError(
                line: value.line,
                reason: "there is no unit '\(name)'; there are \(Self.names.map(\.name).joined(separator: ", "))")
        }
        self = unit
    }
}

extension FieldUnit {
    /// The last words of fields that tell what they count, in small letters.
    private static let lastWords: [String: FieldUnit] = [
        "ns": .duration(nanoseconds: 1), "nanos": .duration(nanoseconds: 1), "nano": .duration(nanoseconds: 1),
        "nanoseconds": .duration(nanoseconds: 1),
        "us": .duration(nanoseconds: 1000), "micros": .duration(nanoseconds: 1000),
        "microseconds": .duration(nanoseconds: 1000),
        "ms": .duration(nanoseconds: 1_000_000), "millis": .duration(nanoseconds: 1_000_000),
        "msec": .duration(nanoseconds: 1_000_000), "milliseconds": .duration(nanoseconds: 1_000_000),
        "s": .duration(nanoseconds: second), "sec": .duration(nanoseconds: second),
        "secs": .duration(nanoseconds: second), "seconds": .duration(nanoseconds: second),
        "minutes": .duration(nanoseconds: 60 * second), "hours": .duration(nanoseconds: 3600 * second),
        "bytes": .bytes(1), "kb": .bytes(1000), "mb": .bytes(1_000_000), "gb": .bytes(1_000_000_000),
        "kib": .bytes(1 << 10), "mib": .bytes(1 << 20), "gib": .bytes(1 << 30),
        "percent": .percent, "pct": .percent,
    ]

    /// What the last word of a key tells: `durationMs`, `size_bytes`, `heapMB`. A key of one word tells nothing.
    public init?(endOf key: String) {
        let bytes = Array(key.utf8)
        var start = bytes.count
        func isCapital(_ place: Int) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[place]) }
        while start > 0, !"_-. ".utf8.contains(bytes[start - 1]) {
            start -= 1
            // A capital letter begins a word when none stands before it.
            if isCapital(start), start > 0, !isCapital(start - 1) { break }
        }
        guard start > 0, let unit = Self.lastWords[String(decoding: bytes[start...], as: UTF8.self).lowercased()] else {
            return nil
        }
        self = unit
    }
}
