import Bytes
import Columns

/// The bytes of ids that look random, each id counted once over the whole segment (Docs/EntropyFloor.md).
struct EntropyFloor {
    /// Checksums of the ids that were counted: equal ones lose an id, so that the floor stays a lower bound.
    private var seen = IdentifierDictionary(wordsPerEntry: 1, expectedCount: 1 << 12)

    /// What each column brings in, by ordinal.
    static func floors(of columns: [SegmentColumn]) throws(SegmentError) -> [ColumnFloor] {
        var floors = [ColumnFloor](repeating: .none, count: columns.count)
        var floor = EntropyFloor()
        for column in ordered(columns) { floors[column.ordinal] = try floor.add(column) }
        return floors
    }

    private static let canonicalPaths = ["eventId", "traceId", "spanId", "parentSpanId"].map { ColumnPath(keys: [$0]) }

    /// Columns that may hold ids in the order in which they are asked: an id is that of the first that has it.
    private static func ordered(_ columns: [SegmentColumn]) -> [SegmentColumn] {
        let ids = columns.filter { $0.type.layout == .fixed8 || $0.type.layout == .fixed16 }
        let canonical = canonicalPaths.flatMap { path in ids.filter { $0.path == path } }
        return canonical + ids.filter { !canonicalPaths.contains($0.path) } + columns.filter { $0.type == .string }
    }

    private mutating func add(_ column: SegmentColumn) throws(SegmentError) -> ColumnFloor {
        if column.type == .string {
            guard try TextIdentifiers.mayHold(column) else { return .none }
            return try addTexts(column)
        }
        var randomness = BitRandomness()
        for (index, page) in try column.pages().enumerated() where page.kind == .data {
            guard case .fixed(let bytes, let width) = try column.page(index).values else { continue }
            for start in stride(from: 0, to: bytes.count, by: width) {
                add(bytes[start..<start + width], digitCount: width * 2, &randomness)
            }
        }
        return randomness.floor
    }

    private mutating func addTexts(_ column: SegmentColumn) throws(SegmentError) -> ColumnFloor {
        var randomness = BitRandomness()
        var texts = TextIdentifiers()
        for (index, page) in try column.pages().enumerated() where page.kind == .data {
            let values = try column.page(index).values
            // Whether the first page looks like ids decides for all: a glance at each would cost as much as the whole.
            if !texts.hasLooked {
                texts.look(at: values)
                guard texts.lookRandom else { return .none }
            }
            texts.forEach(in: values) { id, digitCount in add(id, digitCount: digitCount, &randomness) }
        }
        return randomness.idCount * 2 > texts.valueCount ? randomness.floor : .none
    }

    private mutating func add(_ id: ArraySlice<UInt8>, digitCount: Int, _ randomness: inout BitRandomness) {
        let count = seen.count
        _ = seen.code(of: checksum(id))
        if seen.count > count { randomness.add(id, digitCount: digitCount) }
    }
}
