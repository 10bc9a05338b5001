import Columns

/// Finds by whose codes the values of a column are to be put together, so that what is alike is encoded side by side:
/// ports by their host, record numbers by their channel.
struct GroupingSearch {
    private let layout: BandLayout
    private let keys: [BandColumn]
    private let profile: EncodingProfile

    /// Neighbouring rows by which keys are told from each other.
    private static let sampleCount = 4096
    /// Keys that are looked at.
    private static let keyLimit = 32
    /// A key that is derived itself makes what it groups slow to read.
    private static let keyDepth = 4

    init(_ layout: BandLayout, shapeColumn: BandColumn, profile: EncodingProfile) {
        self.layout = layout
        self.profile = profile
        keys = profile.tier == .cold ? Self.keys(layout, shapeColumn) : []
    }

    /// Returns whether any values are to be put together.
    func apply(_ memory: inout BandMemory<BandColumn.Origin>) -> Bool {
        guard !keys.isEmpty else { return false }
        for column in layout.columns where column.type.layout != .presenceOnly {
            if case .equal? = column.derivation { continue }
            let trial = GroupingTrial(column, layout: layout, profile: profile, keys: keys)
            column.grouping.values = trial.key(&memory[column.ordinal])
            column.grouping.streams = trial.streamKeys()
        }
        return layout.columns.contains { !$0.grouping.keys.isEmpty }
    }

    /// Columns with codes, each of which puts the rows together in another way.
    private static func keys(_ layout: BandLayout, _ shapeColumn: BandColumn) -> [BandColumn] {
        let count = min(layout.rowCount, sampleCount)
        let rows = (layout.rowCount - count) / 2..<(layout.rowCount + count) / 2
        let candidates = ([shapeColumn] + layout.columns).filter { column in
            guard let coding = column.coding, column.derivationDepth <= keyDepth else { return false }
            if case .equal? = column.derivation { return false }
            return coding.count > 1 && coding.count <= GroupOrder.groupLimit && column.valueCount * 8 >= layout.rowCount
        }
        var seen: Set<[UInt32]> = []
        var keys: [BandColumn] = []
        for column in candidates.sorted(by: { ($0.derivationDepth, $0.ordinal) < ($1.derivationDepth, $1.ordinal) }) {
            let groups = numbered(shapeColumn.linkedCodes(of: column, in: [rows]))
            let groupCount = Int(groups.max() ?? 0) + 1
            guard groupCount > 1, groupCount * 4 <= count, seen.insert(groups).inserted else { continue }
            keys.append(column)
        }
        return Array(keys.prefix(keyLimit))
    }

    /// The codes, numbered as they appear.
    private static func numbered(_ codes: [UInt32]) -> [UInt32] {
        var numbers: [UInt32: UInt32] = [:]
        return codes.map { code in
            if let number = numbers[code] { return number }
            let number = UInt32(numbers.count)
            numbers[code] = number
            return number
        }
    }
}
