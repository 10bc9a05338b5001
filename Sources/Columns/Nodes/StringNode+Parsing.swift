public import Bytes

extension StringNode {
    /// Reads a node of `count` strings; what can be checked without decoding is checked here.
    public static func parse(
        _ reader: inout ByteReader, count: Int, depth: Int
    ) throws(DecodeError) -> StringNode {
        let start = reader.byteOffset
        guard depth <= Limits.nodeDepth else { throw .limit(at: start, "nodes are nested too deep") }
        guard let tag = Tag(rawValue: try reader.readByte()) else {
            throw .corrupt(at: start, "unknown tag of a string node")
        }
        guard count > 0 else {
            guard tag == .constant, try reader.readVarint() == 0 else {
                throw .corrupt(at: start, "a node of no strings must be the empty constant")
            }
            return .constant([])
        }
        func child(_ count: Int) throws(DecodeError) -> StringNode {
            try parse(&reader, count: count, depth: depth + 1)
        }
        func integers(_ count: Int) throws(DecodeError) -> IntegerNode {
            try IntegerNode.parse(&reader, count: count, depth: depth + 1)
        }
        switch tag {
        case .constant:
            return .constant(try reader.readText())
        case .plain:
            return .plain(
                lengths: try integers(count), bytes: try StoredBuffer.parse(&reader, upTo: Limits.storedByteCount))
        case .sharedDictionary:
            let resource = try reader.readCount(upTo: Limits.resourceCountPerColumn, "resource")
            return .sharedDictionary(resource: resource, codes: try integers(count))
        case .dictionary:
            let entryCount = try reader.readPart(of: count, "dictionary entries")
            return .dictionary(count: entryCount, entries: try child(entryCount), codes: try integers(count))
        case .symbols:
            return try parseSymbols(&reader, count: count, depth: depth)
        case .frontCoded:
            return .frontCoded(prefixLengths: try integers(count), suffixes: try child(count))
        case .affix:
            return .affix(prefix: try reader.readText(), suffix: try reader.readText(), child: try child(count))
        case .exceptions:
            let exceptionCount = try reader.readPart(of: count, "exceptions")
            return .exceptions(
                count: exceptionCount, positions: try integers(exceptionCount), values: try child(exceptionCount),
                child: try child(count - exceptionCount))
        case .integerText:
            return .integerText(digits: try reader.readByte(in: 0...19, "digits"), values: try integers(count))
        case .fixedPointText:
            let decimals = try reader.readByte(in: FixedPointText.decimalsRange, "decimals")
            return .fixedPointText(decimals: decimals, values: try integers(count))
        case .hexText:
            let isUpper = try reader.readByte(in: 0...1, "case") == 1
            let byteStart = reader.byteOffset
            let byteCount = try reader.readCount(upTo: Limits.valueByteCount / 2, "bytes of a hexadecimal text")
            guard byteCount > 0 else { throw .corrupt(at: byteStart, "hexadecimal texts of no bytes") }
            return .hexText(
                isUpper: isUpper, byteCount: byteCount,
                bytes: try StoredBuffer.parse(&reader, expectedRawByteCount: count * byteCount))
        case .uuidText:
            let isUpper = try reader.readByte(in: 0...1, "case") == 1
            return .uuidText(
                isUpper: isUpper, bytes: try StoredBuffer.parse(&reader, expectedRawByteCount: count * 16))
        case .ipv4Text:
            return .ipv4Text(try integers(count))
        case .timestampText:
            return .timestampText(nanoseconds: try integers(count), forms: try integers(count))
        case .hexNumberText:
            let isUpper = try reader.readByte(in: 0...1, "case") == 1
            return .hexNumberText(
                isUpper: isUpper, digits: try reader.readByte(in: 1...16, "digits"), values: try integers(count))
        case .template:
            return try parseTemplate(&reader, count: count, depth: depth)
        case .equal:
            let source = try reader.readCount(upTo: Limits.columnCount, "source column")
            return .equal(
                source: source,
                links: try DerivedLinks<StringNode>.parse(&reader, count: count, depth: depth, rest: parse))
        case .fixedLength:
            let byteCount = try reader.readCount(upTo: Limits.valueByteCount, "length of a string")
            return .fixedLength(
                byteCount: byteCount,
                bytes: try StoredBuffer.parse(&reader, expectedRawByteCount: count * byteCount))
        case .grouped:
            let source = try reader.readCount(upTo: Limits.columnCount, "source column")
            return .grouped(source: source, child: try child(count))
        }
    }

    private static func parseSymbols(
        _ reader: inout ByteReader, count: Int, depth: Int
    ) throws(DecodeError) -> StringNode {
        let reference = try reader.readCount(upTo: Limits.resourceCountPerColumn + 1, "resource")
        let table: SymbolTableReference =
            reference == 0 ? .inline(try SymbolTable.parse(&reader)) : .resource(reference - 1)
        return .symbols(
            table: table, encodedLengths: try IntegerNode.parse(&reader, count: count, depth: depth + 1),
            decodedByteCount: try reader.readCount(upTo: Limits.decodedByteCountPerPage, "decoded length"),
            encoded: try StoredBuffer.parse(&reader, upTo: Limits.storedByteCount))
    }

    private static func parseTemplate(
        _ reader: inout ByteReader, count: Int, depth: Int
    ) throws(DecodeError) -> StringNode {
        let resource = try reader.readCount(upTo: Limits.resourceCountPerColumn, "resource")
        let codes = try IntegerNode.parse(&reader, count: count, depth: depth + 1)
        // A stream takes at least three bytes: its length and an empty constant.
        let streamCount = try reader.readCount(upTo: reader.remainingByteCount / 3, "number of streams")
        var streams: [Stream] = []
        streams.reserveCapacity(streamCount)
        for _ in 0..<streamCount {
            let valueCount = try reader.readCount(upTo: Limits.decodedByteCountPerPage / 4, "values of a stream")
            streams.append(Stream(count: valueCount, node: try parse(&reader, count: valueCount, depth: depth + 1)))
        }
        return .template(resource: resource, codes: codes, streams: streams)
    }
}

extension ByteReader {
    /// Reads the length and the bytes of one string.
    fileprivate mutating func readText() throws(DecodeError) -> [UInt8] {
        Array(try readSlice(byteCount: try readCount(upTo: Limits.valueByteCount, "length of a string")))
    }

    /// Reads one byte whose value must be in a range.
    fileprivate mutating func readByte(in range: ClosedRange<Int>, _ what: String) throws(DecodeError) -> Int {
        let start = byteOffset
        let value = Int(try readByte())
        guard range.contains(value) else { throw .corrupt(at: start, "\(what): \(value) is not in \(range)") }
        return value
    }
}
