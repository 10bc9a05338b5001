public import Bytes

extension StringNode {
    /// What bytes the values may consist of, as far as their encoding tells without decoding all of them.
    public func bytes(count: Int, in environment: any PageEnvironment) throws(DecodeError) -> ByteSet {
        switch self {
        case .constant(let value): return ByteSet(value)
        case .integerText: return .integers
        case .fixedPointText, .ipv4Text: return .decimals
        case .hexText(let isUpper, _, _), .hexNumberText(let isUpper, _, _), .uuidText(let isUpper, _):
            return isUpper ? .upperHexadecimal : .lowerHexadecimal
        case .timestampText: return .timestamps
        case .plain(_, let bytes), .fixedLength(_, let bytes): return ByteSet(try bytes.raw(in: environment))
        case .dictionary(let entryCount, let entries, _):
            return try entries.bytes(count: entryCount, in: environment)
        case .sharedDictionary(let resource, _): return try environment.dictionaryBytes(resource)
        case .affix(let prefix, let suffix, let child):
            return try child.bytes(count: count, in: environment).union(ByteSet(prefix + suffix))
        case .exceptions(let exceptionCount, _, let values, let child):
            return try child.bytes(count: count - exceptionCount, in: environment)
                .union(values.bytes(count: exceptionCount, in: environment))
        case .equal(let ordinal, let links):
            return try links.rest.bytes(count: links.restCount, in: environment)
                .union(environment.sourceBytes(ordinal))
        case .grouped(_, let child):
            // The same values in another order.
            return try child.bytes(count: count, in: environment)
        case .template(let resource, _, let streams):
            var bytes = ByteSet(try environment.templates(resource).literals.bytes)
            for stream in streams {
                bytes = bytes.union(try stream.node.bytes(count: stream.count, in: environment))
            }
            return bytes
        case .symbols, .frontCoded:
            return ByteSet(try decode(count: count, rows: .unknown, in: environment).bytes)
        }
    }
}

extension PageEnvironment {
    /// The bytes of the strings of a dictionary.
    public func dictionaryBytes(_ resource: Int) throws(DecodeError) -> ByteSet {
        ByteSet(try stringDictionary(resource).bytes)
    }

    /// The bytes of the source column's texts.
    public func sourceBytes(_ ordinal: Int) throws(DecodeError) -> ByteSet {
        ByteSet(try source(ordinal).texts().bytes)
    }
}
