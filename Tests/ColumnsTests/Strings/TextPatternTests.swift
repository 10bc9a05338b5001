import Bytes
import Testing

@testable import Columns

struct TextPatternTests {
    static func pattern(_ strings: [String]) -> TextPattern? { TextPatternFinder(StringVector(strings)).pattern() }

    static func expected(_ prefix: String, _ kind: TextKind, _ suffix: String = "") -> TextPattern {
        TextPattern(prefix: Array(prefix.utf8), suffix: Array(suffix.utf8), kind: kind)
    }

    @Test(
        "what strings have in common is found around texts of a kind",
        arguments: [
            (["u-58874738", "u-31829942", "u-83358106"], expected("u-", .integer(digits: 0))),
            (["order-123", "order-7", "order-1500"], expected("order-", .integer(digits: 0))),
            (["worker-12", "worker-1", "worker-19"], expected("worker-", .integer(digits: 0))),
            (["redis-3", "redis-4", "redis-3"], expected("redis-", .integer(digits: 0))),
            (["job-0012", "job-0400", "job-1234"], expected("job-", .integer(digits: 4))),
            (["-5", "12", "-170"], expected("", .integer(digits: 0))),
            (["100ms", "200ms", "1500ms"], expected("", .integer(digits: 0), "ms")),
            (["2.37 ms", "-14.00 ms", "0.50 ms"], expected("", .fixedPoint(decimals: 2), " ms")),
            (["63edcf45713d", "74ae2d233113", "000000000000"], expected("", .hex(isUpper: false, byteCount: 6))),
            (["63EDCF45", "74AE2D23", "12345678"], expected("", .hex(isUpper: true, byteCount: 4))),
            (["0x3e7", "0x627b7", "0x1f"], expected("0x", .hexNumber(isUpper: false, digits: 1))),
            (["0x003e7", "0x627b7", "0x0001f"], expected("0x", .hexNumber(isUpper: false, digits: 5))),
            (
                ["{5770385f-c22a-43e0-bf4c-06f5698ffbd9}", "{fe86be69-25d2-64b6-2000-000000001000}"],
                expected("{", .uuid(isUpper: false), "}")
            ),
            (
                ["5770385F-C22A-43E0-BF4C-06F5698FFBD9", "FE86BE69-25D2-64B6-2000-000000001000"],
                expected("", .uuid(isUpper: true))
            ),
            (["10.164.94.120", "10.128.0.241", "8.8.8.8"], expected("", .ipv4)),
            (["tcp/10.47.24.170:80", "tcp/10.47.1.208:80"], expected("tcp/", .ipv4, ":80")),
            (["2020-06-10 02:51:07.945", "2020-06-10 02:51:41.017"], expected("", .timestamp)),
            (["[2020-06-10 02:51:07,945]", "[2020-06-10 02:51:41,017]"], expected("[", .timestamp, "]")),
            (["1", "2", "3", "x", "5", "6", "7", "8", "9", "10"], expected("", .integer(digits: 0))),
            (["7", "7", "7"], expected("", .integer(digits: 0))),
        ] as [([String], TextPattern)])
    func found(_ strings: [String], _ pattern: TextPattern) throws {
        #expect(Self.pattern(strings) == pattern)
        let values = StringVector(strings)
        let node = try #require(pattern.encoding(values, profile: .hot, level: 0))
        #expect(try node.roundTrip(count: strings.count) == values)
    }

    @Test(
        "where strings have no such text in common nothing is found",
        arguments: [
            [], [""], ["a", "b"], ["GET", "POST"], ["1", "x", "2", "y"], ["a1b2", "c3d4", "e5f6g"],
            ["/orders/1/x", "/users/2/y"], ["99999999999999999999999", "88888888888888888888888x"],
            ["5770385f-c22a-43e0-bf4c-06f5698ffbdX", "fe86be69-25d2-64b6-2000-00000000100X"],
        ])
    func notFound(_ strings: [String]) { #expect(Self.pattern(strings) == nil) }

    @Test("strings that do not fit are exceptions, up to a sixth of all")
    func exceptions() throws {
        let pattern = Self.expected("", .integer(digits: 0))
        for misfitCount in 0...40 {
            let strings = StringVector((0..<120).map { $0 * misfitCount % 120 < misfitCount ? "odd\($0)" : String($0) })
            let node = pattern.encoding(strings, profile: .hot, level: 0)
            if misfitCount > 20 {
                #expect(node == nil)
            } else {
                #expect(try #require(node).roundTrip(count: 120) == strings)
            }
        }
    }

    @Test("texts that only look like the kind are exceptions, not other texts")
    func nearMisses() throws {
        for (kind, odd) in [
            (TextKind.integer(digits: 0), ["+5", "-0", "007", "", " 1", "9223372036854775808"]),
            (.integer(digits: 3), ["1", "0123", "-12", "18446744073709551616"]),
            (.fixedPoint(decimals: 2), ["-0.00", ".50", "1.5", "01.50", "1,50"]),
            (.hex(isUpper: false, byteCount: 4), ["1234567G", "1234567A", "1234567", "123456789"]),
            (.hexNumber(isUpper: false, digits: 1), ["0a", "A", "", "10000000000000000"]),
            (.uuid(isUpper: false), ["5770385f-c22a-43e0-bf4c-06f5698ffbd", "5770385F-c22a-43e0-bf4c-06f5698ffbd9"]),
            (.ipv4, ["1.2.3", "01.2.3.4", "1.2.3.256"]),
            (.timestamp, ["2024-02-30T00:00:00Z", "1677-01-01T00:00:00Z", "2024-01-01T00:00:00-00:00"]),
        ] {
            var random = SplitMix64(seed: 31)
            var strings = StringVector()
            for index in 0..<200 {
                let text = index % 10 == 9 ? odd.randomElement(using: &random)! : Self.text(of: kind, &random)
                strings.append(text.utf8)
            }
            let node = try #require(
                TextPattern(prefix: [], suffix: [], kind: kind).encoding(strings, profile: .hot, level: 0))
            guard case .exceptions(20, _, _, _) = node else {
                Issue.record("\(kind) took an odd text")
                continue
            }
            #expect(try node.roundTrip(count: 200) == strings)
        }
    }

    private static func text(of kind: TextKind, _ random: inout SplitMix64) -> String {
        let number = random.next()
        return rendered { bytes in
            switch kind {
            case .integer(digits: 0): DecimalText.append(signed: Int64(bitPattern: number), to: &bytes)
            case .integer: DecimalText.append(100 + number % 10_000, to: &bytes)
            case .fixedPoint(let decimals): FixedPointText.append(Int64(number >> 20), decimals: decimals, to: &bytes)
            case .hex(let isUpper, let byteCount):
                HexNumberText.append(
                    number >> UInt64(64 - 8 * byteCount), isUpper: isUpper, digits: 2 * byteCount, to: &bytes)
            case .hexNumber(let isUpper, let digits):
                HexNumberText.append(number, isUpper: isUpper, digits: digits, to: &bytes)
            case .uuid: IdentifierText.append(.init(type: .uuidLower, first: number, second: ~number), to: &bytes)
            case .ipv4: IPv4Text.append(UInt32(truncatingIfNeeded: number), to: &bytes)
            case .timestamp:
                _ = TimestampText.append(Int64(number % 1_700_000_000) * 1_000_000_000, form: 64, to: &bytes)
            }
        }
    }
}
