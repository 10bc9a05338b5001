import Bytes
import Columns

/// Symbol tables: training, encoding, decoding and search.
enum SymbolBench {
    static func run() {
        print("symbols: 8192 strings; speeds are of decoded bytes")
        print("  column         bytes  ratio  train ms  encode GB/s  decode GB/s  equal GB/s  contains GB/s")
        for (name, strings) in columns(8192) {
            let byteCount = strings.bytes.count
            let table = SymbolTable.trained(on: strings)
            let encoder = SymbolEncoder(table)
            let encoded = encoder.encode(strings)
            let train = Measurement.seconds { Measurement.keep(SymbolTable.trained(on: strings)) }
            let encode = Measurement.gigabytes(byteCount) { Measurement.keep(encoder.encode(strings)) }
            let decode = Measurement.gigabytes(byteCount) {
                Measurement.keep(
                    try! table.decode(
                        encodedLengths: encoded.lengths, encoded: encoded.bytes[...], decodedByteCount: byteCount))
            }
            let needle = Array(strings[4711])
            let equal = Measurement.gigabytes(byteCount) {
                Measurement.keep(
                    try! table.matches(
                        anyOf: [needle], encodedLengths: encoded.lengths, encoded: encoded.bytes[...]))
            }
            let contains = Measurement.gigabytes(byteCount) {
                Measurement.keep(strings.matches(containing: Array(needle.suffix(9))))
            }
            let ratio = Double(byteCount) / Double(encoded.bytes.count + table.byteCount)
            print(
                "  " + Table.name(name, 12) + Table.cell("\(byteCount)", 8) + Table.cell(ratio, 7)
                    + Table.cell(train * 1000, 10) + Table.cell(encode, 13) + Table.cell(decode, 13)
                    + Table.cell(equal, 12) + Table.cell(contains, 15))
        }
        print("")
    }

    /// Columns of the kinds that events have, made from seeds.
    static func columns(_ count: Int) -> [(name: String, strings: StringVector)] {
        var generator = SplitMix64(seed: 5)
        func number(_ limit: Int) -> Int { .random(in: 0..<limit, using: &generator) }
        func any(_ words: [String]) -> String { words[number(words.count)] }
        let services = ["payments", "checkout", "inventory", "mobile-bff", "reviews", "search", "shipping"]
        let verbs = ["flushed", "rejected", "rendered", "refreshed", "evaluated", "normalised"]
        let nouns = ["segment rows", "feature flags", "template device", "token", "address", "cart items"]
        func column(_ next: () -> String) -> StringVector { StringVector((0..<count).map { _ in next() }) }
        return [
            (
                "messages",
                column {
                    "Batch \(String(generator.next() >> 16, radix: 16)) \(any(verbs)) \(number(100_000)) "
                        + "\(any(nouns)) for u-\(number(100_000_000)) in \(number(9999)) ms"
                }
            ),
            (
                "hosts",
                column { "\(any(services))-\(String(number(60_000), radix: 36))-\(String(number(900), radix: 36))" }
            ),
            (
                "urls",
                column {
                    "/api/v\(number(3))/\(any(services))/\(number(1_000_000))?page=\(number(20))&sort=\(any(nouns))"
                }
            ),
        ]
    }
}
