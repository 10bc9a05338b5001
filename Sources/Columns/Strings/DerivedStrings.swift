internal import Bytes

/// Strings that are the texts of another column (Format/Segment.md, 5.5).
extension StringNode {
    static func decodeEqual(
        source ordinal: Int, links: DerivedLinks<StringNode>, count: Int, rows: RowMap,
        in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let source = try rows.source(ordinal, in: environment)
        let indexes = try links.sourceIndexes(count: count, rows: rows, source: source, in: environment)
        let rest = try links.rest.decode(count: links.restCount, rows: .unknown, in: environment)
        // One table of texts and rest, addressed by one kind of code.
        var table = try source.texts()
        if links.restCount == count { return rest }
        let textCount = UInt64(table.count)
        let shift = UInt32(truncatingIfNeeded: table.bytes.count)
        guard table.bytes.count + rest.bytes.count <= Int(UInt32.max) else {
            throw .limit(at: 0, "decodes to more than a page may hold")
        }
        table.bytes += rest.bytes
        for end in rest.ends { table.ends.append(end &+ shift) }
        var restCode = textCount
        var codes: [UInt64] = []
        codes.reserveCapacity(count)
        for index in indexes {
            if index == .max {
                codes.append(restCode)
                restCode += 1
            } else {
                guard UInt64(index) < textCount else { throw .corrupt(at: 0, "source has fewer values") }
                codes.append(UInt64(index))
            }
        }
        return try gather(codes, from: table, in: environment)
    }

    /// Strings that stand in the order of another column's codes.
    static func decodeGrouped(
        source: Int, child: StringNode, count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let order = try rows.order(groupedBy: source, count: count, in: environment)
        let strings = try child.decode(count: count, rows: rows.inOrder(order, for: child.isDerived), in: environment)
        return try gather([UInt64](widening: order.inverted[...]), from: strings, in: environment)
    }
}
