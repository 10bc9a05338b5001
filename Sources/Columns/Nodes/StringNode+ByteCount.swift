internal import Bytes

extension StringNode {
    /// The number of bytes that ``write(to:)`` appends.
    public var byteCount: Int {
        switch self {
        case .constant(let value): 1 + Self.byteCount(value)
        case .plain(let lengths, let bytes): 1 + lengths.byteCount + bytes.byteCount
        case .sharedDictionary(let resource, let codes): 1 + Self.byteCount(resource) + codes.byteCount
        case .dictionary(let count, let entries, let codes):
            1 + Self.byteCount(count) + entries.byteCount + codes.byteCount
        case .symbols(let table, let encodedLengths, let decodedByteCount, let encoded):
            1 + table.byteCount + encodedLengths.byteCount + Self.byteCount(decodedByteCount) + encoded.byteCount
        case .frontCoded(let prefixLengths, let suffixes): 1 + prefixLengths.byteCount + suffixes.byteCount
        case .affix(let prefix, let suffix, let child):
            1 + Self.byteCount(prefix) + Self.byteCount(suffix) + child.byteCount
        case .exceptions(let count, let positions, let values, let child):
            1 + Self.byteCount(count) + positions.byteCount + values.byteCount + child.byteCount
        case .integerText(_, let values): 2 + values.byteCount
        case .fixedPointText(_, let values): 2 + values.byteCount
        case .hexText(_, let byteCount, let bytes): 2 + Self.byteCount(byteCount) + bytes.byteCount
        case .uuidText(_, let bytes): 2 + bytes.byteCount
        case .ipv4Text(let addresses): 1 + addresses.byteCount
        case .timestampText(let nanoseconds, let forms): 1 + nanoseconds.byteCount + forms.byteCount
        case .hexNumberText(_, _, let values): 3 + values.byteCount
        case .template(let resource, let codes, let streams):
            1 + Self.byteCount(resource) + codes.byteCount + Self.byteCount(streams.count)
                + streams.reduce(0) { $0 + Self.byteCount($1.count) + $1.node.byteCount }
        case .equal(let source, let links): 1 + Self.byteCount(source) + links.headByteCount + links.rest.byteCount
        case .fixedLength(let byteCount, let bytes): 1 + Self.byteCount(byteCount) + bytes.byteCount
        case .grouped(let source, let child): 1 + Self.byteCount(source) + child.byteCount
        }
    }

    private static func byteCount(_ number: Int) -> Int { varintByteCount(UInt64(number)) }
    private static func byteCount(_ bytes: [UInt8]) -> Int { byteCount(bytes.count) + bytes.count }
}

extension StringNode.SymbolTableReference {
    var byteCount: Int {
        switch self {
        case .resource(let resource): varintByteCount(UInt64(resource) + 1)
        case .inline(let table): 2 + table.symbols.count + table.symbols.bytes.count
        }
    }
}
