extension StringNode {
    /// The parts of the node, which gives `count` strings.
    public func outline(count: Int) -> NodeOutline {
        func outline(_ name: String, _ parts: NodeOutline.Part...) -> NodeOutline {
            NodeOutline(tag.rawValue, name, count, parts)
        }
        func strings(_ name: String, _ node: StringNode, _ childCount: Int? = nil) -> NodeOutline.Part {
            .node(name, node.outline(count: childCount ?? count))
        }
        func integers(_ name: String, _ node: IntegerNode, _ childCount: Int? = nil) -> NodeOutline.Part {
            .node(name, node.outline(count: childCount ?? count))
        }
        switch self {
        case .constant(let value):
            return outline("constant", .text("value", value))
        case .plain(let lengths, let bytes):
            return outline("plain", integers("lengths", lengths), .buffer("bytes", bytes))
        case .sharedDictionary(let resource, let codes):
            return outline("shared dictionary", .varint("resource", resource), integers("codes", codes))
        case .dictionary(let entryCount, let entries, let codes):
            return outline(
                "dictionary", .varint("entries", entryCount), strings("entries", entries, entryCount),
                integers("codes", codes))
        case .symbols(let table, let encodedLengths, let decodedByteCount, let encoded):
            return NodeOutline(
                tag.rawValue, "symbols", count,
                table.parts + [
                    integers("encoded lengths", encodedLengths), .varint("decoded length", decodedByteCount),
                    .buffer("encoded", encoded),
                ])
        case .frontCoded(let prefixLengths, let suffixes):
            return outline("front coded", integers("prefix lengths", prefixLengths), strings("suffixes", suffixes))
        case .affix(let prefix, let suffix, let child):
            return outline("affix", .text("prefix", prefix), .text("suffix", suffix), strings("child", child))
        case .exceptions(let exceptionCount, let positions, let values, let child):
            return outline(
                "exceptions", .varint("exceptions", exceptionCount), integers("positions", positions, exceptionCount),
                strings("values", values, exceptionCount), strings("child", child, count - exceptionCount))
        case .integerText(let digits, let values):
            return outline("integer text", .byte("digits", digits), integers("values", values))
        case .fixedPointText(let decimals, let values):
            return outline("fixed-point text", .byte("decimals", decimals), integers("values", values))
        case .hexText(let isUpper, let byteCount, let bytes):
            return outline(
                "hex text", .byte("upper", isUpper ? 1 : 0), .varint("byte count", byteCount), .buffer("bytes", bytes))
        case .uuidText(let isUpper, let bytes):
            return outline("uuid text", .byte("upper", isUpper ? 1 : 0), .buffer("bytes", bytes))
        case .ipv4Text(let addresses):
            return outline("IPv4 text", integers("addresses", addresses))
        case .timestampText(let nanoseconds, let forms):
            return outline("timestamp text", integers("nanoseconds", nanoseconds), integers("forms", forms))
        case .hexNumberText(let isUpper, let digits, let values):
            return outline(
                "hex number text", .byte("upper", isUpper ? 1 : 0), .byte("digits", digits),
                integers("values", values))
        case .template(let resource, let codes, let streams):
            return NodeOutline(
                tag.rawValue, "template", count,
                [.varint("resource", resource), integers("codes", codes), .varint("streams", streams.count)]
                    + streams.enumerated().flatMap { place, stream in
                        [.varint("values", stream.count), strings("stream \(place)", stream.node, stream.count)]
                    })
        case .equal(let source, let links):
            return NodeOutline(
                tag.rawValue, "equal", count,
                [.varint("source", source)] + links.parts { $0.outline(count: $1) })
        case .fixedLength(let byteCount, let bytes):
            return outline("fixed length", .varint("length", byteCount), .buffer("bytes", bytes))
        case .grouped(let source, let child):
            return outline("grouped", .varint("source", source), strings("child", child))
        }
    }
}

extension StringNode.SymbolTableReference {
    fileprivate var parts: [NodeOutline.Part] {
        switch self {
        case .resource(let resource): [.varint("resource + 1", resource + 1)]
        case .inline(let table): [.varint("resource + 1", 0)] + table.parts
        }
    }
}

extension SymbolTable {
    /// The parts of the table, in the order in which they are written.
    public var parts: [NodeOutline.Part] {
        [
            .byte("symbols", symbols.count),
            .field("lengths", value: "1 byte each", byteCount: symbols.count),
            .field("symbols", value: "\(symbols.bytes.count) bytes", byteCount: symbols.bytes.count),
        ]
    }
}
