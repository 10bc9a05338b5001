internal import Bytes

/// Values that come from another column (Format/Segment.md, 5.5).
extension IntegerNode {
    static func decodeEqual(
        source ordinal: Int, offset: UInt64, links: DerivedLinks<IntegerNode>,
        into output: UnsafeMutableBufferPointer<UInt64>, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) {
        let source = try rows.source(ordinal, in: environment)
        try unsafe decodeDerived(
            from: source, links, into: output, rows: rows, in: environment,
            values: { () throws(DecodeError) in try source.integers() }, lookup: { $0 &+ offset })
    }

    static func decodeMapped(
        source ordinal: Int, table: MapTable, links: DerivedLinks<IntegerNode>,
        into output: UnsafeMutableBufferPointer<UInt64>, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) {
        let source = try rows.source(ordinal, in: environment)
        try unsafe decodeDerived(
            from: source, links, into: output, rows: rows, in: environment,
            values: { () throws(DecodeError) in try source.codes() },
            lookup: { table[$0] })
    }

    /// What `lookup` gives for the source's values, and the rest.
    @inline(__always)
    private static func decodeDerived<Value>(
        from source: any SourceColumn, _ links: DerivedLinks<IntegerNode>,
        into output: UnsafeMutableBufferPointer<UInt64>, rows: RowMap, in environment: any PageEnvironment,
        values: () throws(DecodeError) -> [Value], lookup: (Value) -> UInt64?
    ) throws(DecodeError) {
        let indexes = try links.sourceIndexes(count: output.count, rows: rows, source: source, in: environment)
        let rest = try links.rest.decode(count: links.restCount, rows: .unknown, in: environment)
        let values = try values()
        var restIndex = 0
        for (index, sourceIndex) in indexes.enumerated() {
            if sourceIndex == .max {
                unsafe output[index] = rest[restIndex]
                restIndex += 1
            } else {
                guard sourceIndex < values.count, let value = lookup(values[Int(sourceIndex)]) else {
                    throw .corrupt(at: 0, "source has fewer values or the table fewer entries")
                }
                unsafe output[index] = value
            }
        }
    }
}
