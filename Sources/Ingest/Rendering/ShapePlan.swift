import Columns

/// How rows of one shape become lines: literal pieces and, behind each, the value of a column.
///
///     {"eventId": · value ,"state":{"cpu": · value ,"memory": · value }}
///
/// Keys are in the order of their UTF-8 bytes at every level. Values that are the same in each row (null, `{}`) are
/// part of the pieces.
struct ShapePlan {
    struct Step {
        /// Into `literals`.
        var literal: Range<Int>
        /// Index into the batch's columns.
        var column: Int
    }

    private(set) var literals: [UInt8] = []
    private(set) var steps: [Step] = []
    /// What follows the last value.
    private(set) var ending: Range<Int> = 0..<0

    /// - Parameter columns: indexes into `batch.columns`.
    init(_ columns: [Int], of batch: RowBatch) {
        let entries = columns.map { (keys: batch.columns[$0].key.path.keys.map { Array($0.utf8) }, column: $0) }
            .sorted { Self.precedes($0.keys, $1.keys) }
        var previous: [[UInt8]] = []
        var start = 0
        literals.append(UInt8(ascii: "{"))
        for (index, entry) in entries.enumerated() {
            let shared = Self.sharedKeyCount(previous, entry.keys)
            close(previous.count - 1 - shared)
            if index > 0 { literals.append(UInt8(ascii: ",")) }
            for (level, key) in entry.keys.enumerated().dropFirst(shared) {
                literals.append(contentsOf: JSONText.quoted(key))
                literals.append(UInt8(ascii: ":"))
                if level < entry.keys.count - 1 { literals.append(UInt8(ascii: "{")) }
            }
            previous = entry.keys
            switch batch.columns[entry.column].key.type {
            case .null: literals.append(contentsOf: "null".utf8)
            case .emptyObject: literals.append(contentsOf: "{}".utf8)
            default:
                steps.append(Step(literal: start..<literals.count, column: entry.column))
                start = literals.count
            }
        }
        close(previous.count - 1)
        literals.append(UInt8(ascii: "}"))
        ending = start..<literals.count
    }

    private mutating func close(_ levelCount: Int) {
        for _ in 0..<max(0, levelCount) { literals.append(UInt8(ascii: "}")) }
    }

    /// How many objects of the previous path are still open for this one.
    private static func sharedKeyCount(_ previous: [[UInt8]], _ keys: [[UInt8]]) -> Int {
        var count = 0
        while count < previous.count - 1, count < keys.count - 1, previous[count] == keys[count] { count += 1 }
        return count
    }

    private static func precedes(_ first: [[UInt8]], _ second: [[UInt8]]) -> Bool {
        for (left, right) in zip(first, second) where left != right { return left.lexicographicallyPrecedes(right) }
        return first.count < second.count
    }
}
