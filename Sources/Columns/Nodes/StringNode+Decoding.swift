public import Bytes

extension StringNode {
    /// The `count` strings, which stand in the given rows of the page.
    public func decode(
        count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        try decode(count: count, rows: rows, affix: .none, in: environment)
    }

    /// The same, with bytes before and after each string.
    func decode(
        count: Int, rows: RowMap, affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        switch self {
        case .constant(let value):
            return try Self.decodeConstant(value, count: count, affix: affix, in: environment)
        case .plain(let lengths, let bytes):
            return try affix.around(
                Self.decodePlain(lengths: lengths, bytes: bytes, count: count, in: environment), in: environment)
        case .sharedDictionary(let resource, let codes):
            return try affix.around(
                Self.decodeSharedDictionary(resource, codes: codes, count: count, rows: rows, in: environment),
                in: environment)
        case .dictionary(let entryCount, let entries, let codes):
            let entries = try entries.decode(count: entryCount, rows: .unknown, affix: affix, in: environment)
            return try Self.gather(
                codes.decode(count: count, rows: .unknown, in: environment), from: entries, in: environment)
        case .symbols(let table, let encodedLengths, let decodedByteCount, let encoded):
            return try affix.around(
                Self.decodeSymbols(
                    table, encodedLengths: encodedLengths, decodedByteCount: decodedByteCount, encoded: encoded,
                    count: count, in: environment), in: environment)
        case .frontCoded(let prefixLengths, let suffixes):
            return try affix.around(
                Self.decodeFrontCoded(prefixLengths: prefixLengths, suffixes: suffixes, count: count, in: environment),
                in: environment)
        case .affix(let prefix, let suffix, let child):
            return try child.decode(
                count: count, rows: .unknown, affix: affix.around(prefix: prefix, suffix: suffix), in: environment)
        case .exceptions(let exceptionCount, let positions, let values, let child):
            let values = try values.decode(count: exceptionCount, rows: .unknown, affix: affix, in: environment)
            let others = try child.decode(
                count: count - exceptionCount, rows: .unknown, affix: affix, in: environment)
            return try Self.merge(
                values, at: positions.decode(count: exceptionCount, rows: .unknown, in: environment), into: others,
                in: environment)
        case .integerText(let digits, let values):
            return try Self.decodeIntegerText(
                values.decode(count: count, rows: .unknown, in: environment), digits: digits, affix: affix,
                in: environment)
        case .fixedPointText(let decimals, let values):
            return try Self.decodeFixedPointText(
                values.decode(count: count, rows: .unknown, in: environment), decimals: decimals, affix: affix,
                in: environment)
        case .hexText(let isUpper, let byteCount, let bytes):
            return try Self.decodeHexText(
                bytes, isUpper: isUpper, byteCount: byteCount, count: count, affix: affix, in: environment)
        case .uuidText(let isUpper, let bytes):
            return try Self.decodeUUIDText(bytes, isUpper: isUpper, count: count, affix: affix, in: environment)
        case .ipv4Text(let addresses):
            return try Self.decodeIPv4Text(
                addresses.decode(count: count, rows: .unknown, in: environment), affix: affix, in: environment)
        case .timestampText(let nanoseconds, let forms):
            return try Self.decodeTimestampText(
                nanoseconds.decode(count: count, rows: .unknown, in: environment),
                forms: forms.decode(count: count, rows: .unknown, in: environment), affix: affix, in: environment)
        case .hexNumberText(let isUpper, let digits, let values):
            return try Self.decodeHexNumberText(
                values.decode(count: count, rows: .unknown, in: environment), isUpper: isUpper, digits: digits,
                affix: affix, in: environment)
        case .template(let resource, let codes, let streams):
            return try affix.around(
                Self.decodeTemplate(
                    resource: resource, codes: codes, streams: streams, count: count, rows: rows, in: environment),
                in: environment)
        case .equal(let source, let links):
            return try affix.around(
                Self.decodeEqual(source: source, links: links, count: count, rows: rows, in: environment),
                in: environment)
        case .fixedLength(let byteCount, let bytes):
            return try affix.around(
                Self.decodeFixedLength(bytes, byteCount: byteCount, count: count, in: environment), in: environment)
        case .grouped(let source, let child):
            return try affix.around(
                Self.decodeGrouped(source: source, child: child, count: count, rows: rows, in: environment),
                in: environment)
        }
    }
}
