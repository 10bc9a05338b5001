public import Bytes

/// Conditions on values that come from another column's codes.
extension IntegerNode {
    /// Whether a few codes of the source, which are asked for in its encoding, prove that no value fulfils the
    /// predicate. False: that is not known.
    public func mapsNone(_ predicate: IntegerPredicate, in environment: any PageEnvironment) throws(DecodeError) -> Bool
    {
        // What is grouped is the same in another order.
        if case .grouped(_, let child) = self { return try child.mapsNone(predicate, in: environment) }
        guard case .mapped(let ordinal, let resource, let links) = self else { return false }
        let arcs = predicate.arcs
        let found = try environment.mapTable(resource).codes(in: arcs)
        guard found.count <= Self.fewCodes,
            try links.rest.matches(arcs, count: links.restCount, rows: .unknown, in: environment).isEmpty
        else { return false }
        if found.isEmpty { return true }
        return try !environment.source(ordinal, hasOneOf: found)
    }

    /// So many codes are looked for at little cost beside what is spared.
    private static let fewCodes = 16

    /// The condition is asked of the entries of the table, and then of the codes in the source's encoding.
    static func matchMapped(
        _ arcs: [IntegerArc], source ordinal: Int, table: MapTable, links: DerivedLinks<IntegerNode>, count: Int,
        rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        let source = try rows.source(ordinal, in: environment)
        let rest = try links.rest.matches(arcs, count: links.restCount, rows: .unknown, in: environment)
        let codes = table.codes(in: arcs)
        // A condition that no value fulfils needs no look at the rows.
        if codes.isEmpty, rest.isEmpty { return Bitmap(count: count) }
        let presence = source.presence
        var matches: Bitmap
        if codes.isEmpty {
            matches = Bitmap(count: count)
        } else {
            let found = try source.rows(withCodes: codes)
            guard let spread = rows.values(of: found, count: count) else {
                throw .corrupt(at: 0, "source has fewer rows")
            }
            matches = spread
        }
        var unlinked = Bitmap(count: count)
        if let presence {
            guard let linked = rows.values(of: presence, count: count) else {
                throw .corrupt(at: 0, "source has fewer rows")
            }
            unlinked = linked
            unlinked.invert()
        }
        let exceptions = try links.exceptionPositions.decode(
            count: links.exceptionCount, rows: .unknown, in: environment)
        let apartCount = unlinked.setCount
        unlinked.formUnion(
            try Bitmap(count: count).replacing(exceptions, by: Bitmap(count: exceptions.count, repeating: true)))
        guard unlinked.setCount == apartCount + exceptions.count else {
            throw .corrupt(at: 0, "exception has no source value")
        }
        guard unlinked.setCount == links.restCount else {
            throw .corrupt(at: 0, "another number of values without a source than \(links.restCount)")
        }
        guard links.restCount > 0 else { return matches }
        matches.subtract(unlinked)
        if !rest.isEmpty { matches.formUnion(rest.spread(over: unlinked)) }
        return matches
    }
}

extension RowMap {
    /// The bits of the rows in which `count` values stand; nil when there are fewer rows.
    fileprivate func values(of bits: Bitmap, count: Int) -> Bitmap? {
        switch self {
        case .unknown: return nil
        case .identity:
            if bits.count == count { return bits }
            guard bits.count > count else { return nil }
            return Bitmap(count: count, words: Array(bits.words.prefix((count + 63) / 64)))
        case .rows(let rows):
            guard rows.count == count, rows.allSatisfy({ $0 < bits.count }) else { return nil }
            var words = [UInt64](repeating: 0, count: (count + 63) / 64)
            let all = bits.words
            for (index, row) in rows.enumerated() {
                let bit = all[Int(row >> 6)] &>> UInt64(row & 63) & 1
                words[index &>> 6] |= bit &<< UInt64(truncatingIfNeeded: index & 63)
            }
            return Bitmap(count: count, words: words)
        }
    }
}
