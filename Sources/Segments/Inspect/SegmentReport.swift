public import Columns

/// What a segment is and where its bytes are.
public struct SegmentReport: Equatable, Sendable {
    public var head: SegmentHead
    public var parts: ByteParts
    /// Descending by all their bytes, among equals by ordinal.
    public var columns: [ColumnReport]
    /// Bytes that no encoding without loss can go below (Docs/EntropyFloor.md).
    public var floorByteCount: Int { columns.reduce(0) { $0 + $1.floor.byteCount } }
    /// As columns say, of which a reader believes everything: more than fits is as much as fits.
    public var rawByteCount: Int {
        columns.reduce(0) { sum, column in
            let (total, overflows) = sum.addingReportingOverflow(column.rawByteCount)
            return overflows ? .max : total
        }
    }
    public var encodedByteCount: Int { columns.reduce(0) { $0 + $1.encodedByteCount } }

    /// The columns with some ordinals; all when none are given.
    func columns(with ordinals: Set<Int>?) -> [ColumnReport] {
        columns.filter { ordinals?.contains($0.ordinal) ?? true }
    }
}

/// What the segment says of itself as a whole.
public struct SegmentHead: Equatable, Sendable {
    /// What the caller calls the file.
    public var name: String
    public var fileByteCount: Int
    public var rowCount: Int
    public var zoneCount: Int
    public var columnCount: Int
    public var tier: EncodingProfile.Tier
    public var readVersion: Int
    public var writeVersion: Int
    public var incompatibleFeatures: UInt32
    public var compatibleFeatures: UInt32
    public var writer: String
    /// Nanoseconds since 1970 UTC; nil when no row has a time.
    public var timestamps: ClosedRange<Int64>?
    /// Nil in a segment without rows.
    public var storedAt: ClosedRange<Int64>?
    public var sequences: ClosedRange<UInt64>?
}

/// The bytes of the file by what they are for; they add up to the file.
public struct ByteParts: Equatable, Sendable {
    /// What a byte of the file is for.
    public enum Kind: Int, CaseIterable, Sendable {
        case pages, dictionaries, templates, symbolTables, zstdDictionaries, shapeTables, mapTables
        case pageTables, statistics, filters
        case directoryEntries, pathHeap, ordinalIndex, zoneTable, root, headerAndTrailer
        /// Nothing points at them.
        case unaccounted
    }

    private var byteCounts = [Int](repeating: 0, count: Kind.allCases.count)

    init() {}

    public internal(set) subscript(kind: Kind) -> Int {
        get { byteCounts[kind.rawValue] }
        set { byteCounts[kind.rawValue] = newValue }
    }

    public var total: Int { byteCounts.reduce(0, +) }
    /// Of all that data pages use together: dictionaries, templates and so on.
    public var resources: Int {
        [.dictionaries, .templates, .symbolTables, .zstdDictionaries, .shapeTables, .mapTables]
            .reduce(0) { $0 + self[$1] }
    }
    /// Of what the file says about its columns.
    public var metadata: Int { self[.pageTables] + self[.statistics] + self[.directoryEntries] }
}

/// One column of a segment.
public struct ColumnReport: Equatable, Sendable {
    /// An encoding and the number of data pages that have it.
    public struct Cascade: Equatable, Sendable {
        public var text: String
        public var pageCount: Int
    }

    public var ordinal: Int
    /// The path as people read it; the type's name in parentheses for a system column.
    public var path: String
    public var type: ColumnType
    /// Rows that have a value.
    public var valueCount: Int
    public var dataPageCount: Int
    public var hasOverflow: Bool
    /// The commonest encoding of its data pages; nil when it has none.
    public var cascade: Cascade?
    /// All encodings of its data pages, commonest first.
    public var cascades: [Cascade]
    /// Bytes of the values when nothing is encoded.
    public var rawByteCount: Int
    /// Bytes of pages and resources were no buffer compressed.
    public var encodedByteCount: Int
    /// The column's bytes of the file. What several columns share counts for the first of them.
    public var parts: ByteParts
    public var floor: ColumnFloor

    /// Bytes of pages and resources in the file.
    public var storedByteCount: Int { parts[.pages] + parts.resources }
    /// All bytes of the file that are there for this column alone.
    public var totalByteCount: Int { parts.total }
}

/// The part of the entropy floor that a column brings in (Docs/EntropyFloor.md).
public struct ColumnFloor: Equatable, Sendable {
    /// Distinct ids that no column before it has.
    public var idCount = 0
    public var byteCount = 0

    public static let none = ColumnFloor()
}
