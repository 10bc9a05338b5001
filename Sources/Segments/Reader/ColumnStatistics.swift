import Bytes
import Columns

/// What is known of a column zone by zone without reading its pages (Format/Segment.md, 8).
///
/// A statistic may exclude a zone only when it proves that nothing there can match; a zone without one is never
/// excluded.
public struct ColumnStatistics: Equatable, Sendable {
    public enum Bounds: Equatable, Sendable {
        case none
        case signed(ClosedRange<Int64>)
        case unsigned(ClosedRange<UInt64>)
        /// Over the values that are no NaN; nil when all are.
        case double(ClosedRange<Double>?, nanCount: Int)
        /// Cut to 32 bytes: every value is at least `minimum`, and at most `maximum` or begins with it.
        case text(minimum: [UInt8], maximum: [UInt8])

        /// Whether a text can be among values within such bounds.
        public static func mayHold(_ text: [UInt8], from minimum: [UInt8], to maximum: [UInt8]) -> Bool {
            !text.lexicographicallyPrecedes(minimum)
                && (!maximum.lexicographicallyPrecedes(text) || text.starts(with: maximum))
        }
    }

    public struct ZoneStatistics: Equatable, Sendable {
        public var zone: Int
        public var valueCount: Int
        /// 0: not known.
        public var distinctCount: Int
        public var bounds: Bounds
    }

    /// The zones in which the column has values, ascending.
    public let zones: [ZoneStatistics]

    init(parsing reader: inout ByteReader, type: ColumnType, zoneTable: [Zone]) throws(DecodeError) {
        guard type != .overflow else { throw reader.corrupt("statistics of an overflow bucket") }
        let environment = NoEnvironment(byteOffset: reader.byteOffset)
        let count = try reader.readCount(upTo: zoneTable.count, "number of zones with statistics")
        func integers() throws(DecodeError) -> [UInt64] {
            try IntegerNode.parse(&reader, count: count, depth: 0).decode(count: count, rows: .unknown, in: environment)
        }
        func texts() throws(DecodeError) -> StringVector {
            try StringNode.parse(&reader, count: count, depth: 0).decode(count: count, rows: .unknown, in: environment)
        }
        let numbers = try integers()
        let counts = try integers()
        let distincts = try integers()
        let start = reader.byteOffset
        guard let kind = StatisticsBuilder.Kind(rawValue: try reader.readByte()),
            kind == StatisticsBuilder.Kind(type) || kind == .none
        else { throw .corrupt(at: start, "statistics are not of the column's type") }
        var bounds = [Bounds](repeating: .none, count: count)
        switch kind {
        case .none: break
        case .signed, .unsigned:
            let (low, high) = (try integers(), try integers())
            for index in 0..<count { bounds[index] = try Self.integerBounds(kind, low[index], high[index], at: start) }
        case .double:
            let (low, high, nans) = (try integers(), try integers(), try integers())
            for index in 0..<count {
                let (minimum, maximum) = (Double(bitPattern: low[index]), Double(bitPattern: high[index]))
                guard nans[index] <= counts[index] else { throw .corrupt(at: start, "more NaNs than values") }
                guard !minimum.isNaN, !maximum.isNaN else { throw .corrupt(at: start, "a bound that is no number") }
                bounds[index] = .double(minimum <= maximum ? minimum...maximum : nil, nanCount: Int(nans[index]))
            }
        case .text:
            let (low, high) = (try texts(), try texts())
            for index in 0..<count {
                guard max(low[index].count, high[index].count) <= StatisticsBuilder.textByteCount else {
                    throw .corrupt(at: start, "a bound of more than 32 bytes")
                }
                bounds[index] = .text(minimum: Array(low[index]), maximum: Array(high[index]))
            }
        }
        guard reader.isAtEnd else { throw reader.corrupt("bytes follow the end of the statistics") }
        var zones: [ZoneStatistics] = []
        var next: UInt64 = 0
        for index in 0..<count {
            guard numbers[index] >= next, numbers[index] < UInt64(zoneTable.count),
                counts[index] >= 1, counts[index] <= UInt64(zoneTable[Int(numbers[index])].rowCount),
                distincts[index] <= counts[index]
            else { throw .corrupt(at: start, "zones or counts of the statistics are wrong") }
            next = numbers[index] + 1
            zones.append(
                ZoneStatistics(
                    zone: Int(numbers[index]), valueCount: Int(counts[index]), distinctCount: Int(distincts[index]),
                    bounds: bounds[index]))
        }
        self.zones = zones
    }

    private static func integerBounds(
        _ kind: StatisticsBuilder.Kind, _ low: UInt64, _ high: UInt64, at offset: Int
    ) throws(DecodeError) -> Bounds {
        if kind == .unsigned {
            guard low <= high else { throw .corrupt(at: offset, "minimum is over maximum") }
            return .unsigned(low...high)
        }
        let (minimum, maximum) = (Int64(bitPattern: low), Int64(bitPattern: high))
        guard minimum <= maximum else { throw .corrupt(at: offset, "minimum is over maximum") }
        return .signed(minimum...maximum)
    }
}

extension SegmentColumn {
    /// The column's statistics; nil when the segment has none for it.
    public func statistics() throws(SegmentError) -> ColumnStatistics? {
        if let known = state.statistics { return known }
        let metadata = try metadata()
        var statistics: ColumnStatistics?
        if !metadata.statistics.isEmpty {
            statistics = try SegmentReader.damage { () throws(DecodeError) in
                var parser = ByteReader(metadata.statistics, baseOffset: metadata.statisticsOffset)
                return try ColumnStatistics(parsing: &parser, type: type, zoneTable: reader.zones)
            }
        }
        state.statistics = .some(statistics)
        return statistics
    }
}

extension SegmentReader {
    /// The zones in which an id may stand: nil when it is not in the segment, all when the segment has no such filter.
    public func zones(ofId id: [UInt8], kind: IdFilterKind) throws(SegmentError) -> ClosedRange<Int>? {
        guard !zones.isEmpty else { return nil }
        guard let filter = try idFilter(kind) else { return 0...zones.count - 1 }
        return filter.zones(forKey: id)
    }

    /// The filter of a kind; nil when the segment has none.
    public func idFilter(_ kind: IdFilterKind) throws(SegmentError) -> IdFilterReader? {
        if let known = idFilters[kind] { return known }
        guard let filter = root.filters.first(where: { $0.kind == kind.rawValue }) else { return nil }
        let bytes = try bytes(of: filter.blob, "id filter")
        let reader = try Self.damage { () throws(DecodeError) in
            try IdFilterReader(bytes, zoneCount: zones.count)
        }
        idFilters[kind] = reader
        return reader
    }
}
