public import Bytes

/// Messages that contain a text, told by their templates.
extension StringNode {
    /// The templates whose messages contain a text for certain, and those whose messages may do so and have to be put
    /// together.
    public struct TemplateMatches {
        var certain: [UInt64]
        var possible: [UInt64]

        /// Takes nothing for certain.
        public mutating func doubtAll() {
            possible += certain
            certain = []
        }
    }

    /// What templates and the values in their slots tell of the messages of a template node. Nil for other nodes.
    public func templateMatches(
        _ search: TextSearch, in environment: any PageEnvironment
    ) throws(DecodeError) -> TemplateMatches? {
        guard case .template(let resource, _, let streams) = self else { return nil }
        let templates = try search.templates(resource, in: environment)
        guard streams.count == templates.streamCount else { return nil }
        return TemplateMatches(
            certain: templates.certain,
            possible: try templates.possible(with: streams, holding: search, in: environment))
    }

    /// Whether it is told at little cost that none of the messages is of templates that match.
    public func provesNone(
        _ templates: TemplateMatches, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bool {
        guard case .template(_, let codes, _) = self else { return false }
        let wanted = templates.certain + templates.possible
        if wanted.isEmpty { return true }
        return try codes.mapsNone(.set(wanted), in: environment)
    }

    /// Which of the `count` messages are of templates that match.
    public func messages(
        of templates: TemplateMatches, count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> (certain: Bitmap, possible: Bitmap) {
        guard case .template(_, let codes, _) = self else { preconditionFailure("a node without templates") }
        return (
            try codes.matches(.set(templates.certain), count: count, rows: rows, in: environment),
            try codes.matches(.set(templates.possible), count: count, rows: rows, in: environment)
        )
    }

    /// Whether the values are messages made of templates.
    public var hasTemplates: Bool { if case .template = self { true } else { false } }

    /// Whether one of the `count` values may hold a text.
    public func mayHold(
        _ search: TextSearch, count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bool {
        if count == 0 { return false }
        switch self {
        case .constant(let value): return search.isIn(value[...])
        case .plain(_, let bytes), .fixedLength(_, let bytes): return search.isIn(try bytes.raw(in: environment))
        case .dictionary(let entryCount, let entries, _):
            return try entries.mayHold(search, count: entryCount, in: environment)
        case .sharedDictionary(let resource, _): return try search.mayBeIn(dictionary: resource, in: environment)
        case .exceptions(let exceptionCount, _, let values, let child):
            if try values.mayHold(search, count: exceptionCount, in: environment) { return true }
            return try child.mayHold(search, count: count - exceptionCount, in: environment)
        case .affix(let prefix, let suffix, let child):
            var ends = StringVector(bytes: prefix, ends: [UInt32(prefix.count)])
            ends.append(suffix)
            if search.pattern.mayCross(0..<2, of: ends) {
                return search.consists(of: try bytes(count: count, in: environment))
            }
            if search.isIn(ends.bytes[...]) { return true }
            return try child.mayHold(search, count: count, in: environment)
        case .equal(let ordinal, let links):
            if try links.rest.mayHold(search, count: links.restCount, in: environment) { return true }
            return try environment.source(ordinal, mayHold: search)
        case .grouped(_, let child): return try child.mayHold(search, count: count, in: environment)
        case .symbols, .frontCoded:
            return search.isIn(try decode(count: count, rows: .unknown, in: environment).bytes[...])
        case .integerText, .fixedPointText, .hexText, .uuidText, .ipv4Text, .hexNumberText, .timestampText, .template:
            return search.consists(of: try bytes(count: count, in: environment))
        }
    }
}

extension PageEnvironment {
    /// Whether one of the source column's texts may hold a text.
    public func source(_ ordinal: Int, mayHold search: TextSearch) throws(DecodeError) -> Bool {
        search.isIn(try source(ordinal).texts().bytes[...])
    }

    public var columnOrdinal: Int { 0 }
}
