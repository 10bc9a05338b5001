import Bytes

/// Columns in which one encoding or another should do well.
enum IntegerColumnSamples {
    static let names = [
        "skewed", "flag", "uniform", "tail", "times", "whole", "partly whole", "ticks", "counter", "gaps", "walk",
        "sparse", "runs", "random", "recent", "distinct", "signed", "quadratic", "low outliers", "edges", "wrapping",
    ]

    static func column(_ name: String, count: Int) -> [UInt64] {
        var generator = SplitMix64(seed: UInt64(name.utf8.reduce(count) { ($0 * 31 + Int($1)) % 1_000_003 }))
        func below(_ limit: UInt64) -> UInt64 { .random(in: 0..<limit, using: &generator) }
        func each(_ next: (Int) -> UInt64) -> [UInt64] { (0..<count).map(next) }
        func sums(_ start: UInt64, _ next: (Int) -> UInt64) -> [UInt64] {
            var sum = start
            return each { index in
                sum &+= next(index)
                return sum
            }
        }
        let start: UInt64 = 1_700_000_000_000_000_000
        switch name {
        case "skewed": return each { _ in [200, 200, 200, 200, 201, 304, 404, 500][Int(below(8))] }
        case "flag": return each { _ in below(50) == 0 ? 1 : 0 }
        case "uniform": return each { _ in 12_345 + below(1000) }
        case "tail": return each { _ in below(1 << below(40)) }
        case "times": return sums(start) { _ in below(1 << below(30)) }
        case "whole": return sums(start) { _ in below(20) * 1_000_000 }
        case "partly whole":
            return sums(start / 1_000_000) { _ in below(20) }.map {
                $0 * 1_000_000 + (below(4) == 0 ? below(1_000_000) : 0)
            }
        case "ticks": return each { start + UInt64($0) * 10_000_000_000 + below(2_000_000) }
        case "counter": return sums(5_000_000) { _ in below(4096) }
        case "gaps": return sums(90_000) { _ in below(200) == 0 ? 7 : 1 }
        case "walk": return sums(1 << 40) { _ in below(129) &- 64 }
        case "sparse": return each { _ in below(50) == 0 ? below(100_000) : 0 }
        case "runs": return sums(100) { _ in below(40) == 0 ? below(9) &* 77 : 0 }
        case "recent":
            var newest: UInt64 = 0
            return each { _ in
                guard below(6) != 0 else {
                    newest += 1
                    return newest - 1
                }
                return newest - min(newest, 1 + below(30))
            }
        case "distinct":
            let values = (0..<500).map { _ in generator.next() >> 9 }
            return each { _ in values[Int(below(500))] }
        case "signed": return each { _ in below(17) &- 8 }
        case "quadratic": return sums(77) { UInt64($0) &* 1001 }
        case "low outliers": return each { _ in below(100) == 0 ? below(10) : start + below(500) }
        case "edges": return each { _ in IntegerSamples.edges.randomElement(using: &generator)! }
        case "wrapping": return sums(.max - 1000) { _ in below(7) }
        default: return each { _ in generator.next() }
        }
    }
}
