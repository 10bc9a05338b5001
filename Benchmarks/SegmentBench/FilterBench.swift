import Bytes
import Columns

/// Filters on encoded columns beside decoding and comparing.
enum FilterBench {
    static func run() {
        let count = 65_536
        print(
            "filters: \(count) values, hot; copy \(Table.cell(Measurement.copyGigabytes(count * 8), 1)) GB/s; "
                + "GB/s of 8-byte values")
        print("  column                   equal    range  decode, =  8 of set  decode, 8  node")
        for (name, values) in IntegerColumns.all(count) {
            let node = IntegerNode.encoding(values, profile: .hot)
            let some = values[count / 2]
            let set = (0..<8).map { values[$0 * 8000] }
            func line(_ predicate: IntegerPredicate, _ width: Int) -> String {
                let speed = Measurement.gigabytes(count * 8) {
                    Measurement.keep(try! node.matches(predicate, count: count, rows: .identity, in: NoEnvironment()))
                }
                return Table.cell(speed, width)
            }
            func plain(_ isMatch: (UInt64) -> Bool) -> String {
                let speed = Measurement.gigabytes(count * 8) { Measurement.keep(compared(node, count, isMatch)) }
                return Table.cell(speed, 11)
            }
            let (a, b, c, d) = (set[0], set[1], set[2], set[3])
            let (e, f, g, h) = (set[4], set[5], set[6], set[7])
            print(
                "  " + Table.name(name, 21) + line(.equal(some), 9)
                    + line(.range(some, some &+ 1000, isSigned: true), 9) + plain { $0 == some }
                    + line(.set(set), 10)
                    + plain {
                        $0 == a || $0 == b || $0 == c || $0 == d || $0 == e || $0 == f || $0 == g || $0 == h
                    }
                    + "  " + IntegerBench.describe(node))
        }
        print("")
    }

    /// What is to be beaten: all values, and a loop over them.
    @inline(__always)
    private static func compared(_ node: IntegerNode, _ count: Int, _ isMatch: (UInt64) -> Bool) -> [UInt64] {
        let decoded = try! node.decode(count: count, rows: .identity, in: NoEnvironment())
        var words = [UInt64](repeating: 0, count: count / 64)
        for index in words.indices {
            var word: UInt64 = 0
            for bit in 0..<64 where isMatch(decoded[index &* 64 &+ bit]) { word |= 1 << UInt64(bit) }
            words[index] = word
        }
        return words
    }
}
