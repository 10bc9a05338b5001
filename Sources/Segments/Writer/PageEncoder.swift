import Bytes
import Columns

/// Turns the values of one column of a band into resources and pages.
struct PageEncoder {
    struct Resource {
        var kind: PageEntry.Kind
        var bytes: [UInt8]
        var count: Int
    }

    let column: BandColumn
    let layout: BandLayout
    var profile: EncodingProfile
    /// What earlier pages of the column chose.
    let memory: ChoiceMemory?
    /// For each value the code of its source, or `UInt32.max` where the source has none.
    private let linkedCodes: [UInt32]
    var sharedResourceIndex = 0
    var mapTableIndex = 0
    /// Whether one of the pages has anchors (Format/Segment.md, 5.1.2).
    private(set) var hasAnchors = false

    init(_ column: BandColumn, layout: BandLayout, profile: EncodingProfile, memory: ChoiceMemory?) {
        self.column = column
        self.layout = layout
        self.profile = profile
        self.memory = memory
        if case .mapped(let source, _)? = column.derivation {
            linkedCodes = column.linkedCodes(of: source)
        } else {
            linkedCodes = []
        }
    }

    mutating func page(_ zones: Range<Int>) -> [UInt8] {
        var writer = ByteWriter(reservedByteCount: 1024)
        let values = column.values(in: zones)
        if column.presence == .own {
            let firstRow = UInt64(layout.zoneStarts[zones.lowerBound])
            writer.append(varint: values.count)
            let rows = [UInt64](widening: column.rows[values]).map { $0 - firstRow }
            IntegerNode.encoding(rows, profile: profile, memory: memory?[.rows]).write(to: &writer)
        }
        let key = column.groupKey(values)
        if case .equal(let source, let offset)? = column.derivation {
            writeEqual(values, source: source, offset: offset, to: &writer)
            return writer.bytes
        }
        switch column.type.layout {
        case .presenceOnly: break
        case .integers:
            if column.coding != nil {
                IntegerNode.sharedDictionary(resource: sharedResourceIndex, codes: pickableCodes(values, by: key))
                    .write(to: &writer)
            } else {
                integers([values], by: key).write(to: &writer)
            }
        case .doubles:
            doubles([values], by: key).write(to: &writer)
        case .timestamps:
            times(values, by: key).write(to: &writer)
            IntegerNode.encoding(forms(values), profile: profile).write(to: &writer)
        case .strings:
            if case .templates(let templated)? = column.coding?.shared {
                let streams = templated.streams(values, of: column, profile: profile)
                StringNode.template(
                    resource: sharedResourceIndex, codes: pickableCodes(values, by: key), streams: streams
                )
                .write(to: &writer)
            } else if column.coding != nil {
                StringNode.sharedDictionary(resource: sharedResourceIndex, codes: pickableCodes(values, by: key))
                    .write(to: &writer)
            } else {
                strings([values], by: key).write(to: &writer)
            }
        case .fixed8, .fixed16:
            if column.coding != nil {
                FixedNode.sharedDictionary(resource: sharedResourceIndex, codes: pickableCodes(values, by: key))
                    .write(to: &writer)
            } else {
                let wordCount = column.type.layout == .fixed16 ? 2 : 1
                let words = column.words[values.lowerBound * wordCount..<values.upperBound * wordCount]
                FixedNode.encoding(bytes: Self.bytes(words), width: wordCount * 8, profile: profile).write(to: &writer)
            }
        }
        return writer.bytes
    }

    /// Some values, or their codes, to guess their best order by.
    func probe(_ values: [Range<Int>]) -> GroupingProbe {
        if let coding = column.coding {
            let codes = coding.codes.picking(values)
            guard case .mapped(_, let table)? = column.derivation else {
                return .words([UInt64](widening: codes[...]))
            }
            return .codes(
                codes, follow: zip(codes, linkedCodes.picking(values)).map { $1 != .max && table[Int($1)] == $0 })
        }
        return switch column.type.layout {
        case .integers, .timestamps, .doubles: .words(column.words.picking(values))
        case .strings: .texts(column.texts(values))
        case .presenceOnly, .fixed8, .fixed16: .words([])
        }
    }

    /// What some values take, or their codes, in the order of a key; without what a page has besides.
    func trialByteCount(_ values: [Range<Int>], by key: GroupKey?) -> Int {
        if column.coding != nil { return codes(values, by: key).byteCount }
        return switch column.type.layout {
        case .integers, .timestamps: integers(values, by: key).byteCount
        case .doubles: doubles(values, by: key).byteCount
        case .strings: strings(values, by: key).byteCount
        // What is left of ids has no order to gain from.
        case .presenceOnly, .fixed8, .fixed16: 0
        }
    }

    /// Writes a page whose values are another column's, but for some.
    private func writeEqual(_ values: Range<Int>, source: BandColumn, offset: UInt64, to writer: inout ByteWriter) {
        let isNumber = column.type.layout == .integers || column.type.layout == .timestamps
        let link = RowLink(column, to: source)
        let linked = LinkedValues(values) { index in
            link.index(of: index).map { sourceIndex in
                isNumber
                    ? column.words[index] &- source.words[sourceIndex] == offset
                    : column.equals(index, source, sourceIndex)
            }
        }
        let rest = linked.rest
        func links<Node>(_ node: Node) -> DerivedLinks<Node> { linked.links(node, profile: profile) }
        switch column.type.layout {
        case .integers, .timestamps:
            let node = IntegerNode.encoding(rest.map { column.words[$0] }, profile: profile)
            IntegerNode.equal(source: source.ordinal, offset: offset, links: links(node)).write(to: &writer)
            if column.type.layout == .timestamps {
                IntegerNode.encoding(forms(values), profile: profile).write(to: &writer)
            }
        case .strings:
            let strings = column.pool.entries.gather(rest.map { column.pool.codes[$0] })
            StringNode.equal(source: source.ordinal, links: links(StringNode.encoding(strings, profile: profile)))
                .write(to: &writer)
        case .fixed8, .fixed16:
            let wordCount = column.type.layout == .fixed16 ? 2 : 1
            let words = rest.flatMap { column.words[$0 * wordCount..<($0 + 1) * wordCount] }
            let node = FixedNode.encoding(bytes: Self.bytes(words[...]), width: wordCount * 8, profile: profile)
            FixedNode.equal(source: source.ordinal, links: links(node)).write(to: &writer)
        case .presenceOnly, .doubles: break
        }
    }

    private func codes(_ values: [Range<Int>], by key: GroupKey?) -> IntegerNode {
        guard let coding = column.coding else { return .constant(0) }
        let codes = coding.codes.picking(values).ordered(by: key)
        guard case .mapped(let source, let table)? = column.derivation else {
            let node = IntegerNode.encoding([UInt64](widening: codes[...]), profile: profile, memory: memory?[.codes])
            return .grouping(node, by: key)
        }
        let keys = linkedCodes.picking(values).ordered(by: key)
        let linked = LinkedValues(codes.indices, codes: codes, keys: keys, table: table)
        let rest = IntegerNode.encoding(
            linked.rest.map { UInt64(codes[$0]) }, profile: profile, memory: memory?[.rest])
        return .grouping(
            .mapped(source: source.ordinal, resource: mapTableIndex, links: linked.links(rest, profile: profile)),
            by: key)
    }

    private func integers(_ values: [Range<Int>], by key: GroupKey?) -> IntegerNode {
        let words = column.words.picking(values).ordered(by: key)
        return .grouping(IntegerNode.encoding(words, profile: profile, memory: memory?[.values]), by: key)
    }

    /// Times, of which a few rows are asked for more than anything.
    private mutating func times(_ values: Range<Int>, by key: GroupKey?) -> IntegerNode {
        let node = integers([values], by: key)
        return key == nil ? anchored(node, Array(column.words[values])) : node
    }

    /// Codes, many of which are those of ids that ascend.
    private mutating func pickableCodes(_ values: Range<Int>, by key: GroupKey?) -> IntegerNode {
        let node = codes([values], by: key)
        guard key == nil, case .delta = node, let coding = column.coding else { return node }
        return anchored(node, [UInt64](widening: coding.codes[values]))
    }

    private mutating func anchored(_ node: IntegerNode, _ values: [UInt64]) -> IntegerNode {
        let anchored = node.anchored(values, profile: profile)
        if anchored.hasAnchors { hasAnchors = true }
        return anchored
    }

    private func doubles(_ values: [Range<Int>], by key: GroupKey?) -> FloatNode {
        let doubles = column.words.picking(values).map { Double(bitPattern: $0) }.ordered(by: key)
        let node = FloatNode.encoding(doubles, profile: profile, memory: memory?[.values])
        return key.map { .grouped(source: $0.source, child: node) } ?? node
    }

    private func strings(_ values: [Range<Int>], by key: GroupKey?) -> StringNode {
        let strings = column.texts(values).ordered(by: key)
        return .grouping(StringNode.encoding(strings, profile: profile, memory: memory?[.values]), by: key)
    }

    private func forms(_ values: Range<Int>) -> [UInt64] {
        var forms = Array(column.forms[values])
        TimestampText.settle(forms: &forms, nanoseconds: Array(column.words[values]))
        return [UInt64](widening: forms[...])
    }

    /// The bytes of ids that are held as words.
    static func bytes(_ words: ArraySlice<UInt64>) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: words.count * 8)
        unsafe bytes.withUnsafeMutableBytes { buffer in
            for (place, word) in words.enumerated() {
                unsafe buffer.storeBytes(of: word.littleEndian, toByteOffset: place &* 8, as: UInt64.self)
            }
        }
        return bytes
    }
}
