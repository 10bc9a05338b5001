import Bytes

@testable import Columns

extension Driver {
    /// A node of integers out of any bytes.
    static let integers = Driver(
        name: "integers", summary: "integer nodes: parse, write, decode, match; matches are those of decoded values"
    ) { input in
        let count = input.count()
        let rows = RowMap(input.byte(), count: count)
        var seed = input.byte()
        var reader = ByteReader(input.rest)
        let node = try IntegerNode.parse(&reader, count: count, depth: 0)
        requireSameBytes(
            input.rest, reader, byteCount: node.byteCount, outline: node.outline(count: count), write: node.write)
        _ = node.description(.full)
        let values = try node.decode(count: count, rows: rows, in: FuzzEnvironment(rowCount: count))
        require(values.count == count, "a node decodes to another number of values")
        for predicate in IntegerPredicate.some(about: values, &seed) {
            let matches = try node.matches(predicate, count: count, rows: rows, in: FuzzEnvironment(rowCount: count))
            require(matches.count == count, "another number of matches than of values")
            for index in values.indices where matches[index] != predicate.holds(values[index]) {
                fatalError("\(node): value \(index) is \(values[index]), \(predicate) says \(matches[index])")
            }
        }
    }
}

extension RowMap {
    /// Rows for `count` values, chosen by a byte.
    init(_ choice: UInt8, count: Int) {
        switch choice % 4 {
        case 0, 1: self = .identity
        case 2: self = .rows((0..<UInt32(count)).map { $0 / 2 })
        default: self = .unknown
        }
    }
}

extension IntegerPredicate {
    /// Conditions that some of the values fulfil and some do not.
    static func some(about values: [UInt64], _ seed: inout UInt8) -> [IntegerPredicate] {
        guard !values.isEmpty else { return [.equal(0)] }
        var generator = SplitMix64(seed: UInt64(seed))
        func value() -> UInt64 { values[Int(generator.next() % UInt64(values.count))] }
        let (first, second) = (value(), value())
        let (low, high) = (min(first, second), max(first, second))
        let isOrdered = Int64(bitPattern: first) <= Int64(bitPattern: second)
        let many = (0..<Int(generator.next() % 40)).map { _ in value() &+ generator.next() % 2 }
        return [
            .equal(first), .equal(first &+ 1), .range(low, high, isSigned: false),
            .range(isOrdered ? first : second, isOrdered ? second : first, isSigned: true),
            .range(low &+ 1, low &+ 1, isSigned: true), .set(many),
        ]
    }

    /// What the condition means, said plainly.
    func holds(_ value: UInt64) -> Bool {
        switch self {
        case .equal(let wanted): value == wanted
        case .range(let low, let high, isSigned: false): low <= value && value <= high
        case .range(let low, let high, isSigned: true):
            Int64(bitPattern: low) <= Int64(bitPattern: value) && Int64(bitPattern: value) <= Int64(bitPattern: high)
        case .set(let wanted): wanted.contains(value)
        }
    }
}
