internal import Bytes

extension DerivedLinks {
    /// Writes everything but the rest.
    func writeHead(to writer: inout ByteWriter) {
        writer.append(varint: exceptionCount)
        exceptionPositions.write(to: &writer)
        writer.append(varint: restCount)
    }

    /// Reads the links of a node of `count` values at `depth`.
    static func parse(
        _ reader: inout ByteReader, count: Int, depth: Int,
        rest parseRest: (inout ByteReader, _ count: Int, _ depth: Int) throws(DecodeError) -> Node
    ) throws(DecodeError) -> DerivedLinks {
        let exceptionCount = try reader.readCount(upTo: count, "number of exceptions")
        let positions = try IntegerNode.parse(&reader, count: exceptionCount, depth: depth + 1)
        let start = reader.byteOffset
        let restCount = try reader.readCount(upTo: count, "number of values without a source")
        guard restCount >= exceptionCount else { throw .corrupt(at: start, "exceptions have no values") }
        return DerivedLinks(
            exceptionCount: exceptionCount, exceptionPositions: positions, restCount: restCount,
            rest: try parseRest(&reader, restCount, depth + 1))
    }

    /// For each of `count` values the index of the source's value from which it comes, or `UInt32.max` when it is the
    /// next value of the rest.
    func sourceIndexes(
        count: Int, rows: RowMap, source: any SourceColumn, in environment: any PageEnvironment
    ) throws(DecodeError) -> [UInt32] {
        let none = UInt32.max
        var indexes: [UInt32]
        let valueIndexes = source.valueIndexes
        switch rows {
        case .unknown:
            throw .corrupt(at: 0, "derived node stands where its rows are not known")
        case .identity:
            if let valueIndexes {
                guard valueIndexes.count >= count else { throw .corrupt(at: 0, "source has fewer rows") }
                indexes = Array(valueIndexes.prefix(count))
            } else {
                indexes = Array(0..<UInt32(count))
            }
        case .rows(let rows):
            guard rows.count == count else { throw .corrupt(at: 0, "derived node has another number of rows") }
            indexes = rows
            if let valueIndexes {
                for (index, row) in rows.enumerated() {
                    guard row < valueIndexes.count else { throw .corrupt(at: 0, "source has fewer rows") }
                    indexes[index] = valueIndexes[Int(row)]
                }
            }
        }
        let positions = try exceptionPositions.decode(count: exceptionCount, rows: .unknown, in: environment)
        var lowest: UInt64 = 0
        for position in positions {
            guard position >= lowest, position < UInt64(count) else {
                throw .corrupt(at: 0, "positions of exceptions are not ascending")
            }
            guard indexes[Int(position)] != none else { throw .corrupt(at: 0, "exception has no source value") }
            indexes[Int(position)] = none
            lowest = position + 1
        }
        let unlinkedCount = indexes.reduce(0) { $0 + ($1 == none ? 1 : 0) }
        guard unlinkedCount == restCount else {
            throw .corrupt(at: 0, "\(restCount) values without a source, must be \(unlinkedCount)")
        }
        return indexes
    }
}
