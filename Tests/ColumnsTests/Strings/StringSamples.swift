import Bytes

@testable import Columns

/// Runs of strings of the kinds that logs hold.
enum StringSamples {
    static let counts = [1, 2, 7, 64, 400, 3000]

    /// Every kind of run, by name.
    static let kinds: [(name: String, make: @Sendable (Int, inout SplitMix64) -> StringVector)] = [
        ("empty strings", { count, _ in StringVector((0..<count).map { _ in "" }) }),
        ("one string", { count, _ in StringVector((0..<count).map { _ in "the same" }) }),
        (
            "few strings",
            texts { ["GET", "POST", "", "DELETE", "a rather long one, with blanks"].randomElement(using: &$0)! }
        ),
        ("numbers", texts { String(Int64(bitPattern: $0.anyNumber()) >> 1) }),
        (
            "padded numbers",
            texts { random in
                let text = String(random.next() % 100_000)
                return String(repeating: "0", count: 6 - text.count) + text
            }
        ),
        ("prefixed numbers", texts { "u-" + String(30_000_000 + $0.next() % 60_000_000) }),
        (
            "amounts",
            texts { random in
                rendered { FixedPointText.append(Int64(random.next() % 100_000), decimals: 2, to: &$0) } + " ms"
            }
        ),
        (
            "hexadecimal",
            texts { random in
                rendered { HexNumberText.append(random.next() >> 16, isUpper: false, digits: 12, to: &$0) }
            }
        ),
        ("hexadecimal numbers", texts { "0x" + String($0.anyNumber(), radix: 16) }),
        (
            "UUIDs",
            texts { random in
                "{"
                    + rendered {
                        IdentifierText.append(
                            .init(type: .uuidLower, first: random.next(), second: random.next()), to: &$0)
                    } + "}"
            }
        ),
        (
            "addresses",
            texts { random in rendered { IPv4Text.append(UInt32(truncatingIfNeeded: random.next()), to: &$0) } }
        ),
        (
            "times",
            { count, random in
                var time: Int64 = 1_772_409_600_000_000_000
                return StringVector(
                    (0..<count).map { _ in
                        time += Int64(random.next() % 5_000_000) * 1000
                        return rendered { _ = TimestampText.append(time, form: 10 | 1 << 4, to: &$0) }
                    })
            }
        ),
        ("nearly numbers", texts { $0.next() % 20 == 0 ? "n/a" : String($0.next() % 1000) }),
        (
            "sorted paths",
            { count, _ in
                StringVector((0..<count).map { "/usr/share/lib/module-\($0 / 100)/file-\(100 + $0 % 100).so" })
            }
        ),
        (
            "sentences",
            texts { random in
                let words = ["order", "created", "for", "customer", "with", "status", "pending", "after", "retry"]
                return (0..<Int.random(in: 0...12, using: &random)).map { _ in words.randomElement(using: &random)! }
                    .joined(separator: " ")
            }
        ),
        (
            "any bytes",
            { count, random in
                var strings = StringVector()
                for _ in 0..<count {
                    strings.append(
                        (0..<Int.random(in: 0...40, using: &random)).map { _ in
                            UInt8.random(in: 0...255, using: &random)
                        })
                }
                return strings
            }
        ),
        (
            "a giant among dwarfs",
            { count, random in
                var strings = StringVector()
                for index in 0..<count {
                    strings.append([UInt8](repeating: UInt8(index & 255), count: index == count / 2 ? 70_000 : 3))
                }
                return strings
            }
        ),
    ]

    private static func texts(
        _ make: @escaping @Sendable (inout SplitMix64) -> String
    ) -> @Sendable (Int, inout SplitMix64) -> StringVector {
        { count, random in
            var strings = StringVector()
            for _ in 0..<count { strings.append(make(&random).utf8) }
            return strings
        }
    }

    /// A run of a kind, the same every time.
    static func strings(_ name: String, _ count: Int) -> StringVector {
        var random = SplitMix64(seed: UInt64(count))
        return kinds.first { $0.name == name }!.make(count, &random)
    }
}
