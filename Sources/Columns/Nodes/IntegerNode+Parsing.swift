public import Bytes

extension IntegerNode {
    /// Reads a node of `count` values; what can be checked without decoding is checked here.
    public static func parse(
        _ reader: inout ByteReader, count: Int, depth: Int
    ) throws(DecodeError) -> IntegerNode {
        let start = reader.byteOffset
        guard depth <= Limits.nodeDepth else { throw .limit(at: start, "nodes are nested too deep") }
        guard let tag = Tag(rawValue: try reader.readByte()) else {
            throw .corrupt(at: start, "unknown tag of an integer node")
        }
        func child(_ count: Int) throws(DecodeError) -> IntegerNode {
            try parse(&reader, count: count, depth: depth + 1)
        }
        guard count > 0 else {
            guard tag == .constant, try reader.readZigzag() == 0 else {
                throw .corrupt(at: start, "a node of no values must be the constant 0")
            }
            return .constant(0)
        }
        switch tag {
        case .constant:
            return .constant(try reader.readZigzag())
        case .sequence:
            return .sequence(first: try reader.readZigzag(), step: try reader.readZigzag())
        case .packed:
            return try parsePacked(&reader, count: count)
        case .patched:
            let exceptionCount = try reader.readPart(of: count, "exceptions")
            return .patched(
                count: exceptionCount, positions: try child(exceptionCount), values: try child(exceptionCount),
                child: try child(count))
        case .delta:
            return .delta(first: try reader.readZigzag(), child: try child(count - 1))
        case .runs:
            let runCount = try reader.readPart(of: count, "runs")
            return .runs(count: runCount, values: try child(runCount), lengths: try child(runCount))
        case .dictionary:
            let entryCount = try reader.readPart(of: count, "dictionary entries")
            return .dictionary(count: entryCount, entries: try child(entryCount), codes: try child(count))
        case .planes:
            return try parsePlanes(&reader, count: count)
        case .split:
            let divisor = try reader.readVarint()
            guard divisor >= 2 else { throw .corrupt(at: start, "divisor is below 2") }
            return .split(divisor: divisor, quotients: try child(count), remainders: try child(count))
        case .recency:
            return .recency(start: try reader.readVarint(), child: try child(count))
        case .trend:
            return .trend(step: try reader.readZigzag(), child: try child(count))
        case .equal:
            let source = try reader.readCount(upTo: Limits.columnCount, "source column")
            let offset = try reader.readZigzag()
            return .equal(
                source: source, offset: offset,
                links: try DerivedLinks.parse(&reader, count: count, depth: depth, rest: parse))
        case .mapped:
            let source = try reader.readCount(upTo: Limits.columnCount, "source column")
            let resource = try reader.readCount(upTo: Limits.resourceCountPerColumn, "resource")
            return .mapped(
                source: source, resource: resource,
                links: try DerivedLinks.parse(&reader, count: count, depth: depth, rest: parse))
        case .sharedDictionary:
            let resource = try reader.readCount(upTo: Limits.resourceCountPerColumn, "resource")
            return .sharedDictionary(resource: resource, codes: try child(count))
        case .grouped:
            let source = try reader.readCount(upTo: Limits.columnCount, "source column")
            return .grouped(source: source, child: try child(count))
        case .anchoredDelta:
            let first = try reader.readZigzag()
            let shift = Int(try reader.readByte())
            guard anchorShifts.contains(shift), count > 1 << shift else {
                throw .corrupt(at: start, "anchors at every 2^\(shift)th of \(count) values")
            }
            return .anchoredDelta(
                first: first, shift: shift, anchors: try child((count - 1) >> shift), child: try child(count - 1))
        }
    }
}

extension ByteReader {
    /// Reads how many of `count` values something concerns: at least one, at most all.
    mutating func readPart(of count: Int, _ what: String) throws(DecodeError) -> Int {
        let start = byteOffset
        let part = try readCount(upTo: count, "number of \(what)")
        guard part > 0 else { throw .corrupt(at: start, "number of \(what) is 0") }
        return part
    }
}
