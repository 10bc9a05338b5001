import Bytes

@testable import Columns

extension Driver {
    /// A node of doubles out of any bytes.
    static let doubles = Driver(
        name: "doubles", summary: "float nodes: parse, write, decode, ranges; ranges hold what decoded values say"
    ) { input in
        let count = input.count()
        var generator = SplitMix64(seed: UInt64(input.byte()))
        var reader = ByteReader(input.rest)
        let node = try FloatNode.parse(&reader, count: count, depth: 0)
        requireSameBytes(
            input.rest, reader, byteCount: nil, outline: node.outline(count: count), write: node.write)
        _ = node.description(.full)
        let values = try node.decode(count: count, rows: .identity, in: FuzzEnvironment(rowCount: count))
        require(values.count == count, "a node decodes to another number of values")
        let finite = values.filter { !$0.isNaN } + [0, -.infinity, .infinity]
        for _ in 0..<4 {
            let first = finite[Int(generator.next() % UInt64(finite.count))]
            let second = finite[Int(generator.next() % UInt64(finite.count))]
            let range = min(first, second)...max(first, second)
            let matches = try node.matches(
                range, count: count, rows: .identity, in: FuzzEnvironment(rowCount: count))
            require(matches.count == count, "another number of matches than of values")
            for index in values.indices where matches[index] != range.contains(values[index]) {
                fatalError("\(node): value \(index) is \(values[index]), \(range) says \(matches[index])")
            }
        }
    }
}
