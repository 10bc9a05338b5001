import Bytes

/// Goes from line to line.
struct LineWalk {
    struct Line {
        /// Without the line end.
        var text: Range<Int>
        /// With it.
        var whole: Range<Int>
    }

    let isLast: Bool
    private(set) var position = 0

    init(isLast: Bool) { self.isLast = isLast }

    /// The next whole line; the last one may have no line feed.
    @inline(__always)
    mutating func next(_ input: Span<UInt8>) -> Line? {
        let start = position
        guard start < input.count else { return nil }
        var end: Int
        if let lineFeed = input.firstIndex(of: Byte.lineFeed, from: start) {
            end = lineFeed
            position = lineFeed &+ 1
        } else {
            guard isLast else { return nil }
            end = input.count
            position = end
        }
        if end > start, input[end &- 1] == Byte.carriageReturn { end &-= 1 }
        return Line(text: start..<end, whole: start..<position)
    }
}
