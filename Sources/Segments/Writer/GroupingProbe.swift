import Columns

/// Some values of a column, to guess quickly which order of them is the best.
enum GroupingProbe {
    case words([UInt64])
    /// Codes, and whether each follows from another column already.
    case codes([UInt32], follow: [Bool])
    case texts(StringVector)

    /// A figure that is low where neighbours are alike: about the bits by which each differs from the one before.
    func unlikeness(_ order: [UInt32]) -> Int {
        switch self {
        case .words(let words):
            var sum = 0
            var last: UInt64 = 0
            for index in order {
                let word = words[Int(index)]
                sum &+= Self.width(word &- last)
                last = word
            }
            return sum
        case .codes(let codes, let follow):
            var (sum, gap) = (0, 0)
            var last: UInt64 = 0
            for index in order {
                gap &+= 1
                if follow[Int(index)] { continue }
                let code = UInt64(codes[Int(index)])
                sum &+= Self.width(code &- last) &+ Self.width(UInt64(gap))
                (last, gap) = (code, 0)
            }
            return sum
        case .texts(let texts):
            var sum = 0
            var last = 0..<0
            for index in order {
                let text = texts.range(Int(index))
                sum &+= 8 &* (text.count &- Self.sharedCount(text, last, texts))
                last = text
            }
            return sum
        }
    }

    /// The bits of a difference, whichever its sign.
    private static func width(_ difference: UInt64) -> Int {
        let magnitude = (difference << 1) ^ (0 &- (difference >> 63))
        return 64 &- magnitude.leadingZeroBitCount
    }

    /// How many bytes two texts begin with together.
    private static func sharedCount(_ first: Range<Int>, _ second: Range<Int>, _ texts: StringVector) -> Int {
        var count = 0
        let limit = min(first.count, second.count)
        while count < limit,
            texts.bytes[first.lowerBound &+ count] == texts.bytes[second.lowerBound &+ count]
        { count &+= 1 }
        return count
    }
}
