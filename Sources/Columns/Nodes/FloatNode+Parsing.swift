public import Bytes

extension FloatNode {
    /// The highest number of left parts with a code.
    static let maximumEntryCount = 8
    static let rightWidths = 48...63

    /// Reads a node of `count` values; what can be checked without decoding is checked here.
    public static func parse(
        _ reader: inout ByteReader, count: Int, depth: Int
    ) throws(DecodeError) -> FloatNode {
        let start = reader.byteOffset
        guard depth <= Limits.nodeDepth else { throw .limit(at: start, "nodes are nested too deep") }
        guard let tag = Tag(rawValue: try reader.readByte()) else {
            throw .corrupt(at: start, "unknown tag of a float node")
        }
        guard count > 0 || tag == .bits else {
            throw .corrupt(at: start, "a node of no values must be the constant 0")
        }
        func child(_ count: Int) throws(DecodeError) -> IntegerNode {
            try IntegerNode.parse(&reader, count: count, depth: depth + 1)
        }
        switch tag {
        case .bits:
            return .bits(try child(count))
        case .scaled:
            let scale = try FloatScale.parse(&reader)
            return .scaled(
                scale: scale, digits: try child(count),
                exceptions: try FloatExceptions.parse(&reader, count: count, depth: depth))
        case .splitBits:
            let rightWidth = Int(try reader.readByte())
            guard rightWidths.contains(rightWidth) else {
                throw .corrupt(at: start, "right parts have \(rightWidth) bits")
            }
            let entryCount = try reader.readCount(upTo: maximumEntryCount, "number of left parts")
            guard entryCount > 0 else { throw .corrupt(at: start, "no left parts") }
            return .splitBits(
                rightWidth: rightWidth, entryCount: entryCount, entries: try child(entryCount),
                codes: try child(count), rightParts: try child(count),
                exceptions: try FloatExceptions.parse(&reader, count: count, depth: depth))
        case .grouped:
            let source = try reader.readCount(upTo: Limits.columnCount, "source column")
            return .grouped(source: source, child: try parse(&reader, count: count, depth: depth + 1))
        }
    }
}

extension FloatScale {
    static func parse(_ reader: inout ByteReader) throws(DecodeError) -> FloatScale {
        let start = reader.byteOffset
        guard let base = Base(rawValue: try reader.readByte()) else {
            throw .corrupt(at: start, "scale is not a power of 2 or 10")
        }
        let exponent = Int(try reader.readByte())
        guard exponent <= base.maximumExponent else {
            throw .corrupt(at: start, "scale is \(base.rawValue) to the \(exponent)")
        }
        return FloatScale(base: base, exponent: exponent)
    }
}

extension FloatExceptions {
    static func parse(_ reader: inout ByteReader, count: Int, depth: Int) throws(DecodeError) -> FloatExceptions {
        let exceptionCount = try reader.readCount(upTo: count, "number of exceptions")
        return FloatExceptions(
            count: exceptionCount,
            positions: try IntegerNode.parse(&reader, count: exceptionCount, depth: depth + 1),
            values: try IntegerNode.parse(&reader, count: exceptionCount, depth: depth + 1))
    }
}
