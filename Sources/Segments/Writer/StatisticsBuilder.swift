import Bytes
import Columns

/// Gathers a column's statistics zone by zone (Format/Segment.md, 8).
struct StatisticsBuilder {
    /// Which order min and max are in.
    enum Kind: UInt8 {
        case none = 0
        case signed = 1
        case unsigned = 2
        case double = 3
        case text = 4

        init(_ type: ColumnType) {
            switch type {
            case .bool, .int64, .timestamp, .storedAt: self = .signed
            case .uint64, .sequence: self = .unsigned
            case .double: self = .double
            case .numberText, .string, .bytes, .array: self = .text
            default: self = .none
            }
        }
    }

    static let textByteCount = 32

    private var zones: [UInt64] = []
    private var counts: [UInt64] = []
    private var distinctCounts: [UInt64] = []
    private var minimums: [UInt64] = []
    private var maximums: [UInt64] = []
    private var nanCounts: [UInt64] = []
    private var minimumTexts = StringVector()
    private var maximumTexts = StringVector()
    private var kind = Kind.none

    mutating func add(_ column: BandColumn, firstZone: Int) {
        kind = Kind(column.type)
        for zone in 0..<column.zoneOffsets.count - 1 {
            let values = column.zoneOffsets[zone]..<column.zoneOffsets[zone + 1]
            guard !values.isEmpty else { continue }
            zones.append(UInt64(firstZone + zone))
            counts.append(UInt64(values.count))
            switch kind {
            case .none: distinctCounts.append(0)
            case .signed: addIntegers(column.words[values], flip: 1 << 63)
            case .unsigned: addIntegers(column.words[values], flip: 0)
            case .double: addDoubles(column.words[values])
            case .text: addTexts(column.pool, values)
            }
        }
    }

    private mutating func addIntegers(_ words: ArraySlice<UInt64>, flip: UInt64) {
        var low = UInt64.max
        var high: UInt64 = 0
        for word in words {
            low = min(low, word ^ flip)
            high = max(high, word ^ flip)
        }
        minimums.append(low ^ flip)
        maximums.append(high ^ flip)
        distinctCounts.append(low == high ? 1 : 0)
    }

    private mutating func addDoubles(_ words: ArraySlice<UInt64>) {
        var low = Double.infinity
        var high = -Double.infinity
        var nanCount = 0
        for word in words {
            let value = Double(bitPattern: word)
            if value.isNaN {
                nanCount += 1
            } else {
                low = Double.minimum(low, value)
                high = Double.maximum(high, value)
            }
        }
        minimums.append(low.bitPattern)
        maximums.append(high.bitPattern)
        nanCounts.append(UInt64(nanCount))
        distinctCounts.append(0)
    }

    private mutating func addTexts(_ pool: StringPool, _ values: Range<Int>) {
        let extremes = pool.extremes(of: values)
        minimumTexts.append(pool.entries[extremes.minimum].prefix(Self.textByteCount))
        maximumTexts.append(pool.entries[extremes.maximum].prefix(Self.textByteCount))
        distinctCounts.append(UInt64(extremes.distinctCount))
    }

    func encoded(profile: EncodingProfile) -> [UInt8] {
        guard !zones.isEmpty else { return [] }
        var writer = ByteWriter()
        writer.append(varint: zones.count)
        for values in [zones, counts, distinctCounts] {
            IntegerNode.encoding(values, profile: profile).write(to: &writer)
        }
        writer.append(kind.rawValue)
        switch kind {
        case .none: break
        case .signed, .unsigned, .double:
            IntegerNode.encoding(minimums, profile: profile).write(to: &writer)
            IntegerNode.encoding(maximums, profile: profile).write(to: &writer)
            if kind == .double { IntegerNode.encoding(nanCounts, profile: profile).write(to: &writer) }
        case .text:
            StringNode.encoding(minimumTexts, profile: profile).write(to: &writer)
            StringNode.encoding(maximumTexts, profile: profile).write(to: &writer)
        }
        return writer.bytes
    }
}
