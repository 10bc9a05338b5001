public import Bytes

extension StringNode {
    /// Some of the strings. What stands before them is decoded only where strings follow from one another.
    public func values(_ pick: Pick, in environment: any PickEnvironment) throws(DecodeError) -> StringVector {
        if pick.places.isEmpty { return StringVector() }
        let inner = pick.withoutRows
        let lone = LoneNode(pick.places.count, environment)
        switch self {
        case .constant: return try lone.strings(self)
        case .plain(let lengths, let bytes):
            let ends = try StringVector.ends(
                lengths: lengths.decode(count: pick.count, rows: .unknown, in: environment),
                byteCount: bytes.rawByteCount)
            return try StringVector(picking: pick, ends: ends, from: bytes.raw(in: environment))
        case .fixedLength(let byteCount, let bytes):
            return try lone.strings(
                .fixedLength(byteCount: byteCount, bytes: bytes.picking(pick, byteCount, environment)))
        case .hexText(let isUpper, let byteCount, let bytes):
            return try lone.strings(
                .hexText(isUpper: isUpper, byteCount: byteCount, bytes: bytes.picking(pick, byteCount, environment)))
        case .uuidText(let isUpper, let bytes):
            return try lone.strings(.uuidText(isUpper: isUpper, bytes: bytes.picking(pick, 16, environment)))
        case .integerText(let digits, let values):
            return try Self.decodeIntegerText(
                values.values(inner, in: environment), digits: digits, affix: .none, in: environment)
        case .fixedPointText(let decimals, let values):
            return try Self.decodeFixedPointText(
                values.values(inner, in: environment), decimals: decimals, affix: .none, in: environment)
        case .hexNumberText(let isUpper, let digits, let values):
            return try Self.decodeHexNumberText(
                values.values(inner, in: environment), isUpper: isUpper, digits: digits, affix: .none,
                in: environment)
        case .ipv4Text(let addresses):
            return try Self.decodeIPv4Text(
                addresses.values(inner, in: environment), affix: .none, in: environment)
        case .timestampText(let nanoseconds, let forms):
            return try Self.decodeTimestampText(
                nanoseconds.values(inner, in: environment), forms: forms.values(inner, in: environment),
                affix: .none, in: environment)
        case .sharedDictionary(let resource, let codes):
            return try Self.gather(
                codes.values(pick, in: environment), from: environment.stringDictionary(resource), in: environment)
        case .dictionary(let count, let entries, let codes):
            return try entries.values(
                Pick(codes: codes.values(inner, in: environment), of: count), in: environment)
        case .affix(let prefix, let suffix, let child):
            return try Affix(prefix: prefix, suffix: suffix).around(
                child.values(inner, in: environment), in: environment)
        case .exceptions(let count, let positions, let values, let child):
            return try Self.picked(pick, count, positions, values, child, in: environment)
        case .symbols(let table, let lengths, _, let encoded):
            return try table.values(pick, lengths: lengths, encoded: encoded, in: environment)
        case .frontCoded:
            return try decode(count: pick.count, rows: .unknown, in: environment).gather(pick.places)
        case .template(let resource, let codes, let streams):
            let codes = try codes.decode(count: pick.count, rows: pick.rowMap, in: environment)
            return try Self.messages(pick, templates: resource, codes: codes, streams: streams, in: environment)
        case .equal(let ordinal, let links):
            let source = try environment.pickedSource(ordinal)
            let origins = try PickedLinks(links, pick, source: source, in: environment)
            let rest = try links.rest.values(origins.rest, in: environment)
            let texts = origins.rows.isEmpty ? StringVector() : try source.texts(in: origins.rows)
            return StringVector(joining: texts, at: origins.linked, and: rest, at: origins.unlinked)
        case .grouped(let source, let child):
            return try child.values(
                pick.grouped(by: source, isDerived: child.isDerived, in: environment), in: environment)
        }
    }

    /// Some of the messages of a template node, of which all codes are known.
    public static func messages(
        _ pick: Pick, templates resource: Int, codes: [UInt64], streams: [Stream], in environment: any PickEnvironment
    ) throws(DecodeError) -> StringVector {
        if pick.places.isEmpty { return StringVector() }
        guard codes.count == pick.count else { throw .corrupt(at: 0, "another number of codes than of messages") }
        return try PickedMessages(
            pick, set: environment.templates(resource), codes: codes, streams: streams, in: environment
        ).messages(in: environment)
    }

    private static func picked(
        _ pick: Pick, _ count: Int, _ positions: IntegerNode, _ values: StringNode, _ child: StringNode,
        in environment: any PickEnvironment
    ) throws(DecodeError) -> StringVector {
        let exceptions = try PickedExceptions(pick, count: count, positions: positions, in: environment)
        var isException = [Bool](repeating: false, count: pick.places.count)
        for hit in exceptions.hits { isException[hit.index] = true }
        let others = isException.indices.filter { !isException[$0] }
        let otherPlaces = others.map { pick.places[$0] - exceptions.countsBefore[$0] }
        return StringVector(
            joining: try values.values(exceptions.pick(of: count), in: environment), at: exceptions.hits.map(\.index),
            and: try child.values(Pick(otherPlaces, of: pick.count - count), in: environment), at: others)
    }
}

/// Decodes nodes made of the bytes of picked values, which are as many as there are.
private struct LoneNode {
    private let count: Int
    private let environment: any PickEnvironment

    init(_ count: Int, _ environment: any PickEnvironment) {
        self.count = count
        self.environment = environment
    }

    func strings(_ node: StringNode) throws(DecodeError) -> StringVector {
        try node.decode(count: count, rows: .unknown, in: environment)
    }
}

extension StoredBuffer {
    /// The bytes of picked values of one length.
    func picking(
        _ pick: Pick, _ byteCount: Int, _ environment: any PickEnvironment
    ) throws(DecodeError) -> StoredBuffer {
        let raw = try raw(in: environment)
        guard raw.count == pick.count * byteCount else { throw .corrupt(at: 0, "values have another length") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(pick.places.count * byteCount)
        for place in pick.places {
            let start = raw.startIndex + Int(place) * byteCount
            bytes.append(contentsOf: raw[start..<start + byteCount])
        }
        return StoredBuffer(raw: bytes)
    }
}

extension StringNode.SymbolTableReference {
    fileprivate func values(
        _ pick: Pick, lengths: IntegerNode, encoded: StoredBuffer, in environment: any PickEnvironment
    ) throws(DecodeError) -> StringVector {
        let table = try table(in: environment)
        let ends = try StringVector.ends(
            lengths: lengths.decode(count: pick.count, rows: .unknown, in: environment),
            byteCount: encoded.rawByteCount)
        let strings = try StringVector(picking: pick, ends: ends, from: encoded.raw(in: environment))
        let byteCount = try table.decodedByteCount(strings.bytes)
        try environment.charge(strings: strings.count, byteCount: byteCount)
        let decoded = try table.decode(
            encodedLengths: strings.lengths, encoded: strings.bytes[...], decodedByteCount: byteCount)
        guard decoded.longest <= Limits.valueByteCount else { throw .limit(at: 0, "a string is too long") }
        return decoded
    }
}

extension SymbolTable {
    /// How many bytes encoded strings decode to.
    fileprivate func decodedByteCount(_ encoded: [UInt8]) throws(DecodeError) -> Int {
        var byteCount = 0
        var isEscaped = false
        for code in encoded {
            if isEscaped {
                byteCount += 1
                isEscaped = false
            } else if Int(code) < symbols.count {
                byteCount += symbols.range(Int(code)).count
            } else {
                guard code == 255 else { throw .corrupt(at: 0, "a code is beyond the symbol table") }
                isEscaped = true
            }
        }
        return byteCount
    }
}
