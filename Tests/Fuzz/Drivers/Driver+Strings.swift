import Bytes

@testable import Columns

extension Driver {
    /// A node of strings out of any bytes.
    static let strings = Driver(
        name: "strings", summary: "string nodes: parse, write, decode, match; matches are those of decoded strings"
    ) { input in
        let count = input.count()
        let rows = RowMap(input.byte(), count: count)
        var generator = SplitMix64(seed: UInt64(input.byte()))
        var reader = ByteReader(input.rest)
        let node = try StringNode.parse(&reader, count: count, depth: 0)
        requireSameBytes(
            input.rest, reader, byteCount: node.byteCount, outline: node.outline(count: count), write: node.write)
        _ = node.description(.full)
        let values = try node.decode(count: count, rows: rows, in: FuzzEnvironment(rowCount: count))
        values.requireWhole(count: count)
        for predicate in StringPredicate.some(about: values, &generator) {
            let matches = try node.matches(predicate, count: count, rows: rows, in: FuzzEnvironment(rowCount: count))
            require(matches.count == count, "another number of matches than of strings")
            for index in 0..<count where matches[index] != predicate.holds(values[index]) {
                fatalError("\(node): string \(index) is \(values.text(index)), \(predicate) says \(matches[index])")
            }
        }
    }
}

extension StringVector {
    /// Its ends ascend and cover its bytes.
    func requireWhole(count: Int) {
        require(ends.count == count, "another number of strings")
        require(Int(ends.last ?? 0) == bytes.count, "strings do not cover their bytes")
        require(zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 }, "a string ends before it begins")
    }
}

extension StringPredicate {
    /// Conditions that some of the strings fulfil and some do not.
    static func some(about values: StringVector, _ generator: inout SplitMix64) -> [StringPredicate] {
        guard values.count > 0 else { return [.equal([])] }
        var numbers = generator
        func number(_ limit: Int) -> Int { Int(numbers.next() % UInt64(limit)) }
        func value() -> [UInt8] { Array(values[number(values.count)].prefix(300)) }
        let whole = value()
        let start = number(whole.count + 1)
        let part = Array(whole[start..<min(whole.count, start + number(12))])
        var odd = value()
        if !odd.isEmpty { odd[number(odd.count)] ^= UInt8(1 << number(8)) }
        generator = numbers
        return [
            .equal(whole), .equal(odd), .anyOf([value(), odd, value()]), .anyOf([]), .prefix(Array(whole[..<start])),
            .prefix(odd), .contains(part), .contains(odd),
        ]
    }

    /// What the condition means, said plainly.
    func holds(_ string: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .equal(let wanted): string == wanted[...]
        case .anyOf(let wanted): wanted.contains { $0[...] == string }
        case .prefix(let prefix): string.prefix(prefix.count) == prefix[...]
        case .contains(let part):
            part.isEmpty || string.indices.contains { string[$0...].prefix(part.count) == part[...] }
        }
    }
}
