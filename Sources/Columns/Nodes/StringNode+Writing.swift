public import Bytes

extension StringNode {
    /// The first byte of a node (Format/Segment.md, 5.3).
    enum Tag: UInt8 {
        case constant = 0x40
        case plain, sharedDictionary, dictionary, symbols, frontCoded, affix, exceptions
        case integerText, fixedPointText, hexText, uuidText, ipv4Text, timestampText, hexNumberText
        case template, equal, fixedLength, grouped
    }

    var tag: Tag {
        switch self {
        case .constant: .constant
        case .plain: .plain
        case .sharedDictionary: .sharedDictionary
        case .dictionary: .dictionary
        case .symbols: .symbols
        case .frontCoded: .frontCoded
        case .affix: .affix
        case .exceptions: .exceptions
        case .integerText: .integerText
        case .fixedPointText: .fixedPointText
        case .hexText: .hexText
        case .uuidText: .uuidText
        case .ipv4Text: .ipv4Text
        case .timestampText: .timestampText
        case .hexNumberText: .hexNumberText
        case .template: .template
        case .equal: .equal
        case .fixedLength: .fixedLength
        case .grouped: .grouped
        }
    }

    public func write(to writer: inout ByteWriter) {
        writer.append(tag.rawValue)
        switch self {
        case .constant(let value):
            Self.write(value, to: &writer)
        case .plain(let lengths, let bytes):
            lengths.write(to: &writer)
            bytes.write(to: &writer)
        case .sharedDictionary(let resource, let codes):
            writer.append(varint: resource)
            codes.write(to: &writer)
        case .dictionary(let count, let entries, let codes):
            writer.append(varint: count)
            entries.write(to: &writer)
            codes.write(to: &writer)
        case .symbols(let table, let encodedLengths, let decodedByteCount, let encoded):
            table.write(to: &writer)
            encodedLengths.write(to: &writer)
            writer.append(varint: decodedByteCount)
            encoded.write(to: &writer)
        case .frontCoded(let prefixLengths, let suffixes):
            prefixLengths.write(to: &writer)
            suffixes.write(to: &writer)
        case .affix(let prefix, let suffix, let child):
            Self.write(prefix, to: &writer)
            Self.write(suffix, to: &writer)
            child.write(to: &writer)
        case .exceptions(let count, let positions, let values, let child):
            writer.append(varint: count)
            positions.write(to: &writer)
            values.write(to: &writer)
            child.write(to: &writer)
        case .integerText(let digits, let values):
            writer.append(UInt8(digits))
            values.write(to: &writer)
        case .fixedPointText(let decimals, let values):
            writer.append(UInt8(decimals))
            values.write(to: &writer)
        case .hexText(let isUpper, let byteCount, let bytes):
            writer.append(isUpper ? 1 : 0)
            writer.append(varint: byteCount)
            bytes.write(to: &writer)
        case .uuidText(let isUpper, let bytes):
            writer.append(isUpper ? 1 : 0)
            bytes.write(to: &writer)
        case .ipv4Text(let addresses):
            addresses.write(to: &writer)
        case .timestampText(let nanoseconds, let forms):
            nanoseconds.write(to: &writer)
            forms.write(to: &writer)
        case .hexNumberText(let isUpper, let digits, let values):
            writer.append(isUpper ? 1 : 0)
            writer.append(UInt8(digits))
            values.write(to: &writer)
        case .template(let resource, let codes, let streams):
            writer.append(varint: resource)
            codes.write(to: &writer)
            writer.append(varint: streams.count)
            for stream in streams {
                writer.append(varint: stream.count)
                stream.node.write(to: &writer)
            }
        case .equal(let source, let links):
            writer.append(varint: source)
            links.writeHead(to: &writer)
            links.rest.write(to: &writer)
        case .fixedLength(let byteCount, let bytes):
            writer.append(varint: byteCount)
            bytes.write(to: &writer)
        case .grouped(let source, let child):
            writer.append(varint: source)
            child.write(to: &writer)
        }
    }

    private static func write(_ bytes: [UInt8], to writer: inout ByteWriter) {
        writer.append(varint: bytes.count)
        writer.append(contentsOf: bytes)
    }
}

extension StringNode.SymbolTableReference {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .resource(let resource):
            writer.append(varint: resource + 1)
        case .inline(let table):
            writer.append(varint: 0)
            table.write(to: &writer)
        }
    }
}
