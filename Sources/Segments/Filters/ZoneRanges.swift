/// The distinct zone ranges of an id filter's keys, ascending, so that a key needs only the index of its range.
struct ZoneRanges {
    struct ZoneRange: Hashable, Comparable {
        var first: UInt32
        var last: UInt32

        static func < (left: ZoneRange, right: ZoneRange) -> Bool {
            (left.first, left.last) < (right.first, right.last)
        }
    }

    let ranges: [ZoneRange]
    private let widening: Widening
    /// The index of the range of each single zone; most keys have such.
    private let singleIndexes: [UInt32]
    private let otherIndexes: [ZoneRange: UInt32]

    /// Widens the ranges only as far as needed for at most `limit` of them (at least 1).
    init(of keys: [KeyZones], limit: Int) {
        let lastZone = keys.reduce(0) { max($0, $1.lastZone) }
        var isSingleUsed = [Bool](repeating: false, count: Int(lastZone) + 1)
        var exact: Set<ZoneRange> = []
        for key in keys {
            if key.firstZone == key.lastZone {
                isSingleUsed[Int(key.firstZone)] = true
            } else {
                exact.insert(ZoneRange(first: key.firstZone, last: key.lastZone))
            }
        }
        for zone in 0...lastZone where isSingleUsed[Int(zone)] { exact.insert(ZoneRange(first: zone, last: zone)) }

        var widening = Widening(lastZone: lastZone)
        var widened = exact
        while widened.count > limit {
            widening = widening.next
            widened = Set(exact.map(widening.widened))
        }
        let ranges = widened.sorted()
        let indexes = Dictionary(uniqueKeysWithValues: zip(ranges, UInt32(0)...))
        self.ranges = ranges
        self.widening = widening
        self.otherIndexes = indexes
        self.singleIndexes = (0...lastZone).map { indexes[widening.widened(ZoneRange(first: $0, last: $0))] ?? 0 }
    }

    func index(of key: KeyZones) -> UInt32 {
        key.firstZone == key.lastZone
            ? singleIndexes[Int(key.firstZone)]
            : otherIndexes[widening.widened(ZoneRange(first: key.firstZone, last: key.lastZone))]!
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
