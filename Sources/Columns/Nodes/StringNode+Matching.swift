public import Bytes

extension StringNode {
    /// Which of the `count` strings fulfil the predicate: asked once for each entry of a dictionary, of numbers where
    /// the texts are kept as such, and of the strings only where nothing else is left.
    public func matches(
        _ predicate: StringPredicate, count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        if count == 0 || predicate == .prefix([]) { return Bitmap(count: count, repeating: true) }
        switch self {
        case .constant(let value):
            return Bitmap(count: count, repeating: predicate.matches(value))
        case .plain(let lengths, _):
            // Where no length fits, the bytes need not be looked at.
            if let wanted = predicate.wanted {
                let byteCounts = IntegerPredicate.set(wanted.map { UInt64($0.count) })
                let fit = try lengths.matches(byteCounts, count: count, rows: .unknown, in: environment)
                if fit.isEmpty { return fit }
            }
        case .fixedLength(let byteCount, let bytes):
            if let wanted = predicate.wanted {
                return try Self.match(
                    bytes, byteCount: byteCount, wanted.filter { $0.count == byteCount }, count: count, in: environment)
            }
        case .sharedDictionary(let resource, let codes):
            let isMatch = try environment.stringDictionary(resource).matches(predicate)
            return try Self.match(codes, isMatch, count: count, rows: rows, in: environment)
        case .dictionary(let entryCount, let entries, let codes):
            let isMatch = try entries.matches(predicate, count: entryCount, rows: .unknown, in: environment)
            return try Self.match(codes, isMatch, count: count, rows: .unknown, in: environment)
        case .affix(let prefix, let suffix, let child):
            if let inner = predicate.stripping(prefix: prefix, suffix: suffix) {
                return try child.matches(inner, count: count, rows: .unknown, in: environment)
            }
        case .exceptions(let exceptionCount, let positions, let values, let child):
            let positions = try positions.decode(count: exceptionCount, rows: .unknown, in: environment)
            let areMatches = try values.matches(predicate, count: exceptionCount, rows: .unknown, in: environment)
            let others = try child.matches(
                predicate, count: count - exceptionCount, rows: .unknown, in: environment)
            return try areMatches.merged(at: positions, into: others)
        case .integerText, .fixedPointText, .hexNumberText, .ipv4Text, .hexText, .uuidText, .timestampText:
            if let wanted = predicate.wanted { return try match(texts: wanted, count: count, in: environment) }
        case .symbols(let table, let encodedLengths, _, let encoded):
            if let wanted = predicate.wanted {
                return try Self.matchSymbols(
                    table, encodedLengths: encodedLengths, encoded: encoded, wanted, count: count, in: environment)
            }
        case .frontCoded, .template, .equal, .grouped:
            break
        }
        return try decode(count: count, rows: rows, in: environment).matches(predicate)
    }

    /// Which codes are those of matching entries.
    private static func match(
        _ codes: IntegerNode, _ isMatch: Bitmap, count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        var matching: [UInt64] = []
        isMatch.forEachSet { matching.append(UInt64($0)) }
        if matching.isEmpty { return Bitmap(count: count) }
        return try codes.matches(.set(matching), count: count, rows: rows, in: environment)
    }
}

extension StringPredicate {
    /// The condition on what stands between a prefix and a suffix, or nil when it cannot be told from that alone.
    fileprivate func stripping(prefix: [UInt8], suffix: [UInt8]) -> StringPredicate? {
        switch self {
        case .equal, .anyOf:
            let inner = (wanted ?? []).compactMap { string -> [UInt8]? in
                guard string.count >= prefix.count + suffix.count, string.starts(with: prefix),
                    string.suffix(suffix.count).elementsEqual(suffix)
                else { return nil }
                return Array(string[prefix.count..<string.count - suffix.count])
            }
            return .anyOf(inner)
        case .prefix(let wanted):
            if wanted.count <= prefix.count { return prefix.starts(with: wanted) ? .prefix([]) : .anyOf([]) }
            if !wanted.starts(with: prefix) { return .anyOf([]) }
            return suffix.isEmpty ? .prefix(Array(wanted[prefix.count...])) : nil
        case .contains(let part):
            return part.isEmpty ? .prefix([]) : nil
        }
    }
}
