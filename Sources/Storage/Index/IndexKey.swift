/// An id on its way into an index, by its hash: in which of the segments it is, and when.
struct IndexKey: Equatable {
    var hash: UInt64
    /// Segments as the index numbers them.
    var firstSegment: UInt32
    var lastSegment: UInt32
    /// Times from the window's start on, in ticks.
    var firstTick: UInt32
    var lastTick: UInt32

    /// A tick is 2^20 ns, about a millisecond.
    static let tickBits: Int64 = 20

    init(hash: UInt64, segment: Int, tick: UInt32) {
        self.hash = hash
        firstSegment = UInt32(segment)
        lastSegment = UInt32(segment)
        firstTick = tick
        lastTick = tick
    }

    /// The tick of a time in a window that starts at `start`.
    static func tick(_ time: Int64, from start: Int64) -> UInt32 {
        UInt32(clamping: (time.subtractingReportingOverflow(start).partialValue) >> tickBits)
    }

    /// The times of some ticks.
    static func times(_ ticks: ClosedRange<Int64>, from start: Int64) -> ClosedRange<Int64> {
        let first = start.addingReportingOverflow(ticks.lowerBound << tickBits)
        let last = start.addingReportingOverflow((ticks.upperBound + 1) << tickBits - 1)
        return (first.overflow ? .max : first.partialValue)...(last.overflow ? .max : last.partialValue)
    }

    /// Takes in what is known of the same id, or of one that is not told from it.
    mutating func merge(_ other: IndexKey) {
        firstSegment = min(firstSegment, other.firstSegment)
        lastSegment = max(lastSegment, other.lastSegment)
        firstTick = min(firstTick, other.firstTick)
        lastTick = max(lastTick, other.lastTick)
    }
}

extension [IndexKey] {
    /// Each id once, ascending by hash.
    mutating func sortAndMerge() {
        sort { $0.hash < $1.hash }
        var count = 0
        for key in self {
            if count > 0, self[count - 1].hash == key.hash {
                self[count - 1].merge(key)
            } else {
                self[count] = key
                count += 1
            }
        }
        removeSubrange(count...)
    }
}
