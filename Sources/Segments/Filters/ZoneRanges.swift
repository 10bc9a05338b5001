/// The distinct zone ranges of an id filter's keys, ascending, so that a key needs only the index of its range.
///
/// Ranges may be wider than the zones of their keys, to be fewer.
struct ZoneRanges {
    struct ZoneRange: Hashable, Comparable {
        var first: UInt32
        var last: UInt32

        var zoneCount: Int { Int(last - first) + 1 }

        static func < (left: ZoneRange, right: ZoneRange) -> Bool {
            (left.first, left.last) < (right.first, right.last)
        }
    }

    let ranges: [ZoneRange]
    private let widening: Widening
    /// The index of the range of each single zone; most keys have such.
    private let singleIndexes: [UInt32]
    private let otherIndexes: [ZoneRange: UInt32]

    /// - Parameter limit: the most ranges there may be, at least 1.
    init(of keys: [KeyZones], limit: Int) {
        let (widening, ranges) = Self.choose(Self.keyCounts(keys), keyCount: keys.count, limit: limit)
        let indexes = Dictionary(uniqueKeysWithValues: zip(ranges, UInt32(0)...))
        self.ranges = ranges
        self.widening = widening
        self.otherIndexes = indexes
        self.singleIndexes = (0...widening.lastZone).map {
            indexes[widening.widened(ZoneRange(first: $0, last: $0))] ?? 0
        }
    }

    /// How many bits tell the ranges apart.
    var indexBits: Int { Self.indexBits(ranges.count) }

    func index(of key: KeyZones) -> UInt32 {
        key.firstZone == key.lastZone
            ? singleIndexes[Int(key.firstZone)]
            : otherIndexes[widening.widened(ZoneRange(first: key.firstZone, last: key.lastZone))]!
    }

    private static func indexBits(_ count: Int) -> Int { Int.bitWidth - (count - 1).leadingZeroBitCount }

    private static func keyCounts(_ keys: [KeyZones]) -> [ZoneRange: Int] {
        let lastZone = keys.reduce(0) { max($0, $1.lastZone) }
        var singleCounts = [Int](repeating: 0, count: Int(lastZone) + 1)
        var counts: [ZoneRange: Int] = [:]
        for key in keys {
            if key.firstZone == key.lastZone {
                singleCounts[Int(key.firstZone)] += 1
            } else {
                counts[ZoneRange(first: key.firstZone, last: key.lastZone), default: 0] += 1
            }
        }
        for zone in 0...lastZone where singleCounts[Int(zone)] > 0 {
            counts[ZoneRange(first: zone, last: zone)] = singleCounts[Int(zone)]
        }
        return counts
    }

    /// The least widening within the limit; a greater one when that saves an index bit of every key and costs few zones.
    private static func choose(
        _ keyCounts: [ZoneRange: Int], keyCount: Int, limit: Int
    ) -> (Widening, [ZoneRange]) {
        func zoneCount(_ counts: [ZoneRange: Int]) -> Int { counts.reduce(0) { $0 + $1.key.zoneCount * $1.value } }
        let exactZoneCount = zoneCount(keyCounts)
        var counts = keyCounts
        var widening = Widening(lastZone: keyCounts.keys.reduce(0) { max($0, $1.last) })
        var best: (widening: Widening, ranges: [ZoneRange])?
        while true {
            if counts.count <= limit {
                // A quarter of a zone more for each key is what a bit may cost.
                let isCheap = (zoneCount(counts) - exactZoneCount) * 4 <= keyCount
                if best.map({ isCheap && indexBits(counts.count) < indexBits($0.ranges.count) }) ?? true {
                    best = (widening, counts.keys.sorted())
                }
            }
            widening = widening.next
            if let best, widening.widensSingles { return best }
            // What is widened already is widened further, until single zones begin to be widened too.
            let start = widening.shift == 1 ? keyCounts : counts
            counts = Dictionary(start.map { (widening.widened($0.key), $0.value) }, uniquingKeysWith: +)
        }
    }

    /// Rounds ranges outward to multiples of a power of two zones; ranges of one zone only when nothing else helps.
    private struct Widening {
        var lastZone: UInt32
        var shift: UInt32 = 0
        var widensSingles = false

        var next: Widening {
            lastZone >> shift > 0 || widensSingles
                ? Widening(lastZone: lastZone, shift: shift + 1, widensSingles: widensSingles)
                : Widening(lastZone: lastZone, shift: 1, widensSingles: true)
        }

        func widened(_ range: ZoneRange) -> ZoneRange {
            guard widensSingles || range.first != range.last else { return range }
            return ZoneRange(
                first: (range.first >> shift) << shift, last: min(lastZone, range.last | ((1 << shift) &- 1)))
        }
    }
}
