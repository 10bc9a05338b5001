public import Bytes
private import CKernels

/// For each row of a page the group that it is in: the code of the column by which values are grouped
/// (Format/Segment.md, 5.6). Rows without a code are in the last group.
public struct RowGroups: Sendable {
    private let groups: [UInt32]

    /// So few places are looked for one by one.
    private static let fewCount = 8

    private init(_ groups: [UInt32]) { self.groups = groups }

    public init(_ source: any SourceColumn) throws(DecodeError) {
        let codes = try source.codes()
        guard let indexes = source.valueIndexes else {
            groups = codes.map(Self.group)
            return
        }
        var groups = [UInt32](repeating: UInt32(GroupOrder.groupLimit), count: indexes.count)
        for (row, index) in indexes.enumerated() where index != .max {
            guard index < codes.count else { throw .corrupt(at: 0, "source has fewer values") }
            groups[row] = Self.group(codes[Int(index)])
        }
        self.groups = groups
    }

    /// Codes that no values may be grouped by are one behind the last group.
    private static func group(_ code: UInt64) -> UInt32 {
        let limit = UInt64(GroupOrder.groupLimit)
        return UInt32(truncatingIfNeeded: code < limit ? code : limit + 1)
    }

    public var byteCount: Int { groups.count * 4 }
    var rowCount: Int { groups.count }

    /// The groups of `count` values, which stand in some rows.
    func of(_ rows: RowMap, count: Int) throws(DecodeError) -> RowGroups {
        let found: [UInt32]
        switch rows {
        case .unknown: throw .corrupt(at: 0, "derived node where its rows are not known")
        case .identity:
            guard count <= groups.count else { throw .corrupt(at: 0, "source has fewer rows") }
            found = count == groups.count ? groups : Array(groups.prefix(count))
        case .rows(let rows):
            guard rows.count == count else { throw .corrupt(at: 0, "grouped node has another number of rows") }
            guard rows.allSatisfy({ $0 < groups.count }) else { throw .corrupt(at: 0, "source has fewer rows") }
            found = rows.map { groups[Int($0)] }
        }
        guard found.allSatisfy({ $0 <= GroupOrder.groupLimit }) else {
            throw .corrupt(at: 0, "values are grouped by codes of \(GroupOrder.groupLimit) or more")
        }
        return RowGroups(found)
    }

    /// The rows that have a value, in the order of their groups.
    func rows(_ presence: Bitmap?) -> [UInt32] {
        guard let presence else { return order }
        let rows = presence.positions
        return GroupOrder.order(rows.map { groups[Int($0)] }).map { rows[Int($0)] }
    }

    /// For each place of a value in the order of the groups, which of the values it is.
    var order: [UInt32] { GroupOrder.order(groups) }

    /// The places, in the order of the groups, of the values in some rows among those in all rows that have one; of a
    /// row that has none the place where its value would be.
    func places(of wanted: [UInt32], among rows: Bitmap?) throws(DecodeError) -> [UInt32] {
        guard rows?.count ?? groups.count == groups.count, wanted.allSatisfy({ $0 < groups.count }) else {
            throw .corrupt(at: 0, "source has fewer rows")
        }
        guard wanted.allSatisfy({ groups[Int($0)] <= GroupOrder.groupLimit }) else {
            throw .corrupt(at: 0, "values are grouped by codes of \(GroupOrder.groupLimit) or more")
        }
        if wanted.count > Self.fewCount { return manyPlaces(of: wanted, among: rows) }
        return wanted.map { row in
            let group = groups[Int(row)]
            let place = unsafe Self.withWords(of: rows) { words in
                unsafe traversion_group_place(groups, words, groups.count, group, Int(row))
            }
            return UInt32(truncatingIfNeeded: place)
        }
    }

    private func manyPlaces(of wanted: [UInt32], among rows: Bitmap?) -> [UInt32] {
        let isAscending = zip(wanted, wanted.dropFirst()).allSatisfy { $0 <= $1 }
        let indexes = isAscending ? nil : wanted.indices.sorted { wanted[$0] < wanted[$1] }
        let ascending = indexes.map { $0.map { wanted[$0] } } ?? wanted
        let groupCount = GroupOrder.groupLimit + 2
        var starts = [UInt32](repeating: 0, count: groupCount)
        var places = [UInt32](repeating: 0, count: wanted.count)
        unsafe Self.withWords(of: rows) { words in
            unsafe traversion_group_places(
                groups, words, groups.count, ascending, ascending.count, &starts, groupCount, &places)
        }
        guard let indexes else { return places }
        var inOrder = places
        for (number, index) in indexes.enumerated() { inOrder[index] = places[number] }
        return inOrder
    }

    private static func withWords<Value>(of rows: Bitmap?, _ body: (UnsafePointer<UInt64>?) -> Value) -> Value {
        guard let rows else { return body(nil) }
        return unsafe rows.words.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
    }
}
