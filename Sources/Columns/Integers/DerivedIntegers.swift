internal import Bytes

/// Values that come from another column (Format/Segment.md, 5.5).
extension IntegerNode {
    static func decodeEqual(
        source ordinal: Int, offset: UInt64, links: DerivedLinks<IntegerNode>,
        into output: UnsafeMutableBufferPointer<UInt64>, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) {
        let source = try rows.source(ordinal, in: environment)
        let indexes = try links.sourceIndexes(count: output.count, rows: rows, source: source, in: environment)
        let rest = try links.rest.decode(count: links.restCount, rows: .unknown, in: environment)
        let values = links.restCount == indexes.count ? [] : try source.integers()
        var restIndex = 0
        for (index, sourceIndex) in indexes.enumerated() {
            if sourceIndex == .max {
                unsafe output[index] = rest[restIndex]
                restIndex += 1
            } else {
                guard sourceIndex < values.count else { throw .corrupt(at: 0, "source has fewer values") }
                unsafe output[index] = values[Int(sourceIndex)] &+ offset
            }
        }
    }

    static func decodeMapped(
        source ordinal: Int, table: [UInt64], links: DerivedLinks<IntegerNode>,
        into output: UnsafeMutableBufferPointer<UInt64>, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) {
        let source = try rows.source(ordinal, in: environment)
        let indexes = try links.sourceIndexes(count: output.count, rows: rows, source: source, in: environment)
        let rest = try links.rest.decode(count: links.restCount, rows: .unknown, in: environment)
        let codes = links.restCount == indexes.count ? [] : try source.codes()
        var restIndex = 0
        for (index, sourceIndex) in indexes.enumerated() {
            if sourceIndex == .max {
                unsafe output[index] = rest[restIndex]
                restIndex += 1
            } else {
                guard sourceIndex < codes.count, codes[Int(sourceIndex)] < table.count else {
                    throw .corrupt(at: 0, "source has fewer values or the table fewer entries")
                }
                unsafe output[index] = table[Int(codes[Int(sourceIndex)])]
            }
        }
    }
}
