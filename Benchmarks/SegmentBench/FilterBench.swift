import Bytes
import Columns

/// Filters on encoded columns beside decoding and comparing.
enum FilterBench {
    static func run() {
        let count = 65_536
        print(
            "filters: \(count) values, hot; copy \(Table.cell(Measurement.copyGigabytes(count * 8), 1)) GB/s; "
                + "GB/s of 8-byte values")
        print("  column                   equal    range  8 of set   decode, compare  node")
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
            let plain = Measurement.gigabytes(count * 8) {
                let decoded = try! node.decode(count: count, rows: .identity, in: NoEnvironment())
                var words = [UInt64](repeating: 0, count: count / 64)
                for index in words.indices {
                    var word: UInt64 = 0
                    for bit in 0..<64 where decoded[index * 64 + bit] == some { word |= 1 << UInt64(bit) }
                    words[index] = word
                }
                Measurement.keep(words)
            }
            print(
                "  " + Table.name(name, 21) + line(.equal(some), 9)
                    + line(.range(some, some &+ 1000, isSigned: true), 9) + line(.set(set), 10)
                    + Table.cell(plain, 18) + "  " + IntegerBench.describe(node))
        }
        print("")
    }
}
