import Bytes

/// Columns of the kinds that events have, made from seeds.
enum IntegerColumns {
    static func all(_ count: Int) -> [(name: String, values: [UInt64])] {
        var generator = SplitMix64(seed: 7)
        func uniform(_ limit: UInt64) -> UInt64 { .random(in: 0..<limit, using: &generator) }
        /// Positive, with a long tail: about `scale` times two to a sum of chances.
        func skewed(_ scale: UInt64) -> UInt64 {
            var value = scale
            while uniform(3) != 0 { value *= 2 }
            return value + uniform(value)
        }
        func column(_ next: (Int) -> UInt64) -> [UInt64] { (0..<count).map(next) }
        func ascending(from start: UInt64, _ next: (Int) -> UInt64) -> [UInt64] {
            var value = start
            return column { index in
                value &+= next(index)
                return value
            }
        }
        let start: UInt64 = 1_700_000_000_000_000_000
        let wideValues = (0..<5000).map { _ in generator.next() >> 14 }
        var newest: UInt64 = 0
        return [
            ("status codes", column { _ in [200, 200, 200, 200, 201, 204, 304, 404, 500][Int(uniform(9))] }),
            ("rare flag", column { _ in uniform(50) == 0 ? 1 : 0 }),
            ("uniform below 1000", column { _ in uniform(1000) }),
            ("latency us", column { _ in skewed(100) }),
            ("body bytes", column { _ in uniform(3) == 0 ? 0 : skewed(500) }),
            ("time ns", ascending(from: start) { _ in skewed(20_000) }),
            ("time whole ms", ascending(from: start) { _ in uniform(20) * 1_000_000 }),
            (
                "time ms or ns",
                ascending(from: start / 1_000_000) { _ in uniform(20) }.map {
                    $0 * 1_000_000 + (uniform(4) == 0 ? uniform(1_000_000) : 0)
                }
            ),
            ("time each 10 s", column { start + UInt64($0) * 10_000_000_000 + uniform(2_000_000) }),
            ("counter", ascending(from: 5_000_000) { _ in uniform(4096) }),
            ("sequence with gaps", ascending(from: 90_000) { _ in uniform(200) == 0 ? 7 : 1 }),
            ("random walk", ascending(from: 1 << 40) { _ in uniform(129) &- 64 }),
            ("sparse", column { _ in uniform(50) == 0 ? uniform(100_000) : 0 }),
            ("long runs", ascending(from: 100) { _ in uniform(40) == 0 ? uniform(9) &* 77 : 0 }),
            ("random 64 bits", column { _ in generator.next() }),
            (
                "newest codes",
                column { _ in
                    guard uniform(6) != 0 else {
                        newest += 1
                        return newest - 1
                    }
                    return newest - min(newest, 1 + uniform(30))
                }
            ),
            ("wide, 5000 distinct", column { _ in wideValues[Int(uniform(5000))] }),
            ("cents", column { _ in (uniform(900) + 99) * 100 - 1 }),
            ("speeding up", ascending(from: 0) { UInt64($0) * 1000 }),
            ("signed small", column { _ in uniform(17) &- 8 }),
        ]
    }
}
