public import Bytes

extension FixedNode {
    /// The `count` ids of `width` bytes each, end to end.
    public func decode(
        count: Int, width: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> [UInt8] {
        try environment.charge(count * width)
        switch self {
        case .raw(let buffer):
            let bytes = try buffer.raw(in: environment)
            guard bytes.count == count * width else { throw .corrupt(at: 0, "ids have another length") }
            return Array(bytes)
        case .sharedDictionary(let resource, let codes):
            let entries = try environment.fixedDictionary(resource, width: width)
            let codes = try codes.decode(count: count, rows: rows, in: environment)
            let entryCount = UInt64(entries.count / width)
            return try Self.gathering(count: count, width: width) { (index) throws(DecodeError) in
                let code = codes[index]
                guard code < entryCount else { throw .corrupt(at: 0, "code \(code) of \(entryCount) ids") }
                return (entries, Int(code))
            }
        case .equal(let ordinal, let links):
            let source = try rows.source(ordinal, in: environment)
            let indexes = try links.sourceIndexes(count: count, rows: rows, source: source, in: environment)
            let rest = try links.rest.decode(count: links.restCount, width: width, rows: .unknown, in: environment)
            let values = try source.fixed(width: width)
            var restIndex = 0
            return try Self.gathering(count: count, width: width) { (index) throws(DecodeError) in
                guard indexes[index] == .max else {
                    guard Int(indexes[index]) < values.count / width else {
                        throw .corrupt(at: 0, "source has fewer ids")
                    }
                    return (values, Int(indexes[index]))
                }
                defer { restIndex += 1 }
                return (rest, restIndex)
            }
        case .grouped(let source, let child):
            let order = try rows.order(groupedBy: source, count: count, in: environment)
            let values = try child.decode(
                count: count, width: width, rows: rows.inOrder(order, for: child.isDerived), in: environment)
            let places = order.inverted
            return try Self.gathering(count: count, width: width) { (index) throws(DecodeError) in
                (values, Int(places[index]))
            }
        }
    }

    /// Lays `count` ids end to end; `origin` tells from where each comes.
    @inline(__always)
    private static func gathering(
        count: Int, width: Int, origin: (Int) throws(DecodeError) -> (ids: [UInt8], index: Int)
    ) throws(DecodeError) -> [UInt8] {
        var gathered: [UInt8] = []
        gathered.reserveCapacity(count * width)
        for index in 0..<count {
            let (ids, found) = try origin(index)
            gathered.append(contentsOf: ids[found * width..<(found + 1) * width])
        }
        return gathered
    }
}
