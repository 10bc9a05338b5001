import Bytes
import Columns

/// The traces of a shard: for each, by some bits of its hash, the segments it is in and its first and last time
/// (Format/Index.md, 3.2).
struct TraceShard: Equatable {
    /// Bits of the hash that tell traces of a shard apart.
    static let markBits = 24
    /// Traces of a shard, at most.
    static let traceLimit = 1 << 18

    /// The least value of each column but the marks belongs to the first trace, and so on.
    private(set) var marks: [UInt64] = []
    private var firstTicks: [UInt64] = []
    private var tickCounts: [UInt64] = []
    private var firstSegments: [UInt64] = []
    private var segmentCounts: [UInt64] = []

    /// The bits below those that tell the shard.
    static func mark(_ hash: UInt64, shardBits: Int) -> UInt64 { (hash << UInt64(shardBits)) >> UInt64(64 - markBits) }

    /// - Parameter keys: ascending by hash.
    init(_ keys: [IndexKey], shardBits: Int) {
        var merged: [(mark: UInt64, key: IndexKey)] = []
        for key in keys {
            let mark = Self.mark(key.hash, shardBits: shardBits)
            if merged.last?.mark == mark {
                merged[merged.count - 1].key.merge(key)
            } else {
                merged.append((mark, key))
            }
        }
        marks = merged.map(\.mark)
        firstTicks = merged.map { UInt64($0.key.firstTick) }
        tickCounts = merged.map { UInt64($0.key.lastTick - $0.key.firstTick) }
        firstSegments = merged.map { UInt64($0.key.firstSegment) }
        segmentCounts = merged.map { UInt64($0.key.lastSegment - $0.key.firstSegment) }
    }

    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.append(varint: marks.count)
        for column in [marks, firstTicks, tickCounts, firstSegments, segmentCounts] {
            IntegerNode.encoding(column, profile: .warm).write(to: &writer)
        }
        return writer.bytes
    }

    init(_ bytes: ArraySlice<UInt8>, segmentCount: Int) throws(DecodeError) {
        var reader = ByteReader(bytes)
        let count = try reader.readCount(upTo: Self.traceLimit, "number of traces")
        let environment = NoEnvironment()
        func column(_ limit: UInt64) throws(DecodeError) -> [UInt64] {
            let start = reader.byteOffset
            let node = try IntegerNode.parse(&reader, count: count, depth: 0)
            let values = try node.decode(count: count, rows: .unknown, in: environment)
            guard values.allSatisfy({ $0 < limit }) else { throw .corrupt(at: start, "value out of range") }
            return values
        }
        marks = try column(1 << UInt64(Self.markBits))
        firstTicks = try column(1 << 32)
        tickCounts = try column(1 << 32)
        firstSegments = try column(UInt64(segmentCount))
        segmentCounts = try column(UInt64(segmentCount))
        guard reader.isAtEnd else { throw reader.corrupt("bytes follow the last column of a shard") }
        guard zip(marks, marks.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .corrupt(at: 0, "marks of a shard do not ascend")
        }
        for index in marks.indices {
            guard firstTicks[index] + tickCounts[index] < 1 << 32,
                firstSegments[index] + segmentCounts[index] < UInt64(segmentCount)
            else { throw .corrupt(at: 0, "a trace of a shard ends beyond the last segment or time") }
        }
    }

    /// Where a trace with these bits is; nil: nowhere.
    func find(_ mark: UInt64) -> IndexAnswer? {
        var low = 0
        var high = marks.count
        while low < high {
            let middle = (low + high) / 2
            if marks[middle] < mark { low = middle + 1 } else { high = middle }
        }
        guard low < marks.count, marks[low] == mark else { return nil }
        return IndexAnswer(
            segments: Int(firstSegments[low])...Int(firstSegments[low] + segmentCounts[low]),
            ticks: Int64(firstTicks[low])...Int64(firstTicks[low] + tickCounts[low]))
    }
}

/// What an index says of an id that it may hold.
struct IndexAnswer: Equatable {
    /// As the index numbers them.
    var segments: ClosedRange<Int>
    /// From the first tick to the last; nil: not known.
    var ticks: ClosedRange<Int64>?
}
