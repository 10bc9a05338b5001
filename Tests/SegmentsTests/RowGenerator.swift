import Bytes
import Columns

/// Makes rows by a seed.
struct RowGenerator {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    private mutating func below(_ limit: Int) -> Int { Int(generator.next() % UInt64(limit)) }

    static let words: [UInt64] = [0, 1, .max, 1 << 63, (1 << 63) - 1, 42, 0xFFFF_FFFF]
    static let doubles: [Double] = [
        0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, 1.5, 0.1, 1e300, -12.25, 99.99,
    ]
    static let texts = [
        "", "a", "häß", "u-58874738", "order-123", "0x3e7", "10.0.0.7", "\u{1F600}", "\0", "GET /api/v1/7",
    ]

    /// Rows with a random choice of columns of every type; a path may have values of several types.
    mutating func rows(_ count: Int) -> [ReferenceRow] {
        let types = ColumnType.allCases.filter { $0.rawValue < 32 }
        var schemas: [[ColumnKey]] = []
        for _ in 0..<5 {
            var paths = Set<Int>()
            var keys: [ColumnKey] = []
            for _ in 0..<(1 + below(12)) {
                let path = below(14)
                guard paths.insert(path).inserted else { continue }
                keys.append(key("k\(path % 7)", "x.\(path)", type: types[below(types.count)]))
            }
            schemas.append(keys)
        }
        return (0..<count).map { row in
            var values: [ColumnKey: ReferenceValue] = [:]
            for key in schemas[below(schemas.count)] { values[key] = value(key.type) }
            return ReferenceRow(values: values, storedAt: Int64(row / 100) * 1_000_000, sequence: UInt64(row))
        }
    }

    mutating func value(_ type: ColumnType) -> ReferenceValue {
        switch type {
        case .null, .emptyObject: return .presence
        case .bool: return .word(UInt64(below(2)))
        case .int64: return .word(below(3) == 0 ? Self.words[below(7)] : UInt64(below(1000)))
        case .uint64: return .word(UInt64(1) << 63 | generator.next())
        case .double:
            switch below(3) {
            case 0: return .word(Self.doubles[below(11)].bitPattern)
            case 1: return .word((Double(below(10_000)) / 100).bitPattern)
            default: return .word(generator.next())
            }
        case .numberText: return .text(Array("1.\(below(50))0".utf8))
        case .bytes where below(4) == 0:
            return .text((0..<below(40)).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
        case .array:
            let text = Self.texts[below(10)].replacing("\0", with: "\\u0000")
            return .text(Array("[\(below(1000)),{\"\(text)\":[]},\"\(text)\",null]".utf8))
        case .string, .bytes, .overflow:
            switch below(4) {
            case 0: return .text(Array(Self.texts[below(10)].utf8))
            case 1:
                // Any text that is UTF-8.
                let bytes = (0..<below(40)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
                return .text(Array(String(decoding: bytes, as: UTF8.self).utf8))
            case 2: return .text(Array("worker-\(below(64))".utf8))
            default: return .text(Array("request \(below(1_000_000)) took \(below(1000)).\(below(10)) ms".utf8))
            }
        case .timestamp:
            let (hour, second) = (10 + below(10), 10 + below(50))
            let text = "2024-02-29T\(hour):30:\(second)" + ["Z", ".5Z", ".250Z", ".123456789+02:00"][below(4)]
            return .timestamp(0, text).withInstant
        case .id8Lower, .id8Upper: return .word(generator.next())
        case .id16Lower, .id16Upper, .uuidLower, .uuidUpper: return .words(generator.next(), generator.next())
        case .storedAt, .sequence, .shape: return .presence
        }
    }

    /// Events of services: hosts, traces, spans and parents, users and messages that hang together.
    mutating func serviceRows(_ count: Int) -> [ReferenceRow] {
        var spans: [(span: UInt64, parent: UInt64, trace: (UInt64, UInt64), host: Int, user: Int)] = []
        return (0..<count).map { row in
            if spans.isEmpty || below(3) == 0 {
                let parent = spans.last
                let isRoot = parent == nil || below(8) == 0
                spans.append(
                    (
                        generator.next(), isRoot ? 0 : parent!.span,
                        isRoot ? (generator.next(), generator.next()) : parent!.trace, below(30),
                        isRoot ? 10_000_000 + below(300) : parent!.user
                    ))
            }
            let span = spans[max(0, spans.count - 1 - below(4))]
            var values: [ColumnKey: ReferenceValue] = [
                key("timestamp", type: .timestamp): ReferenceValue.timestamp(
                    0, "2026-03-02T00:\(10 + row / 1000 % 50):\(10 + row / 20 % 50).\(100 + row % 900)Z"
                ).withInstant,
                key("eventId", type: .id8Lower): .word(generator.next()),
                key("service", type: .string): .text(Array("service-\(span.host % 7)".utf8)),
                key("host", type: .string): .text(Array("host-\(span.host)".utf8)),
                key("level", type: .int64): .word(UInt64(span.host % 5)),
            ]
            if below(10) > 0 {
                values[key("spanId", type: .id8Lower)] = .word(span.span)
                values[key("traceId", type: .id16Lower)] = .words(span.trace.0, span.trace.1)
                if span.parent != 0 { values[key("parentSpanId", type: .id8Lower)] = .word(span.parent) }
                values[key("user", type: .string)] = .text(Array("u-\(span.user)".utf8))
            }
            if below(2) == 0 {
                let request = String(generator.next() | 1 << 63, radix: 16)
                values[key("attributes", "requestId", type: .string)] = .text(Array(request.prefix(12).utf8))
                values[key("message", type: .string)] = .text(
                    Array(
                        "Request \(request.prefix(12)) of u-\(span.user) took \(below(500)).\(10 + below(90)) ms".utf8))
            }
            return ReferenceRow(values: values, storedAt: 1_700_000_000_000_000_000, sequence: UInt64(row + 1000))
        }
    }

    /// Rows that each have a few of many keys.
    mutating func wildRows(_ count: Int, keyCount: Int) -> [ReferenceRow] {
        (0..<count).map { row in
            var values: [ColumnKey: ReferenceValue] = [key("n", type: .int64): .word(UInt64(row))]
            for _ in 0..<below(6) {
                let number = below(keyCount)
                let types: [ColumnType] = [
                    .int64, .string, .null, .double, .bool, .emptyObject, .timestamp, .uuidLower,
                ]
                values[key("map", "k\(number)", type: types[number % 8])] = value(types[number % 8])
            }
            return ReferenceRow(values: values, storedAt: 0, sequence: UInt64(row))
        }
    }
}

extension ReferenceValue {
    /// A timestamp with the instant that its text shows.
    var withInstant: ReferenceValue {
        guard case .timestamp(_, let text) = self else { return self }
        return .timestamp(TimestampText.parse(Array(text.utf8).span)!.nanoseconds, text)
    }
}
