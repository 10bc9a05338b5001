import Bytes
import Columns

/// What a page takes from the pages of other columns over the same zones.
extension PageScope {
    /// How many links stand behind this page, of those that were followed.
    var reach: Int { sources.values.reduce(knownReach) { max($0, $1.reach + 1) } }

    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn {
        if let source = sources[ordinal] { return source }
        let offset = entry.errorOffset
        // A circle is longer than every chain that is allowed, so the depth finds it.
        guard depth < Limits.sourceDepth else {
            throw Self.tooDeep(at: offset)
        }
        let column = try reader.reading { () throws(SegmentError) in try reader.column(ordinal: ordinal) }
        let source = PageSource(
            column.type, rowCount: rowCount, scope: try scope(of: column), offset: offset,
            found: foundCodes?.ordinal == ordinal ? foundCodes?.values : nil)
        try source.prepare()
        sources[ordinal] = source
        return source
    }

    func groups(by ordinal: Int) throws(DecodeError) -> RowGroups {
        let place = try sourceScope(ordinal)
        if let place, let known = place.knownGroups {
            guard place.depth + known.reach <= Limits.sourceDepth else { throw Self.tooDeep(at: entry.errorOffset) }
            knownReach = max(knownReach, known.reach + 1)
            return known.value
        }
        let groups = try RowGroups(source(ordinal))
        if let place { place.keep(.init(value: groups, reach: sources[ordinal]?.reach ?? 0)) }
        return groups
    }

    private var knownGroups: PageCache.Linked<RowGroups>? {
        if let known = reader.sourceCache[sourceKey], let groups = known.groups {
            return .init(value: groups, reach: known.reach)
        }
        return reader.pageCache?.groups(cacheKey(PageCache.Key.groups))
    }

    private func keep(_ groups: PageCache.Linked<RowGroups>) {
        if let cache = reader.pageCache {
            cache.keep(groups, cacheKey(PageCache.Key.groups))
        } else {
            reader.sourceCache.keep(groups.value, for: sourceKey)
        }
    }

    private var sourceKey: SourceCache.Key { SourceCache.Key(ordinal: column.ordinal, page: pageIndex) }

    /// The codes of messages, which are needed whole to find the values of one of them.
    func templateCodes(_ node: IntegerNode, _ pick: Pick, count: Int) throws(DecodeError) -> [UInt64] {
        let key = cacheKey(PageCache.Key.codes)
        if let known = reader.pageCache?.codes(key) {
            guard depth + known.reach <= Limits.sourceDepth else { throw Self.tooDeep(at: entry.errorOffset) }
            knownReach = max(knownReach, known.reach)
            return known.value
        }
        let codes = try node.decode(count: count, rows: pick.rowMap, in: self)
        reader.pageCache?.keep(.init(value: codes, reach: reach), key)
        return codes
    }

    var columnOrdinal: Int { column.ordinal }

    func sourceBytes(_ ordinal: Int) throws(DecodeError) -> ByteSet {
        guard let scope = try sourceScope(ordinal) else { return ByteSet() }
        guard scope.column.type.hasText else { throw unsuitable(scope.column) }
        if let bytes = scope.column.type.textBytes { return bytes }
        let page = try scope.parse()
        guard case .strings(let node) = page.body else { return ByteSet() }
        return try node.bytes(count: page.valueCount, in: scope)
    }

    func source(_ ordinal: Int, mayHold search: TextSearch) throws(DecodeError) -> Bool {
        guard let scope = try sourceScope(ordinal) else { return false }
        guard scope.column.type.hasText else { throw unsuitable(scope.column) }
        if let bytes = scope.column.type.textBytes { return search.consists(of: bytes) }
        let page = try scope.parse()
        guard case .strings(let node) = page.body else { return false }
        return try node.mayHold(search, count: page.valueCount, in: scope)
    }

    func source(_ ordinal: Int, hasOneOf codes: [UInt64]) throws(DecodeError) -> Bool {
        guard let scope = try sourceScope(ordinal) else { return false }
        guard scope.column.type.hasDictionary || scope.column.type == .shape else { throw unsuitable(scope.column) }
        // The rows of shapes are kept, and those of values that stand by themselves need not be known.
        let page = try scope.parse()
        guard page.isDerived || scope.column.type == .shape else {
            let values = try page.matches(codes: codes, in: scope, rows: .unknown)
            // Who does not know yet that there is none asks for their rows.
            foundCodes = (ordinal, (codes, values))
            return !values.isEmpty
        }
        return try !source(ordinal).rows(withCodes: codes).isEmpty
    }

    /// The page of a source, of which not all is wanted; nil when it has none.
    private func sourceScope(_ ordinal: Int) throws(DecodeError) -> PageScope? {
        guard depth < Limits.sourceDepth else { throw Self.tooDeep(at: entry.errorOffset) }
        return try scope(of: try reader.reading { () throws(SegmentError) in try reader.column(ordinal: ordinal) })
    }

    private func unsuitable(_ source: SegmentColumn) -> DecodeError {
        .corrupt(at: entry.errorOffset, "a column of type \(source.type) cannot be a source here")
    }

    /// The page of another column over the same zones, for what is derived from it; nil when it has none.
    func scope(of column: SegmentColumn) throws(DecodeError) -> PageScope? {
        let offset = entry.errorOffset
        let first = try reader.reading { () throws(SegmentError) in try column.dataPages(in: entry.zones).first }
        guard let first else { return nil }
        guard first.entry.zones == entry.zones else {
            throw .corrupt(at: offset, "the page's source does not cover the same zones")
        }
        return try PageScope(reader: reader, column: column, pageIndex: first.index, depth: depth + 1, scan: scan)
    }
}
