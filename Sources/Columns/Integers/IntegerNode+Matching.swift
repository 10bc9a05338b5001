public import Bytes
private import CKernels

extension IntegerNode {
    /// Which of the `count` values fulfil the predicate, found without decoding where the encoding allows that.
    public func matches(
        _ predicate: IntegerPredicate, count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        try matches(predicate.arcs, count: count, rows: rows, in: environment)
    }

    func matches(
        _ arcs: [IntegerArc], count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        if arcs.isEmpty || count == 0 { return Bitmap(count: count) }
        if arcs[0].span == .max { return Bitmap(count: count, repeating: true) }
        switch self {
        case .constant(let value):
            return Bitmap(count: count, repeating: arcs.contains { $0.contains(value) })
        case .packed(let base, let width, let bits):
            return try Self.matchPacked(arcs, base: base, width: width, bits: bits, count: count, in: environment)
        case .patched(let exceptionCount, let positions, let values, let child):
            let others = try child.matches(arcs, count: count, rows: .unknown, in: environment)
            let exceptions = try values.matches(arcs, count: exceptionCount, rows: .unknown, in: environment)
            // Where both are of one kind, it does not matter what stands where.
            if others.isEmpty && exceptions.isEmpty || others.isFull && exceptions.isFull { return others }
            let positions = try positions.decode(count: exceptionCount, rows: .unknown, in: environment)
            return try others.replacing(positions, by: exceptions)
        case .runs(let runCount, let values, let lengths):
            let isMatch = try values.matches(arcs, count: runCount, rows: .unknown, in: environment)
            return try Self.runStarts(lengths: lengths, runCount: runCount, count: count, in: environment)
                .values(of: isMatch)
        case .dictionary(let entryCount, let entries, let codes):
            let isMatch = try entries.matches(arcs, count: entryCount, rows: .unknown, in: environment)
            return try Self.matchCodes(codes, isMatch, count: count, rows: .unknown, in: environment)
        case .mapped(let source, let resource, let links):
            return try Self.matchMapped(
                arcs, source: source, table: environment.mapTable(resource), links: links, count: count, rows: rows,
                in: environment)
        case .sharedDictionary(let resource, let codes):
            let isMatch = Self.matchValues(try environment.integerDictionary(resource), arcs)
            return try Self.matchCodes(codes, isMatch, count: count, rows: rows, in: environment)
        case .split(let divisor, .packed(let base, let width, let bits), .constant(let remainder)):
            if let quotientArcs = IntegerArc.quotients(
                of: arcs, divisor: divisor, remainder: remainder, base: base, width: width)
            {
                return try IntegerNode.packed(base: base, width: width, bits: bits)
                    .matches(quotientArcs, count: count, rows: .unknown, in: environment)
            }
        case .split(
            let divisor, .patched(let exceptionCount, let positions, let values, .constant(let quotient)),
            let remainders):
            // Most values have one quotient, so that the remainder decides.
            let offset = quotient &* divisor
            let shifted = arcs.map { IntegerArc(start: $0.start &- offset, span: $0.span) }
            let others = try remainders.matches(
                shifted.sorted { $0.start < $1.start }, count: count, rows: .unknown, in: environment)
            let positions = try positions.decode(count: exceptionCount, rows: .unknown, in: environment)
            var exceptions = try values.decode(count: exceptionCount, rows: .unknown, in: environment)
            let remainders = try remainders.decode(count: count, rows: .unknown, in: environment)
            guard
                unsafe traversion_join_at(&exceptions, exceptions.count, divisor, positions, remainders, count)
            else { throw .corrupt(at: 0, "positions of exceptions are not ascending") }
            return try others.replacing(positions, by: Self.matchValues(exceptions, arcs))
        case .split(let divisor, .delta(let first, .packed(let base, let width, let bits)), .constant(let remainder)):
            return try Self.matchSums(
                arcs, first: first, base: base, width: width, bits: bits, factor: divisor, addend: remainder,
                count: count, in: environment)
        // Anchors change no value.
        case .split(let divisor, .anchoredDelta(let first, _, _, let child), let remainders):
            return try IntegerNode.split(
                divisor: divisor, quotients: .delta(first: first, child: child), remainders: remainders
            ).matches(arcs, count: count, rows: rows, in: environment)
        case .anchoredDelta(let first, _, _, let child):
            return try IntegerNode.delta(first: first, child: child).matches(
                arcs, count: count, rows: rows, in: environment)
        case .delta(let first, .packed(let base, let width, let bits)):
            return try Self.matchSums(
                arcs, first: first, base: base, width: width, bits: bits, factor: 1, addend: 0, count: count,
                in: environment)
        default:
            break
        }
        return Self.matchValues(try decode(count: count, rows: rows, in: environment), arcs)
    }

    /// Adds packed differences up, scales the sums and compares, block by block.
    private static func matchSums(
        _ arcs: [IntegerArc], first: UInt64, base: UInt64, width: Int, bits: StoredBuffer, factor: UInt64,
        addend: UInt64, count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        if count == 1 {
            let value = first &* factor &+ addend
            return Bitmap(count: 1, repeating: arcs.contains { $0.contains(value) })
        }
        let raw = try packedBytes(bits, count: count - 1, width: width, in: environment)
        return unsafe raw.withUnsafeBufferPointer { raw in
            if arcs.count > 4 * IntegerArc.countAtOnce {
                var values = [UInt64](repeating: 0, count: count)
                unsafe traversion_unpack_sums(raw.baseAddress!, count - 1, UInt32(width), base, first, &values)
                unsafe traversion_scale(&values, count, factor, addend)
                return matchValues(values, arcs)
            }
            return IntegerArc.joiningMatches(of: arcs, count: count) { starts, spans, words in
                unsafe traversion_match_sums(
                    raw.baseAddress!, count - 1, UInt32(width), base, first, factor, addend, starts, spans,
                    starts.count, &words)
            }
        }
    }

    /// Which codes are those of matching entries.
    private static func matchCodes(
        _ codes: IntegerNode, _ isMatch: Bitmap, count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        var matching: [UInt64] = []
        isMatch.forEachSet { matching.append(UInt64($0)) }
        return try codes.matches(IntegerArc.joining(matching), count: count, rows: rows, in: environment)
    }

    private static func matchPacked(
        _ arcs: [IntegerArc], base: UInt64, width: Int, bits: StoredBuffer, count: Int,
        in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        let bitArcs = arcs.compactMap { $0.packed(base: base, width: width) }
        if bitArcs.isEmpty { return Bitmap(count: count) }
        let raw = try packedBytes(bits, count: count, width: width, in: environment)
        if bitArcs.count > IntegerArc.countAtOnce, width <= 16 {
            return matchTable(bitArcs, raw: raw, width: width, count: count)
        }
        if bitArcs.count > 4 * IntegerArc.countAtOnce {
            var values = [UInt64](repeating: 0, count: count)
            unsafe raw.withUnsafeBufferPointer {
                unsafe traversion_unpack($0.baseAddress!, count, UInt32(width), base, &values)
            }
            return matchValues(values, arcs)
        }
        return IntegerArc.joiningMatches(of: bitArcs, count: count) { starts, spans, words in
            unsafe raw.withUnsafeBufferPointer {
                unsafe traversion_match_packed(
                    $0.baseAddress!, count, UInt32(width), starts, spans, starts.count, &words)
            }
        }
    }

    /// Looks each value of at most 16 bits up in a table of bits.
    private static func matchTable(
        _ arcs: [IntegerArc], raw: ArraySlice<UInt8>, width: Int, count: Int
    ) -> Bitmap {
        let valueCount = 1 << width
        var table = Bitmap(count: valueCount)
        for arc in arcs {
            let end = Int(arc.start) + Int(arc.span) + 1
            table.insert(Int(arc.start)..<min(end, valueCount))
            if end > valueCount { table.insert(0..<end - valueCount) }
        }
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        // Every value of so many bits is in the table.
        _ = unsafe raw.withUnsafeBufferPointer {
            unsafe traversion_match_table(
                $0.baseAddress!, count, UInt32(width), 0, table.words, valueCount, &words)
        }
        return Bitmap(count: count, words: words)
    }

    static func matchValues(_ values: [UInt64], _ arcs: [IntegerArc]) -> Bitmap {
        if arcs.count > 4 * IntegerArc.countAtOnce {
            if let table = BitTable(arcs) { return table.matches(values) }
            var matches = Bitmap(count: values.count)
            for (index, value) in values.enumerated() where IntegerArc.contains(value, in: arcs) {
                matches[index] = true
            }
            return matches
        }
        return IntegerArc.joiningMatches(of: arcs, count: values.count) { starts, spans, words in
            unsafe traversion_match_values(values, values.count, starts, spans, starts.count, &words)
        }
    }
}
