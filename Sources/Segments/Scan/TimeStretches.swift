public import Bytes

/// About when each row of a page of times happened, in two bytes and not the eight of a time: enough to tell what is in
/// some time, or in which of some periods, of all rows but those at a bound. Only of these the times have to be decoded.
public final class TimeStretches: Sendable {
    /// Rows that follow one another, with the times between which they are.
    public struct Stretch: Sendable {
        public let times: ClosedRange<Int64>
        /// So many bits of a time are left out.
        fileprivate let shift: UInt64
    }

    /// Rows of a stretch; the last may have fewer. Each begins a word of a bitmap.
    public static let rowCount = 256
    public let stretches: [Stretch]
    /// How far each row is from the first time of its stretch, without the bits that are left out.
    private let distances: [UInt16]

    init(_ times: [UInt64]) {
        var stretches: [Stretch] = []
        stretches.reserveCapacity(times.count / Self.rowCount + 1)
        distances = [UInt16](capacity: times.count) { output in
            for start in stride(from: 0, to: times.count, by: Self.rowCount) {
                let end = min(start + Self.rowCount, times.count)
                var (first, last) = (Int64.max, Int64.min)
                for index in start..<end {
                    first = min(first, Int64(bitPattern: times[index]))
                    last = max(last, Int64(bitPattern: times[index]))
                }
                let base = UInt64(bitPattern: first)
                let width = UInt64.bitWidth - (UInt64(bitPattern: last) &- base).leadingZeroBitCount
                let shift = UInt64(max(0, width - UInt16.bitWidth))
                stretches.append(Stretch(times: first...last, shift: shift))
                for index in start..<end {
                    output.append(UInt16(truncatingIfNeeded: (times[index] &- base) &>> shift))
                }
            }
        }
        self.stretches = stretches
    }

    var byteCount: Int { stretches.count * MemoryLayout<Stretch>.stride + distances.count * 2 + 64 }

    /// Between which times a row of a stretch is.
    @inline(__always)
    public func times(ofRow row: Int, in stretch: Stretch) -> ClosedRange<Int64> {
        let (first, last) = (stretch.times.lowerBound, stretch.times.upperBound)
        let distance = UInt64(distances[row]) &<< stretch.shift
        let farthest = min(distance | (1 &<< stretch.shift &- 1), UInt64(bitPattern: last &- first))
        return first &+ Int64(bitPattern: distance)...first &+ Int64(bitPattern: farthest)
    }
}

extension Bitmap {
    /// How many of the rows of a stretch there are.
    public func setCount(ofStretch number: Int) -> Int {
        words[Self.words(ofStretch: number, of: words.count)].reduce(0) { $0 &+ $1.nonzeroBitCount }
    }

    /// Calls `body` with each of these rows that stands in a stretch.
    @inline(__always)
    public func forEachRow(ofStretch number: Int, _ body: (Int) -> Void) {
        for index in Self.words(ofStretch: number, of: words.count) {
            var rest = words[index]
            while rest != 0 {
                body(index << 6 + rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
    }

    private static func words(ofStretch number: Int, of wordCount: Int) -> Range<Int> {
        let width = TimeStretches.rowCount / UInt64.bitWidth
        return number * width..<min((number + 1) * width, wordCount)
    }
}
