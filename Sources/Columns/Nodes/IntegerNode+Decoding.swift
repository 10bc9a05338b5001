public import Bytes

extension IntegerNode {
    /// The `count` values, which stand in the given rows of the page.
    public func decode(
        count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> [UInt64] {
        try unsafe [UInt64].decoding(count: count, in: environment) { (output) throws(DecodeError) in
            try unsafe decodeCharged(into: output, rows: rows, in: environment)
        }
    }

    /// Decodes into memory of the node around; the buffer's length is the number of values.
    func decode(
        into output: UnsafeMutableBufferPointer<UInt64>, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) {
        // Inner nodes count, too, even where they need no memory of their own (Format/Segment.md, 1.2).
        try environment.charge(output.count * 8)
        try unsafe decodeCharged(into: output, rows: rows, in: environment)
    }

    private func decodeCharged(
        into output: UnsafeMutableBufferPointer<UInt64>, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) {
        switch self {
        case .constant(let value):
            unsafe output.initialize(repeating: value)
        case .sequence(let first, let step):
            unsafe Self.decodeSequence(first: first, step: step, into: output)
        case .packed(let base, let width, let bits):
            try unsafe Self.decodePacked(base: base, width: width, bits: bits, into: output, in: environment)
        case .patched(let count, let positions, let values, let child):
            try unsafe Self.decodePatched(
                count: count, positions: positions, values: values, child: child, into: output, in: environment)
        case .delta(let first, let child):
            try unsafe Self.decodeDelta(first: first, child: child, into: output, in: environment)
        case .anchoredDelta(let first, let shift, let anchors, let child):
            try unsafe Self.decodeAnchored(
                first: first, shift: shift, anchors: anchors, child: child, into: output, in: environment)
        case .runs(let count, let values, let lengths):
            try unsafe Self.decodeRuns(count: count, values: values, lengths: lengths, into: output, in: environment)
        case .dictionary(let count, let entries, let codes):
            let entries = try entries.decode(count: count, rows: .unknown, in: environment)
            try unsafe Self.decodeCodes(codes, entries: entries, into: output, rows: .unknown, in: environment)
        case .planes(let base, let planes):
            try unsafe Self.decodePlanes(base: base, planes: planes, into: output, in: environment)
        case .split(let divisor, let quotients, let remainders):
            try unsafe Self.decodeSplit(
                divisor: divisor, quotients: quotients, remainders: remainders, into: output, in: environment)
        case .recency(let start, let child):
            try unsafe Self.decodeRecency(start: start, child: child, into: output, in: environment)
        case .trend(let step, let child):
            try unsafe Self.decodeTrend(step: step, child: child, into: output, in: environment)
        case .equal(let source, let offset, let links):
            try unsafe Self.decodeEqual(
                source: source, offset: offset, links: links, into: output, rows: rows, in: environment)
        case .mapped(let source, let resource, let links):
            let table = try environment.mapTable(resource)
            try unsafe Self.decodeMapped(
                source: source, table: table, links: links, into: output, rows: rows, in: environment)
        case .sharedDictionary(let resource, let codes):
            let entries = try environment.integerDictionary(resource)
            try unsafe Self.decodeCodes(codes, entries: entries, into: output, rows: rows, in: environment)
        case .grouped(let source, let child):
            let order = try rows.order(groupedBy: source, count: output.count, in: environment)
            let values = try child.decode(
                count: output.count, rows: rows.inOrder(order, for: child.isDerived), in: environment)
            for (place, index) in order.enumerated() { unsafe output[Int(index)] = values[place] }
        }
    }
}
