import Columns

/// One column of a band while it is encoded: its values, where they stand, and what was decided about them.
final class BandColumn {
    let ordinal: Int
    let key: ColumnKey
    /// The values as the band's buffer holds them: taken once, because every look into the buffer is checked.
    let words: [UInt64]
    let forms: [UInt32]
    let pool: StringPool
    let presence: PageEntry.Presence
    /// The index of the first value of each zone, and behind the last the number of values.
    let zoneOffsets: [Int]
    let rowSet: BandRowSet

    /// Set when the values are coded by a dictionary or template that the whole band shares.
    var coding: Coding?
    /// The column whose dictionary resource this one shares, itself included, which is why it must not be held.
    weak var codingLeader: BandColumn?
    /// Set when the codes or values come from another column.
    var derivation: Derivation?
    /// The columns by whose codes its values are put together: of the whole column, or of a stream of its templates.
    var grouping = Grouping()

    /// Values as numbers into something that the pages of the band share.
    struct Coding {
        enum Shared {
            case shapes
            /// Entries of a string column's pool, in the order in which they are stored.
            case strings(StringVector)
            case integers([UInt64])
            case fixed(IdentifierDictionary)
            case templates(TemplatedColumn)
        }

        var shared: Shared
        var codes: [UInt32]
        var count: Int
    }

    enum Derivation {
        /// Codes are a function of another column's codes.
        case mapped(source: BandColumn, table: [UInt32])
        /// Values are those of another column.
        case equal(source: BandColumn, offset: UInt64)

        var source: BandColumn {
            switch self {
            case .mapped(let source, _), .equal(let source, _): source
            }
        }
    }

    init(
        ordinal: Int, key: ColumnKey, buffer: ColumnBuffer, presence: PageEntry.Presence, zoneOffsets: [Int],
        rowSet: BandRowSet
    ) {
        self.ordinal = ordinal
        self.key = key
        words = buffer.words
        forms = buffer.forms
        pool = buffer.pool
        self.presence = presence
        self.zoneOffsets = zoneOffsets
        self.rowSet = rowSet
    }

    /// A stretch of another column's values, for trials: it knows their rows, nothing else.
    init(_ other: BandColumn, values: Range<Int>) {
        ordinal = other.ordinal
        key = other.key
        words = []
        forms = []
        pool = other.pool
        presence = .own
        zoneOffsets = [0, values.count]
        let first = values.lowerBound
        rowSet = BandRowSet(
            rows: other.presence == .everyRow ? values.map { UInt32($0) } : Array(other.rows[first..<values.upperBound])
        )
    }

    var type: ColumnType { key.type }
    var valueCount: Int { zoneOffsets[zoneOffsets.count - 1] }
    var rows: [UInt32] { rowSet.rows }

    /// The bytes of the values of each zone when nothing is encoded: 8 for a number or time, an id's width, a text's
    /// length.
    lazy var rawByteCounts: [Int] = (0..<zoneOffsets.count - 1).map { zone in
        let values = values(in: zone..<zone + 1)
        return switch type.layout {
        case .presenceOnly: 0
        case .integers, .doubles, .timestamps, .fixed8: values.count * 8
        case .fixed16: values.count * 16
        case .strings: pool.byteCount(of: values)
        }
    }

    var rawByteCount: Int { rawByteCounts.reduce(0, +) }

    /// The values in some zones.
    func values(in zones: Range<Int>) -> Range<Int> { zoneOffsets[zones.lowerBound]..<zoneOffsets[zones.upperBound] }

    /// Whether another column must be there to decode this one.
    func dependsOn(_ other: BandColumn) -> Bool {
        var seen: Set<ObjectIdentifier> = []
        func leads(_ column: BandColumn) -> Bool {
            column.sources.contains { source in
                source === other || seen.insert(ObjectIdentifier(source)).inserted && leads(source)
            }
        }
        return leads(self)
    }

    /// Whether the column can get another source: no circle comes of it, and no chain that is too long.
    /// `derivedDepth` is this column's.
    func mayDepend(on source: BandColumn, derivedDepth: Int) -> Bool {
        !source.dependsOn(self) && source.derivationDepth + 1 + derivedDepth < Limits.sourceDepth
    }

    /// How many columns stand before this one, one derived from the other, in whatever way.
    func derivedDepth(among columns: [BandColumn]) -> Int {
        var known: [ObjectIdentifier: Int] = [:]
        let derived = columns.map { (column: $0, sources: $0.sources) }
        func depth(_ column: BandColumn) -> Int {
            if let depth = known[ObjectIdentifier(column)] { return depth }
            var deepest = 0
            for other in derived where other.sources.contains(where: { $0 === column }) {
                deepest = max(deepest, depth(other.column) + 1)
            }
            known[ObjectIdentifier(column)] = deepest
            return deepest
        }
        return depth(self)
    }

    /// How many columns stand behind this one, one derived from the other.
    var derivationDepth: Int { sources.map { $0.derivationDepth + 1 }.max() ?? 0 }

    var sources: [BandColumn] {
        var sources: [BandColumn] = []
        if let derivation { sources.append(derivation.source) }
        if case .templates(let templated)? = coding?.shared {
            sources.append(contentsOf: templated.sources.compactMap { $0 })
        }
        sources.append(contentsOf: grouping.keys)
        return sources
    }
}

extension [BandColumn] {
    /// Whether one of these columns comes from `source`.
    func haveDerived(from source: BandColumn) -> Bool { contains { $0.derivation?.source === source } }
}
