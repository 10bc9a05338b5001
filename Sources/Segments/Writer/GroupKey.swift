import Columns

/// A column by whose codes values are put together, and the order that comes of it.
struct GroupKey {
    /// The column's ordinal.
    let source: Int
    /// For each place the index of the value that stands there.
    let order: [UInt32]

    /// `codes` are the source's, one for each value, `UInt32.max` where it has none.
    init(source: BandColumn, codes: [UInt32]) {
        self.source = source.ordinal
        let limit = UInt32(source.coding?.count ?? 0)
        order = GroupOrder.order(codes.map { min($0, limit) })
    }
}

extension BandColumn {
    /// For each of some values the code of the source in its row, or `UInt32.max` where the source has none.
    func linkedCodes(of source: BandColumn, in values: [Range<Int>]) -> [UInt32] {
        guard let codes = source.coding?.codes else { return [] }
        let link = RowLink(self, to: source)
        return values.flatMap { range in range.map { index in link.index(of: index).map { codes[$0] } ?? .max } }
    }

    /// Some of the texts.
    func texts(_ values: [Range<Int>]) -> StringVector {
        values.count == 1 ? pool.vector(values[0]) : pool.entries.gather(pool.codes.picking(values))
    }

    /// The key by which some values are to be put together.
    func groupKey(_ values: Range<Int>) -> GroupKey? {
        grouping.values.map { GroupKey(source: $0, codes: Array(linkedCodes(of: $0)[values])) }
    }

    /// The same for a stream of some messages.
    func groupKey(of stream: TemplateStream, in values: Range<Int>, by key: BandColumn) -> GroupKey {
        let codes = linkedCodes(of: key)
        return GroupKey(source: key, codes: stream.messages.map { codes[values.lowerBound + Int($0)] })
    }
}

extension Array {
    /// The elements in some ranges, one after another.
    func picking(_ ranges: [Range<Int>]) -> [Element] {
        ranges.count == 1 ? Array(self[ranges[0]]) : ranges.flatMap { self[$0] }
    }

    func ordered(by key: GroupKey?) -> [Element] {
        guard let key else { return self }
        return key.order.map { self[Int($0)] }
    }
}

extension StringVector {
    func ordered(by key: GroupKey?) -> StringVector { key.map { gather($0.order) } ?? self }
}

extension IntegerNode {
    /// The node over values that stand in the order of a key.
    static func grouping(_ node: IntegerNode, by key: GroupKey?) -> IntegerNode {
        key.map { .grouped(source: $0.source, child: node) } ?? node
    }
}

extension StringNode {
    /// The node over values that stand in the order of a key.
    static func grouping(_ node: StringNode, by key: GroupKey?) -> StringNode {
        key.map { .grouped(source: $0.source, child: node) } ?? node
    }
}
