import Bytes
import Columns

/// What the chosen encodings of integer columns take, and how fast they are written and read.
enum IntegerBench {
    static func run() {
        for count in [65_536, 8192, 1000] {
            for profile in [EncodingProfile.hot, .warm, .cold] { run(count, profile) }
        }
    }

    /// Only what encoding of hot columns costs, again and again: for a profiler.
    static func encodeHot() {
        for count in [65_536, 8192, 1000, 100] {
            let columns = IntegerColumns.all(count)
            var text = "hot encoding: \(count) values; MB/s:"
            for (name, values) in columns {
                let seconds = Measurement.seconds {
                    Measurement.keep(IntegerNode.encoding(values, profile: .hot))
                }
                text += " \(name) \(Int(Double(count * 8) * 1e-6 / seconds)),"
            }
            print(text)
        }
    }

    private static func run(_ count: Int, _ profile: EncodingProfile) {
        print(
            "integers: \(count) values, \(profile.tier); copy \(Table.cell(Measurement.copyGigabytes(count * 8), 1)) GB/s"
        )
        print("  column                 bytes/value  encode GB/s  decode GB/s  node")
        var seconds = 0.0
        var byteCount = 0
        for (name, values) in IntegerColumns.all(count) {
            var node = IntegerNode.constant(0)
            let encode = Measurement.seconds { node = IntegerNode.encoding(values, profile: profile) }
            let decode = Measurement.seconds {
                Measurement.keep(try! node.decode(count: count, rows: .identity, in: NoEnvironment()))
            }
            seconds += encode
            byteCount += node.byteCount
            let size = Double(count * 8) * 1e-9
            print(
                "  " + Table.name(name, 21) + Table.cell(Double(node.byteCount) / Double(count), 13, digits: 3)
                    + Table.cell(size / encode, 13) + Table.cell(size / decode, 13) + "  " + describe(node))
        }
        let columnCount = IntegerColumns.all(1).count
        print(
            "  all" + Table.cell(Double(byteCount) / Double(count * columnCount), 31, digits: 3)
                + Table.cell(Double(count * 8 * columnCount) * 1e-9 / seconds, 13) + "\n")
    }

    static func describe(_ node: IntegerNode) -> String {
        switch node {
        case .constant: "constant"
        case .sequence: "sequence"
        case .packed(_, let width, let bits): "packed \(width)" + (bits.codec == .none ? "" : " \(bits.codec)")
        case .patched(let count, let positions, let values, let child):
            "patched \(count) (\(describe(child)); at \(describe(positions)): \(describe(values)))"
        case .delta(_, let child): "delta (\(describe(child)))"
        case .anchoredDelta(_, _, _, let child): "delta with anchors (\(describe(child)))"
        case .runs(let count, let values, let lengths):
            "runs \(count) (\(describe(values)), \(describe(lengths)))"
        case .dictionary(let count, let entries, let codes):
            "dictionary \(count) (\(describe(entries)), \(describe(codes)))"
        case .planes(_, let planes): "planes [" + planes.map { "\($0.stored.count)" }.joined(separator: " ") + "]"
        case .split(let divisor, let quotients, let remainders):
            "split \(divisor) (\(describe(quotients)), \(describe(remainders)))"
        case .recency(_, let child): "recency (\(describe(child)))"
        case .trend(_, let child): "trend (\(describe(child)))"
        case .equal: "equal"
        case .mapped: "mapped"
        case .sharedDictionary: "shared dictionary"
        case .grouped(_, let child): "grouped (\(describe(child)))"
        }
    }
}
