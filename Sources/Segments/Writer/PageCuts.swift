import Columns

/// How the zones of a band are cut into pages.
///
/// A page ends before its values would decode to more than a page may hold. Columns that are linked to each other are
/// cut at the same zones, because a derived or grouped page needs its source's page over just its own zones; what has
/// no link to a column that is too large is not cut for its sake.
struct PageCuts {
    /// What a page may decode to by estimate; the limit is 80 MiB (Format/Segment.md, 1.2).
    private static let decodedByteLimit = Double(72 << 20)

    private let whole: [Range<Int>]
    /// By column, of those that need other cuts.
    private var ranges: [ObjectIdentifier: [Range<Int>]] = [:]

    /// `columns` are all that may be a source of another.
    init(_ columns: [BandColumn], zoneCount: Int, upTo zoneLimit: Int) {
        let whole = stride(from: 0, to: zoneCount, by: zoneLimit).map { $0..<min($0 + zoneLimit, zoneCount) }
        self.whole = whole
        var large: [(index: Int, byteCounts: [Double])] = []
        for (index, column) in columns.enumerated()
        where whole.contains(where: { column.decodedByteLimit($0) > Self.decodedByteLimit }) {
            let byteCounts = column.decodedByteCounts()
            if whole.contains(where: { !Self.fits(byteCounts, $0) }) { large.append((index, byteCounts)) }
        }
        guard !large.isEmpty else { return }
        var links = ColumnLinks(columns)
        let groups = Dictionary(grouping: large) { links.group(of: $0.index) }
        let cuts = groups.mapValues { Self.ranges($0.map(\.byteCounts), zoneCount: zoneCount, upTo: zoneLimit) }
        for (index, column) in columns.enumerated() {
            if let cut = cuts[links.group(of: index)] { ranges[ObjectIdentifier(column)] = cut }
        }
    }

    func ranges(of column: BandColumn) -> [Range<Int>] { ranges[ObjectIdentifier(column)] ?? whole }

    private static func fits(_ byteCounts: [Double], _ zones: Range<Int>) -> Bool {
        byteCounts[zones].reduce(0, +) <= decodedByteLimit
    }

    /// Pages as long as they can be.
    private static func ranges(_ columns: [[Double]], zoneCount: Int, upTo zoneLimit: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var first = 0
        for zone in 1..<zoneCount {
            guard zone - first == zoneLimit || !columns.allSatisfy({ fits($0, first..<zone + 1) }) else { continue }
            ranges.append(first..<zone)
            first = zone
        }
        return ranges + [first..<zoneCount]
    }
}

/// Which columns hang together by what they are derived from or grouped by.
private struct ColumnLinks {
    private var parents: [Int]

    init(_ columns: [BandColumn]) {
        parents = Array(columns.indices)
        let indexes = Dictionary(uniqueKeysWithValues: columns.enumerated().map { (ObjectIdentifier($1), $0) })
        for (index, column) in columns.enumerated() {
            for source in column.sources {
                guard let other = indexes[ObjectIdentifier(source)] else { continue }
                parents[group(of: index)] = group(of: other)
            }
        }
    }

    /// The same number for all columns that hang together.
    mutating func group(of index: Int) -> Int {
        var index = index
        while parents[index] != index {
            parents[index] = parents[parents[index]]
            index = parents[index]
        }
        return index
    }
}
