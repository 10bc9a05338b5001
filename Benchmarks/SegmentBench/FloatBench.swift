import Bytes
import Columns

/// What the chosen encodings of columns of doubles take, and how fast they are written, read and compared.
enum FloatBench {
    static func run() {
        for count in [65_536, 8192] {
            for profile in [EncodingProfile.hot, .warm, .cold] { run(count, profile) }
        }
    }

    private static func run(_ count: Int, _ profile: EncodingProfile) {
        print("floats: \(count) values, \(profile.tier); copy \(Table.cell(copy(count), 1)) GB/s")
        print("  column                 bytes/value  encode GB/s  decode GB/s   range GB/s  node")
        for (name, values) in columns(count) {
            var node = FloatNode.encoding([], profile: profile)
            let encode = Measurement.gigabytes(count * 8) { node = FloatNode.encoding(values, profile: profile) }
            let decode = Measurement.gigabytes(count * 8) {
                Measurement.keep(try! node.decode(count: count, rows: .identity, in: NoEnvironment()))
            }
            let range = Measurement.gigabytes(count * 8) {
                Measurement.keep(try! node.matches(0.5...20, count: count, rows: .unknown, in: NoEnvironment()))
            }
            print(
                "  " + Table.name(name, 21) + Table.cell(Double(node.byteCount) / Double(count), 13, digits: 3)
                    + Table.cell(encode, 13) + Table.cell(decode, 13) + Table.cell(range, 13) + "  " + describe(node))
        }
        print("")
    }

    private static func copy(_ count: Int) -> Double { Measurement.copyGigabytes(count * 8) }

    private static func describe(_ node: FloatNode) -> String {
        switch node {
        case .bits(let bits): "bits (\(IntegerBench.describe(bits)))"
        case .scaled(let scale, let digits, let exceptions):
            "\(scale.base)^\(scale.exponent) (\(IntegerBench.describe(digits))), \(exceptions.count) exceptions"
        case .splitBits(let width, _, _, let codes, let right, let exceptions):
            "split \(width) (\(IntegerBench.describe(codes)), \(IntegerBench.describe(right))), "
                + "\(exceptions.count) exceptions"
        case .grouped(_, let child): "grouped (\(describe(child)))"
        }
    }

    /// Columns of the kinds that events have, made from seeds.
    static func columns(_ count: Int) -> [(name: String, values: [Double])] {
        var generator = SplitMix64(seed: 3)
        func column(_ next: (Int) -> Double) -> [Double] { (0..<count).map(next) }
        func uniform(_ limit: Int) -> Double { Double(Int.random(in: 0..<limit, using: &generator)) }
        func skewed() -> Double {
            var value = 1.0
            while Bool.random(using: &generator) { value *= 2.5 }
            return value * Double.random(in: 0.5..<1, using: &generator)
        }
        let distinct = column { _ in Double.random(in: 0..<1, using: &generator) }
        return [
            ("percent", column { _ in uniform(10_000) / 100 }),
            ("duration ms", column { _ in (skewed() * 1000).rounded() / 1000 }),
            ("error rate", column { _ in uniform(90) / 10_000 }),
            ("epoch seconds", column { 1_700_000_000 + Double($0) / 16 + uniform(1_000_000) / 1e6 }),
            ("round trip s", column { _ in (skewed() * 3000).rounded() / 4_194_304 }),
            ("float of 32 bits", column { _ in Double(Float(20 + uniform(1000) / 77)) }),
            ("full precision", column { _ in skewed() - 4 }),
            ("500 distinct", column { distinct[$0 % 500] }),
            ("whole numbers", column { _ in uniform(300) }),
            ("percent, 2 % odd", column { _ in uniform(50) == 0 ? skewed() : uniform(10_000) / 100 }),
            ("any bits", column { _ in Double(bitPattern: generator.next()) }),
        ]
    }
}
