import Bytes
import Columns

@testable import Segments

/// Puts the values of columns together by keys taken at random, whether it pays or not: by the shape, or by any column
/// with codes that was written before.
final class RandomGrouping {
    private var random: SplitMix64
    private let profile: EncodingProfile
    private var keys: [BandColumn] = []
    /// The column that is being written, and the two keys of its pages where these are made here.
    private var current: (column: BandColumn, keys: [BandColumn])?

    /// Leaves room for what other columns are derived from.
    private static let depth = 4

    private init(seed: UInt64, _ profile: EncodingProfile) {
        random = SplitMix64(seed: seed)
        self.profile = profile
    }

    /// Groups what the writer is going to write.
    static func apply(to writer: SegmentWriter, seed: UInt64) {
        let grouping = RandomGrouping(seed: seed, writer.options.profile)
        writer.features |= Trailer.groupedNodes
        // What the encoder can group it is told to; a page is made here where it cannot.
        writer.handmadePages = { grouping.page(of: $0, $1) }
    }

    private func page(of column: BandColumn, _ zones: Range<Int>) -> [UInt8]? {
        if current?.column !== column {
            if column.ordinal == ColumnCatalog.shapeOrdinal { keys = [] }
            current = (column, decide(column))
            if let count = column.coding?.count, count <= GroupOrder.groupLimit { keys.append(column) }
        }
        guard let current, current.keys.count == 2 else { return nil }
        return nestedPage(of: column, column.values(in: zones), current.keys[0], current.keys[1])
    }

    private func decide(_ column: BandColumn) -> [BandColumn] {
        if case .equal? = column.derivation { return [] }
        guard column.type.layout != .presenceOnly, column.type != .shape else { return [] }
        let keys = keys.filter { column.mayDepend(on: $0, derivedDepth: Self.depth) }.shuffled(using: &random)
        guard let key = keys.first, random.next() % 8 > 0 else { return [] }
        let isOrdered = ![.timestamps, .fixed8, .fixed16].contains(column.type.layout)
        if column.coding == nil, column.presence != .own, column.type.layout != .timestamps,
            !isOrdered || random.next() % 3 == 0
        {
            return [key, keys[keys.count - 1]]
        }
        column.grouping.values = key
        if case .templates(let templated)? = column.coding?.shared {
            for stream in templated.sources.indices where templated.sources[stream] == nil {
                column.grouping.streams[stream] = keys.randomElement(using: &random)
            }
        }
        return []
    }

    /// Two grouped nodes, one in the other.
    private func nestedPage(
        of column: BandColumn, _ values: Range<Int>, _ first: BandColumn, _ second: BandColumn
    ) -> [UInt8] {
        let outer = GroupKey(source: first, codes: Array(column.linkedCodes(of: first)[values]))
        let inner = GroupKey(
            source: second, codes: Array(column.linkedCodes(of: second)[values]).ordered(by: outer))
        func ordered<Value>(_ values: [Value]) -> [Value] { values.ordered(by: outer).ordered(by: inner) }
        var bytes = ByteWriter()
        switch column.type.layout {
        case .doubles:
            let doubles = ordered(column.words[values].map { Double(bitPattern: $0) })
            let child = FloatNode.encoding(doubles, profile: profile)
            FloatNode.grouped(source: outer.source, child: .grouped(source: inner.source, child: child))
                .write(to: &bytes)
        case .strings:
            let texts = column.texts([values]).ordered(by: outer).ordered(by: inner)
            let child = StringNode.encoding(texts, profile: profile)
            StringNode.grouping(.grouping(child, by: inner), by: outer).write(to: &bytes)
        case .fixed8, .fixed16:
            let wordCount = column.type.layout == .fixed16 ? 2 : 1
            let words = ordered(Array(values)).flatMap { column.words[$0 * wordCount..<($0 + 1) * wordCount] }
            let child = FixedNode.encoding(
                bytes: PageEncoder.bytes(words[...]), width: wordCount * 8, profile: profile)
            FixedNode.grouped(source: outer.source, child: .grouped(source: inner.source, child: child))
                .write(to: &bytes)
        case .integers, .timestamps, .presenceOnly:
            let child = IntegerNode.encoding(ordered(Array(column.words[values])), profile: profile)
            IntegerNode.grouping(.grouping(child, by: inner), by: outer).write(to: &bytes)
        }
        return bytes.bytes
    }
}
